"""Progress (进度) on long work: shown on a terminal after a second, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final, Protocol, TextIO

Progress = Callable[[int, int], None]  # told how much is done, and how much there is
PATIENCE: Final = 1.0
BETWEEN: Final = 0.2


class _Shown(Protocol):
    def show(self, done: int, total: int) -> None:
        """Shows how much is done."""

    def wipe(self) -> None:
        """Leaves no trace."""


class PlainLine:
    """A counting line that overwrites itself."""

    def __init__(self, stream: TextIO, label: str) -> None:
        self._stream = stream
        self._label = label
        self._width = 0

    def show(self, done: int, total: int) -> None:
        """Shows how much is done."""
        line = f"{self._label} {done:,} / {total:,} ({done * 100 // total} %)"
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def wipe(self) -> None:
        """Leaves no trace."""
        self._stream.write("\r" + " " * self._width + "\r")
        self._stream.flush()


class RichBar:
    """The bar of the package rich, with the time that remains.

    Raises:
        ImportError: rich is not installed.
    """

    def __init__(self, stream: TextIO, label: str) -> None:
        from rich.console import Console  # noqa: PLC0415  # an extra
        from rich.progress import Progress  # noqa: PLC0415

        self._bar = Progress(console=Console(file=stream), transient=True)
        self._task = self._bar.add_task(label)
        self._bar.start()

    def show(self, done: int, total: int) -> None:
        """Shows how much is done."""
        self._bar.update(self._task, completed=done, total=total)

    def wipe(self) -> None:
        """Leaves no trace."""
        self._bar.stop()


class ProgressLine:
    """How much of a long work is done, from a second after it began, on a stream that is a terminal.

    Args:
        stream: Where it is shown.
        label: What is being done.
        patience: How many seconds to stay silent.
        kinds: What shows it: the first that can be made.
        tick: Tells how many seconds have passed since some moment.
    """

    def __init__(
        self,
        stream: TextIO,
        label: str,
        *,
        patience: float = PATIENCE,
        kinds: tuple[Callable[[TextIO, str], _Shown], ...] = (RichBar, PlainLine),
        tick: Callable[[], float] = monotonic,
    ) -> None:
        self._stream = stream
        self._label = label
        self._kinds = kinds
        self._tick = tick
        self._next = tick() + patience
        self._shown: _Shown | None = None
        self._visible = stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Shows how much is done, at most five times a second."""
        if not self._visible or self._tick() < self._next:
            return
        self._next = self._tick() + BETWEEN
        self._shown = self._shown or self._made()
        self._shown.show(done, total)

    def close(self) -> None:
        """Leaves no trace."""
        if self._shown is not None:
            self._shown.wipe()
            self._shown = None

    def _made(self) -> _Shown:
        for kind in self._kinds[:-1]:
            try:
                return kind(self._stream, self._label)
            except ImportError:
                continue
        return self._kinds[-1](self._stream, self._label)
