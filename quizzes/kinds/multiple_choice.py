"""Any number of right options.

key = {"correct": ["a", "c"], "rule": "all_or_nothing" | "partial"}; without a rule all or nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from quizzes.kinds import options
from quizzes.kinds.kind import Content, Json, Key, Kind, Shown, gettext_noop
from quizzes.kinds.lines import ALL_OR_NOTHING, PARTIAL, rule_problems, unique


def problems(content: Content, key: Key) -> list[str]:
    return unique(
        [
            *options.content_problems(content),
            *options.key_problems(content, key),
            *rule_problems(key, ALL_OR_NOTHING, PARTIAL),
        ]
    )


def clean_choice(content: Content, raw: Json) -> list[str]:
    return options.clean_ids(content, raw)


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    """Partial: max(0, (right ticks - wrong ticks) / number of right options).

    So ticking everything is full only where everything is right.
    """
    chosen = options.chosen_ids(choice)
    correct = frozenset(options.correct_ids(key))
    if not chosen or not correct:
        return Fraction(0)
    if key.get("rule", ALL_OR_NOTHING) != PARTIAL:
        return Fraction(int(chosen == correct))
    balance = len(chosen & correct) - len(chosen - correct)
    return Fraction(max(0, balance), len(correct))


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    return replace(options.show(content, order, choice, key), is_multiple=True)


KIND = Kind(
    code="multiple_choice",
    label=gettext_noop("Nhiều lựa chọn"),
    rank=2,
    look="options",
    note=gettext_noop("chọn một hoặc nhiều phương án"),
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    option_ids=options.option_ids,
    option_texts=options.option_texts,
    field_count=options.no_field,
    choice_at=options.choice_at,
    sent_of=options.sent_of,
    show=show,
    words=options.words,
    key_words=options.key_words,
)
