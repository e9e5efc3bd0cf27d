"""A sheet in, checked people out: what can be taken, what cannot and why. Nothing is guessed.

Pure: no database. What the accounts already here say about a row is `applying`'s business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.sheets import Cell, Sheet
from people.importing import oldfonts, values
from people.importing.columns import Header, find_header, require_usable
from people.importing.problems import Field, FileCode, Problem, ProblemCode, Severity, UnusableFile
from people.importing.rows import IgnoredRow, PersonRow, read_body

_MAX_LENGTH: Mapping[Field, int] = {
    Field.FULL_NAME: 120,
    Field.STAFF_CODE: 32,
    Field.JOB_TITLE: 160,
    Field.UNIT: 200,
}
_WATCHED_ROWS = 100

type Watch = Callable[[int, int], None]
IDENTITY_FIELDS = (Field.STAFF_CODE, Field.PHONE, Field.EMAIL)


@dataclass(frozen=True, slots=True)
class RosterRecord:
    """One person as the file gives them. "" (or None) means the file says nothing."""

    row: int
    full_name: str
    staff_code: str = ""
    phone: str = ""
    email: str = ""
    birth_date: date | None = None
    job_title: str = ""
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """`texts` are the cells as they stand in the file; `problems` are never empty."""

    row: int
    texts: Mapping[Field, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """What one sheet holds. Rows are 1-based, in the order of the file."""

    header: Header
    records: tuple[RosterRecord, ...]
    rejected: tuple[RejectedRow, ...]
    warnings: tuple[Problem, ...]
    ignored: tuple[IgnoredRow, ...]
    units_filled: int

    @property
    def unit_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.unit_name for r in self.records if r.unit_name))


@dataclass(slots=True)
class _Draft:
    row: int
    values: dict[Field, str] = field(default_factory=dict)
    birth_date: date | None = None
    texts: dict[Field, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(
        self, on: Field, code: ProblemCode, severity: Severity = Severity.ERROR, **params: str | int
    ) -> None:
        self.problems.append(Problem(self.row, on, code, params, severity))


def read_roster(
    sheets: Iterable[Sheet],
    *,
    today: date,
    default_unit: bool = False,
    accept_conversion: bool = False,
) -> Roster:
    """The first sheet that has a header. Raises UnusableFile when none has one."""
    found: list[tuple[Sheet, Header]] = []
    for sheet in sheets:
        try:
            found.append((sheet, find_header(sheet)))
        except UnusableFile as error:
            refusal = error
    if not found:
        raise refusal
    sheet, header = found[0]
    return read_records(
        sheet, header, today=today, default_unit=default_unit, accept_conversion=accept_conversion
    )


def read_records(
    sheet: Sheet,
    header: Header,
    *,
    today: date,
    default_unit: bool = False,
    accept_conversion: bool = False,
    watch: Watch | None = None,
) -> Roster:
    """Every person of the sheet, checked.

    `default_unit`: people without a unit are wanted (the organiser has chosen where they go).
    `accept_conversion`: the organiser has seen the text of old fonts before and after and wants the
    second; without it such rows are rejected with the proposal.
    `watch(done, total)` is told of the rows as they are read.
    Raises UnusableFile when the columns cannot name people or there is nobody in the file.
    """
    require_usable(header)
    body = read_body(sheet, header)
    if not body.people:
        raise UnusableFile(FileCode.NO_ROWS)
    fonts = oldfonts.survey(person.cells for person in body.people)
    drafts = []
    for person in body.people:
        drafts.append(
            _draft(
                person,
                fonts,
                today=today,
                default_unit=default_unit,
                accept_conversion=accept_conversion,
            )
        )
        if watch and len(drafts) % _WATCHED_ROWS == 0:
            watch(len(drafts), len(body.people))
    _report_duplicates(drafts)
    return Roster(
        header=header,
        records=tuple(_record(draft) for draft in drafts if not _errors(draft)),
        rejected=tuple(
            RejectedRow(draft.row, draft.texts, tuple(_errors(draft)))
            for draft in drafts
            if _errors(draft)
        ),
        warnings=tuple(
            problem
            for draft in drafts
            for problem in draft.problems
            if problem.severity is Severity.WARNING
        ),
        ignored=tuple(body.ignored),
        units_filled=body.units_filled,
    )


def _draft(
    person: PersonRow,
    fonts: oldfonts.OldFonts,
    *,
    today: date,
    default_unit: bool,
    accept_conversion: bool,
) -> _Draft:
    draft = _Draft(person.row)
    draft.texts = {key: values.text_of(cell) for key, cell in person.cells.items()}
    cells = _with_new_font(draft, person.cells, fonts, accept_conversion=accept_conversion)
    text = {key: values.blank_or_text(cell) for key, cell in cells.items()}
    draft.values[Field.FULL_NAME] = _full_name(draft, text)
    _parse(draft, Field.STAFF_CODE, text, values.staff_code)
    _read_birth_date(draft, cells.get(Field.BIRTH_DATE, ""), today)
    draft.values[Field.JOB_TITLE] = text.get(Field.JOB_TITLE, "")
    draft.values[Field.UNIT] = text.get(Field.UNIT, "")
    if not draft.values[Field.UNIT] and not default_unit:
        draft.report(Field.UNIT, ProblemCode.UNIT_MISSING)
    _parse(draft, Field.PHONE, text, values.phone)
    _parse(draft, Field.EMAIL, text, values.email)
    for key, limit in _MAX_LENGTH.items():
        if len(draft.values.get(key, "")) > limit:
            draft.report(key, ProblemCode.TOO_LONG, limit=limit)
    if not any(text.get(key) for key in IDENTITY_FIELDS):
        draft.report(Field.STAFF_CODE, ProblemCode.IDENTITY_MISSING)
    return draft


def _with_new_font(
    draft: _Draft, cells: Mapping[Field, Cell], fonts: oldfonts.OldFonts, *, accept_conversion: bool
) -> dict[Field, Cell]:
    """The cells, text of an old font converted if that was agreed; reported in either case."""
    result = dict(cells)
    for key, (encoding, proposal) in oldfonts.converted_cells(fonts, cells).items():
        draft.report(
            key,
            ProblemCode.LEGACY_FONT,
            Severity.WARNING if accept_conversion else Severity.ERROR,
            encoding=encoding,
            before=draft.texts[key],
            after=values.text_of(proposal),
        )
        result[key] = proposal
    return result


def _full_name(draft: _Draft, text: Mapping[Field, str]) -> str:
    split = f"{text.get(Field.FAMILY_NAMES, '')} {text.get(Field.GIVEN_NAME, '')}".strip()
    name = text.get(Field.FULL_NAME, "") or split
    if not name:
        draft.report(Field.FULL_NAME, ProblemCode.NAME_MISSING)
    elif not any(char.isalpha() for char in name) or any(c.isdigit() or c in "@=<>" for c in name):
        draft.report(Field.FULL_NAME, ProblemCode.NAME_NOT_A_NAME, value=name[:60])
    return name


def _parse(
    draft: _Draft, key: Field, text: Mapping[Field, str], parser: Callable[[str], str]
) -> None:
    if value := text.get(key, ""):
        try:
            draft.values[key] = parser(value)
        except ValueError as error:
            draft.report(key, error.args[0], value=value[:60])


def _read_birth_date(draft: _Draft, cell: Cell, today: date) -> None:
    if values.blank_or_text(cell):
        try:
            draft.birth_date = values.birth_date(cell, today=today)
        except ValueError as error:
            code: ProblemCode = error.args[0]
            year_only = code is ProblemCode.BIRTH_YEAR_ONLY
            severity = Severity.WARNING if year_only else Severity.ERROR
            draft.report(Field.BIRTH_DATE, code, severity, value=values.text_of(cell)[:60])


def _report_duplicates(drafts: list[_Draft]) -> None:
    """The later row is reported, with the number of the row that has the value first."""
    for key in IDENTITY_FIELDS:
        first_rows: dict[str, int] = {}
        for draft in drafts:
            if value := draft.values.get(key):
                first = first_rows.setdefault(value, draft.row)
                if first != draft.row:
                    draft.report(key, ProblemCode.DUPLICATE, value=value, first_row=first)


def _errors(draft: _Draft) -> list[Problem]:
    return [problem for problem in draft.problems if problem.severity is Severity.ERROR]


def _record(draft: _Draft) -> RosterRecord:
    found = draft.values
    return RosterRecord(
        row=draft.row,
        full_name=found[Field.FULL_NAME],
        staff_code=found.get(Field.STAFF_CODE, ""),
        phone=found.get(Field.PHONE, ""),
        email=found.get(Field.EMAIL, ""),
        birth_date=draft.birth_date,
        job_title=found[Field.JOB_TITLE],
        unit_name=found[Field.UNIT],
    )


def count_by_unit(records: Iterable[RosterRecord]) -> dict[str, int]:
    """Unit name as first written → people, for the preview."""
    return dict(Counter(record.unit_name for record in records))
