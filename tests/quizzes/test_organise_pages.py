"""The organisers' workspace: every page by its organiser, a colleague, a contestant and nobody."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import AuditEvent
from people import roles
from quizzes import entries, rounds
from quizzes.enums import RoundState
from quizzes.models import Contest, Round
from tests.quizzes.contest_factories import (
    give_role,
    make_contest,
    make_draft_round,
    make_open_round,
    make_organiser,
    make_unit,
    take,
)
from tests.quizzes.play_factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_figures_kept() -> None:
    cache.clear()


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, contest: Contest, *more: Any) -> str:
    return reverse(f"quizzes:{name}", args=[contest.code, *more])


def make_running_round(**fields: Any) -> Round:
    """Open for an hour already, for two hours more, by the real clock."""
    return make_open_round(
        opens_at=timezone.now() - timedelta(hours=1),
        closes_at=timezone.now() + timedelta(hours=2),
        **fields,
    )


def take_now(entry: Any, round: Round, **options: Any) -> Any:
    at = timezone.now() - timedelta(minutes=30)
    return take(entry, round, at=at, **options)


def make_closed_round(**fields: Any) -> Round:
    round = make_open_round(
        opens_at=timezone.now() - timedelta(hours=3),
        closes_at=timezone.now() - timedelta(hours=1),
        **fields,
    )
    for entry in round.contest.entries.all():
        take(entry, round, right=2, at=timezone.now() - timedelta(hours=2))
    rounds.close_round(round, by=None, at=timezone.now())
    round.refresh_from_db()
    return round


def all_pages(round: Round) -> list[str]:
    contest, number = round.contest, round.number
    entry, unit = contest.entries.first(), contest.units.first()
    attempt, question = round.attempts.first(), round.pool.first()
    names = ("contest", "settings", "board", "roster", "entries", "log", "log_export", "round_new")
    of_round = (
        "round",
        "round_settings",
        "awards",
        "watch",
        "watch_live",
        "results",
        "results_units",
        "results_figures",
        "questions",
    )
    acts = ("ready", "draft", "extend", "close", "compute", "publish", "unpublish", "delete")
    entry_acts = ("invalid", "restore", "exempt", "unexempt", "extra-time", "lot")
    return [
        *(url(f"organise_{name}", contest) for name in names),
        *(url(f"organise_{name}", contest, number) for name in of_round),
        *(url("organise_round_act", contest, number, act) for act in acts),
        *(url("organise_entry_act", contest, entry.pk, act) for act in entry_acts),
        *(url("organise_unit_act", contest, unit.pk, act) for act in ("headcount", "extra-time")),
        *(
            url("organise_attempt_act", contest, number, attempt.pk, act)
            for act in ("extend", "reopen")
        ),
        *(
            url("organise_question_act", contest, number, question.pk, act)
            for act in ("strike", "unstrike")
        ),
        *(
            url("organise_export", contest, number, what)
            for what in ("standings", "units", "participation")
        ),
    ]


def test_its_organiser_sees_every_page_and_an_administrator_too() -> None:
    round = make_closed_round()
    organiser = make_organiser(round.contest)
    administrator = give_role(make_user(), roles.ADMINISTRATOR)
    for client in (signed_in(organiser), signed_in(administrator)):
        for page in all_pages(round):
            assert client.get(page).status_code == 200, page


def test_a_colleague_of_another_contest_and_a_contestant_find_nothing() -> None:
    round = make_closed_round()
    colleague = make_organiser(make_contest())
    contestant = round.contest.entries.first().user
    former = make_organiser(round.contest)
    former.groups.clear()
    for person in (colleague, contestant, former):
        client = signed_in(person)
        for page in all_pages(round):
            assert client.get(page).status_code == 404, page
            assert client.post(page, {"reason": "x"}).status_code in {404, 405}, page


def test_nobody_is_sent_to_sign_in() -> None:
    round = make_closed_round()
    for page in all_pages(round):
        response = Client().get(page)
        assert response.status_code == 302, page
        assert reverse("account_login") in response["Location"]


def test_the_list_shows_one_s_own_contests_only() -> None:
    mine, theirs = make_contest(name="Hội thi của tôi"), make_contest(name="Hội thi của họ")
    make_organiser(theirs)
    page = signed_in(make_organiser(mine)).get(reverse("quizzes:organise")).content.decode()
    assert "Hội thi của tôi" in page
    assert "Hội thi của họ" not in page
    assert signed_in(make_user()).get(reverse("quizzes:organise")).status_code == 404


def test_an_entry_of_another_contest_cannot_be_reached_by_its_number() -> None:
    round, other = make_closed_round(), make_closed_round()
    client = signed_in(make_organiser(round.contest))
    entry, attempt = other.contest.entries.first(), other.attempts.first()
    pages = [
        url("organise_entry_act", round.contest, entry.pk, "invalid"),
        url("organise_attempt_act", round.contest, 1, attempt.pk, "reopen"),
        url("organise_unit_act", round.contest, entry.contest_unit_id, "headcount"),
        url("organise_question_act", round.contest, 1, other.pool.first().pk, "strike"),
    ]
    for page in pages:
        assert client.post(page, {"reason": "x", "seconds": 5, "headcount": 3}).status_code == 404
    entry.refresh_from_db()
    assert entry.invalid_at is None


NEW = {
    "preset": "ward",
    "name": "Hội thi Công chức một cửa 2026",
    "code": "hoi-thi-2026",
    "issuing_agency": "UBND phường Thanh Khê",
    "place": "Đà Nẵng",
    "opens_at": "2027-10-05T08:00",
    "closes_at": "2027-10-09T17:00",
}


def test_a_contest_starts_from_a_template_with_its_round_and_awards() -> None:
    organiser = give_role(make_user(), roles.ORGANISER)
    response = signed_in(organiser).post(reverse("quizzes:organise_contest_new"), NEW)
    contest = Contest.objects.get(code="hoi-thi-2026")
    round = contest.rounds.get()
    assert response["Location"] == url("organise_contest", contest)
    assert list(contest.organisers.all()) == [organiser]
    assert (round.duration_seconds, round.has_prediction) == (2400, True)
    assert timezone.localtime(round.opens_at).strftime("%H:%M %d/%m/%Y") == "08:00 05/10/2027"
    assert round.awards.count() == 4


def test_a_wrong_form_says_what_to_mend_and_writes_nothing() -> None:
    client = signed_in(give_role(make_user(), roles.ORGANISER))
    wrong = {**NEW, "closes_at": "2027-10-01T08:00", "code": "Có dấu"}
    page = client.post(reverse("quizzes:organise_contest_new"), wrong).content.decode()
    assert "Thời gian đóng phải sau thời gian mở." in page
    assert not Contest.objects.exists()


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_a_year_far_away_is_refused_with_its_bounds(year: str) -> None:
    client = signed_in(give_role(make_user(), roles.ORGANISER))
    far = {
        **NEW,
        "preset": "weekly",
        "opens_at": f"{year}-12-30T08:00",
        "closes_at": f"{year}-12-31T23:59",
    }
    page = client.post(reverse("quizzes:organise_contest_new"), far)
    assert (page.status_code, Contest.objects.exists()) == (200, False)
    assert "Năm phải từ 2000 đến 2100." in page.content.decode()


def test_the_roster_page_names_whom_it_refused_and_why() -> None:
    contest, unit = make_contest(), make_unit("Trung tâm Hành chính công", people=1)
    give_role(make_user("Lê Thị Ra Đề", unit=unit), roles.AUTHOR)
    client = signed_in(make_organiser(contest))
    page = client.post(url("organise_roster", contest), {"units": [unit.pk]}).content.decode()
    assert "Lê Thị Ra Đề" in page
    assert "Người ra đề" in page
    assert contest.entries.count() == 1


def test_rules_of_a_draft_can_be_set_with_an_ordered_list_of_ties() -> None:
    round = make_draft_round(make_contest())
    client = signed_in(make_organiser(round.contest))
    data = {
        "name": "Chung kết",
        "opens_at": "05/10/2027 08:00",
        "closes_at": "2027-10-05T17:00",
        "duration_seconds": "45",
        "paper_source": "fixed",
        "paper_code_count": "6",
        "attempts_allowed": "2",
        "attempt_counting": "best",
        "min_pause_seconds": "0",
        "tie_order_0": "points",
        "tie_order_1": "",
        "tie_order_2": "finished_at",
        "prediction_target": "participants",
        "result_visibility": "at_once",
    }
    page = url("organise_round_settings", round.contest, round.number)
    assert client.post(page, data).status_code == 302
    round.refresh_from_db()
    assert (round.name, round.duration_seconds) == ("Chung kết", 2700)
    assert (round.paper_source, round.paper_code_count) == ("fixed", 6)
    assert round.tie_order == ["points", "finished_at"]
    again = client.post(page, {**data, "tie_order_1": "points"}).content.decode()
    assert "Một tiêu chí được chọn hai lần." in again


def test_a_ready_round_keeps_its_rules_whatever_is_posted() -> None:
    round = make_open_round()
    client = signed_in(make_organiser(round.contest))
    page = url("organise_round_settings", round.contest, round.number)
    client.post(page, {"name": "Tên mới", "result_visibility": "at_close", "duration_seconds": "1"})
    round.refresh_from_db()
    assert (round.name, round.result_visibility) == ("Tên mới", "at_close")
    assert round.duration_seconds == 20 * 60


def cells(*rows: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"cells-TOTAL_FORMS": len(rows), "cells-INITIAL_FORMS": 0}
    for index, row in enumerate(rows):
        data |= {f"cells-{index}-{name}": value for name, value in row.items()}
    return data


def test_the_blueprint_shows_what_is_missing_before_it_is_saved_and_then_saves() -> None:
    round = make_draft_round(make_contest(), pool=6)
    organiser = make_organiser(round.contest)
    topic = round.cells.get().topic
    topic.bank.readers.add(organiser)
    client = signed_in(organiser)
    row = {"topic": topic.pk, "difficulty": "", "question_count": 8, "centipoints": "2,5"}
    supply = client.post(url("organise_supply", round.contest, 1), cells(row)).content.decode()
    assert "thiếu 2 câu" in supply
    assert "8 câu, 20 điểm" in supply
    assert "<html" not in supply
    assert round.cells.get().question_count == 4
    assert client.post(url("organise_blueprint", round.contest, 1), cells(row)).status_code == 302
    assert (round.cells.get().question_count, round.cells.get().centipoints) == (8, 250)


def test_a_bank_one_may_not_read_gives_no_questions_to_one_s_contest() -> None:
    round, secret = make_draft_round(make_contest()), make_draft_round(make_contest())
    topic = secret.cells.get().topic
    row = {"topic": topic.pk, "question_count": 2, "centipoints": "1"}
    client = signed_in(make_organiser(round.contest))
    page = client.post(url("organise_blueprint", round.contest, 1), cells(row))
    assert page.status_code == 200
    assert not round.cells.filter(topic=topic).exists()


def test_the_steps_of_a_round_from_draft_to_published_and_back() -> None:
    contest = make_contest()
    entries.take_roster(contest, [make_unit(people=2)], by=None, at=timezone.now())
    round = make_draft_round(
        contest,
        opens_at=timezone.now() + timedelta(hours=1),
        closes_at=timezone.now() + timedelta(hours=3),
    )
    client = signed_in(make_organiser(contest))

    def act(name: str, **data: Any) -> str:
        client.post(url("organise_round_act", contest, 1, name), data)
        round.refresh_from_db()
        return round.state

    assert act("ready") == RoundState.READY
    assert act("draft") == RoundState.READY  # no reason given
    assert act("draft", reason="Sửa đề") == RoundState.DRAFT
    assert act("ready") == RoundState.READY
    assert act("close") == RoundState.READY
    assert act("close", reason="Chạy thử") == RoundState.CLOSED
    assert act("publish") == RoundState.PUBLISHED
    assert act("unpublish", reason="Nhầm") == RoundState.CLOSED


def test_an_act_without_its_reason_is_asked_again_and_does_nothing() -> None:
    round = make_running_round()
    attempt = take_now(round.contest.entries.first(), round)
    client = signed_in(make_organiser(round.contest))
    page = url("organise_attempt_act", round.contest, 1, attempt.pk, "reopen")
    assert client.post(page, {"seconds": "10"}).status_code == 200
    attempt.refresh_from_db()
    assert attempt.state == "finished"
    assert client.post(page, {"seconds": "10", "reason": "Mất điện"}).status_code == 302
    attempt.refresh_from_db()
    assert attempt.state == "in_progress"
    assert AuditEvent.objects.get(action="attempt.reopened").reason == "Mất điện"


def test_a_refusal_is_shown_where_the_act_was_asked_for() -> None:
    round = make_closed_round()
    client = signed_in(make_organiser(round.contest))
    page = client.post(url("organise_round_act", round.contest, 1, "ready"), {})
    assert page.status_code == 200
    assert "nên không làm việc này được" in page.content.decode()


def test_get_never_changes_anything() -> None:
    round = make_closed_round()
    client = signed_in(make_organiser(round.contest))
    before = AuditEvent.objects.count()
    for page in all_pages(round):
        client.get(page)
    assert AuditEvent.objects.count() == before


def test_watching_counts_people_by_unit_and_refreshes_by_itself() -> None:
    round = make_running_round(people=3)
    one, two, _ = round.contest.entries.all()
    take_now(one, round)
    take(two, round, at=timezone.now() - timedelta(minutes=2), hand_in=False)
    client = signed_in(make_organiser(round.contest))
    page = client.get(url("organise_watch", round.contest, 1))
    progress = page.context["progress"]
    counts = (progress.not_started_count, progress.in_progress_count, progress.finished_count)
    assert counts == (1, 1, 1)
    live = client.get(url("organise_watch_live", round.contest, 1)).content.decode()
    assert "every 5s" in live
    assert "<html" not in live
    assert sum(minute.started_count for minute in progress.minutes) == 2


def test_attempts_are_found_without_marks() -> None:
    round = make_running_round(people=0)
    unit = make_unit()
    make_user("Đặng Thị Ngọc Ánh", unit=unit)
    make_user("Trần Văn Bình", unit=unit)
    entries.take_roster(round.contest, [unit], by=None, at=timezone.now())
    for entry in round.contest.entries.all():
        take_now(entry, round)
    client = signed_in(make_organiser(round.contest))
    found = client.get(url("organise_watch", round.contest, 1), {"q": "dang thi"}).context["page"]
    assert [attempt.entry.full_name for attempt in found] == ["Đặng Thị Ngọc Ánh"]


def test_a_question_s_words_are_shown_only_to_readers_of_its_bank() -> None:
    round = make_closed_round()
    organiser = make_organiser(round.contest)
    page = url("organise_questions", round.contest, 1)
    assert "thời hạn giải quyết hồ sơ" not in signed_in(organiser).get(page).content.decode()
    round.cells.get().topic.bank.readers.add(organiser)
    assert "thời hạn giải quyết hồ sơ" in signed_in(organiser).get(page).content.decode()


def sheet(client: Client, page: str) -> list[tuple[Any, ...]]:
    content = b"".join(client.get(page).streaming_content)
    return list(load_workbook(BytesIO(content)).active.values)


def test_exports_hold_the_board_and_no_formula() -> None:
    round = make_closed_round(people=1)
    entry = round.contest.entries.get()
    type(entry).objects.update(full_name='=HYPERLINK("http://x")', job_title="@SUM(A1)")
    client = signed_in(make_organiser(round.contest))
    rows = sheet(client, url("organise_export", round.contest, 1, "standings"))
    assert rows[3][:3] == (1, '=HYPERLINK("http://x")', entry.contest_unit.unit_name)
    workbook = load_workbook(
        BytesIO(
            b"".join(
                client.get(url("organise_export", round.contest, 1, "standings")).streaming_content
            )
        )
    )
    assert {cell.data_type for row in workbook.active.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
    }
    units = sheet(client, url("organise_export", round.contest, 1, "units"))
    assert (units[3][3], units[3][7]) == (1, 1)
    log = sheet(client, url("organise_log_export", round.contest))
    assert len(log) - 3 == AuditEvent.objects.filter(contest_id=round.contest.pk).count()


def test_the_log_is_filtered_by_act_and_person() -> None:
    round = make_closed_round()
    one, two = make_organiser(round.contest), make_organiser(round.contest)
    entry = round.contest.entries.first()
    entries.mark_invalid(entry, reason="Thi hộ", by=one, at=timezone.now())
    entries.restore(entry, reason="Nhầm", by=two, at=timezone.now())
    client = signed_in(one)

    def shown(**wanted: Any) -> list[str]:
        rows = client.get(url("organise_log", round.contest), wanted).context["rows"]
        return [event.action for event, _ in rows]

    assert shown(action="entry.invalid") == ["entry.invalid"]
    assert shown(actor=two.pk) == ["entry.restored"]
    assert shown(q="Nhầm") == ["entry.restored"]
    assert len(shown(action="không có")) > 2  # an unknown filter is no filter


PAGES = {
    "organise_entries": 8,
    "organise_log": 10,
    "organise_roster": 9,
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("people", [1, 3])
def test_pages_of_many_take_the_statements_of_pages_of_few(name: str, people: int) -> None:
    round = make_closed_round(people=people)
    client = signed_in(make_organiser(round.contest))
    client.get(url(name, round.contest))
    with CaptureQueriesContext(connection) as captured:
        client.get(url(name, round.contest))
    assert len(captured) == PAGES[name]


ROUND_PAGES = {"organise_watch": 14, "organise_results": 12, "organise_results_units": 11}


@pytest.mark.parametrize("name", ROUND_PAGES)
@pytest.mark.parametrize(("people", "units"), [(1, 1), (3, 3)])
def test_pages_of_a_round_too(name: str, people: int, units: int) -> None:
    round = make_closed_round(people=people, units=units)
    client = signed_in(make_organiser(round.contest))
    client.get(url(name, round.contest, 1))
    cache.delete(f"round-progress-{round.pk}")
    with CaptureQueriesContext(connection) as captured:
        client.get(url(name, round.contest, 1))
    assert len(captured) == ROUND_PAGES[name]
