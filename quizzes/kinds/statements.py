"""A group of statements under one stem, each true or false.

content = {"statements": [{"id": "a", "text": "…"}, …]}, 2 to 8; choice = {"a": true, "b": false},
without those not answered; key = {"true": ["a"], "rule": …}: what is not listed is false.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quizzes.kinds import lines
from quizzes.kinds.kind import (
    BadChoice,
    Content,
    Gap,
    Json,
    Key,
    Kind,
    Problem,
    Row,
    Shown,
    gettext_noop,
)
from quizzes.kinds.lines import ALL_OR_NOTHING, listed, mapped

PER_STATEMENT = "per_statement"
PROGRESSIVE = "progressive"
# Of four statements, by how many are right: the graduation examination's scale
# (Quyết định số 764/QĐ-BGDĐT ngày 08/3/2024).
PROGRESSIVE_SHARES = (Fraction(0), Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(1))

_TRUE, _FALSE = "1", "0"
_WORDS = {True: "Đúng", False: "Sai"}


def statement_ids(content: Content) -> tuple[str, ...]:
    return lines.ids(content, "statements")


def statement_texts(content: Content) -> tuple[str, ...]:
    return tuple(lines.texts(content, "statements").values())


def problems(content: Content, key: Key) -> list[str]:
    found = lines.content_problems(content, "statements")
    true = key.get("true")
    if true is None:  # an empty list says that every statement is false
        found.append(Problem.NO_KEY)
    elif not isinstance(true, list) or not all(isinstance(item, str) for item in true):
        found.append(Problem.MALFORMED)
    else:
        if not set(true) <= set(statement_ids(content)):
            found.append(Problem.KEY_OUT_OF_RANGE)
        if len(set(true)) < len(true):
            found.append(Problem.DUPLICATE_KEY)
    found += lines.rule_problems(key, PER_STATEMENT, ALL_OR_NOTHING, PROGRESSIVE)
    if key.get("rule") == PROGRESSIVE and len(statement_ids(content)) != 4:
        found.append(Problem.UNKNOWN_RULE)
    return lines.unique(found)


def clean_choice(content: Content, raw: Json) -> dict[str, bool]:
    said, known = lines.chosen_of_each(raw), statement_ids(content)
    judged = {item: value for item, value in sorted(said.items()) if isinstance(value, bool)}
    if len(judged) < len(said) or not judged.keys() <= set(known):
        raise BadChoice("not a statement of this question")
    return judged


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    """The share of statements judged rightly; by the rule of the key also all or nothing, or the
    progressive scale where there are four. A statement left out is not right."""
    ids, true = frozenset(statement_ids(content)), listed(key.get("true"))
    said = mapped(choice)
    right = sum(said.get(item) is (item in true) for item in ids)
    if not ids:
        return Fraction(0)
    rule = key.get("rule")
    if rule == ALL_OR_NOTHING:
        return Fraction(int(right == len(ids)))
    if rule == PROGRESSIVE and len(ids) == 4:
        return PROGRESSIVE_SHARES[right]
    return Fraction(right, len(ids))


def choice_at(content: Content, order: Sequence[str], sent: Json) -> dict[str, bool]:
    values = lines.fields(sent, len(order))
    if not all(value in (None, _TRUE, _FALSE) for value in values):
        raise BadChoice("a statement is true or false")
    return {
        item: value == _TRUE for item, value in zip(order, values, strict=True) if value is not None
    }


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    said = mapped(choice)
    return [_sent(said.get(item)) for item in order]


def _sent(value: Json) -> str | None:
    return {True: _TRUE, False: _FALSE}[value] if isinstance(value, bool) else None


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    said = mapped(choice)
    rows = []
    for item, row in lines.rows(content, "statements", order):
        value = said.get(item)
        row = replace(row, label=f"{row.label.lower()})", value=_sent(value) or "")
        row = replace(row, value_text=_WORDS[value] if isinstance(value, bool) else "")
        rows.append(row if key is None else _marked(row, item in listed(key.get("true")), value))
    return Shown(rows=tuple(rows), has_key=key is not None)


def _marked(row: Row, is_true: bool, value: Json) -> Row:
    mark = "" if value is None else "right" if value is is_true else "wrong"
    return replace(row, answer=_TRUE if is_true else _FALSE, answer_text=_WORDS[is_true], mark=mark)


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    texts, said = lines.texts(content, "statements"), mapped(choice)
    return tuple(
        f"{texts[item]}: {_WORDS[value]}"
        for item in order
        if item in texts and isinstance(value := said.get(item), bool)
    )


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    true = listed(key.get("true"))
    return words(content, order, {item: item in true for item in statement_ids(content)})


def gap(content: Content, choice: Json) -> Gap | None:
    return lines.gap_of_each(len(statement_ids(content)), choice)


KIND = Kind(
    code="statements",
    label=gettext_noop("Nhóm nhận định đúng / sai"),
    rank=5,
    look="statements",
    note=gettext_noop("chọn Đúng hoặc Sai cho từng ý"),
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    option_ids=statement_ids,
    option_texts=statement_texts,
    field_count=lambda content: len(statement_ids(content)),
    choice_at=choice_at,
    sent_of=sent_of,
    show=show,
    words=words,
    key_words=key_words,
    gap=gap,
)
