"""Saving answers and reading them back: the JSON that the page of questions talks."""

import json
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from core.clock import read_clock
from quizzes.answering import Answer, AttemptOver, InvalidAnswer, SaveReceipt, save_answers
from quizzes.attempts import close_if_overdue
from quizzes.kinds import BadChoice
from quizzes.models import Attempt
from quizzes.pools import Sheet, sheet_of_attempt
from quizzes.tokens import read_token

# An essay of 20,000 characters, each of them three bytes, and a paper of ticks beside it.
MAX_BODY_BYTES = 128 * 1024


class BadRequest(Exception):
    """The body is not what this view reads. ``code`` is for tests and logs; ``hint`` tells the
    person what an answer to the question is."""

    def __init__(self, code: str, status: int = 400, *, hint: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.hint = hint


@csrf_exempt
def answer(request: HttpRequest) -> JsonResponse:
    """POST ``{"token", "slot", "choice", "sequence"}``, or ``{"token", "answers": [{…}, …]}``.

    ``choice`` is a list of positions as shown on the page, or of the texts of its fields. Replies:
    200 all stored; 409 some were older than what is stored, which comes back; 410 the attempt takes
    no more answers; 400 and 403 never become right by repeating; 503 try again. Runs without
    session, user or CSRF cookie: the token is all it trusts (core.middleware.ShortPathMiddleware).
    """
    at = read_clock()
    try:
        attempt_id, answers = _read(request)
        receipt = save_answers(attempt_id, answers, at=at)
        return _receipt(attempt_id, receipt, at=at)
    except BadRequest as error:
        return _refuse(error.code, error.hint or _sentence(error.code), error.status)
    except InvalidAnswer as error:
        return _refuse("invalid", str(error), 400)
    except AttemptOver as error:
        return _refuse(error.code, str(error), 410)
    except (OperationalError, InterfaceError):
        return _refuse("busy", _("Máy chủ đang bận, trang sẽ tự gửi lại."), 503)


@require_GET
def state(request: HttpRequest, attempt_id: int) -> JsonResponse:
    """What the server holds for an attempt, for its owner: by session, or by its token in the
    header X-Attempt-Token, since a session may end while a paper is written."""
    at = read_clock()
    attempt = Attempt.objects.filter(pk=attempt_id).select_related("entry").first()
    if attempt is None or not (
        read_token(request.headers.get("X-Attempt-Token")) == attempt_id
        or (request.user.is_authenticated and attempt.entry.user_id == request.user.pk)
    ):
        return _refuse("missing", _("Không tìm thấy bài thi này."), 404)
    attempt = close_if_overdue(attempt, at=at)
    sheet = sheet_of_attempt(attempt_id)
    return _json(
        {
            "state": attempt.state,
            "answers": [
                {
                    "slot": response.slot,
                    "choice": sheet[response.slot].positions_of(response.choice),
                    "sequence": response.sequence,
                    "time": clock_text(response.received_at),
                }
                for response in attempt.responses.order_by("slot")
            ],
            "now": to_ms(at),
            "deadline": to_ms(attempt.deadline_at),
        }
    )


def to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def clock_text(moment: datetime) -> str:
    """The server's receive time as the page says it: "Đã lưu 08:14:32"."""
    return f"{timezone.localtime(moment):%H:%M:%S}"


def _read(request: HttpRequest) -> tuple[int, list[Answer]]:
    if request.method != "POST":
        raise BadRequest("method", 405)
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise BadRequest("json") from None
    if size > MAX_BODY_BYTES:
        raise BadRequest("too_large", 413)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, OSError):
        raise BadRequest("json") from None
    if not isinstance(body, dict):
        raise BadRequest("json")
    attempt_id = read_token(body.get("token"))
    if attempt_id is None:
        raise BadRequest("token", 403)
    items = body.get("answers", [body])
    if not isinstance(items, list) or not items:
        raise BadRequest("answers")
    try:
        sheet = sheet_of_attempt(attempt_id)
    except IndexError:
        raise BadRequest("missing", 410) from None
    return attempt_id, [_read_answer(item, sheet) for item in items]


def _read_answer(item: Any, sheet: Sheet) -> Answer:
    if not isinstance(item, dict):
        raise BadRequest("answers")
    slot, sequence = item.get("slot"), item.get("sequence")
    if type(slot) is not int or not 0 <= slot < len(sheet):
        raise BadRequest("slot")
    if type(sequence) is not int:
        raise BadRequest("sequence")
    try:
        return Answer(slot, sheet[slot].choice_at(item.get("choice")), sequence)
    except BadChoice as error:
        raise BadRequest("choice", hint=_(error.hint) if error.hint else "") from None
    except ValueError:
        raise BadRequest("choice") from None


def _receipt(attempt_id: int, receipt: SaveReceipt, *, at: datetime) -> JsonResponse:
    sheet = sheet_of_attempt(attempt_id)
    answers = [
        {
            "slot": stored.slot,
            "sequence": stored.sequence,
            "time": clock_text(stored.received_at),
            "stored": stored.is_mine,
            **(
                {} if stored.is_mine else {"choice": sheet[stored.slot].positions_of(stored.choice)}
            ),
        }
        for stored in receipt.answers
    ]
    everything = all(stored.is_mine for stored in receipt.answers)
    return _json(
        {"answers": answers, "now": to_ms(at), "deadline": to_ms(receipt.deadline_at)},
        status=200 if everything else 409,
    )


def _sentence(code: str) -> str:
    return {
        "method": _("Địa chỉ này chỉ nhận câu trả lời gửi lên."),
        "too_large": _("Gửi quá nhiều dữ liệu trong một lần."),
        "token": _("Trang làm bài này không còn hiệu lực. Hãy tải lại trang."),
        "missing": _("Không tìm thấy bài thi này."),
        "slot": _("Đề thi không có câu này. Hãy tải lại trang."),
        "choice": _("Câu này không có phương án đó. Hãy tải lại trang."),
        "sequence": _("Thiếu số thứ tự của câu trả lời."),
    }.get(code, _("Dữ liệu gửi lên không đọc được."))


def _refuse(code: str, message: str, status: int) -> JsonResponse:
    return _json({"code": code, "message": message, "now": to_ms(read_clock())}, status=status)


def _json(payload: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(payload, status=status, headers={"Cache-Control": "no-store"})
