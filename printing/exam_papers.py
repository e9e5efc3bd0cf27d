"""The papers of a round with paper codes (mã đề), for a contest taken on paper: each code as a
question paper without any key, and one key sheet of all codes.

Printed Vietnamese whatever the reader's language. Who may ask for either is in printing/rules.py.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import structlog
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from core.vietnamese import format_number
from printing.documents import (
    Align,
    Block,
    Column,
    DocumentHead,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
)
from printing.rendering import PICTURES, PrintPicture, render_pdf
from quizzes.handing_out import fixed_papers
from quizzes.kinds.kind import Row, Shown
from quizzes.models import Paper, QuestionFile, QuestionVersion, Round
from quizzes.pictures import is_whole
from quizzes.pools import SheetSlot, sheet_of
from quizzes.question_files import file_ids_of

# At 12 pt, beside the letter.
_QUARTER_LINE_CHARS, _HALF_LINE_CHARS = 17, 38
_FEWEST_LINES, _MOST_LINES = 10, 24
_ABSENT = PrintPicture(
    (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60" viewBox="0 0 400 60">'
        '<rect x="1" y="1" width="398" height="58" fill="none" stroke="black"/>'
        '<text x="200" y="36" text-anchor="middle" font-family="Motcua Serif" font-size="16">'
        "Hình này không in được</text></svg>"
    ).encode(),
    "image/svg+xml",
)

log = structlog.get_logger(__name__)


def question_paper(paper: Paper, quiz_round: Round) -> bytes:
    """The paper of one code as PDF: what a contestant sees on the screen, and room to answer. Two
    statements, three with pictures."""
    with translation.override("vi"):
        sheet = sheet_of(paper, quiz_round)
        context = {
            "paper": paper,
            "round": quiz_round,
            "contest": quiz_round.contest,
            "minutes": _minutes(quiz_round.duration_seconds),
            "points": _points(sum(slot["centipoints"] for slot in paper.slots)),
            "slots": [_item(number, slot) for number, slot in enumerate(sheet, start=1)],
            "files_url": PICTURES,
        }
        html = render_to_string("printing/exam_paper.html", context)
        return render_pdf(html, pictures=_pictures(sheet))


def _item(number: int, slot: SheetSlot) -> dict[str, Any]:
    content, shown = slot.version.content, slot.show([])
    return {
        "number": number,
        "stem": slot.version.stem,
        "marks": content.get("marks", {}).get("stem", ()),
        "pictures": content.get("pictures", {}).get("stem", ()),
        "is_video": str((shown.media or {}).get("type", "")).startswith("video/"),
        "note": gettext(slot.kind.note) if slot.kind.note else "",
        "points": _points(slot.centipoints),
        "template": slot.kind.print_template,
        "columns": _columns(shown.rows),
        "answer_lines": range(_answer_line_count(shown.max_words)),
        "shown": shown,
    }


def _columns(rows: Sequence[Row]) -> int:
    """How many options stand side by side: as many as need no line of their own."""
    if not rows or any(row.pictures for row in rows):
        return 2 if rows and all(len(row.text) <= _HALF_LINE_CHARS for row in rows) else 1
    longest = max(len(row.text) for row in rows)
    if longest <= _QUARTER_LINE_CHARS:
        return 4
    return 2 if longest <= _HALF_LINE_CHARS else 1


def _answer_line_count(max_words: int) -> int:
    """About ten written words a line; what does not fit is written on a sheet of its own."""
    return min(_MOST_LINES, max(_FEWEST_LINES, -(-max_words // 10)))


def _pictures(sheet: Iterable[SheetSlot]) -> dict[str, PrintPicture]:
    """By the id of the file. One that is lost or broken does not stop the print: the paper says in
    its place that it is missing."""
    ids = {file_id for slot in sheet for file_id in file_ids_of(slot.version.content)}
    if not ids:
        return {}
    files = QuestionFile.objects.filter(pk__in=ids, media_type__startswith="image/")
    found = {str(file.pk): _picture(file) for file in files}
    return {str(file_id): found.get(str(file_id), _ABSENT) for file_id in ids}


def _picture(file: QuestionFile) -> PrintPicture:
    try:
        with file.file.open("rb") as opened:
            data = opened.read()
    except OSError:
        data = b""
    if not is_whole(data):
        log.warning("question_file_unreadable", file=file.pk)
        return _ABSENT
    return PrintPicture(data, file.media_type)


def key_sheet(quiz_round: Round, *, at: datetime) -> OfficialDocument:
    """ "Đáp án" of every code. Two statements more than there are thousands of questions."""
    with translation.override("vi"):
        contest, papers = quiz_round.contest, fixed_papers(quiz_round)
        keys = _keys(papers)
        blocks: list[Block] = [
            Paragraph("Tài liệu mật cho đến khi hết giờ làm bài.", bold=True),
        ]
        for paper in papers:
            blocks += [Heading(f"MÃ ĐỀ {paper.code}"), _key_table(paper, quiz_round, keys)]
        return OfficialDocument(
            head=DocumentHead(
                superior_agency=contest.superior_agency,
                issuing_agency=contest.issuing_agency,
                place=contest.place,
                year=timezone.localtime(at).year,
            ),
            title="Đáp án",
            abstract=f"{quiz_round.name}, {contest.name}",
            blocks=tuple(blocks),
        )


def _key_table(paper: Paper, quiz_round: Round, keys: dict[int, Any]) -> Table:
    rows = [
        (str(number), _key_words(slot, keys[slot.version.version_id]), _points(slot.centipoints))
        for number, slot in enumerate(sheet_of(paper, quiz_round), start=1)
    ]
    columns = (
        Column("Câu", 15, Align.CENTER),
        Column("Đáp án", 125),
        Column("Điểm", 20, Align.CENTER),
    )
    return Table(columns, rows)


def _key_words(slot: SheetSlot, key: dict[str, Any]) -> str:
    """The signs as this paper shows them and the words behind them; a paper that was copied by
    hand is then marked right as well."""
    words = "; ".join(slot.kind.key_words(slot.version.content, slot.order, key))
    signs = _signs(slot.kind.look, slot.show([], key))
    return f"{signs}: {words}" if signs else words


def _signs(look: str, shown: Shown) -> str:
    """What stands on the paper beside the right answer, or is to be written there; "" where only
    words do."""
    match look:
        case "options":
            return ", ".join(row.label for row in shown.rows if row.mark == "right")
        case "matching":
            sides = [(row.label, shown.offers[int(row.answer)].label) for row in shown.rows]
            return ", ".join(f"{left} – {right}" for left, right in sides)
        case "ordering":
            rows = sorted(shown.rows, key=lambda row: row.position)
            return f"Từ trên xuống {', '.join(row.answer_text for row in rows)}"
        case "statements":
            return ", ".join(f"{row.label} {row.answer_text}" for row in shown.rows)
        case _:
            return ""


def _keys(papers: list[Paper]) -> dict[int, Any]:
    versions = {slot["version"] for paper in papers for slot in paper.slots}
    return dict(QuestionVersion.objects.filter(pk__in=versions).values_list("pk", "key"))


def _points(centipoints: int) -> str:
    return format_number(Decimal(centipoints) / 100)


def _minutes(seconds: int) -> str:
    return format_number(Decimal(seconds) / 60, places=None if seconds % 60 == 0 else 1)
