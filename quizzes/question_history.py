"""Who did what with a question, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from quizzes.enums import QuestionAct
from quizzes.models import LegalFlag, Question, QuestionComment, QuestionEvent, QuestionVersion


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``who`` is a person's name, or the server's. ``version`` the number it was about."""

    at: datetime
    who: str
    what: str
    version: int
    note: str = ""
    is_version: bool = False


def history_of(question: Question, comments: Sequence[QuestionComment]) -> list[HistoryLine]:
    """Newest first; three statements. ``comments``: all of the question's, with their people and
    version."""
    versions = list(question.versions.select_related("created_by", "changed_by"))
    events = list(question.events.select_related("by", "version"))
    noted = {event.at for event in events if event.act == QuestionAct.CHANGED}
    lines = [_of_version(version) for version in versions]
    # An import changes a version in place without a line of its own.
    lines += [
        HistoryLine(v.changed_at, _name(v.changed_by), _("Sửa nội dung"), v.number)
        for v in versions
        if v.changed_at is not None and v.changed_at not in noted
    ]
    lines += [_of_event(event) for event in events]
    for flag in question.legal_flags.select_related("instrument", "resolved_by", "version"):
        lines += _of_flag(flag)
    for comment in comments:
        lines += _of_comment(comment)
    return sorted(lines, key=lambda line: (line.at, not line.is_version), reverse=True)


def _of_version(version: QuestionVersion) -> HistoryLine:
    what = _("Tạo câu hỏi") if version.number == 1 else _("Tạo phiên bản mới")
    return HistoryLine(
        version.created_at, _name(version.created_by), what, version.number, is_version=True
    )


def _of_event(event: QuestionEvent) -> HistoryLine:
    return HistoryLine(
        event.at, _name(event.by), event.get_act_display(), event.version.number, event.note
    )


def _of_flag(flag: LegalFlag) -> list[HistoryLine]:
    about = f"{flag.get_why_display()}: {flag.instrument}" if flag.instrument else ""
    number = flag.version.number
    lines = [
        HistoryLine(
            flag.raised_at,
            _name(None),
            _("Cần rà soát căn cứ"),
            number,
            about or flag.get_why_display(),
        )
    ]
    if flag.resolved_at is not None:
        note = " · ".join(filter(None, [flag.get_resolution_display(), flag.note]))
        who = _name(flag.resolved_by)
        lines.append(HistoryLine(flag.resolved_at, who, _("Đã rà soát căn cứ"), number, note))
    return lines


def _of_comment(comment: QuestionComment) -> list[HistoryLine]:
    number = comment.version.number
    lines = [HistoryLine(comment.created_at, _name(comment.author), _("Nhận xét"), number)]
    if comment.resolved_at is not None:
        lines.append(
            HistoryLine(
                comment.resolved_at, _name(comment.resolved_by), _("Đánh dấu đã giải quyết"), number
            )
        )
    return lines


def _name(person: object) -> str:
    return getattr(person, "full_name", "") or _("Máy chủ")
