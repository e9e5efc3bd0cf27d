"""Feedback: given without a name, told in figures that give nobody away."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from counter import subjects
from counter.enums import Factor
from counter.form_stamps import make_stamp
from counter.models import FeedbackAnswer, Office
from counter.reporting import bars, months_table, offices_table
from counter.satisfaction import Tally, make_table
from people import roles
from people.models import User
from tests.counter.factories import MONDAY, NOON, make_clerk, make_office, say
from tests.people.factories import make_unit, make_user
from tests.printing.pdf import plain

pytestmark = pytest.mark.django_db

QR = "/counter/feedback/phuong-thu/"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office() -> Office:
    return make_office("Một cửa phường Thử", code="phuong-thu")


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subjects, "_resolvers", [])
    subjects.register(
        lambda code: subjects.Subject(code, "Đăng ký khai sinh") if code == "1.001193" else None
    )


def filled(**changes: str) -> dict[str, str]:
    stamp = make_stamp("feedback", at=NOON - timedelta(seconds=30))
    return {"stamp": stamp, "overall": "5", "staff": "4", "comment": "", **changes}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, office: Office, **more) -> str:
    return reverse(f"counter:{name}", kwargs={"code": office.code, **more})


def test_feedback_by_the_code_at_the_counter(client: Client, office: Office):
    page = client.get(QR).text
    assert "Một cửa phường Thử" in page
    assert page.count('type="radio"') == 30
    sent = client.post(QR, filled(comment="Dòng một\r\nDòng hai\x07"), follow=True)
    assert "Cảm ơn" in sent.text
    assert QR in sent.text  # for the next person at the screen
    answer = FeedbackAnswer.objects.get()
    assert (answer.office, answer.overall, answer.staff, answer.access) == (office, 5, 4, None)
    assert answer.comment == "Dòng một\nDòng hai"


def test_the_same_form_counts_once(client: Client, office: Office):
    form = filled()
    for _time in range(2):
        assert client.post(QR, form).status_code == 302
    assert FeedbackAnswer.objects.count() == 1


def test_without_the_code_of_an_office_one_is_chosen(client: Client, office: Office):
    url = reverse("counter:feedback")
    assert "nơi ông (bà) làm thủ tục" in client.post(url, filled()).text
    assert client.post(url, filled(office=str(office.pk))).status_code == 302
    assert FeedbackAnswer.objects.get().office == office
    for bad in ("999", "x", "9" * 30, "\x00"):
        assert client.post(url, filled(office=bad)).status_code == 200


def test_without_offices_there_is_nothing_to_fill_in(client: Client):
    assert "Chưa nhận đánh giá" in client.get(reverse("counter:feedback")).text
    assert client.get(QR).status_code == 404


def test_a_known_procedure_is_named_and_kept(client: Client, office: Office, resolver):
    page = client.get(reverse("counter:feedback"), {"procedure": "1.001193"}).text
    assert "Đăng ký khai sinh" in page
    client.post(QR, filled(about="1.001193"))
    assert FeedbackAnswer.objects.get().procedure_code == "1.001193"
    page = client.get(reverse("counter:feedback_thanks"), {"procedure": "1.001193"}).text
    assert "Đăng ký khai sinh" in page


@pytest.mark.parametrize("code", ["9.9", "<script>", "a" * 300, "\x00", "0912345678"])
def test_an_unknown_procedure_is_neither_shown_nor_kept(client, office, resolver, code: str):
    page = client.get(QR, {"procedure": code})
    assert page.status_code == 200
    assert code not in page.text.split("<main")[1].split("</main>")[0]
    client.post(QR, filled(about=code))
    assert FeedbackAnswer.objects.get().procedure_code == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"overall": ""}, "Hãy chọn một mức từ 1 đến 5"),
        ({"overall": "6"}, "Hãy chọn một mức từ 1 đến 5"),
        ({"staff": "0"}, "Hãy chọn một mức từ 1 đến 5"),
        ({"comment": "a" * 2001}, "Ý kiến thêm"),
        ({"second_page": "x"}, "phải để trống"),
        ({"stamp": ""}, "không còn nguyên vẹn"),
        ({"stamp": make_stamp("booking", at=NOON)}, "không còn nguyên vẹn"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, office, changes: dict, said: str):
    page = client.post(QR, filled(**changes))
    assert said in page.text
    assert not FeedbackAnswer.objects.exists()


def test_the_database_takes_scores_from_one_to_five_only(office: Office):
    say(office)
    for score in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeedbackAnswer.objects.update(staff=score)


def test_words_are_for_the_units_counter_alone(client: Client, office: Office):
    say(office, comment="Nên có thêm ghế")
    url = address("desk_comments", office)
    clerk = make_clerk(office)
    assert "Nên có thêm ghế" in signed_in(clerk).get(url).text
    assert "Nên có thêm ghế" in signed_in(make_user(roles.ADMINISTRATOR)).get(url).text
    outsider = make_user(roles.COUNTER, unit=make_unit())
    assert signed_in(outsider).get(url).status_code == 404
    for page in (QR, "/counter/", "/counter/phuong-thu/", reverse("counter:feedback_thanks")):
        assert "ghế" not in client.get(page).text
    for page in ("desk_feedback", "desk_hours"):
        assert "ghế" not in signed_in(clerk).get(address(page, office)).text


def test_a_comment_is_marked_read_answered_and_new_again(office: Office):
    say(office, comment="Nên có thêm ghế")
    answer = FeedbackAnswer.objects.get()
    clerk = make_clerk(office)
    client = signed_in(clerk)
    url = address("desk_mark_comment", office, answer_id=answer.pk)
    for state in ("read", "answered", "new"):
        client.post(url, {"state": state})
        answer.refresh_from_db()
        assert (answer.comment_state, answer.handled_by) == (state, clerk)
    assert "Không hiểu" in client.post(url, {"state": "x"}, follow=True).text
    elsewhere = make_office(unit=office.unit)
    other = address("desk_mark_comment", elsewhere, answer_id=answer.pk)
    assert "Không có ý kiến này" in client.post(other, {"state": "read"}, follow=True).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_comments_takes_eight_statements(
    office: Office, count: int, django_assert_num_queries
):
    for _number in range(count):
        say(office, comment="Tốt")
    client = signed_in(make_clerk(office))
    client.get(address("desk_comments", office))
    with django_assert_num_queries(8):
        client.get(address("desk_comments", office))


def fill_months(office: Office, *counts: int, overall: int = 4) -> None:
    """October and the months before it, the latest first."""
    for back, count in enumerate(counts):
        for _number in range(count):
            say(office, overall=overall, at=NOON - timedelta(days=30 * (back + 1)))


def test_a_small_month_is_held_back_with_the_one_that_would_give_it_away(office: Office):
    fill_months(office, 9, 6, 2)
    table = months_table(office, 2026, today=MONDAY)
    shown = {line.name for line in table.lines if line.cells["overall"]}
    assert shown == {10}
    assert table.whole.answer_count == 17
    assert [bar.height for bar in bars(table)] == [None, None, 90]
    page = signed_in(make_clerk(office)).get(address("desk_feedback", office)).text
    assert "month-plot" in page
    assert "4,00" in page


def overall_of(office: Office) -> list[object]:
    """What can be read of the report of the year: its months, its whole, its office's line."""
    year = months_table(office, 2026, today=MONDAY)
    (line,) = offices_table(Office.objects.filter(pk=office.pk), 2026, today=MONDAY).lines
    return [shown.cells["overall"] for shown in (*year.lines, year.whole, line)]


