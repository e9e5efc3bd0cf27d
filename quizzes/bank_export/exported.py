"""A question on its way into a file: what every writer takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.vietnamese import fold
from quizzes.importing.file_references import write_reference
from quizzes.importing.parsed import LETTERS, Kind
from quizzes.marked_text import TextMark, well_formed

_LISTS = ("options", "statements", "items", "left", "right")
DIFFICULTY_NAMES = {"easy": "Dễ", "medium": "Trung bình", "hard": "Khó"}
KIND_NAMES = {
    Kind.SINGLE: "Một lựa chọn",
    Kind.MULTIPLE: "Nhiều lựa chọn",
    Kind.TRUE_FALSE: "Đúng/Sai",
    Kind.STATEMENTS: "Nhóm đúng/sai",
    Kind.ORDERING: "Sắp xếp",
    Kind.MATCHING: "Ghép đôi",
    Kind.NUMBER: "Điền số",
    Kind.SHORT_TEXT: "Trả lời ngắn",
    Kind.SITUATION: "Tình huống",
    Kind.ESSAY: "Tự luận",
}
"""As the readers know them: Vietnamese in every language, like the words of the files."""


RULE_NAMES = {
    "all_or_nothing": "Đúng hết mới có điểm",
    "partial": "Tính điểm từng phần",
    "per_statement": "Điểm từng ý",
    "progressive": "Tăng dần theo số ý đúng",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """``media_type`` image/png or image/jpeg; ``name`` unique among different pictures.
    ``was_webp``: it is written as PNG, pixel for pixel."""

    data: bytes = field(repr=False)
    media_type: str
    name: str
    alt: str = ""
    was_webp: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """What a situation shows. ``picture`` is None for a video, whose bytes stay in the bank, and
    for a picture that cannot be read; size in pixels."""

    sha256: str
    media_type: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    picture: Picture | None = None

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")

    @property
    def reference(self) -> str:
        """By which the bank that has the file shows it again."""
        return write_reference(
            sha256=self.sha256,
            media_type=self.media_type,
            width=self.width,
            height=self.height,
            alt=self.alt,
        )


@dataclass(frozen=True, slots=True)
class ExportedQuestion:
    """``content`` and ``key`` as `quizzes.kinds` has them; ``number`` is the bank's own;
    ``pictures`` by part, "stem" or an id of the content; ``lacks_pictures``: not all that it shows
    could be read; ``media``: of a situation."""

    number: int
    kind: Kind
    stem: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    topic: str = ""
    difficulty: str = ""
    explanation: str = ""
    legal_basis: str = ""
    valid_until: date | None = None
    pictures: Mapping[str, tuple[Picture, ...]] = field(default_factory=dict)
    lacks_pictures: bool = False
    media: Media | None = None

    def texts(self, name: str) -> list[tuple[str, str]]:
        """(id, text) of "options", "statements", "items", "left" or "right"."""
        return [(str(line["id"]), str(line["text"])) for line in self.content.get(name, ())]

    def marks(self, part: str) -> list[TextMark]:
        """Of the stem or of what has this id."""
        text = self.stem if part == "stem" else self.all_texts().get(part, "")
        return well_formed(text, self.content.get("marks", {}).get(part))

    def all_texts(self) -> dict[str, str]:
        return {code: text for name in _LISTS for code, text in self.texts(name)}

    def without_key(self) -> "ExportedQuestion":
        """What may lie on a table: nothing is left that tells the key, and where an author's order
        could tell it, the texts stand in the order of the alphabet."""
        content = dict(self.content)
        for name in ("items", "right"):
            if name in content:
                content[name] = sorted(content[name], key=lambda line: fold(line["text"]))
        return replace(
            self,
            content=content,
            key={},
            explanation="",
            legal_basis="",
            valid_until=None,
            difficulty="",
        )

    @property
    def last_day(self) -> str:
        """Of a key that is right for some time only, as the readers know it."""
        return f"{self.valid_until:%d/%m/%Y}" if self.valid_until else ""

    @property
    def correct(self) -> list[str]:
        return list(self.key.get("correct", ()))

    @property
    def rule(self) -> str:
        return str(self.key.get("rule", ""))

    @property
    def tolerance(self) -> str:
        """Of a number; a question written without one must be met exactly."""
        return str(self.key.get("tolerance") or "0")

    @property
    def correct_letters(self) -> list[str]:
        """ "A", "C": of what has options."""
        codes = [code for code, _ in self.texts("options")]
        return [LETTERS[place] for place, code in enumerate(codes) if code in self.correct]

    @property
    def order_letters(self) -> list[str]:
        """The right order of the items by their letters as they stand in the content."""
        codes = [code for code, _ in self.texts("items")]
        return [LETTERS[codes.index(code)] for code in self.key.get("order", ()) if code in codes]

    @property
    def truths(self) -> list[bool]:
        return [code in self.key.get("true", ()) for code, _ in self.texts("statements")]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(id of the left side, id of its right side)."""
        known = self.key.get("pairs", {})
        return [(code, str(known[code])) for code, _ in self.texts("left") if code in known]

    @property
    def unpaired(self) -> list[str]:
        """Ids of right sides that belong to nothing."""
        taken = {right for _, right in self.pairs}
        return [code for code, _ in self.texts("right") if code not in taken]


def in_vietnamese(number: str) -> str:
    """A decimal text with a point as it is written here: "15.5" → "15,5"."""
    return number.replace(".", ",")
