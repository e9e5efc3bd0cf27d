"""Contests in public: one address each, the editors' words around facts read when it is drawn."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.finding.searching import search
from cms.models import ContestIndexPage, ContestPage, HomePage
from core.clock import read_clock
from counter import subjects
from quizzes import entries, rounds
from quizzes.enums import RoundState
from quizzes.models import Award, Contest, Round, RoundQuestion
from tests.cms.factories import make_article
from tests.counter.factories import add_week, make_office
from tests.quizzes.contest_factories import (
    make_contest,
    make_draft_round,
    make_organiser,
    make_unit,
    take,
)
from tests.quizzes.play_factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    caches["pages"].clear()


def make_contest_page(contest: Contest, title: str = "Hội thi Một cửa", **fields) -> ContestPage:
    page = ContestPage(title=title, contest=contest, live=False, **fields)
    ContestIndexPage.objects.get(locale__language_code="vi").add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_round(contest: Contest, *, opens_in: int = -30, closes_in: int = 60, **fields) -> Round:
    """A round that papers are drawn from, its window in minutes from now."""
    at = read_clock()
    fields = {"state": RoundState.READY, "ready_at": at, **fields}
    quiz_round = make_draft_round(
        contest,
        opens_at=at + timedelta(minutes=opens_in),
        closes_at=at + timedelta(minutes=closes_in),
        **fields,
    )
    cell = quiz_round.cells.get()
    for question in cell.topic.questions.all():
        RoundQuestion.objects.create(round=quiz_round, cell=cell, version=question.current_version)
    return quiz_round


def join(contest: Contest, people: int = 6, name: str = "") -> None:
    unit = make_unit(name, people=people)
    entries.take_roster(contest, [unit], by=None, at=read_clock())


def read(contest: Contest, client: Client | None = None) -> str:
    cache.clear()
    caches["pages"].clear()
    return (client or Client()).get(f"/contests/{contest.code}/").text


# One address ------------------------------------------------------------------------------------


def test_a_contest_has_one_address_with_an_editors_page_and_without(client):
    contest = make_contest(summary="Tìm hiểu một cửa")
    plain = client.get(f"/contests/{contest.code}/")
    assert plain.status_code == 200
    page = make_contest_page(contest, summary="Lời của biên tập viên")
    assert page.url == f"/contests/{contest.code}/"
    answer = client.get(page.url)
    assert "Lời của biên tập viên" in answer.text
    assert (
        f'<link rel="canonical" href="http://testserver/contests/{contest.code}/">' in answer.text
    )
    page.unpublish()
    assert "Lời của biên tập viên" not in client.get(page.url).text
    assert client.get(page.url).status_code == 200


def test_the_list_stands_at_its_address_with_an_editors_page_and_without(client):
    contest = make_contest()
    assert contest.name in client.get("/contests/").text
    ContestIndexPage.objects.get(locale__language_code="vi").unpublish()
    assert contest.name in client.get("/contests/").text


def test_a_draft_page_shows_nothing_of_its_words(client):
    contest = make_contest()
    page = ContestPage(title="Tên chưa đăng", contest=contest, live=False)
    ContestIndexPage.objects.get(locale__language_code="vi").add_child(instance=page)
    page.save_revision()
    assert "Tên chưa đăng" not in read(contest)
    assert "Tên chưa đăng" not in client.get("/contests/").text


def test_a_contest_has_one_page(client):
    contest = make_contest()
    make_contest_page(contest)
    with pytest.raises(ValidationError, match="đã có trang"):
        make_contest_page(contest, "Trang thứ hai")


def test_a_copy_of_a_page_is_of_no_contest_and_not_shown():
    page = make_contest_page(make_contest())
    copy = page.copy(update_attrs={"slug": "ban-sao"})
    assert copy.contest is None
    assert Client().get("/contests/ban-sao/").status_code == 404


# Who sees what ----------------------------------------------------------------------------------


def test_a_contest_that_is_not_public_is_for_its_own_people_only():
    contest = make_contest(is_public=False)
    make_round(contest)
    join(contest)
    make_contest_page(contest, "Hội thi còn kín")
    answers = {}
    for name, user in (
        ("organiser", make_organiser(contest)),
        ("on the list", contest.entries.first().user),
        ("colleague", make_organiser()),
        ("outsider", make_user()),
        ("anonymous", None),
    ):
        client = Client()
        if user:
            client.force_login(user)
        answers[name] = [
            client.get(f"/contests/{contest.code}/{rest}").status_code for rest in ("", "rules/")
        ]
    assert answers == {
        "organiser": [200, 200],
        "on the list": [200, 200],
        "colleague": [404, 404],
        "outsider": [404, 404],
        "anonymous": [404, 404],
    }
    for address in ("/", "/contests/", "/search/?q=hội thi còn kín"):
        page = Client().get(address).text.replace('value="hội thi còn kín"', "")
        assert contest.name not in page
        assert 'href="/contests/cuoc-thi' not in page


@pytest.mark.parametrize("with_page", [True, False])
def test_a_round_in_preparation_is_told_of_nowhere(with_page):
    contest = make_contest()
    make_round(contest, name="Vòng công khai")
    draft = make_round(contest, name="Vòng bí mật", state=RoundState.DRAFT, duration_seconds=777)
    Award.objects.create(round=draft, name="Giải kín", rank_from=1, rank_to=1)
    if with_page:
        make_contest_page(contest)
    for address in (f"/contests/{contest.code}/", f"/contests/{contest.code}/rules/", "/contests/"):
        page = Client().get(address).text
        assert "Vòng công khai" in page
        for secret in ("Vòng bí mật", "Giải kín", "12 phút 57 giây"):
            assert secret not in page


def test_a_restricted_page_leaves_the_plain_one():
    contest = make_contest()
    page = make_contest_page(contest, summary="Chỉ người trong cơ quan")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    answer = Client().get(page.url)
    assert "Chỉ người trong cơ quan" not in answer.text


# What is shown ----------------------------------------------------------------------------------


def test_rounds_tell_where_they_are_now():
    contest = make_contest()
    make_contest_page(contest)
    make_round(contest, opens_in=60, closes_in=90, name="A")
    make_round(contest, name="B")
    make_round(contest, opens_in=-90, closes_in=-30, name="C")
    page = read(contest)
    states = re.findall(r'<li class="timetable-(\w+)">.*?<h3>(\w)</h3>', page, re.S)
    assert states == [("upcoming", "A"), ("open", "B"), ("closed", "C")]
    assert "Vào thi" in page


@pytest.mark.parametrize("with_page", [True, False])
def test_names_appear_with_publication_and_not_before(with_page):
    contest = make_contest()
    quiz_round = make_round(contest, opens_in=-60, closes_in=30)
    Award.objects.create(round=quiz_round, name="Giải Nhất", rank_from=1, rank_to=1)
    join(contest)
    if with_page:
        make_contest_page(contest)
    people = list(contest.entries.order_by("pk"))
    at = read_clock() - timedelta(minutes=30)
    for number, entry in enumerate(people):
        take(entry, quiz_round, right=4 if number == 0 else 1, at=at, minutes=2 + number)
    assert not [entry for entry in people if entry.full_name in read(contest)]
    Round.objects.filter(pk=quiz_round.pk).update(closes_at=read_clock() - timedelta(minutes=1))
    quiz_round.refresh_from_db()
    rounds.close_round(quiz_round, by=None, at=read_clock())
    assert not [entry for entry in people if entry.full_name in read(contest)]
    rounds.publish_round(quiz_round, by=make_organiser(contest), at=read_clock())
    page = read(contest)
    assert [entry.full_name for entry in people if entry.full_name in page] == [people[0].full_name]
    assert "Giải Nhất" in page
    assert f'href="/contests/{contest.code}/rounds/{quiz_round.number}/standings/"' in page
    contest.name_display = "initials"
    contest.save()
    assert people[0].full_name not in read(contest)


def test_figures_are_asked_for_again_only_while_a_round_is_open():
    contest = make_contest()
    make_contest_page(contest)
    join(contest)
    quiz_round = make_round(contest)
    assert f'hx-get="/contests/{contest.code}/turnout/"' in read(contest)
    rounds.close_round(quiz_round, by=None, at=quiz_round.closes_at + timedelta(minutes=1))
    page = read(contest)
    assert "hx-get" not in page
    assert "Tình hình dự thi" in page


def test_the_rules_stand_on_the_page_and_on_a_sheet_to_print():
    contest = make_contest(rules_text="Mặc trang phục công sở.", superior_agency="UBND thành phố")
    make_contest_page(contest)
    make_round(contest, duration_seconds=2400)
    for address in (f"/contests/{contest.code}/", f"/contests/{contest.code}/rules/"):
        page = Client().get(address).text
        assert "Thời gian làm bài là 40 phút." in page
        assert "<p>Mặc trang phục công sở.</p>" in page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert "UBND THÀNH PHỐ" in page


def test_a_page_tells_machines_that_it_is_an_event():
    contest = make_contest()
    make_contest_page(contest)
    quiz_round = make_round(contest, name="Vòng 1")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(contest), re.S)
    event = json.loads(found[0])
    assert event["@type"] == "Event"
    assert event["startDate"] == quiz_round.opens_at.isoformat()
    assert event["endDate"] == quiz_round.closes_at.isoformat()
    assert event["subEvent"][0]["name"].endswith("Vòng 1")
    assert event["organizer"]["name"] == contest.issuing_agency


def test_a_way_to_practise_leads_to_what_is_published_only():
    contest = make_contest()
    article = make_article("Ôn thi trong một tuần")
    make_contest_page(contest, practice_page=article)
    assert article.url in read(contest)
    article.unpublish()
    assert "Ôn thi trong một tuần" not in read(contest)


def test_the_archive_holds_what_is_over_by_year(client):
    now = read_clock()
    past = {}
    for years in (1, 2):
        contest = make_contest(name=f"Hội thi cũ {years}")
        ended = now - timedelta(days=366 * years)
        make_draft_round(
            contest,
            opens_at=ended - timedelta(days=1),
            closes_at=ended,
            state=RoundState.PUBLISHED,
            published_at=ended,
        )
        past[timezone.localdate(ended).year] = contest.name
    running = make_contest(name="Hội thi đang mở")
    make_round(running)
    page = client.get("/contests/").text
    assert page.index("Hội thi đang mở") < page.index("Các cuộc thi đã qua")
    newer, older = sorted(past, reverse=True)
    assert page.index(past[newer]) < page.index(past[older])
    of_one_year = client.get("/contests/", {"year": older}).text
    assert past[older] in of_one_year
    assert past[newer] not in of_one_year
    for junk in ({"year": "0"}, {"year": "x" * 99}, {"year": "\0"}, {"page": "9" * 19}):
        assert past[newer] in client.get("/contests/", junk).text


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_whatever_the_number_of_rounds_and_units(
    django_assert_num_queries, number
):
    contest = make_contest()
    make_contest_page(contest, practice_page=make_article())
    for index in range(number):
        join(contest)
        make_round(contest)
        make_draft_round(
            contest,
            opens_at=read_clock() - timedelta(days=2),
            closes_at=read_clock() - timedelta(days=1),
            state=RoundState.PUBLISHED,
            published_at=read_clock(),
            name=f"Đã qua {index}",
        )
    client = Client()
    client.get("/contests/")  # keeps the site and the frame
    with django_assert_num_queries(PAGE_STATEMENTS):
        client.get(f"/contests/{contest.code}/")


PAGE_STATEMENTS = 15


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_the_number_of_contests(
    client, django_assert_num_queries, number
):
    for _index in range(number):
        contest = make_contest()
        make_round(contest)
        make_contest_page(contest)
    client.get("/articles/")
    with django_assert_num_queries(LIST_STATEMENTS):
        client.get("/contests/")


LIST_STATEMENTS = 7


# Elsewhere --------------------------------------------------------------------------------------


def found(words: str) -> list[tuple[str, str]]:
    answer = search(words, day=timezone.localdate(read_clock()))
    return [(hit.entry.facet, hit.entry.address) for hit in (*answer.exact, *answer.hits)]


def test_a_contest_is_found_once_by_its_own_words_and_its_pages():
    contest = make_contest(name="Hội thi Sáng kiến")
    address = ("contest", f"/contests/{contest.code}/")
    assert found("sang kien") == [address]
    page = make_contest_page(contest, "Hội thi Sáng kiến", summary="Phục vụ bằng nụ cười")
    assert found("sang kien") == [address]
    assert found("nu cuoi") == [address]
    page.unpublish()
    assert found("nu cuoi") == []
    assert found("sang kien") == [address]
    contest.is_public = False
    contest.save()
    assert found("sang kien") == []


def test_the_sitemap_tells_of_each_public_contest_once(client):
    shown, plain = make_contest(), make_contest()
    hidden = make_contest(is_public=False)
    for contest in (shown, hidden):
        make_contest_page(contest)
    sitemap = client.get("/sitemap.xml").text
    for contest, count in ((shown, 1), (plain, 1), (hidden, 0)):
        assert sitemap.count(f"/contests/{contest.code}/</loc>") == count


def test_an_office_is_found_while_it_is_on_the_site():
    office = make_office("Một cửa phường Hoa Sen")
    assert found("hoa sen") == [("office", f"/counter/{office.code}/")]
    office.is_active = False
    office.save()
    assert found("hoa sen") == []


def test_the_frame_and_the_front_page_lead_to_the_offices_that_are_there(client):
    assert 'href="/counter/"' not in client.get("/").text
    office = make_office("Một cửa phường Hoa Sen")
    add_week(office)
    page = client.get("/").text
    assert page.count('href="/counter/"') == 4  # masthead (wide, on a phone), section, footer
    assert "Một cửa phường Hoa Sen" in page
    office.is_active = False
    office.save()
    assert 'href="/counter/"' not in client.get("/").text


def test_the_front_page_keeps_to_its_statements_with_everything_on_it(
    client, django_assert_num_queries
):
    for _index in range(3):
        add_week(make_office())
        make_round(make_contest())
        make_article()
    client.get("/articles/")
    with django_assert_num_queries(11):
        client.get("/")
    assert HomePage.objects.exists()


def test_feedback_knows_published_procedures_by_their_code():
    from tests.cms.factories import make_procedure

    page = make_procedure("Đăng ký khai sinh", code="1.001193")
    subject = subjects.find_subject("1.001193")
    assert subject is not None
    assert (subject.title, subject.url) == (page.title, page.url)
    page.refresh_from_db()
    page.unpublish()
    assert subjects.find_subject("1.001193") is None
