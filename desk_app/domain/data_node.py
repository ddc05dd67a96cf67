"""One mapping of catalogue data while it is read: typed values, the path for complaints, and no unknown keys.

Why: an author who misspells `exemption` must be told, not silently charge a poor family. Every refusal is a
`DataProblem` with the path, so that the file and line can be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from desk_app.domain.condition import Asked, Condition, DataProblem, Path, parse

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Questions = Mapping[str, Asked]


class Node:
    """A mapping of the data with its path; each `take` marks a key as known."""

    __slots__ = ("_data", "_taken", "path")

    def __init__(self, data: object, path: Path) -> None:
        if not isinstance(data, Mapping):
            raise DataProblem(path, "cần một mục gồm khóa và giá trị")
        self._data: Mapping[str, object] = data
        self._taken: set[str] = set()
        self.path = path

    def at(self, key: str) -> Path:
        """Path of a key below this node."""
        return (*self.path, key)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self._data.get(key) is not None

    def raw(self, key: str) -> object:
        """The value as it is, None when absent."""
        self._taken.add(key)
        return self._data.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without default it must be there and not be blank."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise DataProblem(self.at(key), f"thiếu “{key}” hoặc không phải chữ")
        return value

    def whole(self, key: str, *, at_most: int) -> int:
        """A whole number from 0 to `at_most`."""
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise DataProblem(self.at(key), f"“{key}” phải là số nguyên")
        if value < 0:
            raise DataProblem(self.at(key), f"“{key}” không được là số âm ({value})")
        if value > at_most:
            raise DataProblem(self.at(key), f"“{key}” lớn quá mức cho phép ({value})")
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self.raw(key)
        if not isinstance(value, bool):
            raise DataProblem(self.at(key), f"“{key}” phải là true hoặc false")
        return value

    def day(self, key: str) -> date:
        """An ISO date."""
        value = self.text(key)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise DataProblem(self.at(key), f"“{value}” không phải ngày dạng NĂM-THÁNG-NGÀY") from None

    def clock(self, key: str) -> time:
        """A time of day such as 15:00."""
        value = self.text(key)
        try:
            return time.fromisoformat(value)
        except ValueError:
            raise DataProblem(self.at(key), f"“{value}” không phải giờ dạng GIỜ:PHÚT") from None

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """One of the values of an enumeration."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            allowed = ", ".join(kind)
            raise DataProblem(self.at(key), f"“{value}” không dùng được; chỉ nhận: {allowed}") from None

    def items(self, key: str) -> Sequence[object]:
        """A list, empty when absent."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise DataProblem(self.at(key), f"“{key}” phải là danh sách")
        return value

    def each(self, key: str, read: Callable[[Node], T]) -> tuple[T, ...]:
        """A list of mappings, each read and checked for unknown keys."""
        return tuple(read_whole(item, (*self.path, key, i), read) for i, item in enumerate(self.items(key)))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        for i, item in enumerate(self.items(key)):
            if not isinstance(item, str):
                raise DataProblem((*self.path, key, i), "cần một dòng chữ")
        return tuple(str(item) for item in self.items(key))

    def when(self, key: str, questions: Questions) -> Condition | None:
        """A condition, None when absent (always)."""
        value = self.raw(key)
        return None if value is None else parse(value, questions, self.at(key))

    def done(self) -> None:
        """Refuse keys nobody asked for."""
        for key in self._data:
            if key not in self._taken:
                raise DataProblem(self.at(str(key)), f"khóa “{key}” không có trong mẫu danh mục")


def read_whole(data: object, path: Path, read: Callable[[Node], T]) -> T:
    """Read one mapping and refuse unknown keys."""
    node = Node(data, path)
    value = read(node)
    node.done()
    return value
