"""What can be wrong with a roster file: codes and facts, no wording (that is `messages.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum


class Field(StrEnum):
    """A column of the roster that we know how to use."""

    NUMBER = "number"
    STAFF_CODE = "staff_code"
    FULL_NAME = "full_name"
    FAMILY_NAMES = "family_names"
    GIVEN_NAME = "given_name"
    BIRTH_DATE = "birth_date"
    JOB_TITLE = "job_title"
    UNIT = "unit"
    PHONE = "phone"
    EMAIL = "email"
    NOTE = "note"


class Severity(StrEnum):
    ERROR = "error"  # the row is not taken
    WARNING = "warning"  # the row is taken, the organiser is told


class FileCode(StrEnum):
    """The file as a whole cannot be used."""

    EMPTY = "empty"
    FILE_TOO_BIG = "file_too_big"
    UNPACKED_TOO_BIG = "unpacked_too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    UNKNOWN_FORMAT = "unknown_format"
    OLD_EXCEL = "old_excel"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NOT_UTF8 = "not_utf8"
    NO_SHEET = "no_sheet"
    NO_HEADER = "no_header"
    NO_NAME_COLUMN = "no_name_column"
    NO_IDENTITY_COLUMN = "no_identity_column"
    COLUMN_OUT_OF_RANGE = "column_out_of_range"
    NO_ROWS = "no_rows"


class ProblemCode(StrEnum):
    """Something about one row, or (when `row` is None) a remark about the sheet."""

    NAME_MISSING = "name_missing"
    NAME_NOT_A_NAME = "name_not_a_name"
    IDENTITY_MISSING = "identity_missing"
    UNIT_MISSING = "unit_missing"
    STAFF_CODE_BAD = "staff_code_bad"
    BIRTH_DATE_BAD = "birth_date_bad"
    BIRTH_DATE_IMPOSSIBLE = "birth_date_impossible"
    BIRTH_DATE_IMPLAUSIBLE = "birth_date_implausible"
    BIRTH_YEAR_ONLY = "birth_year_only"
    PHONE_BAD = "phone_bad"
    EMAIL_BAD = "email_bad"
    TOO_LONG = "too_long"
    DUPLICATE = "duplicate"
    LEGACY_FONT = "legacy_font"
    # about the accounts already here (found by `applying`)
    BELONGS_TO_ANOTHER = "belongs_to_another"
    CODE_DIFFERS = "code_differs"
    NAME_DIFFERS = "name_differs"
    NAME_CHANGED = "name_changed"
    SAME_PERSON = "same_person"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_PROTECTED = "account_protected"
    UNIT_AMBIGUOUS = "unit_ambiguous"


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is the number Excel shows at the left of the sheet (1-based)."""

    row: int
    field: Field
    code: ProblemCode
    params: Mapping[str, str | int] = dataclass_field(default_factory=dict)
    severity: Severity = Severity.ERROR


class UnusableFile(Exception):
    """The file cannot be read as a roster at all; nothing has been taken from it."""

    def __init__(self, code: FileCode, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, str | int] = params
