"""The analysis of a round's questions: rows → ``quizzes.item_analysis`` (pure) → rows kept per run.

The people are those of the run's standings: valid entries, and of each the one attempt that
counts (where the mean of several counts: the last). Done again it gives the same rows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from celery import Task
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.jobs import Progress, look_after, resume_job, start_job
from core.models import Job
from people.models import User
from quizzes import analysis_papers, analysis_tables
from quizzes.analysis_papers import PoolItem
from quizzes.choice_parts import parts_of
from quizzes.item_analysis import ItemFigures, Tally
from quizzes.item_flags import flags_of
from quizzes.models import ContestUnit, ItemAnalysis, ItemStatistic, ResultRun, Topic

ANALYSIS_JOB = "quizzes.analysis"
QUICK_ANSWERS = 60_000
"""Up to so many answers the analysis is made while the page is asked for; beyond, by a job."""


def analysis_of(run: ResultRun) -> ItemAnalysis | None:
    """What is kept of this run, None when a question was struck out or restored since."""
    found = ItemAnalysis.objects.filter(run=run).first()
    if found is None or found.struck_out != analysis_papers.struck_out_ids(run):
        return None
    return found


def is_quick(run: ResultRun) -> bool:
    slots = sum(run.round.cells.values_list("question_count", flat=True))
    return run.person_count * max(slots, 1) <= QUICK_ANSWERS


def start_analysis(task: Task, run: ResultRun, *, by: User, at: datetime) -> Job:
    """Analyse in the background; a job that is stuck or has failed goes on. Raises Conflict while
    one is under way."""
    job = job_of(run)
    if job is not None and look_after(job, at=at).may_be_resumed:
        resume_job(job, at=at)
        return job
    if job is not None and not job.is_finished:
        raise Conflict(_("Việc phân tích đang được thực hiện. Hãy chờ ít phút."))
    return start_job(
        task,
        kind=ANALYSIS_JOB,
        by=by,
        at=at,
        parameters={"run": run.pk},
        total_count=run.person_count,
    )


def job_of(run: ResultRun) -> Job | None:
    return Job.objects.filter(kind=ANALYSIS_JOB, parameters__run=run.pk).first()


def analyse_run(run: ResultRun, *, at: datetime, progress: Progress | None = None) -> ItemAnalysis:
    """Analyse and keep; replaces what was kept. A constant number of statements per thousand
    people; memory does not grow with the people."""
    pool = analysis_papers.read_pool(run)
    struck_out = frozenset(item.version_id for item in pool.values() if item.is_struck_out)
    tally = Tally(struck_out, {item.version_id: item.topic_id for item in pool.values()})
    titles: dict[str, str] = {}
    for done, paper in enumerate(analysis_papers.read_papers(run, pool), start=1):
        folded = paper.job_title.casefold()
        titles.setdefault(folded, paper.job_title)
        tally.add(paper.answers, unit=paper.contest_unit_id, title=folded)
        if progress is not None and done % 500 == 0:
            progress(done, run.person_count)
    names: dict[str, Mapping[Any, str]] = {"units": _unit_names(run), "titles": titles}
    return _write(run, pool, tally, names, sorted(struck_out), at)


def _write(
    run: ResultRun,
    pool: Mapping[int, PoolItem],
    tally: Tally,
    names: Mapping[str, Mapping[Any, str]],
    struck_out: Sequence[int],
    at: datetime,
) -> ItemAnalysis:
    figures = tally.figures()
    topic_of = {item.version_id: item.topic_id for item in pool.values()}
    groups = {
        kind: analysis_tables.question_groups(figures, kind, topic_of, names[kind])
        for kind in ("units", "titles")
    }
    topics = Topic.objects.filter(pk__in=set(topic_of.values())).order_by("name", "pk")
    summary = analysis_tables.summary(tally, list(topics.values_list("pk", "name")), names)
    with transaction.atomic():
        ResultRun.objects.select_for_update().get(pk=run.pk)
        ItemAnalysis.objects.filter(run=run).delete()
        analysis = ItemAnalysis.objects.create(
            run=run, computed_at=at, struck_out=list(struck_out), summary=summary
        )
        ItemStatistic.objects.bulk_create(
            [
                _statistic(
                    analysis,
                    pool[item.version_id],
                    item,
                    {kind: found[item.version_id] for kind, found in groups.items()},
                )
                for item in figures
            ],
            batch_size=200,
        )
    return analysis


def _statistic(
    analysis: ItemAnalysis, item: PoolItem, figures: ItemFigures, groups: dict[str, Any]
) -> ItemStatistic:
    parts = parts_of(item.kind, item.content, item.key, figures.choices)
    r = figures.discrimination
    return ItemStatistic(
        analysis=analysis,
        version_id=item.version_id,
        is_struck_out=item.is_struck_out,
        shown_count=figures.shown_count,
        answered_count=figures.answered_count,
        facility_basis_points=analysis_tables.basis_points(figures.facility),
        discrimination_thousandths=None if r is None else round(1000 * r),
        median_seconds=figures.median_seconds,
        flags=[flag.value for flag in flags_of(figures, parts)],
        details={"groups": figures.groups, **analysis_tables.parts(parts), **groups},
    )


def _unit_names(run: ResultRun) -> dict[int, str]:
    units = ContestUnit.objects.filter(contest=run.round.contest_id)
    return dict(units.values_list("pk", "unit_name"))
