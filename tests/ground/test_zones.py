"""A zone is named as the IANA names it; whatever else is written is refused in one way."""

from __future__ import annotations

import pytest

from qms_service.errors import ZoneError
from qms_service.instants import zone


@pytest.mark.parametrize("name", ["Asia/Shanghai", "Europe/Berlin", "UTC"])
def test_a_zone_goes_by_its_iana_name(name: str) -> None:
    assert zone(name).name == name


@pytest.mark.parametrize(
    "name",
    ["", " ", "Asia", "Asia/", "Asia/Shanghia", "/etc", "../Asia", "Asia/Shanghai\n", "a\0b", "x" * 300, "zone.tab"],
)  # fmt: skip
def test_any_other_name_is_refused_with_what_to_write(name: str) -> None:
    with pytest.raises(ZoneError) as refused:
        zone(name)
    assert isinstance(refused.value, ValueError)
    assert str(refused.value) == f"Unknown time zone {name!r}. Give an IANA name such as Asia/Shanghai."
    assert refused.value.text("zh") == f"未知的时区 {name!r}。请给出 IANA 名称，例如 Asia/Shanghai。"
