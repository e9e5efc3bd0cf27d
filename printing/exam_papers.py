"""The papers of a round with paper codes (mã đề), for a contest taken on paper: each code as a
question paper without any key, and one key sheet of all codes.

Printed Vietnamese whatever the reader's language. Who may ask for either is in printing/rules.py.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

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
from printing.rendering import render_pdf
from quizzes.handing_out import fixed_papers
from quizzes.models import Paper, QuestionVersion, Round
from quizzes.pools import SheetSlot, sheet_of

# Kinds whose answer is one or more of the lettered options.
_LETTERED = "options"


def question_paper(paper: Paper, quiz_round: Round) -> bytes:
    """The paper of one code as PDF: what a contestant sees on the screen, and room to answer."""
    with translation.override("vi"):
        slots = [
            {
                "number": number,
                "slot": slot,
                "stem": slot.version.stem,
                "note": gettext(slot.kind.note) if slot.kind.note else "",
                "points": _points(slot.centipoints),
                "pictures": _pictures(slot.version.content),
                "template": slot.kind.print_template,
                "shown": slot.show([]),
            }
            for number, slot in enumerate(sheet_of(paper, quiz_round), start=1)
        ]
        context = {
            "paper": paper,
            "round": quiz_round,
            "contest": quiz_round.contest,
            "minutes": _minutes(quiz_round.duration_seconds),
            "points": _points(sum(slot["centipoints"] for slot in paper.slots)),
            "slots": slots,
        }
        return render_pdf(render_to_string("printing/exam_paper.html", context))


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
    """The letters as this paper shows them and the words behind them; a paper that was copied by
    hand is then marked right as well."""
    words = slot.kind.key_words(slot.version.content, slot.order, key)
    if slot.kind.look != _LETTERED:
        return "; ".join(words)
    letters = ", ".join(row.label for row in slot.show([], key).rows if row.mark == "right")
    return f"{letters}: {'; '.join(words)}"


def _keys(papers: list[Paper]) -> dict[int, Any]:
    versions = {slot["version"] for paper in papers for slot in paper.slots}
    return dict(QuestionVersion.objects.filter(pk__in=versions).values_list("pk", "key"))


def _pictures(content: Any) -> list[str]:
    """What the pictures of a question show, in words: files of questions stay off this paper."""
    shown = [picture for group in content.get("pictures", {}).values() for picture in group]
    if content.get("media"):
        shown.append(content["media"])
    return [picture["alt"] for picture in shown if picture.get("alt")]


def _points(centipoints: int) -> str:
    return format_number(Decimal(centipoints) / 100)


def _minutes(seconds: int) -> str:
    return format_number(Decimal(seconds) / 60, places=None if seconds % 60 == 0 else 1)
