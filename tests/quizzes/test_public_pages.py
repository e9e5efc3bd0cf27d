"""What everyone may see, and what nobody may before publication."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes import entries, incidents, queries, rounds
from quizzes.models import Award, Contest, Round
from tests.quizzes.contest_factories import (
    OPENS_AT,
    after,
    make_contest,
    make_draft_round,
    make_open_round,
    make_organiser,
    make_unit,
    take,
)
from tests.quizzes.play_factories import make_user

pytestmark = pytest.mark.django_db
CLOSED = after(minutes=121)


def make_published_round(contest: Contest | None = None, **fields: Any) -> Round:
    round = make_open_round(contest, **fields)
    for index, entry in enumerate(round.contest.entries.order_by("pk")):
        take(entry, round, right=index % 5, minutes=3 + index)
    return publish(round)


def publish(round: Round) -> Round:
    rounds.close_round(round, by=None, at=CLOSED)
    rounds.publish_round(round, by=make_organiser(round.contest), at=CLOSED)
    round.refresh_from_db()
    return round


def pages(round: Round) -> list[str]:
    arguments = [round.contest.code, round.number]
    unit = round.contest.units.first()
    return [
        *(
            reverse(f"quizzes:{name}", args=arguments)
            for name in ("standings", "unit_standings", "figures")
        ),
        reverse("quizzes:unit_page", args=[*arguments, unit.pk]),
    ]


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_published_standings_are_for_everyone() -> None:
    round = make_published_round()
    for client in (Client(), signed_in(make_user()), signed_in(make_organiser())):
        for page in pages(round):
            assert client.get(page).status_code == 200, page


def test_before_publication_and_after_it_is_taken_back_there_is_nothing() -> None:
    round = make_open_round()
    take(round.contest.entries.first(), round, right=4)
    for client in (Client(), signed_in(round.contest.entries.first().user)):
        assert client.get(pages(round)[0]).status_code == 404
    rounds.close_round(round, by=None, at=CLOSED)
    assert Client().get(pages(round)[0]).status_code == 404
    by = make_organiser(round.contest)
    rounds.publish_round(round, by=by, at=CLOSED)
    assert Client().get(pages(round)[0]).status_code == 200
    rounds.unpublish_round(round, reason="Nhầm", by=by, at=CLOSED)
    assert [Client().get(page).status_code for page in pages(round)] == [404] * 4


def test_a_disqualified_person_leaves_the_public_board_at_once_and_comes_back_restored() -> None:
    round = make_published_round()
    entry, by = round.contest.entries.order_by("-pk").first(), make_organiser(round.contest)
    address = pages(round)[0]

    def shown() -> bool:
        return entry.full_name in Client().get(address).content.decode()

    assert shown()
    entries.mark_invalid(entry, reason="Thi hộ", by=by, at=CLOSED)
    assert not shown()
    entries.restore(entry, reason="Đã xác minh", by=by, at=CLOSED)
    assert shown()
    runs = round.result_runs.order_by("number").values_list("number", "reason", "person_count")
    assert list(runs) == [(1, "", 3), (2, "Thi hộ", 2), (3, "Đã xác minh", 3)]


def test_a_question_struck_out_after_publication_changes_the_public_board_at_once() -> None:
    round = make_open_round(questions=4, pool=4)
    take(round.contest.entries.order_by("pk").first(), round, right=0)
    publish(round)
    question, by = round.pool.first(), make_organiser(round.contest)
    incidents.strike_out(question, reason="Kiến nghị số 3", by=by, at=CLOSED)
    assert queries.published_run(round).standings.get().centipoints == 250
    incidents.undo_strike(question, reason="Nhầm câu", by=by, at=CLOSED)
    assert queries.published_run(round).standings.get().centipoints == 0
    assert round.result_runs.count() == 3


def test_a_contest_that_is_not_public_is_for_its_own_people() -> None:
    round = make_published_round(make_contest(is_public=False))
    contest = round.contest
    code = reverse("quizzes:contest", args=[contest.code])
    insiders = [make_organiser(contest), contest.entries.first().user]
    for page in [code, *pages(round)]:
        assert Client().get(page).status_code == 404
        assert signed_in(make_organiser()).get(page).status_code == 404
        assert [signed_in(person).get(page).status_code for person in insiders] == [200, 200]
    assert contest.name not in Client().get(reverse("quizzes:contests")).content.decode()


def test_the_contest_page_shows_rules_rounds_and_units_but_no_draft() -> None:
    contest = make_contest(rules_text="Mỗi người thi một lượt.\n\nKhông thi hộ.")
    round = make_open_round(contest)
    make_draft_round(contest, name="Vòng bí mật")
    page = Client().get(reverse("quizzes:contest", args=[contest.code])).content.decode()
    assert "<p>Không thi hộ.</p>" in page
    assert round.name in page
    assert contest.units.get().unit_name in page
    assert "Vòng bí mật" not in page


def test_rules_cannot_bring_a_script() -> None:
    contest = make_contest(rules_text="<script>alert(1)</script>")
    page = Client().get(reverse("quizzes:contest", args=[contest.code])).content.decode()
    assert "<script>alert" not in page


def test_the_board_shows_name_and_unit_and_what_decided_and_nothing_personal() -> None:
    unit = make_unit("Phòng Văn hóa")
    people = [
        make_user("Đỗ Thị Ước", unit=unit, phone="0912345678", email="uoc@example.vn"),
        make_user("Lê Văn Ân", unit=unit, job_title="CHUYEN-VIEN"),
    ]
    contest = make_contest()
    entries.take_roster(contest, [unit], by=None, at=OPENS_AT)
    round = make_open_round(contest, people=0)
    Award.objects.create(round=round, name="Giải Nhất", rank_from=1, rank_to=1)
    one, two = contest.entries.order_by("pk")
    take(one, round, right=3, minutes=4)
    take(two, round, right=3, minutes=6)
    page = Client().get(pages(publish(round))[0]).content.decode()
    assert page.index("Đỗ Thị Ước") < page.index("Lê Văn Ân")
    assert ">Thời gian làm bài</td>" in page
    assert "Giải Nhất" in page
    assert "04:00,0" in page
    secrets = ["0912345678", "uoc@example.vn", people[0].staff_code, "CHUYEN-VIEN"]
    assert not [secret for secret in secrets if secret in page]


def test_initials_hide_the_name_on_every_public_page_and_search_cannot_find_it() -> None:
    contest = make_contest(name_display="initials")
    unit = make_unit()
    make_user("Đỗ Thị Ước", unit=unit)
    entries.take_roster(contest, [unit], by=None, at=OPENS_AT)
    round = make_open_round(contest, people=0)
    take(contest.entries.get(), round, right=3)
    publish(round)
    for page in (pages(round)[0], pages(round)[3]):
        text = Client().get(page).content.decode()
        assert "Đ. T. Ư." in text
        assert "Ước" not in text
    assert not Client().get(pages(round)[0], {"q": "ước"}).context["rows"]


def test_a_person_finds_the_own_place_at_the_top_and_nobody_else_s_page_is_kept() -> None:
    round = make_published_round(people=3)
    me = round.contest.entries.first().user
    response = signed_in(me).get(pages(round)[0])
    assert response.context["mine"].standing.entry.user == me
    assert "Kết quả của bạn" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    anonymous = Client().get(pages(round)[0])
    assert anonymous.context["mine"] is None
    assert "private" in anonymous["Cache-Control"]
    assert "Cookie" in anonymous["Vary"]


def test_search_takes_a_name_or_a_unit_without_marks() -> None:
    contest = make_contest()
    for name, unit in (("Đặng Ngọc Ánh", "Tổ Một cửa"), ("Trần Bình", "Phòng Tư pháp")):
        node = make_unit(unit)
        make_user(name, unit=node)
        entries.take_roster(contest, [node], by=None, at=OPENS_AT)
    round = make_open_round(contest, people=0)
    for entry in contest.entries.all():
        take(entry, round, right=1)
    publish(round)

    def found(words: str) -> list[str]:
        return [row.name for row in Client().get(pages(round)[0], {"q": words}).context["rows"]]

    assert found("ngoc anh") == ["Đặng Ngọc Ánh"]
    assert found("TU PHAP") == ["Trần Bình"]
    assert found("%") == []
    assert found("khong co ai") == []


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e9", "٣"])
def test_a_page_that_is_not_there_is_the_nearest_one(page: str) -> None:
    round = make_published_round()
    assert Client().get(pages(round)[0], {"page": page}).status_code == 200


def test_pages_follow_positions_without_gap_or_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BOARD_PAGE_SIZE", 2)
    round = make_published_round(people=5)
    ranks = []
    for number in (1, 2, 3):
        rows = Client().get(pages(round)[0], {"page": number}).context["rows"]
        ranks += [row.standing.position for row in rows]
    assert ranks == [1, 2, 3, 4, 5]


def test_units_of_another_contest_are_not_shown_here() -> None:
    round, other = make_published_round(), make_published_round()
    unit = other.contest.units.first()
    page = reverse("quizzes:unit_page", args=[round.contest.code, round.number, unit.pk])
    assert Client().get(page).status_code == 404


def test_the_list_names_the_round_that_is_open_now() -> None:
    contest = make_contest()
    make_published_round(contest)
    make_open_round(
        contest,
        people=0,
        name="Đợt đang mở",
        opens_at=timezone.now() - timedelta(hours=1),
        closes_at=timezone.now() + timedelta(hours=1),
    )
    assert "Đợt đang mở" in Client().get(reverse("quizzes:contests")).content.decode()


COUNTS = [("standings", 4), ("unit_standings", 3), ("figures", 2)]


@pytest.mark.parametrize(("name", "count"), COUNTS)
@pytest.mark.parametrize(("people", "units"), [(1, 1), (3, 3)])
def test_boards_take_a_constant_number_of_statements(name, count, people, units) -> None:
    round = make_published_round(people=people, units=units)
    page = reverse(f"quizzes:{name}", args=[round.contest.code, round.number])
    Client().get(page)
    with CaptureQueriesContext(connection) as captured:
        Client().get(page)
    assert len(captured) == count
