"""A left side whose lines are each given one line of the right side.

content = {"left": [{"id", "text"}, …], "right": [{"id", "text"}, …]}: 2 to 8 on the left, as many
or more on the right, which is always shuffled; ids are unique over both sides.
key = {"pairs": {left id: right id}, "rule": …}; choice = {left id: right id} as far as chosen.
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
    Shown,
    gettext_noop,
)
from quizzes.kinds.lines import ALL_OR_NOTHING, PARTIAL, mapped

MAX_RIGHT = 12


def left_ids(content: Content) -> tuple[str, ...]:
    return lines.ids(content, "left")


def right_ids(content: Content) -> tuple[str, ...]:
    """Only the right side is shuffled: the left one keeps the author's order."""
    return lines.ids(content, "right")


def right_texts(content: Content) -> tuple[str, ...]:
    return tuple(lines.texts(content, "right").values())


def problems(content: Content, key: Key) -> list[str]:
    found = lines.content_problems(content, "left", "right", most=MAX_RIGHT)
    if len(left_ids(content)) > lines.MAX_LINES:
        found.append(Problem.TOO_MANY_OPTIONS)
    pairs = key.get("pairs")
    if pairs is None or pairs == {}:
        found.append(Problem.NO_KEY)
    elif not isinstance(pairs, dict) or not all(isinstance(item, str) for item in pairs.values()):
        found.append(Problem.MALFORMED)
    elif set(pairs) != set(left_ids(content)) or not set(pairs.values()) <= set(right_ids(content)):
        found.append(Problem.KEY_OUT_OF_RANGE)
    return lines.unique([*found, *lines.rule_problems(key, ALL_OR_NOTHING, PARTIAL)])


def clean_choice(content: Content, raw: Json) -> dict[str, str]:
    said, right = lines.chosen_of_each(raw), right_ids(content)
    paired = {
        item: value
        for item, value in sorted(said.items())
        if isinstance(value, str) and value in right
    }
    if len(paired) < len(said):
        raise BadChoice("not a right side of this question")
    if not paired.keys() <= set(left_ids(content)):
        raise BadChoice("not a left side of this question")
    return paired


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    """The share of left sides with their right side; or all or nothing, by the key's rule."""
    left, pairs, chosen = frozenset(left_ids(content)), mapped(key.get("pairs")), mapped(choice)
    if not left:
        return Fraction(0)
    right = sum(item in pairs and item in chosen and chosen[item] == pairs[item] for item in left)
    if key.get("rule") == ALL_OR_NOTHING:
        return Fraction(int(right == len(left)))
    return Fraction(right, len(left))


def choice_at(content: Content, order: Sequence[str], sent: Json) -> dict[str, str]:
    left = left_ids(content)
    values = zip(left, lines.fields(sent, len(left)), strict=True)
    return {item: order[lines.place(value, len(order))] for item, value in values if value}


def sent_of(content: Content, order: Sequence[str], choice: Json) -> list[Json]:
    chosen = mapped(choice)
    return [_sent(order, chosen.get(item)) or None for item in left_ids(content)]


def _sent(order: Sequence[str], right: Json) -> str:
    return str(order.index(right)) if isinstance(right, str) and right in order else ""


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    chosen, pairs = mapped(choice), mapped(key.get("pairs")) if key else {}
    offers = dict(lines.rows(content, "right", order))

    def in_words(right: Json) -> str:
        offer = offers.get(right) if isinstance(right, str) else None
        return f"{offer.label}. {offer.text}" if offer else ""

    rows = []
    for item, row in lines.rows(content, "left", left_ids(content)):
        said, right = chosen.get(item), pairs.get(item)
        row = replace(row, label=str(row.position + 1), value=_sent(order, said))
        row = replace(row, value_text=in_words(said))
        if key is not None:
            mark = "" if said is None else "right" if said == right else "wrong"
            row = replace(row, answer=_sent(order, right), answer_text=in_words(right), mark=mark)
        rows.append(row)
    return Shown(rows=tuple(rows), offers=tuple(offers.values()), has_key=key is not None)


def words(content: Content, order: Sequence[str], choice: Json) -> tuple[str, ...]:
    left, right = lines.texts(content, "left"), lines.texts(content, "right")
    return tuple(
        f"{text} → {right[said]}"
        for item, text in left.items()
        if isinstance(said := mapped(choice).get(item), str) and said in right
    )


def key_words(content: Content, order: Sequence[str], key: Key) -> tuple[str, ...]:
    return words(content, order, key.get("pairs"))


def gap(content: Content, choice: Json) -> Gap | None:
    return lines.gap_of_each(len(left_ids(content)), choice)


KIND = Kind(
    code="matching",
    label=gettext_noop("Ghép cặp"),
    rank=7,
    look="matching",
    note=gettext_noop("chọn nội dung ghép với từng ý"),
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    option_ids=right_ids,
    option_texts=right_texts,
    field_count=lambda content: len(left_ids(content)),
    choice_at=choice_at,
    sent_of=sent_of,
    show=show,
    words=words,
    key_words=key_words,
    gap=gap,
    must_shuffle=True,
)
