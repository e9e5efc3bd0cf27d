"""One right option among several."""

from fractions import Fraction

from quizzes.kinds import options
from quizzes.kinds.kind import Content, Json, Key, Kind, Problem, gettext_noop


def problems(content: Content, key: Key) -> list[str]:
    found = [*options.content_problems(content), *options.key_problems(content, key)]
    if len(set(options.correct_ids(key))) > 1:
        found.append(Problem.SEVERAL_KEYS)
    return list(dict.fromkeys(found))


def clean_choice(content: Content, raw: Json) -> list[str]:
    return options.clean_ids(content, raw, at_most=1)


def score_share(content: Content, key: Key, choice: Json) -> Fraction:
    """Full when the one chosen option is among key["correct"]."""
    chosen = options.chosen_ids(choice)
    right = len(chosen) == 1 and chosen <= set(options.correct_ids(key))
    return Fraction(int(right))


KIND = Kind(
    code="single_choice",
    label=gettext_noop("Một lựa chọn"),
    rank=1,
    look="options",
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    option_ids=options.option_ids,
    option_texts=options.option_texts,
    field_count=options.no_field,
    choice_at=options.choice_at,
    sent_of=options.sent_of,
    show=options.show,
    words=options.words,
    key_words=options.key_words,
)
