"""Articles, comparison, timeline, citations."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from legal.citing import citing_counts
from legal.comparing import ArticleText, compare_articles
from legal.models import Article
from legal.presenting import draw_timeline
from people import roles
from quizzes.models import Question, QuestionVersion
from tests.legal.factories import attach, make_article, make_instrument, make_person
from tests.quizzes.bank_factories import fill, make_bank, parsed

DAY = date(2026, 11, 23)
AT = datetime.fromisoformat("2026-11-23T02:00:00+00:00")


def texts(*rows):
    return [ArticleText(*row) for row in rows]


def test_articles_are_paired_by_heading_then_by_number():
    old = texts(("1", "Phạm vi", "a"), ("2", "Đối tượng", "b"), ("3", "Cũ", "c"), ("5", "Năm", "e"))
    new = texts(("1", "Phạm vi", "a"), ("2", "Giải thích", "d"), ("3", "Đối tượng", "b thêm"))
    pairs = [
        (pair.old and pair.old.number, pair.new and pair.new.number, pair.is_changed)
        for pair in compare_articles(old, new)
    ]
    assert pairs == [
        ("1", "1", False),
        (None, "2", True),
        ("2", "3", True),
        ("3", None, True),
        ("5", None, True),
    ]


def test_each_side_shows_its_own_words_whole():
    [pair] = compare_articles(texts(("1", "Tên", "một hai")), texts(("1", "Tên", "một ba")))
    assert "".join(piece.text for piece in pair.old.text) == "một hai"
    assert "".join(piece.text for piece in pair.new.text) == "một ba"


@pytest.mark.django_db
def test_an_article_is_numbered_as_people_write_it():
    article = make_article(make_instrument(), "Điều 8a.", " Tên  điều ", "1.  Một\n\n\n2. Hai\0")
    assert (article.number, article.anchor) == ("8a", "dieu-8a")
    assert (article.heading, article.text) == ("Tên điều", "1. Một\n2. Hai")
    with pytest.raises(ValidationError):
        Article(number="…").clean()


@pytest.mark.django_db
def test_only_pdf_and_docx_are_attached():
    with pytest.raises(ValidationError):
        attach(make_instrument(), "bang.xlsx").clean()


@pytest.mark.django_db
def test_the_timeline_tells_the_line_in_order():
    new = make_instrument("118/2025/NĐ-CP", effective_on=date(2025, 7, 1))
    old = make_instrument("61/2018/NĐ-CP", effective_on=date(2018, 6, 21), replaced_by=new)
    first = make_instrument("107/2021/NĐ-CP", effective_on=date(2021, 12, 6), replaced_by=new)
    first.amends.add(old)
    first.save()
    later = make_instrument("1/2027/NĐ-CP", effective_on=date(2027, 1, 1))
    undated = make_instrument("309/2026/NĐ-CP")
    draft = make_instrument("2/2027/NĐ-CP", live=False)
    for amending in (later, undated, draft):
        amending.amends.add(new)
        amending.save()
    told = [
        (event.instrument.number, event.label, event.is_current, event.is_future)
        for event in draw_timeline(new, DAY)
    ]
    assert told == [
        ("61/2018/NĐ-CP", "có hiệu lực", False, False),
        ("107/2021/NĐ-CP", "sửa đổi, bổ sung 61/2018/NĐ-CP", False, False),
        ("118/2025/NĐ-CP", "có hiệu lực, thay thế 61/2018/NĐ-CP, 107/2021/NĐ-CP", True, False),
        ("1/2027/NĐ-CP", "sửa đổi, bổ sung 118/2025/NĐ-CP", False, True),
        ("309/2026/NĐ-CP", "sửa đổi, bổ sung 118/2025/NĐ-CP", False, False),
    ]
    assert [e.instrument.number for e in draw_timeline(first, DAY)] == [t[0] for t in told]


@pytest.mark.django_db
def test_a_circle_of_successors_ends():
    one = make_instrument("1/2020/NĐ-CP")
    two = make_instrument("2/2020/NĐ-CP", replaced_by=one)
    one.replaced_by = two
    one.save()
    assert len(draw_timeline(one, DAY)) == 2


@pytest.mark.django_db
def test_citations_in_use_are_counted():
    dead, other = make_instrument(status="expired"), make_instrument("2/2020/NĐ-CP")
    fill(make_bank(), parsed("Thủ đô ở đâu?"), parsed("Mực màu gì?"), parsed("Ai ký?"))
    QuestionVersion.objects.update(instrument=dead)
    retired = Question.objects.order_by("pk")[0]
    retired.state = "retired"
    retired.save()
    assert citing_counts([dead.pk, other.pk]) == {dead.pk: {"phiên bản câu hỏi": 2}}


@pytest.mark.django_db
def test_the_report_names_what_is_dead_and_cited(client):
    dead = make_instrument("61/2018/NĐ-CP", status="expired")
    make_instrument("1/2001/NĐ-CP", status="expired")
    alive = make_instrument("118/2025/NĐ-CP")
    fill(make_bank(), parsed("Thủ đô ở đâu?"), parsed("Mực màu gì?"))
    first, second = QuestionVersion.objects.order_by("pk")
    QuestionVersion.objects.filter(pk=first.pk).update(instrument=dead)
    QuestionVersion.objects.filter(pk=second.pk).update(instrument=alive)
    address = reverse("expired_in_use")
    assert client.get(address).status_code == 302
    client.force_login(make_person(roles.EDITOR))
    page = client.get(address).text
    assert "61/2018/NĐ-CP" in page
    assert "1 phiên bản câu hỏi" in page
    assert "1/2001/NĐ-CP" not in page
    assert "118/2025/NĐ-CP" not in page
    assert "Thủ đô ở đâu" not in page
    assert address in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.django_db
@pytest.mark.parametrize("role", [roles.AUTHOR, roles.ORGANISER, None])
def test_the_report_is_for_editors(client, role):
    client.force_login(make_person(role))
    assert client.get(reverse("expired_in_use")).status_code in {302, 403}
