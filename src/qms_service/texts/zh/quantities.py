"""Chinese: quantities and balances."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "quantity-sum": "{got} 无法读作算式，问题出在 {rest}。算式由名称和整数以 + 与 - 相连，名称前最多一个整数系数，例如 counted - good - 2 * pairs。",
    "quantity-relation": "{got} 不是关系式。关系式为两个算式之间加 <=、>= 或 = 之一，例如 redelivered + credited = counted。",
    "quantity-nothing": "{got} 没有写出任何数量。",
    "quantity-typed": "{got}：请将 {mark} 改写为 {typed}",
    "share-weights": "权数 {got} 无法分摊：至少一个须大于零。",
    "share-weight": "权数须为不小于零的整数、Decimal 或 Fraction，不可为浮点数；收到 {got}。",
    "share-coin": "最小货币单位须为大于零的 Decimal，如 0.01；收到 {got}。",
    "share-total": "{got} {currency} 不是 {coin} 的整数倍。请先取整，或给出更小的货币单位。",
    "tolerance-above": "清点为 {counted}，约定为 {agreed}，最多可超 {more} %：超出部分如何入账原文未说明。请先确认差异。",
    "tolerance-percent": "{field}：允差为不小于零的百分数，整数或 Decimal，不可为浮点数；收到 {got}。",
    "tolerance-quantity": "数量须为不小于零的精确数（int、Decimal 或 Quantity）；收到 {got}。",
    "tolerance-units": "{got} 与 {agreed} 不可相比：两个数量须用同一单位。",
    "finding.unbalanced": "{event} 时 {rule} 不成立：{left} 对 {right}（{figures}）。",
    "finding.units-differ": "{event} 时无法判断 {rule}：{because} 单位不同（{figures}）。请用同一单位记录各数量。",
    "finding.missing-quantity": "{event} 时无法判断 {rule}：{because} 尚无记录（{figures}）。",
    "finding.undetermined-quantity": "{event} 时无法判断 {rule}：{because} 未确定（{figures}）。请先记录数量。",
    "problem.quantity-name": "名称为 {got}；数量的名称只含字母、数字和 _，并以字母开头，因为算式要引用它",
    "problem.quantity-how": '数量须为若干事实的最后一个（last = [...]）、它们之和（sum = [...]），或由其他数量组成（of = "..."）',
    "problem.quantity-fact": "事实 {got} 的类型是 {type}；数量只统计下列类型且只有一个值的事实：{allowed}",
    "problem.quantity-key-list": "事实 {got} 是列表；数量只能按只有一个值的事实分开统计",
    "problem.quantity-cycle": "数量不能由自身组成：{way}",
    "problem.quantity-per": "按不同事实分开统计的数量不能相加：{got}",
    "problem.undetermined-type": "该事实的类型是 {got}；只有数量可以未确定",
}
