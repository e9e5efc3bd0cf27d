"""Lists of lines, ``[{"id": "a", "text": "…"}, …]``, that most kinds are made of."""

import re
from collections.abc import Mapping, Sequence

from core.vietnamese import nfc
from quizzes.kinds.kind import BadChoice, Content, Gap, Json, Key, Problem, Row, gettext_noop

MIN_LINES = 2
MAX_LINES = 8
LETTERS = "ABCDEFGHIJKL"
ALL_OR_NOTHING = "all_or_nothing"
PARTIAL = "partial"

_ID = re.compile(r"[a-z0-9_-]{1,16}")
# Names under which some kind keeps its key: in content they would be sent to everyone.
_SECRET_NAMES = {"answer", "correct", "is_correct", "key", "rule", "order", "pairs", "true"}
_SECRET_NAMES |= {"value", "tolerance", "accepted", "guide"}


def listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, (list, tuple)) else []


def mapped(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def ids(content: Content, name: str) -> tuple[str, ...]:
    """Ids in the author's order; lines that are not well formed are left out."""
    return tuple(
        identity
        for line in listed(content.get(name))
        if isinstance(line, Mapping) and isinstance(identity := line.get("id"), str)
    )


def texts(content: Content, name: str) -> dict[str, str]:
    """Id → text, in the author's order."""
    return {
        identity: text
        for line in listed(content.get(name))
        if isinstance(line, Mapping)
        and isinstance(identity := line.get("id"), str)
        and isinstance(text := line.get("text"), str)
    }


def rows(content: Content, name: str, order: Sequence[str]) -> list[tuple[str, Row]]:
    """(id, row) from top to bottom, with nothing chosen; lettered."""
    known = texts(content, name)
    marks, pictures = mapped(content.get("marks")), mapped(content.get("pictures"))
    return [
        (
            identity,
            Row(
                place,
                LETTERS[place : place + 1],
                known.get(identity, ""),
                listed(marks.get(identity)),
                listed(pictures.get(identity)),
            ),
        )
        for place, identity in enumerate(order)
    ]


def fields(sent: Json, count: int) -> list[str | None]:
    """One text or None for each field out of an untrusted value. Raises BadChoice."""
    if sent is None or sent == []:
        return [None] * count
    if not isinstance(sent, list) or len(sent) != count:
        raise BadChoice(f"a choice is a list of {count} fields")
    if not all(item is None or isinstance(item, str) for item in sent):
        raise BadChoice("a field is a text or null")
    return [item or None for item in sent]


def place(text: str, count: int) -> int:
    """A place counted from 0. Raises BadChoice."""
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) >= count:
        raise BadChoice("not a place of this question")
    return int(text)


def unanswered(count: int) -> Gap | None:
    if count <= 0:
        return None
    return Gap(gettext_noop("Câu này còn %(count)s ý chưa chọn."), {"count": count})


def chosen_of_each(raw: Json) -> dict[str, Json]:
    """An untrusted choice that says something of each line. Raises BadChoice."""
    if raw is None or raw == []:
        return {}
    if not isinstance(raw, dict):
        raise BadChoice("a choice says something of each line")
    return raw


def gap_of_each(count: int, choice: Json) -> Gap | None:
    """Of a choice that says something of each of ``count`` lines."""
    said = mapped(choice)
    return unanswered(count - len(said)) if said else None


def content_problems(content: Content, *names: str, most: int = MAX_LINES) -> list[str]:
    """What is wrong with the lists ``names``: ids are unique over all of them."""
    found: list[str] = []
    seen: list[Json] = []
    if _SECRET_NAMES & content.keys():
        found.append(Problem.KEY_IN_CONTENT)
    for name in names:
        lines = content.get(name)
        if lines is None or lines == []:
            found.append(Problem.NO_OPTION)
            continue
        if not isinstance(lines, list) or not all(isinstance(line, Mapping) for line in lines):
            found.append(Problem.MALFORMED)
            continue
        found += _list_problems(lines, mapped(content.get("pictures")), most)
        seen += [line.get("id") for line in lines]
    if not all(isinstance(item, str) and _ID.fullmatch(item) for item in seen):
        found.append(Problem.BAD_OPTION_ID)
    elif len(set(seen)) < len(seen):
        found.append(Problem.DUPLICATE_OPTION_ID)
    return unique([*found, *decoration_problems(content)])


def _list_problems(
    lines: Sequence[Mapping[str, Json]], pictures: Mapping[str, Json], most: int
) -> list[str]:
    found: list[str] = []
    if len(lines) < MIN_LINES:
        found.append(Problem.ONE_OPTION)
    if len(lines) > most:
        found.append(Problem.TOO_MANY_OPTIONS)
    if any(_SECRET_NAMES & line.keys() for line in lines):
        found.append(Problem.KEY_IN_CONTENT)
    read = [line.get("text") for line in lines]
    if not all(isinstance(text, str) for text in read):
        return [*found, Problem.MALFORMED]
    # Two lines that differ only by case or white space are one. Marks are kept: "má" and "mã"
    # are different answers. A picture may stand for the words.
    compared = [nfc(text).casefold() for text in read if isinstance(text, str)]
    for line, text in zip(lines, compared, strict=True):
        identity = line.get("id")
        if not text and not (isinstance(identity, str) and listed(pictures.get(identity))):
            found.append(Problem.EMPTY_TEXT)
    filled = [text for text in compared if text]
    if len(set(filled)) < len(filled):
        found.append(Problem.DUPLICATE_TEXT)
    return found


def decoration_problems(content: Content) -> list[str]:
    """Inline format and pictures: the shapes of docs/kinds.md, or malformed."""
    marks, pictures = content.get("marks", {}), content.get("pictures", {})
    good = (
        isinstance(marks, Mapping)
        and all(_are_marks(value) for value in marks.values())
        and isinstance(pictures, Mapping)
        and all(_are_pictures(value) for value in pictures.values())
    )
    return [] if good else [Problem.MALFORMED]


def _are_marks(value: Json) -> bool:
    return isinstance(value, list) and all(
        isinstance(mark, list)
        and len(mark) == 3
        and type(mark[0]) is int
        and type(mark[1]) is int
        and isinstance(mark[2], str)
        for mark in value
    )


def _are_pictures(value: Json) -> bool:
    return isinstance(value, list) and all(is_file(picture) for picture in value)


def is_file(value: Json) -> bool:
    """``{"file": QuestionFile id, "alt": text}``."""
    return (
        isinstance(value, Mapping)
        and type(value.get("file")) is int
        and isinstance(value.get("alt", ""), str)
    )


def rule_problems(key: Key, *known: str) -> list[str]:
    rule = key.get("rule")
    return [] if rule is None or rule in known else [Problem.UNKNOWN_RULE]


def unique(codes: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(codes))
