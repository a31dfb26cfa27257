"""Chinese: the wire."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "wire-type-unknown": "{got} 不能写成 JSON。允许：{allowed}。",
    "wire-unwritable": "此 {type} 不能写成 JSON，有 {count} 个问题：",
    "wire-unreadable": "此 JSON 不能读作 {type}，有 {count} 个问题：",
    "wire-no-object": '收到 {got}；须为 JSON 对象，如 {{"schema": "qms/1", "type": "Case", ...}}。',
    "wire-mixed": "一个列表只能有一种类型的值；收到 {got}。请每种各写一个列表。",
    "wire-malformed": "这不是 JSON:{reason}。",
    "wire-too-deep": "事实嵌套过深，无法读取。请减少嵌套。",
    "wire-twice": "JSON 对象中有重复的键：{got}。请只保留一个。",
    "wire-no-schema": '此 JSON 没有格式版本。请在最外层写 "schema": "{allowed}"。',
    "wire-schema": "收到格式版本 {got}，本库读 {allowed}：请升级 qms_service，或请发送方使用 {allowed}。",
    "wire-type": '收到类型 {got}，所要的是 "{allowed}"。请让 from_json 读取 JSON 所写的类型。',
    "wire.wrong": "收到 {got}，允许的是{allowed}",
    "wire.word": "收到 {got}，允许：{allowed}",
    "wire.missing": "缺少此字段；必须有：{needed}",
    "wire.unknown-field": "没有此字段；允许：{allowed}",
    "wire.unknown-field.nearest": "没有此字段；是否指 {nearest}？允许：{allowed}",
    "wire.naive": "{got} 没有时差，不是时刻；请写 2026-03-02T09:00:00+08:00，或以 Z 表示 UTC",
    "wire.refused": "{reason}",
    "wire.history-empty": "历史为空；个案至少有立案的事件，seq 为 1",
    "wire.history-seq": "收到 {got}，允许的是 {allowed}：个案的事件按历史顺序编号 1、2、3……，不重复，不缺号",
    "wire.kind.text": "UTF-8 能表示的文字",
    "wire.kind.flag": "true 或 false",
    "wire.kind.whole": "整数",
    "wire.kind.integer": '带引号的整数数字，如 "9007199254740993"',
    "wire.kind.decimal": '带引号的有限小数，如 "12.50"',
    "wire.kind.fraction": '引号中的分数或整数，例如 "325/4"',
    "wire.kind.interval": '区间，例如 {{"low": "65/2", "high": "40"}}',
    "wire.kind.date": '日期，如 "2026-03-02"',
    "wire.kind.instant": '带时差的时刻，如 "2026-03-02T09:00:00+08:00"',
    "wire.kind.duration": '以时、分、秒表示的时长，如 "PT36H" 或 "-PT30M"',
    "wire.kind.amount": "整数、小数、数量、undetermined（未确定），或空",
    "wire.kind.label": '各语言的名称，如 {{"en": "Quality", "zh": "品质部"}}',
    "wire.kind.list": "列表",
    "wire.kind.object": "对象",
    "wire.kind.subject": "对象，如 Complaint 或 Subject",
    "wire.kind.fact": (
        "文字、整数、true、false、null、列表，或带标签的日期、时刻、时长、小数、金额、数量、事实表，"
        '如 {{"decimal": "12.50"}}；浮点数不在其内'
    ),
}
