"""The audit log of a contest."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.audit import act_label
from core.models import AuditEvent
from people.models import User
from quizzes import queries
from quizzes.forms.contest import LogFilterForm
from quizzes.models import Contest
from quizzes.views.organise.access import context, organised_contest

EVENTS_PER_PAGE = 50


@require_safe
@login_required
def contest_log(request: HttpRequest, code: str) -> HttpResponse:
    contest = organised_contest(request, code)
    form = LogFilterForm(request.GET, actions=_actions(contest), actors=_actors(contest))
    wanted = form.cleaned_data if form.is_valid() else {}
    actor = wanted.get("actor") or None
    found = queries.contest_log(
        contest,
        action=wanted.get("action", ""),
        actor_id=int(actor) if actor else None,
        words=wanted.get("q", ""),
    )
    page = Paginator(found, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [(event, act_label(event.action)) for event in page]
    return render(
        request,
        "quizzes/organise/log.html",
        context(contest, "log", form=form, page=page, rows=rows),
    )


def _actions(contest: Contest) -> list[tuple[str, str]]:
    """The acts this log really holds, by their names."""
    held = AuditEvent.objects.filter(contest_id=contest.pk).order_by().values_list("action")
    choices = [(code, act_label(code)) for (code,) in held.distinct()]
    return sorted(choices, key=lambda choice: choice[1])


def _actors(contest: Contest) -> list[tuple[str, str]]:
    ids = AuditEvent.objects.filter(contest_id=contest.pk).order_by().values("actor")
    people = User.objects.filter(pk__in=ids).order_by("sort_key", "pk")
    return [(str(pk), name) for pk, name in people.values_list("pk", "full_name")]
