"""The pages on which an organiser decides something: what it means, the reason, one button.

Every such act is one entry of a table below; one view serves them all, so that none forgets to ask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.clock import read_clock
from core.errors import DomainError
from people.access import signed_in
from people.models import User
from quizzes import contests, entries, incidents, results, rounds
from quizzes.forms.decisions import (
    ConfirmForm,
    DrawForm,
    EntryMinutesForm,
    ExtendRoundForm,
    ExtraMinutesForm,
    HeadcountForm,
    OptionalReasonForm,
    ReasonForm,
)
from quizzes.models import Attempt, Contest, ContestUnit, Entry, RoundQuestion
from quizzes.views.organise.access import context, organised_contest, organised_round

type Apply = Callable[[Any, Mapping[str, Any], User, datetime], object]


@dataclass(frozen=True, slots=True)
class Decision:
    """``apply(subject, cleaned data, by, at)`` raises DomainError to refuse."""

    title: Any
    text: Any
    submit: Any
    done: Any
    apply: Apply
    form: type[forms.Form] = ReasonForm
    kind: str = "primary"
    initial: Callable[[Any], dict[str, Any]] = field(default=lambda subject: {})


ROUND_DECISIONS = {
    "ready": Decision(
        _("Đặt vòng thi ở tình trạng sẵn sàng"),
        _(
            "Bộ câu hỏi của vòng thi được chốt theo các câu đã duyệt lúc này. Đến giờ mở, thí sinh "
            "vào thi được. Khi chưa có ai vào thi vẫn đưa về chuẩn bị được."
        ),
        _("Đặt sẵn sàng"),
        _("Vòng thi đã sẵn sàng."),
        lambda subject, data, by, at: rounds.make_ready(subject, by=by, at=at),
        form=ConfirmForm,
    ),
    "draft": Decision(
        _("Đưa vòng thi về chuẩn bị"),
        _("Bộ câu hỏi đã chốt được bỏ; thể thức và ma trận đề lại sửa được."),
        _("Đưa về chuẩn bị"),
        _("Vòng thi đã về tình trạng chuẩn bị."),
        lambda subject, data, by, at: rounds.back_to_draft(
            subject, reason=data["reason"], by=by, at=at
        ),
    ),
    "extend": Decision(
        _("Gia hạn vòng thi"),
        _("Bài đang làm bị cắt vì giờ đóng cũ được trả lại phần thời gian đó."),
        _("Gia hạn"),
        _("Đã gia hạn vòng thi."),
        lambda subject, data, by, at: rounds.extend_round(
            subject, closes_at=data["closes_at"], reason=data["reason"], by=by, at=at
        ),
        form=ExtendRoundForm,
        initial=lambda subject: {"closes_at": subject.closes_at},
    ),
    "close": Decision(
        _("Đóng vòng thi và chấm điểm"),
        _(
            "Bài đang làm được nộp với những gì đã lưu, rồi chấm và xếp hạng. "
            "Kết quả chưa công bố. Trước giờ đóng hoặc khi còn người đang làm bài, phải ghi lý do."
        ),
        _("Đóng vòng thi"),
        _("Đã đóng vòng thi và tính kết quả."),
        lambda subject, data, by, at: rounds.close_round(
            subject, by=by, at=at, reason=data["reason"]
        ),
        form=OptionalReasonForm,
        kind="danger",
    ),
    "compute": Decision(
        _("Tính lại kết quả"),
        _(
            "Chấm lại mọi bài từ dữ liệu đã lưu và xếp hạng lại. Lần tính trước được giữ để đối "
            "chiếu; nếu không có gì thay đổi thì kết quả giữ nguyên."
        ),
        _("Tính lại"),
        _("Đã tính lại kết quả."),
        lambda subject, data, by, at: results.compute_results(
            subject, by=by, at=at, reason=data["reason"]
        ),
    ),
    "publish": Decision(
        _("Công bố kết quả"),
        _("Bảng xếp hạng hiện ở trang công khai; thí sinh xem được kết quả và thứ hạng của mình."),
        _("Công bố"),
        _("Đã công bố kết quả."),
        lambda subject, data, by, at: rounds.publish_round(subject, by=by, at=at),
        form=ConfirmForm,
    ),
    "unpublish": Decision(
        _("Thu hồi công bố"),
        _("Bảng xếp hạng không còn ở trang công khai cho đến khi công bố lại."),
        _("Thu hồi"),
        _("Đã thu hồi công bố."),
        lambda subject, data, by, at: rounds.unpublish_round(
            subject, reason=data["reason"], by=by, at=at
        ),
        kind="danger",
    ),
    "delete": Decision(
        _("Xóa vòng thi"),
        _("Chỉ xóa được vòng thi đang chuẩn bị, chưa có ai vào thi. Không hoàn tác được."),
        _("Xóa vòng thi"),
        _("Đã xóa vòng thi."),
        lambda subject, data, by, at: contests.delete_round(subject, by=by, at=at),
        form=ConfirmForm,
        kind="danger",
    ),
}
ENTRY_DECISIONS = {
    "invalid": Decision(
        _("Đánh dấu không hợp lệ"),
        _(
            "Thí sinh không được tính vào xếp hạng và thống kê; bài làm vẫn được giữ. Khôi phục "
            "được. Kết quả đã công bố được tính lại ngay; kết quả chưa công bố thì cần tính lại."
        ),
        _("Đánh dấu không hợp lệ"),
        _("Đã đánh dấu không hợp lệ."),
        lambda subject, data, by, at: entries.mark_invalid(
            subject, reason=data["reason"], by=by, at=at
        ),
        kind="danger",
    ),
    "restore": Decision(
        _("Khôi phục hợp lệ"),
        _(
            "Thí sinh lại được tính vào xếp hạng. Kết quả đã công bố được tính lại ngay; "
            "kết quả chưa công bố thì cần tính lại."
        ),
        _("Khôi phục"),
        _("Đã khôi phục."),
        lambda subject, data, by, at: entries.restore(subject, reason=data["reason"], by=by, at=at),
    ),
    "exempt": Decision(
        _("Miễn dự thi"),
        _("Người này không tính vào mẫu số tỷ lệ dự thi của đơn vị và không vào thi được."),
        _("Miễn dự thi"),
        _("Đã ghi nhận miễn dự thi."),
        lambda subject, data, by, at: entries.exempt(subject, reason=data["reason"], by=by, at=at),
    ),
    "unexempt": Decision(
        _("Bỏ miễn dự thi"),
        _("Người này lại phải dự thi và tính vào tỷ lệ dự thi của đơn vị."),
        _("Bỏ miễn"),
        _("Đã bỏ miễn dự thi."),
        lambda subject, data, by, at: entries.withdraw_exemption(
            subject, reason=data["reason"], by=by, at=at
        ),
    ),
    "extra-time": Decision(
        _("Cộng thời gian cho thí sinh"),
        _("Áp dụng cho các lượt bắt đầu từ bây giờ; lượt đang làm thì cộng ở trang theo dõi."),
        _("Lưu"),
        _("Đã lưu thời gian cộng thêm."),
        lambda subject, data, by, at: entries.grant_extra_time(
            subject, seconds=data["seconds"], reason=data["reason"], by=by, at=at
        ),
        form=EntryMinutesForm,
        initial=lambda subject: {"seconds": subject.extra_seconds},
    ),
    "lot": Decision(
        _("Ghi kết quả bốc thăm"),
        _("Chỉ phân định những người vẫn bằng nhau khi bốc thăm có trong thứ tự xếp hạng."),
        _("Ghi"),
        _("Đã ghi kết quả bốc thăm."),
        lambda subject, data, by, at: entries.set_draw_order(
            subject, order=data["order"], witness=data["reason"], by=by, at=at
        ),
        form=DrawForm,
        initial=lambda subject: {"order": subject.draw_order},
    ),
}
UNIT_DECISIONS = {
    "headcount": Decision(
        _("Sửa số người trong danh sách của đơn vị"),
        _("Là mẫu số của tỷ lệ dự thi, gồm cả người chưa có tài khoản."),
        _("Lưu"),
        _("Đã lưu số người."),
        lambda subject, data, by, at: entries.set_headcount(
            subject, headcount=data["headcount"], reason=data["reason"], by=by, at=at
        ),
        form=HeadcountForm,
        initial=lambda subject: {"headcount": subject.headcount},
    ),
    "extra-time": Decision(
        _("Cộng thời gian cho cả đơn vị"),
        _("Áp dụng cho các lượt mà người của đơn vị bắt đầu từ bây giờ."),
        _("Lưu"),
        _("Đã lưu thời gian cộng thêm."),
        lambda subject, data, by, at: entries.grant_extra_time(
            list(subject.entries.all()),
            seconds=data["seconds"],
            reason=data["reason"],
            by=by,
            at=at,
        ),
        form=EntryMinutesForm,
    ),
}
ATTEMPT_DECISIONS = {
    "extend": Decision(
        _("Cộng thời gian cho bài đang làm"),
        _("Thời gian cộng thêm có thể vượt giờ đóng vòng thi."),
        _("Cộng thời gian"),
        _("Đã cộng thời gian."),
        lambda subject, data, by, at: incidents.extend_attempt(
            subject, seconds=data["seconds"], reason=data["reason"], by=by, at=at
        ),
        form=ExtraMinutesForm,
    ),
    "reopen": Decision(
        _("Mở lại lượt thi"),
        _(
            "Thí sinh làm tiếp với các câu đã lưu trong số phút dưới đây, tính từ bây giờ. "
            "Khoảng thời gian gián đoạn không tính vào thời gian làm bài. "
            "Nếu đã có kết quả thì cần tính lại."
        ),
        _("Mở lại"),
        _("Đã mở lại lượt thi."),
        lambda subject, data, by, at: incidents.reopen_attempt(
            subject, seconds=data["seconds"], reason=data["reason"], by=by, at=at
        ),
        form=ExtraMinutesForm,
    ),
}
QUESTION_DECISIONS = {
    "strike": Decision(
        _("Hủy câu hỏi"),
        _(
            "Mọi người có câu này trong đề đều được điểm của câu. Kết quả đã công bố được tính lại "
            "ngay; kết quả chưa công bố thì cần tính lại."
        ),
        _("Hủy câu hỏi"),
        _("Đã hủy câu hỏi. Nếu kết quả chưa công bố, hãy tính lại."),
        lambda subject, data, by, at: incidents.strike_out(
            subject, reason=data["reason"], by=by, at=at
        ),
        kind="danger",
    ),
    "unstrike": Decision(
        _("Bỏ hủy câu hỏi"),
        _(
            "Câu hỏi lại được chấm theo đáp án. Kết quả đã công bố được tính lại ngay; "
            "kết quả chưa công bố thì cần tính lại."
        ),
        _("Bỏ hủy"),
        _("Đã bỏ hủy câu hỏi. Nếu kết quả chưa công bố, hãy tính lại."),
        lambda subject, data, by, at: incidents.undo_strike(
            subject, reason=data["reason"], by=by, at=at
        ),
    ),
}


def _decide(
    request: HttpRequest,
    contest: Contest,
    decision: Decision | None,
    subject: Any,
    *,
    about: str,
    back: tuple[Any, ...],
    here: str,
) -> HttpResponse:
    if decision is None:
        raise Http404
    form = decision.form(
        request.POST if request.method == "POST" else None, initial=decision.initial(subject)
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision.apply(subject, form.cleaned_data, signed_in(request), read_clock())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(decision.done))
            return redirect(*back)
    page = context(contest, here, form=form, decision=decision, about=about, back=back)
    return render(request, "quizzes/organise/decision.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def round_decision(request: HttpRequest, code: str, number: int, act: str) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    back: tuple[Any, ...] = ("quizzes:organise_round", code, number)
    if act == "delete":
        back = ("quizzes:organise_contest", code)
    return _decide(
        request,
        quiz_round.contest,
        ROUND_DECISIONS.get(act),
        quiz_round,
        about=quiz_round.name,
        back=back,
        here=f"round-{number}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def entry_decision(request: HttpRequest, code: str, pk: int, act: str) -> HttpResponse:
    contest = organised_contest(request, code)
    entry = _or_404(
        Entry.objects.select_related("contest_unit").filter(contest=contest, pk=pk).first()
    )
    return _decide(
        request,
        contest,
        ENTRY_DECISIONS.get(act),
        entry,
        about=f"{entry.full_name}, {entry.contest_unit.unit_name}",
        back=("quizzes:organise_entries", code),
        here="entries",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unit_decision(request: HttpRequest, code: str, pk: int, act: str) -> HttpResponse:
    contest = organised_contest(request, code)
    unit = _or_404(ContestUnit.objects.filter(contest=contest, pk=pk).first())
    return _decide(
        request,
        contest,
        UNIT_DECISIONS.get(act),
        unit,
        about=unit.unit_name,
        back=("quizzes:organise_roster", code),
        here="roster",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attempt_decision(
    request: HttpRequest, code: str, number: int, pk: int, act: str
) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    attempt = _or_404(
        Attempt.objects.select_related("entry__contest_unit")
        .filter(round=quiz_round, pk=pk)
        .first()
    )
    entry = attempt.entry
    return _decide(
        request,
        quiz_round.contest,
        ATTEMPT_DECISIONS.get(act),
        attempt,
        about=f"{entry.full_name}, {entry.contest_unit.unit_name}, {quiz_round.name}",
        back=("quizzes:organise_watch", code, number),
        here=f"watch-{number}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def question_decision(
    request: HttpRequest, code: str, number: int, pk: int, act: str
) -> HttpResponse:
    quiz_round = organised_round(request, code, number)
    question = _or_404(
        RoundQuestion.objects.select_related("round", "version__question__topic")
        .filter(round=quiz_round, pk=pk)
        .first()
    )
    return _decide(
        request,
        quiz_round.contest,
        QUESTION_DECISIONS.get(act),
        question,
        about=f"#{question.version.question_id} · {question.version.question.topic.name}",
        back=("quizzes:organise_questions", code, number),
        here=f"results-{number}",
    )


def _or_404[T](found: T | None) -> T:
    if found is None:
        raise Http404
    return found
