"""What the parts of a question's form that depend on its kind have in common."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext as _

from quizzes.kinds import KINDS, Problem

# The buttons that ask for one row more or less of what is typed.
RESHAPING = frozenset({"add_row", "remove_row"})


class Kept(Protocol):
    """What a part begins with: a version of the bank, or a question of a file."""

    @property
    def content(self) -> Any: ...

    @property
    def key(self) -> Any: ...


class _AbstractForm(DeclarativeFieldsMetaclass, ABCMeta):
    """A form that its kinds complete."""


class KindPart(forms.Form, metaclass=_AbstractForm):
    """Valid means: ``content`` and ``key`` are what the kind wants."""

    template: ClassVar[str] = "quizzes/bank/parts/fields.html"

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        version: Kept | None = None,
        typed: Mapping[str, Any] | None = None,
        auto_id: str = "id_%s",
    ) -> None:
        """``typed``: shown again as it is, not yet judged."""
        self.kind = kind
        self.version = version
        stored = self.stored(version) if version else {}
        super().__init__(data, initial={**stored, **(typed or {})}, auto_id=auto_id)

    @staticmethod
    @abstractmethod
    def stored(version: Kept) -> dict[str, Any]:
        """The fields' values for what is kept."""

    @staticmethod
    def begun(texts: Sequence[str]) -> dict[str, Any]:
        """``typed`` for a question of which only these texts are known: where they have a place."""
        return {}

    @staticmethod
    def reshaped(data: Any) -> dict[str, Any]:
        """The posted values as ``typed``, with one row more or less where that was asked."""
        values: dict[str, Any] = data.dict()
        return values

    @property
    @abstractmethod
    def content(self) -> dict[str, Any]:
        """Public, in the kind's own shape; asked of a valid part."""

    @property
    @abstractmethod
    def key(self) -> dict[str, Any]:
        """Secret, in the kind's own shape; asked of a valid part."""

    @property
    def stored_content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.version.content if self.version else {}
        return content

    @property
    def stored_key(self) -> dict[str, Any]:
        key: dict[str, Any] = self.version.key if self.version else {}
        return key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            # What the form does not hold (a picture, a video) is the stored version's.
            content = {**self.stored_content, **self.content}
            for problem in KINDS[self.kind].problems(content, self.key):
                self.add_error(None, sentence(problem))
        return cleaned


def sentence(problem: str) -> str:
    """What is wrong with the question and what to do, for its author."""
    sentences: Mapping[str, Callable[[], str]] = {
        Problem.NO_OPTION: lambda: _("Hãy ghi ít nhất hai dòng."),
        Problem.ONE_OPTION: lambda: _("Chỉ có một dòng. Mỗi câu cần từ 2 đến 8 dòng."),
        Problem.DUPLICATE_TEXT: lambda: _(
            "Có hai dòng giống hệt nhau. Hãy sửa một trong hai dòng."
        ),
        Problem.NO_KEY: lambda: _("Chưa có đáp án đúng. Hãy ghi hoặc đánh dấu đáp án."),
        Problem.SEVERAL_KEYS: lambda: _("Câu này chỉ có một đáp án đúng. Hãy bỏ bớt dấu chọn."),
        Problem.UNKNOWN_RULE: lambda: _(
            "Cách tính điểm này không dùng được cho câu này (lũy tiến cần đúng bốn ý)."
        ),
        Problem.BAD_NUMBER: lambda: _("Hãy nhập một số, ví dụ 15 hoặc 15,5."),
        Problem.TOO_LONG: lambda: _("Đáp án quá dài hoặc quá nhiều. Hãy viết gọn lại."),
    }
    found = sentences.get(problem)
    return found() if found else _("Nội dung hoặc đáp án chưa hợp lệ. Hãy kiểm tra lại.")
