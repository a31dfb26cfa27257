"""Chinese: proofs of invariants."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "invariants-source": "需要随库规则册的 id（{allowed}）或 TOML 文件的路径；收到 {got}。",
    "invariants-not-found": "找不到不变式 {got}。请给出随库的 id（{allowed}）或 TOML 文件的路径。",
    "invariants-not-found.nearest": "找不到不变式 {got}。是否指 {nearest}？随库的有：{allowed}；也可给出 TOML 文件的路径。",
    "invariants-problems": "{file} 有 {count} 个问题：",
    "problem.no-invariants": "没有不变式；请至少写一个表 [invariants.<id>]",
    "word.aside": "可不考虑的历史种类",
    "invariants-unfit": "不变式与 {rulebook} 第 {edition} 版不符，{count} 个问题：",
    "proof.proven": "{id}：已证明。{sentence} 规则允许的 {states} 个状态已全部检查。",
    "proof.proven.gate": "{id}：由其关卡证明。{sentence} 无论此前发生什么，{states} 个状态已全部检查。",
    "proof.refuted": "{id}：已推翻。{sentence} 规则允许以下 {lines} 行：",
    "proof.open": "{id}：未证明。{sentence} 检查 {states} 个状态后，既无证明也无反例。",
    "proof.edition": "{rulebook} 第 {edition} 版",
    "proof.summary": "{sentences} 条：{proven} 条已证明，{refuted} 条已推翻，{open} 条未定。",
    "proof.line": "{seq:>4}. {event}（{label}）{facts}",
    "proof.line.conceded": "{seq:>4}. {event}（{label}），让步 {facts}",
    "proof.line.struck": "{seq:>4}. 删去第 {of} 行",
    "proof.line.changed": "{seq:>4}. 更改第 {of} 行：{facts}",
}
