"""One way in for every kind of question file."""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.importing.columns import FieldName
from quizzes.importing.detection import detect_format
from quizzes.importing.docx import read_docx
from quizzes.importing.gift import read_gift
from quizzes.importing.parsed import Format, ParseResult, UnreadableFile
from quizzes.importing.xlsx import read_xlsx


def read_questions(
    data: bytes,
    *,
    name: str = "",
    file_format: Format | None = None,
    columns: Mapping[int, FieldName] | None = None,
    header_row: int | None = None,
) -> ParseResult:
    """Questions, refused questions and remarks of a file. ``file_format`` None: told by the
    content.

    ``name`` is the file's name, which only helps to word a refusal. ``columns`` says what the
    columns of an Excel or CSV file hold (see `survey.survey_table`), ``header_row`` the 1-based
    line of their headings, 0 for none. Raises UnreadableFile, also when the content is not of the
    format asked for.
    """
    found = detect_format(data, name=name)
    if columns is not None:
        file_format = Format.XLSX
    if file_format is not None and found is not file_format and not _may_be(file_format, data):
        raise UnreadableFile("format_mismatch", asked=file_format, found=found)
    match file_format or found:
        case Format.DOCX:
            return read_docx(data)
        case Format.XLSX:
            return read_xlsx(data, columns=columns, header_row=header_row)
        case Format.GIFT:
            return read_gift(data)
        case _:
            raise UnreadableFile("unknown_format")


def _may_be(file_format: Format, data: bytes) -> bool:
    """Signs in text may mislead: there the person who names the format is right."""
    return file_format is not Format.DOCX and not data.startswith(b"PK")
