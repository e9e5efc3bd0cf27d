"""The pages of a round, all of which work without JavaScript."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.clock import read_clock
from core.errors import DomainError
from people.models import User
from quizzes import attempts, rules, starting, taking
from quizzes.admission import Door, phase_of
from quizzes.answering import Answer, AttemptOver, InvalidAnswer, save_answers, to_sequence
from quizzes.clock import RoundPhase, remaining_seconds
from quizzes.enums import AttemptState, PaperSource, RoundState
from quizzes.forms.play import HandInForm
from quizzes.kinds import BadChoice
from quizzes.marking import mark_for_review
from quizzes.models import Attempt, Entry, Round
from quizzes.pools import Sheet, SheetSlot, sheet_of
from quizzes.question_files import files_url_of_attempt
from quizzes.tokens import make_start_token, make_token
from quizzes.views.play import to_ms
from quizzes.views.play_words import play_words

_OVER = (RoundPhase.CLOSED, RoundPhase.PUBLISHED)

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _page[**P](view: View[P]) -> View[P]:
    """For signed-in people, and kept by no cache: a paper is nobody else's."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    return cache_control(private=True, no_store=True)(login_required(wrapped))


@_page
@require_GET
def my_rounds(request: HttpRequest) -> HttpResponse:
    at = read_clock()
    rows = taking.rounds_of(_user(request), at=at)
    past = [row for row in rows if phase_of(row.round, at=at) in _OVER]
    upcoming = [row for row in rows if phase_of(row.round, at=at) is RoundPhase.UPCOMING]
    context = {
        **_lobby_context(request, at=at),
        "current": [row for row in rows if row not in past and row not in upcoming],
        "upcoming": upcoming[::-1],
        "past": [(row, rules.is_result_shown(row.round, at)) for row in past],
    }
    return render(request, "quizzes/play/my_rounds.html", context)


@_page
@require_GET
def lobby(request: HttpRequest, round_id: int) -> HttpResponse:
    at = read_clock()
    round = _round(round_id)
    row = taking.round_row(_user(request), round, at=at)
    context = {
        **_lobby_context(request, at=at),
        "round": round,
        "contest": round.contest,
        "row": row,
        "admission": row.admission,
        "result_is_shown": rules.is_result_shown(round, at),
        "phase": phase_of(round, at=at).value,
        "question_count": taking.question_count(round),
        "paper_code_count": 0
        if round.paper_source == PaperSource.PER_ATTEMPT
        else round.paper_code_count,
        "start_token": make_start_token(
            round.pk, _user(request).pk, session_key=request.session.session_key or ""
        ),
        "opens_in_seconds": int(((row.admission.opens_at or at) - at).total_seconds()) + 1,
    }
    status = 403 if row.admission.door in {Door.NOT_LISTED, Door.BARRED} else 200
    return render(request, "quizzes/play/lobby.html", context, status=status)


@_page
@require_POST
def start(request: HttpRequest, round_id: int) -> HttpResponse:
    at = read_clock()
    round = _round(round_id)
    entry = Entry.objects.filter(contest=round.contest_id, user=_user(request)).first()
    if entry is None:
        return redirect("quizzes:lobby", round_id)
    try:
        attempt = starting.start_attempt(entry, round, at=at)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("quizzes:lobby", round_id)
    return redirect("quizzes:questions", attempt.pk)


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """The paper. Without JavaScript it is one form, each question with a button that saves
    everything changed on the page; with it, ``play.js`` saves each choice through ``answer``."""
    at = read_clock()
    attempt = attempts.close_if_overdue(_own_attempt(request, attempt_id), at=at)
    if attempt.state == AttemptState.FINISHED:
        return redirect("quizzes:result", attempt.pk)
    if request.method == "POST":
        return _save_form(request, attempt, at=at)
    cards = taking.cards_of(attempt)
    context = {
        **_attempt_context(attempt, at=at),
        "cards": cards,
        "answered_count": len(cards) - len(taking.unanswered(cards)),
    }
    return render(request, "quizzes/play/questions.html", context)


@_page
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Look once more, then hand in. A second hand-in, or one after the deadline, only shows the
    result: what was saved counts."""
    at = read_clock()
    attempt = attempts.close_if_overdue(_own_attempt(request, attempt_id), at=at)
    if attempt.state == AttemptState.FINISHED:
        return redirect("quizzes:result", attempt.pk)
    sent = request.POST if request.method == "POST" else None
    form = HandInForm(sent, has_prediction=attempt.round.has_prediction)
    if form.is_valid():
        attempts.hand_in(attempt, prediction=form.cleaned_data.get("prediction"), at=at)
        return redirect("quizzes:result", attempt.pk)
    cards = taking.cards_of(attempt)
    unanswered = taking.unanswered(cards)
    context = {
        **_attempt_context(attempt, at=at),
        "form": form,
        "cards": cards,
        "unanswered": unanswered,
        "begun": [card for card in cards if card.gap],
        "answered_count": len(cards) - len(unanswered),
    }
    return render(request, "quizzes/play/hand_in.html", context, status=400 if form.errors else 200)


@_page
@require_GET
def result(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Points when the round's rule shows them; keys and reasons only after publication."""
    at = read_clock()
    attempt = attempts.close_if_overdue(_own_attempt(request, attempt_id), at=at)
    if attempt.state != AttemptState.FINISHED:
        return redirect("quizzes:questions", attempt.pk)
    round = attempt.round
    is_published = round.state == RoundState.PUBLISHED
    context: dict[str, Any] = {
        **_lobby_context(request, at=at),
        "attempt": attempt,
        "round": round,
        "contest": round.contest,
        "is_shown": rules.can_see_result(request.user, attempt, at),
        "is_published": is_published,
        "question_count": len(attempt.paper.slots),
        "max_centipoints": sum(slot["centipoints"] for slot in attempt.paper.slots),
        "standing": taking.standing_of(attempt) if is_published else None,
        "others": attempt.entry.attempts.filter(round=round).exclude(pk=attempt.pk),
    }
    if rules.can_see_answers(request.user, attempt):
        context["files_url"] = files_url_of_attempt(attempt)
        score, struck_out = mark_for_review(attempt)
        context["reviews"] = taking.review(attempt, score, struck_out)
    return render(request, "quizzes/play/result.html", context)


