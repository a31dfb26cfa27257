"""Chinese: documents exchanged with other systems."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "exchange.no-place": "{path} 未带过去，对方格式没有相应位置：{values}",
    "exchange.missing": "{path} 为必填而未给出；缺少它，文件无效。",
    "exchange.assumed": "{path} 按 {values} 理解，对方格式并未说明。",
    "exchange.aside": "{path} 收下没有专门字段的内容：{values}",
    "exchange.unreadable": "{path} 未带过来，无法读取：{values}",
    "exchange.incomplete": "{path} 未带过来，部分内容缺失或无法读取：{values}",
    "exchange.time-of-day": "只带过去日期，不含时刻。",
    "exchange-kind": "只有 {allowed} 类个案可按此格式输出；收到 {got}。",
    "exchange-document": "文件须为 json.loads 所得的对象；收到 {got}。",
    "exchange-undated": "文件未说明起始日期（header.complaintDate）。请给出 raised_at=。",
}
