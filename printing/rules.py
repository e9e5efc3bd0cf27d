"""Who may print what: predicates that only read."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.models import Job
from printing.models import Certificate
from quizzes.models import Contest, QuestionBank, Round, Topic
from quizzes.rules import can_organise, readable_banks

# The kinds of core.models.Job that make papers.
CERTIFICATES_JOB = "printing.certificates"
RESULT_SHEET_JOB = "printing.result_sheet"
PRINTING_JOBS = (CERTIFICATES_JOB, RESULT_SHEET_JOB)


def can_issue(user: Any, quiz_round: Round) -> bool:
    return user.is_authenticated and can_organise(user, quiz_round.contest)


def can_print_papers(user: Any, quiz_round: Round, at: datetime) -> bool:
    """Who organises the contest and may read every bank that its papers were drawn from: a paper
    before the round is as secret as its key."""
    if not can_issue(user, quiz_round):
        return False
    readable = QuestionBank.objects.filter(readable_banks(user, at)).values("pk")
    return not drawn_banks(quiz_round).exclude(pk__in=readable).exists()


def drawn_banks(quiz_round: Round) -> QuerySet[QuestionBank]:
    """The banks whose questions are in the frozen pool of the round."""
    drawn = Topic.objects.filter(questions__versions__pools__round=quiz_round)
    return QuestionBank.objects.filter(pk__in=drawn.values("bank"))


def can_see_register(user: Any, contest: Contest) -> bool:
    return user.is_authenticated and can_organise(user, contest)


def can_revoke(user: Any, certificate: Certificate) -> bool:
    return can_issue(user, certificate.round)


def can_download(user: Any, certificate: Certificate) -> bool:
    """The person it names and the organisers, while it is valid."""
    if not user.is_authenticated or certificate.is_revoked:
        return False
    return certificate.entry.user_id == user.pk or can_issue(user, certificate.round)


def can_see_job(user: Any, job: Job) -> bool:
    """Whoever organises the contest whose papers the job makes."""
    if job.kind not in PRINTING_JOBS or not user.is_authenticated:
        return False
    quiz_round = (
        Round.objects.select_related("contest").filter(pk=job.parameters.get("round")).first()
    )
    return quiz_round is not None and can_issue(user, quiz_round)
