"""Chinese: scales, scores and what they rest on."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "score-customer": "{customer}：{said}",
    "score-number": "{field}：收到 {got}；须为有限的数（int、Decimal、Fraction 或 float），未作答则为 None。",
    "score-count": "{field}：收到 {got}；须为不小于 {least} 的整数。",
    "score-share": "{field}：收到 {got}；须为 0 与 1 之间的比例，例如 {meant}。",
    "score-word": "{field}：收到 {got}；可用：{allowed}。",
    "score-word.nearest": "{field}：收到 {got}；是否指 {nearest}？可用：{allowed}。",
    "score-scale-order": '量表须从最低答案到最高答案；收到 {got}。若以低为好，请写 polarity="negative"。',
    "score-scale-of-max": '量表低于零时，占最高答案的比例没有意义；收到 {got}。请用 transform="range"。',
    "score-off-scale": "{got} 不在量表 {scale} 之内。缺失答案的代码不是答案：请以 None 表示。",
    "estimate.base": "n = {n}",
    "estimate.base.asked": "{asked} 家中 {n} 家作答",
    "estimate.none": "无人作答（{base}）",
    "estimate.bare": "{value}（{base}）",
    "estimate.sure": "{value}（{base}；{percent} %：{low} 至 {high}）",
}
