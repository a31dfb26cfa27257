"""Chinese: duties that recur."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "duty-id": '定期义务需要名称，例如 "monthly-summary"；收到 {got}。',
    "duty-text": "定期义务 {duty}：{field} 是文字或 None；收到 {got}。",
    "duty-label": '定期义务 {duty}：名称是一段文字，或按语言给出，例如 {{"en": "Monthly summary", "zh": "月度汇总"}}；收到 {got}。',
    "duty-choice": "定期义务 {duty}：{field} 为 {got}，允许的是 {allowed}。",
    "duty-times": "定期义务 {duty}：times 是不小于 1 的整数；收到 {got}。",
    "duty-date": "需要一个日期，例如 date(2026, 3, 1)；收到 {got}。带时刻的值有自己的时区，因而日期可能不同。",
    "duty-every": '定期义务的 every 为 {allowed} 之一，或这些单位的其他倍数；不定期时写 "?"。收到 {got}。',
    "duty-ages": '定期义务的 ages 是按年限排列的表，除最后一项外都有上限，例如 [{{"every": "month", "up_to": "1 year"}}, {{"every": "quarter"}}]；收到 {got}。',
    "duty-age": '年限是若干个月或年，例如 "1 year" 或 "18 months"；收到 {got}。',
    "duty-every-and-ages": "定期义务 {duty} 同时有 every 和 ages。只留一个：频次取决于对象的年限时用 ages。",
    "duty-due": "定期义务的 due 是其期间内的一个日期，例如 {allowed}；收到 {got}。",
    "duty-due-day": "定期义务 {duty}：“{got}”是某月的一天，而其期间是 {every}。请写明哪个月（“day 15 of month 1”），或从期初起算（“5 d after start”）。",
    "duty-due-month": "定期义务 {duty}：“{got}”所指的月份在 {every} 中不存在。月份在期间内从 1 起数，期间至少有两个月才有月份。",
    "duty-due-month-name": "定期义务 {duty}：“{got}”用月份名称，而其期间是 {every}。只有一年中每个名称出现一次：请写“month 1”在期间内计数。",
    "duty-due-weekday": "定期义务 {duty}：“{got}”是一周中的一天，而其期间是 {every}。请写明是月内的哪一个（“first friday”、“last friday”）。",
    "duty-due-weekday-of-month": "定期义务 {duty}：“{got}”是某月的一天，而其期间是 {every}。对一周只写星期几（“friday”）。",
    "duty-due-working-day": "定期义务 {duty}：“{got}”在 {every} 内数工作日。请写 every 为 “working day”，或写“end”并给出顺延方式。",
    "duty-close": "定期义务 {duty}：“{got}”在工作日下班时到期，而该日期可能不是工作日。请写明届时如何：shift 为 “next”、“previous” 或 “skip”。",
    "duty-backwards": "定期义务 {duty} 止于 {end}，不晚于其开始日期 {start}。请更正其一；ends_on 是不再适用的第一天。",
    "duty-counted-from": '定期义务 {duty}：日历上没有以 {every} 为单位的期间。请写 counted_from="start"，并给出起算日期 starts_on。',
    "duty-no-start": "定期义务 {duty} 的期间从起始日期起算。请给出 starts_on；各对象自有起始日期时，给出指明对象的事实 per。",
    "duty-working-day-shift": "定期义务 {duty} 每个工作日都要履行；顺延“{got}”会使同一天要履行两次。请去掉 shift。",
    "duty-fulfilled-by": "定期义务的 fulfilled_by 是事件名称，或含 {allowed} 的表，其中至少有 event；收到 {got}。",
    "duty-counts-for": "counts_for 为 {got}，允许的是 {allowed}。",
}
