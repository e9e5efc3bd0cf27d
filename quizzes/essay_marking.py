"""Marking essays by people: what waits, one sheet at a time, its points.

A marker sees a code, never a person. Marks are given while the round is closed and not published;
each is in the audit log with what it was before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import Conflict, DomainError
from people.models import User
from quizzes import anonymous_codes
from quizzes.enums import AttemptState, ContestAct, RoundState
from quizzes.kinds import KINDS
from quizzes.marking import SCORE_FIELDS, mark_attempts
from quizzes.models import Attempt, EssayMark, QuestionVersion, Response, Round
from quizzes.rounds import lock_round

MARKED_KINDS = tuple(code for code, kind in KINDS.items() if kind.needs_marker)
MAX_REMARK = 1000
_SLOT_BITS = 10


class InvalidMark(DomainError):
    """Points that the question does not have, or a remark that is too long."""


class MarkedMeanwhile(Conflict):
    """Somebody else has marked the essay since it was opened. ``marked_at`` tells their mark."""

    def __init__(self, message: str, marked_at: str) -> None:
        super().__init__(message)
        self.marked_at = marked_at


@dataclass(frozen=True, slots=True)
class EssaySheet:
    """One answered essay. ``code`` stands for it outside; ``centipoints`` is None while it waits,
    also when its answer changed after it was marked. ``sequence`` tells one answer from another,
    ``marked_at`` one mark from another: its moment as text, "" while the essay waits."""

    code: str
    attempt_id: int
    slot: int
    version_id: int
    max_centipoints: int
    sequence: int
    centipoints: int | None = None
    remark: str = ""
    marked_at: str = ""


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What a marker reads. ``previous`` and ``next`` are codes, "" at the ends; ``next_waiting``
    is the code of the nearest sheet after this one that waits, and then before it."""

    sheet: EssaySheet
    number: int
    count: int
    marked_count: int
    version: QuestionVersion
    text: str
    previous: str
    next: str
    next_waiting: str


def has_essays(quiz_round: Round) -> bool:
    return quiz_round.pool.filter(version__kind__in=MARKED_KINDS).exists()


def essay_sheets(quiz_round: Round) -> list[EssaySheet]:
    """Every answered essay of finished attempts of valid entries, question by question and then in
    the order of codes, which is nobody's order. Struck-out questions are left out.

    Four statements whatever the number of attempts.
    """
    versions = set(
        quiz_round.pool.filter(
            version__kind__in=MARKED_KINDS, struck_out_at__isnull=True
        ).values_list("version_id", flat=True)
    )
    if not versions:
        return []
    attempts = Attempt.objects.filter(
        round=quiz_round, state=AttemptState.FINISHED, entry__invalid_at=None
    )
    places: dict[int, dict[int, tuple[int, int]]] = {
        pk: {
            place: (slot["version"], slot["centipoints"])
            for place, slot in enumerate(slots)
            if slot["version"] in versions
        }
        for pk, slots in attempts.values_list("pk", "paper__slots")
    }
    numbers = {place for found in places.values() for place in found}
    answers = Response.objects.filter(attempt__in=attempts, slot__in=numbers).exclude(choice="")
    given = _marks(attempts)
    sheets = []
    for pk, place, sequence in answers.values_list("attempt_id", "slot", "sequence"):
        found = places[pk].get(place)
        if found is None:
            continue
        mark = given[pk].get(place)
        if mark is not None and mark.answer_sequence != sequence:
            mark = None
        sheets.append(
            EssaySheet(
                code=_code(pk, place),
                attempt_id=pk,
                slot=place,
                version_id=found[0],
                max_centipoints=found[1],
                sequence=sequence,
                centipoints=mark.centipoints if mark else None,
                remark=mark.remark if mark else "",
                marked_at=mark.marked_at.isoformat() if mark else "",
            )
        )
    return sorted(sheets, key=lambda sheet: (sheet.version_id, sheet.code))


def _marks(attempts: Any) -> dict[int, dict[int, EssayMark]]:
    given: dict[int, dict[int, EssayMark]] = defaultdict(dict)
    for mark in EssayMark.objects.filter(attempt__in=attempts):
        given[mark.attempt_id][mark.slot] = mark
    return given


def first_waiting(sheets: Sequence[EssaySheet]) -> str:
    """The code of the first sheet without points, "" when all have them."""
    return next((sheet.code for sheet in sheets if sheet.centipoints is None), "")


