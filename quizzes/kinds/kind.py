"""What every kind of question answers to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# A value as json.loads gives it. `object`, not a recursive alias: everything here checks
# what it is given, because content comes from files and choices from browsers.
type Json = object


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


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question, as functions of JSON values.

    content is public and never holds the key; key is secret; choice is what a contestant chose.
    """

    code: str
    problems: Callable[[Mapping[str, Json], Mapping[str, Json]], list[str]]
    """(content, key) → codes of `Problem`, each once; empty when the question can be used."""
    clean_choice: Callable[[Mapping[str, Json], Json], Json]
    """(content, raw) → the choice to store. Raises ValueError for anything not offered."""
    score_share: Callable[[Mapping[str, Json], Mapping[str, Json], Json], Fraction]
    """(content, key, choice) → share of the slot's points, 0..1. A choice that is no longer
    possible under this content scores nothing; it does not raise."""
    is_answered: Callable[[Json], bool]
    option_ids: Callable[[Mapping[str, Json]], tuple[str, ...]]
    """Ids of what may be shuffled, in the author's order; () when nothing may."""
    fixed_order: bool = False
    """True when the order of the options is part of the kind (Đúng, Sai)."""
    must_shuffle: bool = False
    """True when the author's order is the key, so that a paper never keeps it."""
