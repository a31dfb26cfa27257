"""Chinese: working time, terms, national calendars."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "weekly-shape": (
        '每周上班时间：收到 {got}。请给出映射，例如 {{"mon": [("08:30", "12:00"), ("13:30", "17:30")]}}；未列出的日子为休息。'
    ),
    "weekday": "未知的星期 {got}。允许：{allowed}。",
    "weekday.nearest": "未知的星期 {got}。是否指 {nearest}？允许：{allowed}。",
    "exceptions-shape": "例外日期：收到 {got}。请给出日期到时段的映射，例如 {{date(2026, 2, 17): []}}；[] 表示休息。",
    "exception-names-shape": (
        '例外日期的名称：收到 {got}。请给出日期到文字的映射，例如 {{date(2026, 2, 17): "春节"}}。'
    ),
    "exception-name": "{day} 有名称 {name}，但不是例外日期。请在 exceptions 中写明其时段；[] 表示休息。",
    "exception-unknown": (
        "{day} 是例外日期，但日历只知道到 {known_until}。该年公布后请移动 known_until，否则请删去该例外日期。"
    ),
    "hours-shape": '{day}：收到 {got}。请给出成对的时间，例如 [("08:30", "12:00"), ("13:30", "17:30")];[] 表示休息。',
    "time-of-day": '{day}：{got} 不是时间。请写 "HH:MM" 或 "HH:MM:SS"，从 00:00 到 24:00。',
    "span-start": "{day}：时段不能从 24:00 开始。请写成次日的 00:00。",
    "spans-overlap": "{day} 的 {first} 与 {other_day} 的 {second} 重叠。请缩短其中一个，或合并为一个时段。",
    "no-date": "{got} 不是日期。请给出日历所在时区的 datetime.date。",
    "no-timedelta": "{got} 不是时间长度。请给出 datetime.timedelta，例如 timedelta(hours=6)。",
    "no-count": "{got} 不是工作日数。请给出整数；负数表示往前推。",
    "column-row": "第 {row} 行（从 0 数起）：{said}",
    "column-instants": '{name} 列是 {got}，不是时刻。请给出 UTC 的 datetime64，例如 numpy.array(["2026-03-02T01:00"], "datetime64[us]")；带时区的时刻请先换算成 UTC。',
    "column-amounts": '{name} 列是 {got}，不是时间长度。请给出以周或更小单位计的 timedelta64，例如 numpy.array([90], "timedelta64[m]")，或给出适用于所有行的一个 timedelta。',
    "column-counts": "{name} 列是 {got}，不是工作日数。请给出 int64 能表示的整数；负数表示往前推。",
    "column-shape": "{name} 的形状是 {got}。请给出一列或一个值；表格请逐列给出。",
    "column-lengths": "{names} 分别有 {got} 行。请给出长度相同的列，或适用于所有行的一个值。",
    "column-mapping": '得到的是 {got}，不是按名称给出的列。请给出映射，例如 {{"cause": causes, "km": distances}}。',
    "column-kind": "{name} 列的类型是 {got}。请给出 numpy 数组、列表、编码列，或适用于所有行的一个值。",
    "column-codes": "编码列的 {name} 是 {got}。请给出整数：每行给出其值的位置，缺失时为负数。",
    "column-codes.beyond": "编码列的 {name} 达到 {got}，而值只有 {count} 个。请给出小于该数的编码，缺失时为负数。",
    "column-inexact": "{name} 列的 {got} 不是微秒的整数倍，或超出其范围。请先取整，或去掉该行。",
    "calendar-horizon": (
        "答案到达 {at}，但日历 {calendar} 只知道到 {known_until}。请补充已公布的日期并移动 known_until,"
        '或对期限、时限使用 on_unknown="provisional"。'
    ),
    "calendar-years": "答案超出日历可计算的年份 {first} 至 {last}。",
    "never-open.after": "日历在 {at} 之后不再上班，或上班时间不够。请给出每周上班时间，或减少要求的时间。",
    "never-open.before": "日历在 {at} 之前没有上班，或上班时间不够。请给出每周上班时间，或减少要求的时间。",
    "term": (
        "{got} 不是期限。允许：整数加 h、min、d、week 或 month;working h、working min 或 working d;"
        '"4 working d, end of day";"same day"。'
    ),
    "term-unit": "{got}：未知的单位 {unit}。允许：{allowed}。",
    "term-unit.nearest": "{got}：未知的单位 {unit}。是否指 {nearest}？允许：{allowed}。",
    "term-ambiguous": "{got}:m 可能是分钟也可能是月。请写 min 或 month。",
    "term-zero": '{got} 没有时间。请写 "at once" 或 "same day"。',
    "term-fraction": "{got}：数量须为整数。请改用较小的单位，例如 1.5 h 写成 90 min。",
    "term-negative": "{got}：期限不能为负。往前推算请用 WorkCalendar.add 或 add_days。",
    "term-working-unit": "{got}：上班时间以 h、min 或 d 计。周和月请写成工作日。",
    "term-end-of-day": '{got}:"end of day" 只能跟在工作日之后，例如 "4 working d, end of day"。',
    "term-urgency": "{got} 是缓急程度，不是期限，无可计算。请用 parse_within 读取。",
    "term-calendar": "期限 {term} 按上班时间计算，需要日历：after(start, calendar)。",
    "term-flags": "working 和 end_of_day 只能是 True 或 False；收到 {got}。",
    "term-no-calendar": "{got} 不是日历。请给出 WorkCalendar；期限不按上班时间计算时给 None。",
    "term-on-unknown": 'on_unknown 为 {got}。允许："refuse"、"provisional"。',
    "makeup-hours": (
        "周一至周五的上班时段相同时，调休上班日采用该时段；这里各日不同：{got}。请给出调休上班日的时段，例如 "
        'makeup=[("08:30", "12:00"), ("13:30", "17:30")]；若本厂不执行调休上班，写 makeup=[]。'
    ),
    "year-before-first": "日历不能止于 {got}：已知的第一年是 {first} 年。请给出更晚的 known_until，或不写。",
    "year-without-days": (
        "日历不能有效到 {got}：内置的节假日到 {published} 为止，exceptions 中没有 {year} 年的日期。"
        "请把该年通知中的放假日和调休上班日写入 exceptions，或不写 known_until。"
    ),
    "facts-table": '事实是名称与取值的表，如 {{"established": True}}；收到 {got}。',
    "fact-amount": "数额须精确：{allowed}，不可为浮点数；收到 {got}。",
    "fact-unit": "{field} 是文字，如 pcs 或 CNY；收到 {got}。",
    "entry-column": "{of}：{column} 须为文字；收到 {got}。",
    "entry-evidence": "证据是 Evidence(kind=, uri=) 的列表；收到 {got}。",
    "entry-case": "需要个案，由 book.open(...) 得到；收到 {got}。",
    "entry-subject": "需要对象，如 Complaint(...) 或 Subject(...)；收到 {got}。",
    "entry-events": "需要事件 Event(name, at)；收到 {got}。",
    "entry-rows": "需要以名称为键的映射；收到 {got}。",
    "recurrence-date": "{name} 是日期，不含时间；收到 {got}。如为时刻，请取工厂所在时区的日期。",
    "entry-date": "需要日期或带时区的时间；收到 {got}。",
    "desk-recorded-at": "录入时间由服务台自己记下：请不要给出 recorded_at。",
    "desk-key": "键 {key} 已用于另一请求：它在个案 {case} 中记录了 {event}。请为每个请求使用各自的键。",
    "entry-series": '需要编号规则 NumberSeries(...)；收到 {got}。规则册中的编号规则为 rules.series("claim")。',
    "entry-period": "周期须为文字，即编号规则 {series} 的 series.period(date) 所给出的；收到 {got}。",
    "entry-key": "键须为非空文本；收到 {got}。",
    "entry-scope": "scope 属于编号规则，而 {number} 已有编号。请去掉 scope= 或编号。",
    "entry-number-and-series": "对象已有编号 {number}，编号规则不能再给编号。请去掉 number= 或 series= 之一。",
    "entry-after": "翻页须给出待办清单中的一项，例如上一页的最后一项；收到 {got}。",
    "entry-limit": "limit 为条数，0 或以上；收到 {got}。",
    "link-itself": "个案 {case} 不能与自身关联。请给出两个个案。",
}
