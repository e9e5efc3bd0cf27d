"""One way in for every kind of question file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from quizzes.importing.aiken import read_aiken
from quizzes.importing.columns import FieldName
from quizzes.importing.detection import detect_format
from quizzes.importing.docx import read_docx
from quizzes.importing.gift import read_gift
from quizzes.importing.moodle_xml import read_moodle_xml
from quizzes.importing.parsed import Field, Format, ParseResult, Remark, Severity, UnreadableFile
from quizzes.importing.pasted import read_pasted
from quizzes.importing.qti import read_qti
from quizzes.importing.text_files import is_old_code_page
from quizzes.importing.xlsx import read_xlsx

_READERS: Mapping[Format, Callable[[bytes], ParseResult]] = {
    Format.DOCX: read_docx,
    Format.XLSX: read_xlsx,
    Format.GIFT: read_gift,
    Format.MOODLE_XML: read_moodle_xml,
    Format.AIKEN: read_aiken,
    Format.QTI: read_qti,
    Format.TEXT: read_pasted,
}
_TEXTS = frozenset({Format.XLSX, Format.GIFT, Format.AIKEN, Format.TEXT})


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
    if (
        file_format is not None
        and found is not file_format
        and not _may_be(file_format, found, data)
    ):
        raise UnreadableFile("format_mismatch", asked=file_format, found=found)
    chosen = file_format or found
    result = (
        read_xlsx(data, columns=columns, header_row=header_row)
        if chosen is Format.XLSX
        else _READERS[chosen](data)
    )
    return _told_of_old_letters(result, data)


def _may_be(file_format: Format, found: Format, data: bytes) -> bool:
    """Signs in text may mislead: there the person who names the format is right."""
    return {file_format, found} <= _TEXTS and not data.startswith(b"PK")


def _told_of_old_letters(result: ParseResult, data: bytes) -> ParseResult:
    if result.format not in _TEXTS or data.startswith(b"PK") or not is_old_code_page(data):
        return result
    remark = Remark(0, Field.FILE, "old_code_page", severity=Severity.WARNING)
    return replace(result, remarks=(remark, *result.remarks))
