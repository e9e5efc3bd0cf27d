"""From mistakes to training: the own page, and the page of a unit's head or an organiser."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import read_clock
from people.access import signed_in
from people.models import User
from people.rules import is_unit_head
from quizzes.enums import RoundState
from quizzes.models import Round
from training import overseeing, rules, weak_topics


@require_safe
@login_required
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "training": weak_topics.own_training(user),
        "can_oversee_units": rules.can_oversee_units(user),
    }
    return render(request, "training/own.html", context)


@require_safe
@login_required
@never_cache
def units(request: HttpRequest, round_id: int | None = None) -> HttpResponse:
    """The units this person looks after in one round, the latest unless another is named."""
    user = signed_in(request)
    rounds = _overseen_rounds(user)
    quiz_round = _chosen(rounds, round_id)
    context: dict[str, object] = {"rounds": rounds, "round": quiz_round}
    if quiz_round is not None:
        sees_all = rules.sees_every_unit(user, quiz_round)
        listed = overseeing.participation(quiz_round, head=None if sees_all else user)
        own_unit = next((unit for unit in listed if unit.unit_id == user.unit_id), None)
        # Only the head is told names; the board has the contest's own list of entries.
        heads_unit = own_unit if is_unit_head(user) else None
        context |= {
            "sees_all": sees_all,
            "units": listed,
            "own_unit": heads_unit,
            "absentees": overseeing.absentees(quiz_round, unit_id=heads_unit.unit_id)
            if heads_unit
            else [],
            "is_published": quiz_round.state == RoundState.PUBLISHED,
            # Of a whole contest the board opens the units one by one: a sum beside its parts
            # would tell what is suppressed.
            "topics": None
            if sees_all
            else weak_topics.group_topics(quiz_round, [unit.contest_unit_id for unit in listed]),
            "min_group_size": weak_topics.MIN_GROUP_SIZE,
        }
    return render(request, "training/units.html", context)


@require_safe
@login_required
@never_cache
def unit(request: HttpRequest, round_id: int, contest_unit_id: int) -> HttpResponse:
    """The weak topics of one unit, for the board of the contest."""
    user = signed_in(request)
    quiz_round = _chosen(_overseen_rounds(user), round_id)
    if quiz_round is None or not rules.sees_every_unit(user, quiz_round):
        raise Http404
    found = overseeing.participation(quiz_round, contest_unit_id=contest_unit_id)
    if not found:
        raise Http404
    context = {
        "round": quiz_round,
        "unit": found[0],
        "topics": weak_topics.group_topics(quiz_round, [contest_unit_id]),
        "is_published": quiz_round.state == RoundState.PUBLISHED,
        "min_group_size": weak_topics.MIN_GROUP_SIZE,
    }
    return render(request, "training/unit.html", context)


def _overseen_rounds(user: User) -> list[Round]:
    if not rules.can_oversee_units(user):
        raise PermissionDenied
    return list(overseeing.overseen_rounds(user, at=read_clock()))


def _chosen(rounds: list[Round], round_id: int | None) -> Round | None:
    """A round that is not this person's is as absent as one that does not exist."""
    if round_id is None:
        return rounds[0] if rounds else None
    for quiz_round in rounds:
        if quiz_round.pk == round_id:
            return quiz_round
    raise Http404
