"""Stores around a store: one that notes what is read, one in which no case can be read."""

from __future__ import annotations

from typing import Any, Self

import qms_service as qms
from qms_service.ports import Store


class Reads:
    """A store that notes which cases are read."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.loaded: list[str] = []

    def transaction(self, *, read_only: bool = False) -> Any:  # noqa: ANN401  # as the store
        return Noting(self.store.transaction(read_only=read_only), self.loaded)


class Noting:
    def __init__(self, inner: Any, loaded: list[str]) -> None:  # noqa: ANN401
        self.inner = inner
        self.loaded = loaded

    def __enter__(self) -> Self:
        self.begun = self.inner.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self.inner.__exit__(*raised)

    @property
    def cases(self) -> Noting:
        return self

    def find(self, **asked: Any) -> Any:  # noqa: ANN401
        return self.begun.cases.find(**asked)

    def load(self, number: str) -> qms.Case:
        self.loaded.append(number)
        case: qms.Case = self.begun.cases.load(number)
        return case


class Torn(Reads):
    """A store in which no case can be read."""

    error: qms.QmsError = qms.StoreError("store-damaged", reason="torn")

    def transaction(self, *, read_only: bool = False) -> Any:  # noqa: ANN401
        return Tearing(self.store.transaction(read_only=read_only), self.error)


class Tearing(Noting):
    def __init__(self, inner: Any, error: qms.QmsError) -> None:  # noqa: ANN401
        super().__init__(inner, [])
        self.error = error

    def load(self, number: str) -> qms.Case:  # noqa: ARG002
        raise self.error