def _save_form(request: HttpRequest, attempt: Attempt, *, at: datetime) -> HttpResponse:
    here = reverse("quizzes:questions", args=[attempt.pk])
    try:
        changed, refused = _changed_answers(request, sheet_of(attempt.paper, attempt.round), at=at)
        for text in refused:
            messages.error(request, text)
        if changed:
            save_answers(attempt.pk, changed, at=at)
            text = ngettext("Đã lưu %d câu trả lời.", "Đã lưu %d câu trả lời.", len(changed))
            messages.success(request, text % len(changed))
        elif not refused:
            messages.info(request, _("Không có gì thay đổi kể từ lần lưu trước."))
    except AttemptOver as error:
        messages.error(request, str(error))
        return redirect("quizzes:result", attempt.pk)
    except InvalidAnswer as error:
        messages.error(request, str(error))
        return redirect(here)
    number = request.POST.get("save", "")
    return redirect(f"{here}#q-{number}" if number.isdigit() else here)


def _changed_answers(
    request: HttpRequest, sheet: Sheet, *, at: datetime
) -> tuple[list[Answer], list[str]]:
    """What differs from the page as it was sent out: an old tab must not undo newer choices. And
    a sentence for each answer that cannot be taken: one slip must not lose the others."""
    cleared = request.POST.get("clear", "")
    changed: list[Answer] = []
    refused: list[str] = []
    for slot, item in enumerate(sheet):
        had = request.POST.get(f"had-{slot}")
        if had is None:
            continue
        try:
            sent = [] if cleared == str(slot) else _sent(request, slot, item)
            if taking.fingerprint(sent) != had:
                changed.append(Answer(slot, item.choice_at(sent), to_sequence(at)))
        except ValueError as error:
            refused.append(_refusal(slot, error))
    return changed, refused


def _sent(request: HttpRequest, slot: int, item: SheetSlot) -> list[Any]:
    """What the form of one question holds, as ``quizzes.kinds`` reads it. Raises ValueError."""
    name = f"slot-{slot}"
    if not item.field_count:
        return [int(place) for place in request.POST.getlist(name)]
    values = (request.POST.get(f"{name}-{place}", "") for place in range(item.field_count))
    return [value.replace("\r\n", "\n").strip() or None for value in values]


def _refusal(slot: int, error: ValueError) -> str:
    if isinstance(error, BadChoice) and error.hint:
        text = _("Câu %(number)d chưa lưu được. %(hint)s")
        return text % {"number": slot + 1, "hint": _(error.hint)}
    return _("Câu %d không có phương án này. Hãy tải lại trang.") % (slot + 1)


def _attempt_context(attempt: Attempt, *, at: datetime) -> dict[str, Any]:
    """What the bar at the top and the page's module need."""
    return {
        **_clock_context(at),
        "attempt": attempt,
        "round": attempt.round,
        "contest": attempt.round.contest,
        "files_url": files_url_of_attempt(attempt),
        "remaining_seconds": remaining_seconds(at, deadline_at=attempt.deadline_at),
        "play": {
            "attempt": attempt.pk,
            "token": make_token(attempt.pk, attempt.entry.user_id),
            "now": to_ms(at),
            "deadline": to_ms(attempt.deadline_at),
            "answerUrl": reverse("quizzes:answer"),
            "stateUrl": reverse("quizzes:attempt_state", args=[attempt.pk]),
            "handInUrl": reverse("quizzes:hand_in", args=[attempt.pk]),
            "resultUrl": reverse("quizzes:result", args=[attempt.pk]),
        },
    }


def _clock_context(at: datetime) -> dict[str, Any]:
    """The server's clock and the words that every module of these pages needs."""
    return {"at": at, "now_ms": to_ms(at), "words": play_words()}


def _lobby_context(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """``open_attempts``: whatever a shared PC keeps of any other attempt is thrown away."""
    running = Attempt.objects.filter(entry__user=_user(request), state=AttemptState.IN_PROGRESS)
    return {**_clock_context(at), "open_attempts": list(running.values_list("pk", flat=True))}


def _round(round_id: int) -> Round:
    """A round that is no longer being prepared; a draft does not exist for contestants."""
    return get_object_or_404(
        Round.objects.select_related("contest").exclude(state=RoundState.DRAFT), pk=round_id
    )


def _own_attempt(request: HttpRequest, attempt_id: int) -> Attempt:
    """The person's own attempt. Another's does not exist for them."""
    return get_object_or_404(
        Attempt.objects.select_related("round__contest", "paper", "entry"),
        pk=attempt_id,
        entry__user=_user(request),
    )


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
