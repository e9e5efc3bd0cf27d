"""/organise/: the organisers' workspace."""

from django.urls import path

from quizzes.views.organise import (
    analysis,
    contests,
    decisions,
    log,
    results,
    roster,
    rounds,
    watch,
)

_CONTEST = "organise/contests/<slug:code>/"
_ROUND = f"{_CONTEST}rounds/<int:number>/"

urlpatterns = [
    path("organise/", contests.contest_list, name="organise"),
    path("organise/contests/new/", contests.contest_new, name="organise_contest_new"),
    path(_CONTEST, contests.contest_detail, name="organise_contest"),
    path(f"{_CONTEST}settings/", contests.contest_settings, name="organise_settings"),
    path(f"{_CONTEST}board/", contests.contest_board, name="organise_board"),
    path(f"{_CONTEST}roster/", roster.roster, name="organise_roster"),
    path(
        f"{_CONTEST}roster/<int:pk>/<slug:act>/", decisions.unit_decision, name="organise_unit_act"
    ),
    path(f"{_CONTEST}entries/", roster.entry_list, name="organise_entries"),
    path(
        f"{_CONTEST}entries/<int:pk>/<slug:act>/",
        decisions.entry_decision,
        name="organise_entry_act",
    ),
    path(f"{_CONTEST}log/", log.contest_log, name="organise_log"),
    path(f"{_CONTEST}log.xlsx", results.log_export, name="organise_log_export"),
    path(f"{_CONTEST}rounds/new/", rounds.round_new, name="organise_round_new"),
    path(_ROUND, rounds.round_detail, name="organise_round"),
    path(f"{_ROUND}settings/", rounds.round_settings, name="organise_round_settings"),
    path(f"{_ROUND}blueprint/", rounds.round_blueprint, name="organise_blueprint"),
    path(f"{_ROUND}blueprint/supply/", rounds.round_supply, name="organise_supply"),
    path(f"{_ROUND}awards/", rounds.round_awards, name="organise_awards"),
    path(f"{_ROUND}watch/", watch.watch, name="organise_watch"),
    path(f"{_ROUND}watch/live/", watch.watch_live, name="organise_watch_live"),
    path(
        f"{_ROUND}attempts/<int:pk>/<slug:act>/",
        decisions.attempt_decision,
        name="organise_attempt_act",
    ),
    path(f"{_ROUND}results/", results.round_results, name="organise_results"),
    path(f"{_ROUND}results/units/", results.round_results_units, name="organise_results_units"),
    path(
        f"{_ROUND}results/figures/", results.round_results_figures, name="organise_results_figures"
    ),
    path(f"{_ROUND}analysis/", analysis.round_analysis, name="organise_analysis"),
    path(f"{_ROUND}analysis/start/", analysis.analysis_start, name="organise_analysis_start"),
    path(f"{_ROUND}analysis/progress/", analysis.progress, name="organise_analysis_progress"),
    path(f"{_ROUND}analysis/groups/", analysis.analysis_groups, name="organise_analysis_groups"),
    path(f"{_ROUND}analysis/questions.xlsx", analysis.export, name="organise_analysis_export"),
    path(
        f"{_ROUND}analysis/questions/<int:pk>/",
        analysis.analysed_question,
        name="organise_analysed_question",
    ),
    path(f"{_ROUND}questions/", results.round_questions, name="organise_questions"),
    path(
        f"{_ROUND}questions/<int:pk>/<slug:act>/",
        decisions.question_decision,
        name="organise_question_act",
    ),
    path(f"{_ROUND}export/<slug:what>.xlsx", results.round_export, name="organise_export"),
    path(f"{_ROUND}act/<slug:act>/", decisions.round_decision, name="organise_round_act"),
]
