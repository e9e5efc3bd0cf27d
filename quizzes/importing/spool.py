"""Many values kept outside of memory, in their order: the questions of a file between its reader
and the bank."""

from __future__ import annotations

import pickle
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any, overload

# What a usual file of questions takes never reaches the disk.
_IN_MEMORY = 1024 * 1024


class Spool[T](Sequence[T]):
    """A sequence that only grows. Eight bytes a value stay in memory; the values are in an unnamed
    temporary file, which is gone with the process. Each access makes a new value."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._starts = array("Q", [0])
        for value in values:
            self.append(value)

    def append(self, value: T) -> None:
        self._file.seek(self._starts[-1])
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        self._file.seek(self._starts[place])
        data = self._file.read(self._starts[place + 1] - self._starts[place])
        value: T = pickle.loads(data)  # noqa: S301 - written by `append` of this process
        return value

    def __eq__(self, other: object) -> bool:
        return _is_same(self, other)

    __hash__ = None  # type: ignore[assignment]


class Chosen[T](Sequence[T]):
    """Some values of another sequence, in the order of ``places``."""

    def __init__(self, values: Sequence[T], places: array[int]) -> None:
        self._values, self._places = values, places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        return (self._values[place] for place in self._places)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._values[place] for place in self._places[index]]
        return self._values[self._places[index]]

    def __eq__(self, other: object) -> bool:
        return _is_same(self, other)

    __hash__ = None  # type: ignore[assignment]


def _is_same(one: Sequence[Any], other: object) -> bool:
    if not isinstance(other, Sequence) or len(one) != len(other):
        return False
    return all(mine == theirs for mine, theirs in zip(one, other, strict=True))