def test_one_more_answer_tells_no_score(office: Office):
    fill_months(office, 5)
    for _number in range(5):
        say(office)
    before = overall_of(office)
    say(office, overall=1)
    assert overall_of(office) == before
    assert months_table(office, 2026, today=MONDAY).whole.answer_count == 11


def test_a_small_closed_month_waits_for_the_next_one(office: Office):
    fill_months(office, 0, 9)
    before = overall_of(office)
    fill_months(office, 2, overall=1)
    assert overall_of(office) == before
    fill_months(office, 3, overall=1)
    assert overall_of(office) != before


def test_no_score_stands_beside_a_citizens_words(office: Office):
    say(office, overall=2, comment="Nên có thêm ghế")
    page = signed_in(make_clerk(office)).get(address("desk_comments", office)).text
    assert "2/5" not in page


def test_fewer_than_five_in_a_year_tell_nothing(office: Office):
    fill_months(office, 4, overall=1)
    page = signed_in(make_clerk(office)).get(address("desk_feedback", office)).text
    assert "1,00" not in page
    assert "–" in page


def test_offices_are_compared_without_giving_a_small_one_away(office: Office):
    small, large = make_office("Nhỏ"), make_office("Lớn")
    fill_months(small, 2)
    fill_months(office, 6)
    fill_months(large, 9)
    table = offices_table(Office.objects.all(), 2026, today=MONDAY)
    shown = [str(line.name) for line in table.lines if line.cells["overall"]]
    assert shown == ["Lớn", "Một cửa phường Thử"]
    assert [line.answer_count for line in table.lines] == [9, 6, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_takes_eight_statements(count: int, django_assert_num_queries):
    for _number in range(count):
        fill_months(make_office(), 6)
    client = signed_in(make_user(roles.ADMINISTRATOR))
    client.get(reverse("counter:report"))
    with django_assert_num_queries(8):
        client.get(reverse("counter:report"))


def test_the_spreadsheet_holds_what_the_page_shows_and_starts_no_formula():
    office = make_office("=HYPERLINK(1)")
    fill_months(office, 9, 6, 2)
    client = signed_in(make_clerk(office))
    for url in (address("desk_feedback_export", office), reverse("counter:report_export")):
        sheet = openpyxl.load_workbook(BytesIO(client.get(url).content)).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
    months = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert months["=HYPERLINK(1)"][0] == 17


def test_the_years_of_the_report(office: Office):
    say(office, at=NOON - timedelta(days=400))
    client = signed_in(make_clerk(office))
    for year in ("2025", "2026", "1", "x", "9" * 30):
        page = client.get(address("desk_feedback", office), {"year": year})
        assert page.status_code == 200
    assert '<option value="2025"' in page.text


@pytest.mark.parametrize("size", ["a5", "a4", "x"])
def test_the_sheet_for_the_counter_names_the_address(office: Office, size: str):
    client = signed_in(make_clerk(office))
    paper = client.get(address("desk_poster", office), {"size": size})
    text = re.sub(r"\s+", " ", " ".join(plain(paper.content)))
    assert "Một cửa phường Thử" in text
    assert "testserver/counter/feedback/phuong-thu/" in text.replace(" ", "") or QR in text


def test_averages_and_shares():
    assert Tally(3, 13, 2).average == Decimal("4.33")
    assert Tally(3, 13, 2).percent == 67
    assert Tally(1000, 4999, 999).percent == 99
    assert Tally().average is Tally().percent is None


def test_each_factor_is_held_back_for_itself():
    full, few = Tally(9, 36, 9), Tally(2, 2, 0)
    groups = {
        "a": {"overall": full, "complaints": few},
        "b": {"overall": full, "complaints": full},
        "c": {"overall": full, "complaints": full},
    }
    table = make_table(groups, ["overall", "complaints"], main="overall")
    assert [line.cells["overall"] for line in table.lines] == [full] * 3
    assert [line.cells["complaints"] is None for line in table.lines].count(True) == 2
    assert Factor.OVERALL == "overall"
