"""What every kind of question answers to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

# A value as json.loads gives it. `object`, not a recursive alias: everything here checks
# what it is given, because content comes from files and choices from browsers.
type Json = object
type Content = Mapping[str, Json]
type Key = Mapping[str, Json]


def gettext_noop(message: str) -> str:
    """Marks a text for the catalogue, under the name that makemessages looks for; whoever shows
    it translates it. Kinds know no Django."""
    return message


class BadChoice(ValueError):
    """What was sent is no answer to this question. ``hint`` tells the person what is one; it is
    empty where no page of ours would have sent it."""

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.hint = hint


class Problem(StrEnum):
    """What can be wrong with a question. The screens hold the Vietnamese sentence for each."""

    MALFORMED = "malformed"
    NO_OPTION = "no_option"
    ONE_OPTION = "one_option"
    TOO_MANY_OPTIONS = "too_many_options"
    BAD_OPTION_ID = "bad_option_id"
    DUPLICATE_OPTION_ID = "duplicate_option_id"
    EMPTY_TEXT = "empty_text"
    DUPLICATE_TEXT = "duplicate_text"
    KEY_IN_CONTENT = "key_in_content"
    NO_KEY = "no_key"
    KEY_OUT_OF_RANGE = "key_out_of_range"
    DUPLICATE_KEY = "duplicate_key"
    SEVERAL_KEYS = "several_keys"
    UNKNOWN_RULE = "unknown_rule"
    NO_MEDIA = "no_media"
    BAD_NUMBER = "bad_number"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a question as shown: an option, a statement, an item, a left side.

    ``position`` is where it stands, counted from 0; it tells nothing of the author's order.
    ``value`` is what its field holds ("" for nothing), ``value_text`` the same in words. With a
    key only: ``answer`` and ``answer_text`` say what is right, and ``mark`` is "right" or "wrong".
    """

    position: int
    label: str
    text: str
    marks: Sequence[Json] = ()
    pictures: Sequence[Json] = ()
    is_chosen: bool = False
    value: str = ""
    value_text: str = ""
    answer: str = ""
    answer_text: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the templates of its look read it. Made without a key it holds none of it."""

    rows: tuple[Row, ...] = ()
    offers: tuple[Row, ...] = ()
    """What each row's select offers: places, or the right column."""
    is_multiple: bool = False
    value: str = ""
    """What a field of free text holds."""
    unit: str = ""
    limit: int = 0
    """Characters at most in a field of free text."""
    max_words: int = 0
    media: Mapping[str, Json] | None = None
    answers: tuple[str, ...] = ()
    """With a key only: what is right, in words, where no row says it."""
    has_key: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What a begun answer still lacks: a text marked for the catalogue and what to fill in."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def _no_gap(content: Content, choice: Json) -> Gap | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of question, as functions of JSON values.

    content is public and never holds the key; key is secret; choice is what a contestant chose;
    order is ``option_ids`` as the paper shows them. What travels between page and server is
    ``sent``: places in the order shown and typed text, never an id, since an id may betray the key.
    """

    code: str
    label: str
    """Marked by ``gettext_noop``."""
    rank: int
    """The place in lists of kinds."""
    look: str
    """The folder of templates/quizzes/kinds/ that shows it (docs/kinds.md): play.html, review.html,
    bank.html, print.html."""
    note: str = ""
    """How to answer, behind the question; marked by ``gettext_noop``."""
    problems: Callable[[Content, Key], list[str]]
    """(content, key) → codes of `Problem`, each once; empty when the question can be used."""
    clean_choice: Callable[[Content, Json], Json]
    """(content, raw) → the choice to store. Raises ValueError for anything not offered."""
    score_share: Callable[[Content, Key, Json], Fraction]
    """(content, key, choice) → share of the slot's points, 0..1. A choice that is no longer
    possible under this content scores nothing; it does not raise."""
    option_ids: Callable[[Content], tuple[str, ...]]
    """Ids of what may be shuffled, in the author's order; () when nothing may."""
    option_texts: Callable[[Content], tuple[str, ...]]
    """Their texts: where one speaks of the others, the order is kept (quizzes.drawing)."""
    field_count: Callable[[Content], int]
    """How many fields the form has: ``slot-3-0``, ``slot-3-1``, …; 0 for ticks, all of them named
    ``slot-3``."""
    choice_at: Callable[[Content, Sequence[str], Json], Json]
    """(content, order, sent) → choice. ``sent``: a list of the places ticked, or one text or None
    for each field; [] always takes the answer back. Raises ValueError."""
    sent_of: Callable[[Content, Sequence[str], Json], list[Json]]
    """The reverse: what the page shows as chosen; None for an empty field."""
    show: Callable[[Content, Sequence[str], Json, Key | None], Shown]
    """(content, order, choice, key) → what the templates read; key None while a paper is taken."""
    words: Callable[[Content, Sequence[str], Json], tuple[str, ...]]
    """(content, order, choice) → the choice in words, for lists and sheets; () for none."""
    key_words: Callable[[Content, Sequence[str], Key], tuple[str, ...]]
    """(content, order, key) → what is right, in words."""
    gap: Callable[[Content, Json], Gap | None] = _no_gap
    """What a begun answer still lacks; None for one that lacks nothing or is not begun."""
    fixed_order: bool = False
    """True when the order of the options is part of the kind (Đúng, Sai)."""
    must_shuffle: bool = False
    """True when the author's order is the key, so that a paper never keeps it."""
    needs_marker: bool = False
    """True when people give the points: ``score_share`` is then 0 (quizzes.essay_marking)."""

    @property
    def bank_template(self) -> str:
        return f"quizzes/kinds/{self.look}/bank.html"

    @property
    def print_template(self) -> str:
        return f"quizzes/kinds/{self.look}/print.html"

    def is_answered(self, choice: Json) -> bool:
        """Whether anything was chosen: an empty list, object or text is nothing."""
        return bool(choice)
