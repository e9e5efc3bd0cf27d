"""One table of questions and answers, the same on SQLite and PostgreSQL."""

from datetime import date

import pytest
from django.core.management import call_command
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from cms.finding.searching import search
from cms.models import SearchEntry, SearchWord
from legal.models import Instrument
from tests.cms.factories import make_article, make_instrument
from tests.quizzes.contest_factories import make_contest

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


@pytest.fixture
def library():
    make_article(
        "Cấp giấy khai sinh cho trẻ em", published_on=date(2026, 1, 1)
    ).save_revision().publish()
    make_article(
        "Giấy tờ nào cần khi khai báo việc sinh hoạt", published_on=date(2026, 10, 1)
    ).save_revision().publish()
    make_article(
        "Ngày không hẹn",
        text="<p>Thủ tục đất đai và giấy khai sinh trả ngay trong ngày.</p>",
        published_on=date(2026, 11, 1),
    ).save_revision().publish()
    make_instrument("31/2024/QH15", title="Luật Đất đai", issued_on=date(2024, 1, 18))
    make_instrument(
        "45/2013/QH13",
        title="Luật Đất đai",
        issued_on=date(2013, 11, 29),
        status=Instrument.Status.EXPIRED,
    )
    make_instrument("118/2025/NĐ-CP", title="Cơ chế một cửa", issued_on=date(2025, 6, 9))
    make_instrument("18/2025/NĐ-CP", title="Việc khác", issued_on=date(2025, 2, 1))
    make_contest(name="Hội thi một cửa", is_public=True)
    make_contest(name="Hội thi còn kín", code="kin", is_public=False)


def titles(text, **asked):
    answer = search(text, day=DAY, **asked)
    return [hit.entry.title for hit in (*answer.exact, *answer.hits)]


# What is typed → the titles found, in order.
TABLE = [
    (
        "giấy khai sinh",
        [
            "Cấp giấy khai sinh cho trẻ em",  # the words together in the title
            "Giấy tờ nào cần khi khai báo việc sinh hoạt",  # all of them in the title
            "Ngày không hẹn",  # in the text
        ],
    ),
    ("giay khai sinh", None),
    ("GIẤY  KHAI SINH", None),
    ("giấy khai sinh", None),  # NFD
    ("dat dai", ["Luật 31/2024/QH15", "Luật 45/2013/QH13", "Ngày không hẹn"]),
    ("118/2025", ["Nghị định 118/2025/NĐ-CP"]),
    ("nđ 118", ["Nghị định 118/2025/NĐ-CP"]),
    ("ND118", ["Nghị định 118/2025/NĐ-CP"]),
    ("118/2025/nd-cp", ["Nghị định 118/2025/NĐ-CP"]),
    ("do an to the", []),  # no stop words of another language
    ("một cửa", ["Hội thi một cửa", "Nghị định 118/2025/NĐ-CP"]),
    ("còn kín", []),
]


def test_the_same_answer_on_every_database(library):
    found = {text: titles(text) for text, _expected in TABLE}
    assert found == {text: TABLE[0][1] if ex is None else ex for text, ex in TABLE}


def test_kinds_are_counted_and_can_be_chosen(library):
    answer = search("dat dai", day=DAY)
    assert answer.counts == {"regulation": 2, "news": 1}
    assert titles("dat dai", facet="news") == ["Ngày không hẹn"]


def test_the_regulation_asked_for_is_counted_once(library):
    answer = search("118/2025", day=DAY)
    assert (answer.total_count, len(answer.exact), len(answer.hits)) == (1, 1, 0)


def test_a_slip_gets_a_suggestion_that_has_an_answer(library):
    for typed, meant in (
        ("giay kai sinh", "giấy khai sinh"),
        ("đất đaii", "đất đai"),
        ("hoi tho mot cua", "hội thi một cửa"),
    ):
        answer = search(typed, day=DAY)
        assert answer.total_count == 0, typed
        assert meant in answer.suggestions
        assert titles(meant)


def test_what_editors_put_in_front_comes_first_with_or_without_marks(library):
    page = make_article("Đổi giấy phép lái xe")
    query = Query.get("bằng lái")
    SearchPromotion.objects.create(query=query, page=page, sort_order=0, description="Ở tỉnh")
    assert [one.title for one in search("bang lai", day=DAY).promoted] == ["Đổi giấy phép lái xe"]
    page.unpublish()
    assert search("bang lai", day=DAY).promoted == []


class TestWhatIsNotPublicIsNotFound:
    def test_a_page_taken_back(self, library):
        page = make_article("Bài sẽ gỡ")
        page.save_revision().publish()
        assert titles("bai se go") == ["Bài sẽ gỡ"]
        page.unpublish()
        assert titles("bai se go") == []

    def test_a_draft_of_a_published_page(self, library):
        page = make_article("Tên đã đăng")
        page.save_revision().publish()
        page.title = "Tên chưa đăng"
        page.save_revision()
        assert titles("chua dang") == []

    def test_a_page_behind_a_password_and_what_is_below_it(self, library):
        page = make_article("Bài nội bộ")
        page.save_revision().publish()
        restriction = PageViewRestriction.objects.create(
            page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
        assert titles("bai noi bo") == []
        restriction.delete()
        assert titles("bai noi bo") == ["Bài nội bộ"]

    def test_a_page_deleted(self, library):
        page = make_article("Bài sẽ xóa")
        page.save_revision().publish()
        page.delete()
        assert titles("bai se xoa") == []

    def test_an_instrument_that_is_a_draft(self, library):
        make_instrument("99/2026/NĐ-CP", title="Dự thảo kín", live=False)
        assert titles("du thao kin") == []
        assert titles("99/2026") == []


def test_a_moved_page_is_found_at_its_new_address(library):
    page = make_article("Bài đổi chỗ")
    page.save_revision().publish()
    page.slug = "cho-moi"
    page.save_revision().publish()
    assert search("bai doi cho", day=DAY).hits[0].entry.address.endswith("/cho-moi/")


def test_the_rebuild_finds_nothing_to_change_and_heals_what_was_lost(library, capsys):
    call_command("rebuild_search")
    call_command("rebuild_search")
    assert capsys.readouterr().out.splitlines()[-1].endswith("(0 changed)")
    before = dict(SearchWord.objects.values_list("word", "entry_count"))
    entry = SearchEntry.objects.get(title="Nghị định 118/2025/NĐ-CP")
    SearchEntry.objects.filter(pk=entry.pk).update(title="hỏng")
    SearchWord.objects.all().delete()
    call_command("rebuild_search")
    assert SearchEntry.objects.get(pk=entry.pk).title == "Nghị định 118/2025/NĐ-CP"
    assert dict(SearchWord.objects.values_list("word", "entry_count")) == before


def test_words_are_counted_as_things_come_and_go(library):
    page = make_article("Xyz", text="<p>abc abc</p>")
    page.save_revision().publish()
    assert SearchWord.objects.get(word="abc").entry_count == 1
    page.delete()
    assert SearchWord.objects.get(word="abc").entry_count == 0


@pytest.mark.parametrize("count", [1, 3])
def test_takes_the_same_statements_for_1_and_for_3(client, django_assert_num_queries, count):
    for number in range(count):
        make_article(f"Đất đai {number}").save_revision().publish()
    client.get("/search/", {"q": "dat dai"})
    with django_assert_num_queries(4):
        assert client.get("/search/", {"q": "dat dai"}).status_code == 200
