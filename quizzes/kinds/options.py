"""What the kinds with options share.

content = {"options": [{"id": "a", "text": "…"}, …]}, 2 to 8 options; key = {"correct": ["c"]};
choice = sorted list of option ids, [] or None = not answered.
"""

import re
from collections.abc import Mapping

from core.vietnamese import nfc
from quizzes.kinds.kind import Json, Problem

MIN_OPTIONS = 2
MAX_OPTIONS = 8

_OPTION_ID = re.compile(r"[a-z0-9_-]{1,16}")
_SECRET_NAMES = {"answer", "correct", "is_correct", "key", "rule"}


def option_ids(content: Mapping[str, Json]) -> tuple[str, ...]:
    """Option ids in the author's order; options that are not well formed are left out."""
    return tuple(
        identity
        for option in _listed(content.get("options"))
        if isinstance(option, Mapping) and isinstance(identity := option.get("id"), str)
    )


def option_texts(content: Mapping[str, Json]) -> tuple[str, ...]:
    return tuple(
        text
        for option in _listed(content.get("options"))
        if isinstance(option, Mapping) and isinstance(text := option.get("text"), str)
    )


def correct_ids(key: Mapping[str, Json]) -> tuple[str, ...]:
    return tuple(item for item in _listed(key.get("correct")) if isinstance(item, str))


def is_answered(choice: Json) -> bool:
    return bool(choice)


def chosen_ids(choice: Json) -> frozenset[str]:
    """The ids of a stored choice; what is not an id is left out."""
    return frozenset(item for item in _listed(choice) if isinstance(item, str))


def clean_ids(content: Mapping[str, Json], raw: Json, *, at_most: int | None = None) -> list[str]:
    """Sorted, unique option ids out of an untrusted value: a list of strings, or None.

    Raises ValueError for another type, an unknown id, or more than `at_most` different ids.
    """
    if raw is None:
        return []
    if not isinstance(raw, (list, tuple)):
        raise ValueError("a choice is a list of option ids")
    known = option_ids(content)
    ids: set[str] = set()
    for item in raw:
        if not isinstance(item, str) or item not in known:
            raise ValueError("not an option of this question")
        ids.add(item)
    if at_most is not None and len(ids) > at_most:
        raise ValueError(f"at most {at_most} option may be chosen")
    return sorted(ids)


def content_problems(content: Mapping[str, Json]) -> list[str]:
    options = content.get("options")
    found: list[str] = []
    if _SECRET_NAMES & content.keys():
        found.append(Problem.KEY_IN_CONTENT)
    if options is None or options == []:
        return [*found, Problem.NO_OPTION]
    if not isinstance(options, list) or not all(isinstance(item, Mapping) for item in options):
        return [*found, Problem.MALFORMED]
    if len(options) < MIN_OPTIONS:
        found.append(Problem.ONE_OPTION)
    if len(options) > MAX_OPTIONS:
        found.append(Problem.TOO_MANY_OPTIONS)
    if any(_SECRET_NAMES & option.keys() for option in options):
        found.append(Problem.KEY_IN_CONTENT)
    ids = [option.get("id") for option in options]
    if not all(isinstance(item, str) and _OPTION_ID.fullmatch(item) for item in ids):
        found.append(Problem.BAD_OPTION_ID)
    elif len(set(ids)) < len(ids):
        found.append(Problem.DUPLICATE_OPTION_ID)
    return _unique([*found, *_text_problems([option.get("text") for option in options])])


def key_problems(content: Mapping[str, Json], key: Mapping[str, Json]) -> list[str]:
    correct = key.get("correct")
    if correct is None or correct == []:
        return [Problem.NO_KEY]
    if not isinstance(correct, list) or not all(isinstance(item, str) for item in correct):
        return [Problem.MALFORMED]
    found: list[str] = []
    if not set(correct) <= set(option_ids(content)):
        found.append(Problem.KEY_OUT_OF_RANGE)
    if len(set(correct)) < len(correct):
        found.append(Problem.DUPLICATE_KEY)
    return found


def _text_problems(texts: list[Json]) -> list[str]:
    # Two options that differ only by case or white space are one option. Marks are kept:
    # "má" and "mã" are different answers.
    if not all(isinstance(text, str) for text in texts):
        return [Problem.MALFORMED]
    compared = [nfc(text).casefold() for text in texts if isinstance(text, str)]
    found: list[str] = []
    if not all(compared):
        found.append(Problem.EMPTY_TEXT)
    filled = [text for text in compared if text]
    if len(set(filled)) < len(filled):
        found.append(Problem.DUPLICATE_TEXT)
    return found


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _unique(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(codes))
