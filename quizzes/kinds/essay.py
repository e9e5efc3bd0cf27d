"""An essay: people give its points (quizzes.essay_marking), no key can.

content = {"max_words": 600} or {}; key = {"guide": "what the markers look for"}; choice = the text.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quizzes.kinds import typed
from quizzes.kinds.kind import (
    BadChoice,
    Content,
    Gap,
    Json,
    Key,
    Problem,
    Shown,
    gettext_noop,
)
from quizzes.kinds.lines import decoration_problems, unique

MAX_CHARS = 20_000
MAX_GUIDE_CHARS = 20_000


def max_words(content: Content) -> int:
    """0 where there is no limit."""
    limit = content.get("max_words")
    return limit if type(limit) is int and limit > 0 else 0


def problems(content: Content, key: Key) -> list[str]:
    found = list(decoration_problems(content))
    if {"guide", "answer", "key"} & content.keys():
        found.append(Problem.KEY_IN_CONTENT)
    limit = content.get("max_words")
    if limit is not None and (type(limit) is not int or not 0 < limit <= MAX_CHARS):
        found.append(Problem.BAD_NUMBER)
    guide = key.get("guide")
    if guide is None or guide == "":
        found.append(Problem.NO_KEY)
    elif not isinstance(guide, str):
        found.append(Problem.MALFORMED)
    elif len(guide) > MAX_GUIDE_CHARS:
        found.append(Problem.TOO_LONG)
    return unique(found)


def clean_choice(content: Content, raw: Json) -> str:
    text = typed.clean_text(raw)
    if len(text) > MAX_CHARS:
        hint = gettext_noop("Bài viết dài quá 20.000 ký tự. Hãy viết gọn lại.")
        raise BadChoice("too long", hint)
    return text


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    return Fraction(0)


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    return typed.shown(
        choice,
        MAX_CHARS,
        max_words=max_words(content),
        answers=key_words(content, order, key) if key else (),
        has_key=key is not None,
    )


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    guide = key.get("guide")
    return (guide,) if isinstance(guide, str) and guide else ()


def gap(content: Content, choice: Json) -> Gap | None:
    """Too many words are kept and left to the markers, but the person should know."""
    limit, count = max_words(content), len(choice.split()) if isinstance(choice, str) else 0
    if not limit or count <= limit:
        return None
    return Gap(
        gettext_noop("Bài viết có %(count)s từ, đề yêu cầu nhiều nhất %(limit)s từ."),
        {"count": count, "limit": limit},
    )


KIND = replace(
    typed.typed_kind(
        code="essay",
        label=gettext_noop("Tự luận"),
        rank=10,
        look="essay",
        problems=problems,
        clean_choice=clean_choice,
        score_share=score_share,
        show=show,
        key_words=key_words,
    ),
    gap=gap,
    needs_marker=True,
)