def sheet_page(quiz_round: Round, code: str) -> SheetPage | None:
    """None for a code that is not of this round."""
    sheets = essay_sheets(quiz_round)
    here = next((index for index, sheet in enumerate(sheets) if sheet.code == code.upper()), None)
    if here is None:
        return None
    sheet = sheets[here]
    response = Response.objects.get(attempt=sheet.attempt_id, slot=sheet.slot)
    return SheetPage(
        sheet=sheet,
        number=here + 1,
        count=len(sheets),
        marked_count=sum(each.centipoints is not None for each in sheets),
        version=QuestionVersion.objects.select_related("question__bank").get(pk=sheet.version_id),
        text=response.choice if isinstance(response.choice, str) else "",
        previous=sheets[here - 1].code if here else "",
        next=sheets[here + 1].code if here + 1 < len(sheets) else "",
        next_waiting=first_waiting([*sheets[here + 1 :], *sheets[:here]]),
    )


def give_mark(
    quiz_round: Round,
    sheet: EssaySheet,
    *,
    centipoints: int,
    remark: str,
    by: User,
    at: datetime,
) -> EssayMark:
    """Write the points of one essay and the attempt's score that follows from them.

    Raises InvalidMark, and Conflict when the round is not closed, or the answer is no longer the
    one that the marker read, or somebody has marked it otherwise meanwhile (MarkedMeanwhile).
    """
    _check(sheet, centipoints, remark)
    with transaction.atomic():
        quiz_round = lock_round(quiz_round)
        if quiz_round.state != RoundState.CLOSED:
            raise Conflict(_("Chỉ chấm tự luận khi vòng thi đã đóng và chưa công bố kết quả."))
        attempt = (
            Attempt.objects.select_for_update(of=("self",))
            .select_related("paper")
            .get(pk=sheet.attempt_id)
        )
        attempt.round = quiz_round
        answer = attempt.responses.get(slot=sheet.slot)
        if attempt.state != AttemptState.FINISHED or answer.sequence != sheet.sequence:
            raise Conflict(_("Bài viết này vừa thay đổi. Hãy tải lại trang và đọc lại."))
        before = attempt.essay_marks.filter(slot=sheet.slot).first()
        _refuse_unseen(before, sheet, centipoints, remark)
        mark, _created = EssayMark.objects.update_or_create(
            attempt=attempt,
            slot=sheet.slot,
            defaults={
                "answer_sequence": answer.sequence,
                "centipoints": centipoints,
                "max_centipoints": sheet.max_centipoints,
                "remark": remark,
                "marked_by": by,
                "marked_at": at,
            },
        )
        if before is None or _facts(before) != _facts(mark):
            mark_attempts([attempt], at=at)
            attempt.save(update_fields=SCORE_FIELDS)
            _record(quiz_round, sheet, mark, before, by, at)
    return mark


def _refuse_unseen(
    before: EssayMark | None, sheet: EssaySheet, centipoints: int, remark: str
) -> None:
    """A mark of this answer that the marker has not seen stays, unless it says the same."""
    if before is None or before.answer_sequence != sheet.sequence:
        return
    marked_at = before.marked_at.isoformat()
    same = (before.centipoints, before.remark) == (centipoints, remark)
    if sheet.marked_at != marked_at and not same:
        raise MarkedMeanwhile(
            _(
                "Bài này vừa được chấm %(points)s điểm sau khi bạn mở trang nên điểm bạn nhập chưa "
                "lưu. Nếu vẫn muốn thay bằng điểm của bạn, hãy lưu lần nữa."
            )
            % {"points": _points(before.centipoints)},
            marked_at,
        )


def _check(sheet: EssaySheet, centipoints: int, remark: str) -> None:
    if not 0 <= centipoints <= sheet.max_centipoints:
        raise InvalidMark(
            _("Điểm của câu này từ 0 đến %(most)s.") % {"most": _points(sheet.max_centipoints)}
        )
    if len(remark) > MAX_REMARK:
        raise InvalidMark(_("Nhận xét dài quá %d ký tự.") % MAX_REMARK)


def _points(centipoints: int) -> str:
    whole, rest = divmod(centipoints, 100)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",") if rest else str(whole)


def _facts(mark: EssayMark) -> dict[str, Any]:
    return {
        "centipoints": mark.centipoints,
        "remark": mark.remark,
        "answer": mark.answer_sequence,
    }


def _record(
    quiz_round: Round,
    sheet: EssaySheet,
    mark: EssayMark,
    before: EssayMark | None,
    by: User,
    at: datetime,
) -> None:
    record(
        ContestAct.ESSAY_MARKED,
        mark,
        by=by,
        at=at,
        contest_id=quiz_round.contest_id,
        summary=(
            f"{quiz_round.name}: {'sửa điểm' if before else 'chấm'} bài tự luận {sheet.code}, "
            f"{_points(mark.centipoints)} điểm"
        ),
        data={"before": _facts(before) if before else None, "after": _facts(mark)},
    )


def _code(attempt_id: int, slot: int) -> str:
    number = attempt_id << _SLOT_BITS | slot
    return anonymous_codes.encode(number, key=settings.SECRET_KEY.encode())
