"""Fetching with the right to see; whoever has none learns nothing, not even that it exists."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.clock import read_clock
from core.models import Job
from printing import rules
from printing.models import Certificate
from quizzes.models import Contest, Round


def round_to_print(request: HttpRequest, pk: int) -> Round:
    quiz_round = get_object_or_404(Round.objects.select_related("contest"), pk=pk)
    if not rules.can_issue(request.user, quiz_round):
        raise Http404
    return quiz_round


def round_with_papers(request: HttpRequest, pk: int) -> Round:
    quiz_round = round_to_print(request, pk)
    if not rules.can_print_papers(request.user, quiz_round, read_clock()):
        raise Http404
    return quiz_round


def contest_with_register(request: HttpRequest, pk: int) -> Contest:
    contest = get_object_or_404(Contest, pk=pk)
    if not rules.can_see_register(request.user, contest):
        raise Http404
    return contest


def certificate_to_revoke(request: HttpRequest, pk: int) -> Certificate:
    certificate = _certificate(pk)
    if not rules.can_revoke(request.user, certificate):
        raise Http404
    return certificate


def certificate_to_download(request: HttpRequest, pk: int) -> Certificate:
    certificate = _certificate(pk)
    if not rules.can_download(request.user, certificate):
        raise Http404
    return certificate


def job_to_watch(request: HttpRequest, pk: int) -> Job:
    job = get_object_or_404(Job, pk=pk)
    if not rules.can_see_job(request.user, job):
        raise Http404
    return job


def _certificate(pk: int) -> Certificate:
    return get_object_or_404(Certificate.objects.select_related("round__contest", "entry"), pk=pk)
