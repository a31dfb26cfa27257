"""Chinese: instants, facts, names; words for kinds of things."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "naive-instant": (
        "{got} 没有时区，不能作为时刻。请给出带时区的时间，例如 "
        'pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai") 或 '
        'datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))。'
    ),
    "instant-years": "{got} 超出可计算的年份 {first} 至 {last}。若它只是表示缺失或无期限的日期，如 0001-01-01 或 9999-12-31，请留空。",
    "unknown-zone": "未知的时区 {got}。请给出 IANA 名称，例如 Asia/Shanghai。",
    "fact-value.negative": "事实 {fact}：收到 {got}，小于 0。数量须为 0 或更大；尚不知道时请不填。",
    "fact-value": "事实 {fact}：收到 {got}（{kind}），允许的是 {allowed}。",
    "clause": '条款的 {field} 是文字；收到 {got}。请加引号书写，例如 "5.10"；5.10 作为数字等于 5.1。',
    "facts-shape": '事实：收到 {got}。请给出名称到取值的映射，例如 {{"analysed.ours": True}}；一无所知时写 {{}}。',
    "unknown-name": "未知的{kind} {got!s}。已知：{allowed}。",
    "unknown-name.nearest": "未知的{kind} {got!s}。是否指 {nearest}？已知：{allowed}。",
    "word.edition": "版本",
    "word.matter": "事项",
    "word.event": "事件",
    "word.clock": "时限",
    "word.department": "部门",
    "word.role": "职务",
    "word.fact": "事实",
    "word.parameter": "参数",
    "word.pause": "暂停",
    "word.input": "输入",
    "word.choice": "选项",
    "word.series": "编号规则",
    "word.dialect": "数据库方言",
    "word.rule": "规则",
    "word.key": "键",
    "word.rulebook": "规则册",
    "word.case-kind": "个案类型",
    "word.column": "列",
    "word.gate": "可豁免的关卡",
    "word.quantity": "数量",
    "word.balance": "数量平衡",
}
