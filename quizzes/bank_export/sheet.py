"""A spreadsheet with the columns that our own reader knows. ``core.spreadsheets`` sees to it that
no cell can start a formula."""

import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

from core.spreadsheets import Column, write_workbook
from quizzes.bank_export.exported import (
    DIFFICULTY_NAMES,
    KIND_NAMES,
    RULE_NAMES,
    ExportedQuestion,
    in_vietnamese,
)
from quizzes.importing.parsed import LETTERS, MAX_OPTIONS, Kind

_COLUMNS = (
    Column("STT", 7),
    Column("Chuyên đề", 22),
    Column("Mức độ", 12),
    Column("Loại câu hỏi", 17),
    Column("Câu hỏi", 56),
    *(Column(f"Phương án {letter}", 28) for letter in LETTERS),
    Column("Đáp án", 20),
    Column("Sai số", 9),
    Column("Cách tính điểm", 18),
    Column("Số từ tối đa", 11),
    Column("Tệp tình huống", 30),
    Column("Giải thích", 44),
    Column("Căn cứ", 32),
    Column("Có giá trị đến", 16),
)
# What may stand between the two sides of a pair in one cell.
_BETWEEN = re.compile(r"=>|->|[→⇒=↔]")
_IN_ONE_CELL = re.compile(r"[;|\n]")


def write_sheet(target: IO[bytes], questions: Iterable[ExportedQuestion], *, title: str) -> int:
    """Returns how many were written; what no row can hold is left out (`losses`)."""
    return write_workbook(
        target,
        sheet_name="Câu hỏi",
        title=title,
        columns=_COLUMNS,
        rows=(_row(question) for question in questions if fits_a_row(question)),
    )


def fits_a_row(question: ExportedQuestion) -> bool:
    """Pairs and accepted answers need cells of their own where they hold the signs that part
    them, and there are eight."""
    if question.kind is Kind.SITUATION:
        return question.media is not None
    if question.kind is Kind.MATCHING:
        return _pair_cells(question) is not None
    if question.kind is Kind.SHORT_TEXT:
        return _is_one_cell(question) or len(question.key["accepted"]) <= MAX_OPTIONS
    return True


def _row(question: ExportedQuestion) -> Sequence[Any]:
    cells, key, tolerance = _answer(question)
    return (
        question.number,
        question.topic,
        DIFFICULTY_NAMES.get(question.difficulty, ""),
        KIND_NAMES[question.kind],
        question.stem,
        *cells,
        *[""] * (MAX_OPTIONS - len(cells)),
        key,
        tolerance,
        RULE_NAMES.get(question.rule, ""),
        question.content.get("max_words") or "",
        question.media.reference if question.media is not None else "",
        question.explanation,
        question.legal_basis,
        question.last_day,
    )


def _answer(question: ExportedQuestion) -> tuple[list[str], str, str]:
    """The cells of the options, of the key, of the tolerance."""
    options = [text for _, text in question.texts("options")]
    match question.kind:
        case Kind.TRUE_FALSE:
            return [], "Đúng" if question.correct == ["true"] else "Sai", ""
        case Kind.SINGLE | Kind.MULTIPLE | Kind.SITUATION:
            return options, ", ".join(question.correct_letters), ""
        case Kind.STATEMENTS:
            words = ["Đ" if truth else "S" for truth in question.truths]
            return [text for _, text in question.texts("statements")], ", ".join(words), ""
        case Kind.ORDERING:
            items = [text for _, text in question.texts("items")]
            return items, "-".join(question.order_letters), ""
        case Kind.MATCHING:
            cells, key = _pair_cells(question) or ([], "")
            return cells, key, ""
        case Kind.NUMBER:
            unit = question.content.get("unit", "")
            value = f"{in_vietnamese(question.key['value'])} {unit}".strip()
            return [], value, in_vietnamese(question.tolerance)
        case Kind.SHORT_TEXT:
            accepted = list(question.key["accepted"])
            return ([], "; ".join(accepted), "") if _is_one_cell(question) else (accepted, "", "")
        case _:
            return [], str(question.key.get("guide", "")), ""


def _pair_cells(question: ExportedQuestion) -> tuple[list[str], str] | None:
    """One pair a cell; where a side holds a sign that parts pairs, a cell a side with the key in
    letters. None for more cells than there are."""
    left, right = dict(question.texts("left")), dict(question.texts("right"))
    if not any(map(_BETWEEN.search, [*left.values(), *right.values()])):
        cells = [f"{left[one]} → {right[other]}" for one, other in question.pairs]
        cells += [f"→ {right[code]}" for code in question.unpaired]
        return (cells, "") if len(cells) <= MAX_OPTIONS else None
    if len(left) + len(right) > MAX_OPTIONS:
        return None
    letters = {code: "abcdefgh"[place] for place, code in enumerate(right)}
    numbers = {code: str(place) for place, code in enumerate(left, start=1)}
    cells = [f"{numbers[code]}. {text}" for code, text in left.items()]
    cells += [f"{letters[code]}. {text}" for code, text in right.items()]
    key = ", ".join(f"{numbers[one]}-{letters[other]}" for one, other in question.pairs)
    return cells, key


def _is_one_cell(question: ExportedQuestion) -> bool:
    return not any(map(_IN_ONE_CELL.search, question.key["accepted"]))
