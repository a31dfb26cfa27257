"""Workers (并行): blocks of a frame side by side, because numpy lets others work while it does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Final, TypeVar

T = TypeVar("T")
Span = tuple[int, int]
WORKERS: Final = 2  # each takes the memory of a block's buffers


def side_by_side(work: Callable[[int, int], T], spans: Iterable[Span]) -> Iterator[tuple[Span, T]]:
    """What is made of each block, in their order; one block alone needs no thread.

    >>> list(side_by_side(lambda begin, end: end - begin, [(0, 4), (4, 7), (7, 8)]))
    [((0, 4), 4), ((4, 7), 3), ((7, 8), 1)]
    """
    waiting = iter(spans)
    first = list(islice(waiting, WORKERS))
    if len(first) < WORKERS:
        yield from ((span, work(*span)) for span in first)
        return
    begun: deque[tuple[Span, Future[T]]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for span in chain(first, waiting):
            begun.append((span, pool.submit(work, *span)))
            if len(begun) > WORKERS:
                yield _next(begun)
        while begun:
            yield _next(begun)


def _next(begun: deque[tuple[Span, Future[T]]]) -> tuple[Span, T]:
    span, done = begun.popleft()
    return span, done.result()
