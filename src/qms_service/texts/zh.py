"""The Chinese catalogue: code → template."""

from typing import Final

CATALOGUE: Final[dict[str, str]] = {
    # errors: instants, facts, names
    "naive-instant": (
        "{got} 没有时区,不能作为时刻。请给出带时区的时间,例如 "
        'pendulum.datetime(2026, 3, 2, 9, 0, tz="Asia/Shanghai") 或 '
        'datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))。'
    ),
    "fact-value": "事实 {fact}:收到 {got}({kind}),允许的是 {allowed}。",
    "unknown-name": "未知的{kind} {got!s}。已知:{allowed}。",
    "unknown-name.nearest": "未知的{kind} {got!s}。是否指 {nearest}?已知:{allowed}。",
    # errors: working time
    "calendar-zone": "未知的时区 {got}。请给出 IANA 名称,例如 Asia/Shanghai。",
    "weekly-shape": (
        '每周上班时间:收到 {got}。请给出映射,例如 {{"mon": [("08:30", "12:00"), ("13:30", "17:30")]}};未列出的日子为休息。'
    ),
    "weekday": "未知的星期 {got}。允许:{allowed}。",
    "exceptions-shape": "例外日期:收到 {got}。请给出日期到时段的映射,例如 {{date(2026, 2, 17): []}};[] 表示休息。",
    "exception-names-shape": (
        '例外日期的名称:收到 {got}。请给出日期到文字的映射,例如 {{date(2026, 2, 17): "春节"}}。'
    ),
    "exception-name": "{day} 有名称 {name},但不是例外日期。请在 exceptions 中写明其时段;[] 表示休息。",
    "exception-unknown": (
        "{day} 是例外日期,但日历只知道到 {known_until}。该年公布后请移动 known_until,否则请删去该例外日期。"
    ),
    "hours-shape": '{day}:收到 {got}。请给出成对的时间,例如 [("08:30", "12:00"), ("13:30", "17:30")];[] 表示休息。',
    "time-of-day": '{day}:{got} 不是时间。请写 "HH:MM" 或 "HH:MM:SS",从 00:00 到 24:00。',
    "span-start": "{day}:时段不能从 24:00 开始。请写成次日的 00:00。",
    "spans-overlap": "{day} 的 {first} 与 {other_day} 的 {second} 重叠。请缩短其中一个,或合并为一个时段。",
    "no-date": "{got} 不是日期。请给出日历所在时区的 datetime.date。",
    "no-working-day": "{day} 没有开始的上班时段。",
    "no-timedelta": "{got} 不是时间长度。请给出 datetime.timedelta,例如 timedelta(hours=6)。",
    "no-count": "{got} 不是工作日数。请给出整数;负数表示往前推。",
    "calendar-horizon": (
        "答案到达 {at},但日历 {calendar} 只知道到 {known_until}。请补充已公布的日期并移动 known_until,"
        '或对期限、时钟使用 on_unknown="provisional"。'
    ),
    "calendar-years": "答案超出日历可计算的年份 {first} 至 {last}。",
    "never-open.after": "日历在 {at} 之后没有这么多上班时间。请给出每周上班时间,或减少要求的时间。",
    "never-open.before": "日历在 {at} 之前没有这么多上班时间。请给出每周上班时间,或减少要求的时间。",
    # errors: terms
    "term": (
        "{got} 不是期限。允许:整数加 h、min、d、week 或 month;working h、working min 或 working d;"
        '"4 working d, end of day";"same day"。'
    ),
    "term-unit": "{got}:未知的单位 {unit}。允许:{allowed}。",
    "term-ambiguous": "{got}:m 可能是分钟也可能是月。请写 min 或 month。",
    "term-zero": '{got} 没有时间。请写 "at once" 或 "same day"。',
    "term-fraction": "{got}:数量须为整数。请改用较小的单位,例如 1.5 h 写成 90 min。",
    "term-negative": "{got}:期限不能为负。往前推算请用 WorkCalendar.add 或 add_days。",
    "term-working-unit": "{got}:上班时间以 h、min 或 d 计。周和月请写成工作日。",
    "term-end-of-day": '{got}:"end of day" 只能跟在工作日之后,例如 "4 working d, end of day"。',
    "term-urgency": "{got} 是缓急程度,不是期限,无可计算。请用 parse_within 读取。",
    "term-calendar": "期限 {term} 按上班时间计算,需要日历:after(start, calendar)。",
    "term-on-unknown": 'on_unknown 为 {got}。允许:"refuse"、"provisional"。',
    "term-years": "期限 {term} 超出日期可表示的年份。",
    # errors: national calendars
    "makeup-hours": (
        "调休上班日采用周一至周五共同的上班时段,而这里没有共同的时段:{got}。请说明周末上班时的时段,例如 "
        'makeup=[("08:30", "12:00"), ("13:30", "17:30")];若本厂不执行调休上班,写 makeup=[]。'
    ),
    "year-without-days": (
        "日历不能有效到 {got}:内置的节假日到 {published} 为止,exceptions 中没有 {year} 年的日期。"
        "请把该年通知中的放假日和调休上班日写入 exceptions,或不写 known_until。"
    ),
    # states of a deadline
    "state.not_started": "未开始",
    "state.undecided": "未定",
    "state.running": "进行中",
    "state.paused": "暂停",
    "state.met": "按时完成",
    "state.met_late": "逾期完成",
    "state.overdue": "已逾期",
    "state.not_applicable": "不适用",
    "state.void": "作废",
    "state.unknown": "未知",
    # a case: what the rules refuse or remark
    "refused": "拒绝:{findings}",
    "finding.missing-event": "{subject} 之前须先记录 {event}({zh})。",
    "finding.event-differs": "{subject} 要求 {event}({zh})满足 {detail};最近一次记录不符。",
    "finding.event-outdated": "{subject} 要求 {event}({zh})晚于最近一次 {detail};请重新记录。",
    "finding.too-few": "{subject} 所需的 {event}({zh})不足;已有与所需:{detail}。",
    "finding.not-each": "{subject} 要求以下每一项都有 {event}({zh}):{detail}。",
    "finding.undecided": "{subject} 尚无法判定:请先记录 {fact}。",
    "finding.waived": "{subject} 的关卡 {gate} 已由 {owner} 豁免:{reason}",
    "finding.link-missing": "{subject} 需要关联的 {kind} {case}:请用 related= 提交。",
    "finding.link-open": "{subject} 之前须先关闭关联的 {kind} {case}。",
    "finding.not-open": "个案状态为 {status}:只接受重新打开、更正、关联以及标明结案后可做的步骤。",
    "finding.role-needed": "{subject} 须由 {role}({zh})执行;收到 {got}。",
    "finding.same-person": "{subject} 与 {event} 须由不同的人执行;两者都是 {by}。",
    "finding.other-department": "{subject} 属于 {owner};由 {got} 记录。",
    "finding.unknown-department": "未知部门 {got}。已知:{allowed}。",
    "finding.unknown-department.nearest": "未知部门 {got}。是否指 {nearest}?已知:{allowed}。",
    "finding.unknown-fact": "{subject} 没有事实 {fact}。已声明:{allowed}。",
    "finding.unknown-fact.nearest": "{subject} 没有事实 {fact}。是否指 {nearest}?已声明:{allowed}。",
    "finding.missing-fact": "{subject} 需要事实 {fact}({allowed})。",
    "finding.fact-value": "{subject} 的事实 {fact}:收到 {got}({kind}),允许的是 {allowed}。",
    "finding.unknown-name": "{subject}:未知的{kind} {got}。已知:{allowed}。",
    "finding.unknown-name.nearest": "{subject}:未知的{kind} {got}。是否指 {nearest}?已知:{allowed}。",
    "finding.out-of-order": "{subject} 的时间 {at} 早于已记录的 {latest}。",
    "finding.late-entry": "{at} 的 {subject} 于 {recorded_at} 录入;规则册允许到 {limit}。",
    "finding.not-needed": "本个案不需要 {subject}。",
    "finding.late": "{subject} 应于 {due_at} 完成,实际 {stopped_at},逾期 {by}。",
    "finding.overdue": "{subject} 应于 {due_at} 完成,已逾期 {by}。",
    "finding.clock-no-variant": "按已记录的事实,{subject} 没有对应的期限。",
    "finding.correction-target": "没有可更正的事件 {of}。已有:{allowed}。",
    "finding.correction-empty": "对事件 {of} 的更正没有内容:请给出 facts、at 或 void = true。",
    "finding.correction-opening": "事件 {of} 开启了个案,不能作废;请撤回个案。",
    "finding.extension-figure": "延期须给出 until 或 within 之一。",
    "finding.extension-not-running": "时限 {clock} 未在计时({state}):无可延期。",
    "finding.extension-late": "时限 {clock} 应于 {due_at} 到期;{at} 的延期在到期之后。",
    "finding.extension-not-later": "时限 {clock} 于 {due_at} 到期;{until} 不是延期。",
    "finding.not-paused": "没有处于暂停的计时。",
    "finding.not-closed": "个案未关闭:无可重新打开。",
    "finding.refused": "{subject}:{reason}",
    # rulebooks
    "not-in-force": "{rulebook} 在 {at} 尚未生效;第一版自 {first} 起生效。",
    "pinned-elsewhere": "个案 {case} 固定于 {pin},所问为 {asked}。请用 book.of(case),或用 replay=True 按此规则阅读。",
    "pin-unknown": "个案 {case} 固定于 {pin}。此规则册只有:{allowed}。",
    "rulebook-encoding": "{file} 不是 UTF-8 文本(字节 {at})。请存为 UTF-8。",
    "rulebook-syntax": "{file} 不是 TOML:{reason}。",
    "rulebook-problems": "{file} 有 {count} 个问题:\n{listed}",
    "rulebook-mixed": "同一规则册的文件有不同的 id:{ids}。",
    "rulebook-same-start": "{id} 的两个版本自同一时刻生效:{starts}。",
    "fact-type": "未知的事实类型 {got}。允许:{allowed}、取值列表,各可加 ?(可缺)或 *(多个)。",
    "problem.unknown-name": "未知的{kind} {got};已知:{allowed}",
    "problem.unknown-name.nearest": "未知的{kind} {got};是否指 {nearest}?已知:{allowed}",
    "problem.unknown-key": "未知的键 {got};允许:{allowed}",
    "problem.unknown-key.nearest": "未知的键 {got};是否指 {nearest}?允许:{allowed}",
    "problem.missing-key": "缺少键 {key}",
    "problem.wrong-type": "收到 {got};需要 {allowed}",
    "problem.clause-number": "条款号 {got} 是数字;请加引号,否则 5.10 会变成 5.1",
    "problem.term-needed": "收到 {got};此处需要有数字的期限,如 36 h",
    "problem.fact-path": "{got} 不是事实;请写 event.fact 或 subject.fact",
    "problem.reserved-name": "{got} 保留给事件自身的栏;请换一个名称。保留:{allowed}",
    "problem.no-condition": "没有条件;须有以下之一:{allowed}",
    "problem.waivable-without-id": "可豁免的关卡须有 id,以便豁免时指明",
    "problem.input-without-fact": "输入 {got} 没有对应的事实:请用 lookup({allowed})或写 from = [...]",
    "problem.table-overlap": "唯一命中表的规则 {rules} 重叠,例如 {witness}",
    "problem.no-closing": "没有事件 closed;每种个案都须有",
    "problem.system-event": "{got} 是系统事件,各规则册相同;不能声明",
    "problem.unknown-zone": "未知时区 {got};请写 IANA 名称,如 Asia/Shanghai",
    "problem.naive-effective-from": "{got} 没有时区;请写日期,或带时差的时刻",
    "problem.calendar-not-supplied": "未提供日历 {got};请用 load_rulebook(..., calendars={{...}})。已有:{allowed}",
    "problem.refused": "{reason}",
}
