"""The public face of a legal document: what everyone sees of it, and what nobody does."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from legal.models import Instrument
from people import roles
from quizzes.enums import RoundState
from quizzes.models import BankSeal, Question, QuestionVersion, Round
from tests.cms.editors.people import make_member
from tests.legal.factories import attach, make_article, make_instrument, make_person
from tests.quizzes.bank_factories import fill, make_bank, parsed

pytestmark = pytest.mark.django_db


def freeze(monkeypatch, day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def page_of(client, instrument: Instrument) -> str:
    response = client.get(instrument.get_absolute_url())
    assert response.status_code == 200
    return response.text


def test_every_document_has_one_address(client):
    law = make_instrument("118/2025/NĐ-CP")
    assert law.get_absolute_url() == "/regulations/118-2025-nd-cp/"
    page = page_of(client, law)
    assert '<link rel="canonical" href="http://' in page
    assert "/regulations/118-2025-nd-cp/" in page
    for other in ("118-2025", "118-2025-ND-CP", "nd-118"):
        assert client.get(f"/regulations/{other}/").url == "/regulations/118-2025-nd-cp/"
    assert client.get("/regulations/999-2025/").status_code == 404


def test_two_documents_of_one_spelling_are_not_guessed_at(client):
    make_instrument("118/2025/NĐ-CP")
    make_instrument("118/2025/TT-BTC")
    assert client.get("/regulations/118-2025/").status_code == 404


def test_the_banner_changes_on_the_day(client, monkeypatch):
    law = make_instrument(
        status="not_yet", effective_on=date(2027, 1, 1), expires_on=date(2028, 1, 1)
    )
    for day, words in (
        (date(2026, 12, 31), "Chưa có hiệu lực"),
        (date(2027, 1, 1), "Còn hiệu lực"),
        (date(2027, 12, 31), "Hết hiệu lực từ ngày 01/01/2028"),
        (date(2028, 1, 1), "Từ ngày 01/01/2028 văn bản này không còn hiệu lực"),
    ):
        freeze(monkeypatch, day)
        assert words in page_of(client, law)


def test_the_page_tells_facts_articles_and_files(client):
    old = make_instrument("61/2018/NĐ-CP", status="expired")
    law = make_instrument("118/2025/NĐ-CP", title="Về một cửa", effective_on=date(2025, 7, 1))
    old.replaced_by = law
    old.save()
    make_article(law, "8", "Nguyên tắc", "1. Một.\n2. <script>")
    file = attach(law, label="Toàn văn")
    page = page_of(client, law)
    assert 'id="dieu-8"' in page
    assert "&lt;script&gt;" in page
    assert file.document.url in page
    assert "PDF" in page
    assert "/regulations/61-2018-nd-cp/" in page
    assert "thay thế 61/2018/NĐ-CP" in page
    # no mark of a script of ours stands in the page
    assert "<script>" not in page


def test_others_read_it_as_legislation(client):
    amended = make_instrument("118/2025/NĐ-CP")
    law = make_instrument("367/2025/NĐ-CP", issued_on=date(2025, 12, 31), title="</script>")
    law.amends.add(amended)
    law.save()
    page = page_of(client, law)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    facts = json.loads(block)
    assert facts["@type"] == "Legislation"
    assert facts["legislationIdentifier"] == "367/2025/NĐ-CP"
    assert facts["legislationLegalForce"] == "https://schema.org/InForce"
    assert facts["legislationDate"] == "2025-12-31"
    assert facts["legislationChanges"][0].endswith("/regulations/118-2025-nd-cp/")
    image = re.search(r'og:image" content="([^"]*)"', page)[1]
    card = client.get(image[image.index("/og/") :])
    assert card.headers["Content-Type"] == "image/png"


def test_a_draft_is_nobodys_business(client):
    draft = make_instrument("1/2027/NĐ-CP", title="Nghị định mật", live=False)
    law = make_instrument("118/2025/NĐ-CP", replaced_by=draft)
    draft.amends.add(law)
    draft.save()
    for address in (
        "/",
        "/regulations/",
        "/regulations/?q=1/2027",
        "/search/?q=1/2027",
        "/regulations/feed/",
        law.get_absolute_url(),
        "/regulations/compare/?old=1/2027&new=118/2025",
    ):
        assert "Nghị định mật" not in client.get(address).text
        assert "1/2027/NĐ-CP" not in client.get(address).text
    assert client.get("/regulations/1-2027-nd-cp/").status_code == 404
    assert client.get(f"/instruments/{draft.pk}/").status_code == 404
    client.force_login(make_person(roles.EDITOR))
    assert client.get(f"/instruments/{draft.pk}/").status_code == 200


def test_a_file_is_public_with_its_document(client):
    draft = make_instrument(live=False)
    file = attach(draft)
    assert client.get(file.document.url).status_code == 404
    draft.live = True
    draft.save()
    assert client.get(file.document.url).status_code == 200


def test_the_library_is_narrowed_by_kind_issuer_standing_and_year(client):
    make_instrument("118/2025/NĐ-CP", issued_on=date(2025, 6, 9))
    make_instrument("61/2018/NĐ-CP", status="expired", issued_on=date(2018, 4, 23))
    make_instrument("72/2025/QH15", title="Luật Tổ chức", issuer="Quốc hội")
    make_instrument("76/NQ-CP", issued_on=date(2021, 7, 15))

    def shown(**query):
        page = client.get("/regulations/", query).text
        return re.findall(r'class="item-title"><a href="[^"]*">([^<]*)<', page)

    assert shown(kind="law") == ["72/2025/QH15"]
    assert shown(issuer="Quốc hội") == ["72/2025/QH15"]
    assert shown(standing="expired") == ["61/2018/NĐ-CP"]
    assert shown(year="2021") == ["76/NQ-CP"]
    assert shown(kind="decree", standing="in_force") == ["118/2025/NĐ-CP"]
    assert shown(q="nđ 118") == ["118/2025/NĐ-CP"]
    assert len(shown(kind="?", issuer="\0", standing="x" * 999, year="9" * 30, page="-1")) == 4
    assert shown()[-1] == "61/2018/NĐ-CP", "the dead come last"


def test_a_facet_follows_the_day(client, monkeypatch):
    make_instrument(status="in_force", expires_on=date(2027, 1, 1))
    freeze(monkeypatch, date(2027, 1, 1))
    assert "118/2025/NĐ-CP" in client.get("/regulations/", {"standing": "expired"}).text
    assert "118/2025/NĐ-CP" not in client.get("/").text


def test_two_documents_are_compared_article_by_article(client):
    old, new = make_instrument("61/2018/NĐ-CP"), make_instrument("118/2025/NĐ-CP")
    make_article(old, "1", "Phạm vi", "Áp dụng tại huyện.")
    make_article(new, "1", "Phạm vi", "Áp dụng tại xã.")
    page = client.get("/regulations/compare/", {"old": "nđ 61", "new": "118/2025"}).text
    assert re.search(r"<del>.*huyện</del>", page)
    assert re.search(r"<ins>.*xã</ins>", page)
    assert "1 trong 1 điều khác nhau" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "So sánh hai văn bản"),
        ({"old": "999/2025", "new": "118/2025"}, "Không tìm thấy văn bản “999/2025”"),
        ({"old": "118/2025", "new": "118/2025"}, "chưa nhập các điều"),
        ({"old": "\0", "new": "x" * 5000}, "So sánh hai văn bản"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(client, query, words):
    make_instrument()
    response = client.get("/regulations/compare/", query)
    assert response.status_code == 200
    assert words in response.text


def words_beside(client, law):
    page = page_of(client, law)
    return page[page.index("So sánh lời văn") :].partition("</section>")[0]


def test_a_page_offers_what_can_be_compared_and_says_what_cannot(client):
    old, new = make_instrument("61/2018/NĐ-CP"), make_instrument("118/2025/NĐ-CP")
    assert "Không có văn bản cùng nội dung" in words_beside(client, new)
    old.replaced_by = new
    old.save()
    make_article(new, "1", "Phạm vi", "Áp dụng tại xã.")
    article = make_article(old, "1", "Phạm vi")
    assert "Chưa so được với 61/2018/NĐ-CP" in words_beside(client, new)
    assert "Chưa có hai văn bản" in client.get("/regulations/compare/").text
    article.text = "Áp dụng tại huyện."
    article.save()
    offered = "?old=61-2018-nd-cp&amp;new=118-2025-nd-cp"
    for page in (words_beside(client, old), words_beside(client, new)):
        assert offered in page
        assert "Chưa so được" not in page
    assert offered in client.get("/regulations/compare/").text


def test_what_editors_note_for_each_other_is_on_no_page(client):
    law = make_instrument("118/2025/NĐ-CP", summary="Về một cửa.", note="Ngày ấy chưa chắc.")
    make_article(law, "1", "Phạm vi", "Một.")
    for address in (
        law.get_absolute_url(),
        "/regulations/",
        "/regulations/feed/",
        "/regulations/feed/rss/",
        "/search/?q=118/2025",
        f"/instruments/{law.pk}/",
    ):
        assert "chưa chắc" not in client.get(address, follow=True).text, address
    client.force_login(make_member(roles.EDITOR))
    edit = client.get(f"/admin/snippets/legal/instrument/edit/{law.pk}/").text
    assert "Ngày ấy chưa chắc." in edit
    assert "chưa chắc" not in page_of(client, law)


def test_the_feed_is_rss_too(client):
    make_instrument("118/2025/NĐ-CP", title="Về một cửa & khác")
    response = client.get("/regulations/feed/rss/")
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    [item] = ElementTree.fromstring(response.content).iter("item")
    assert item.findtext("title") == "118/2025/NĐ-CP · Còn hiệu lực"
    assert item.findtext("link").endswith("/regulations/118-2025-nd-cp/")
    page = client.get("/regulations/").text
    assert 'type="application/rss+xml"' in page


def test_the_feed_is_atom(client):
    make_instrument("118/2025/NĐ-CP", title="Về một cửa & khác")
    response = client.get("/regulations/feed/")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    [entry] = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == "118/2025/NĐ-CP · Còn hiệu lực"


def cite(law, count=2):
    bank = make_bank()
    fill(bank, *(parsed(f"Câu hỏi kín số {n}?") for n in range(count)), approve=True)
    QuestionVersion.objects.update(instrument=law)
    return bank


COUNTED = "Câu hỏi ôn tập viện dẫn"


def test_questions_are_counted_and_never_shown(client):
    law = make_instrument()
    cite(law)
    page = page_of(client, law)
    assert COUNTED in page
    assert "<dd>2</dd>" in page
    assert "Câu hỏi kín" not in page


def test_a_sealed_bank_is_not_counted(client):
    law = make_instrument()
    bank = cite(law)
    BankSeal.objects.create(
        bank=bank, reason="Thi", sealed_at=timezone.now(), sealed_by=make_person()
    )
    assert COUNTED not in page_of(client, law)


@pytest.mark.parametrize(
    ("state", "is_counted"),
    [
        (RoundState.DRAFT, False),
        (RoundState.READY, False),
        (RoundState.CLOSED, False),
        (RoundState.PUBLISHED, True),
    ],
)
def test_a_bank_of_a_round_to_come_is_not_counted(client, state, is_counted):
    from tests.cms.test_pages import make_round

    law = make_instrument()
    bank = cite(law)
    quiz_round: Round = make_round(
        opens_in=-90,
        closes_in=-30,
        state=state,
        published_at=timezone.now() if state == RoundState.PUBLISHED else None,
    )
    quiz_round.cells.create(topic=bank.topics.first(), question_count=1)
    assert (COUNTED in page_of(client, law)) is is_counted


def test_a_question_that_nobody_approved_is_not_counted(client):
    law = make_instrument()
    cite(law, count=1)
    Question.objects.update(state="draft")
    assert COUNTED not in page_of(client, law)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_with_one_relation_and_with_three(
    client, django_assert_num_queries, count
):
    law = make_instrument()
    for number in range(count):
        make_instrument(f"{number}/2010/NĐ-CP", replaced_by=law)
        other = make_instrument(f"{number}/2026/NĐ-CP")
        other.amends.add(law)
        other.save()
        make_article(law, str(number + 1), "Tên", "Lời")
        attach(law, f"tep-{number}.pdf")
    client.get(law.get_absolute_url())
    with django_assert_num_queries(17):
        client.get(law.get_absolute_url())


def test_the_editor_previews_drafts_and_publishes(client):
    client.force_login(make_person(roles.EDITOR))
    data = {
        "number": "9/2026/NĐ-CP",
        "title": "Về việc mới",
        "issuer": "Chính phủ",
        "status": "not_yet",
        "effective_on": f"{timezone.localdate() + timedelta(days=5):%d/%m/%Y}",
        "certainty": "seen",
        "articles-TOTAL_FORMS": "1",
        "articles-INITIAL_FORMS": "0",
        "articles-MIN_NUM_FORMS": "0",
        "articles-MAX_NUM_FORMS": "1000",
        "articles-0-number": "1",
        "articles-0-heading": "Phạm vi",
        "articles-0-text": "1. Một.",
        "articles-0-ORDER": "1",
        "files-TOTAL_FORMS": "0",
        "files-INITIAL_FORMS": "0",
        "files-MIN_NUM_FORMS": "0",
        "files-MAX_NUM_FORMS": "1000",
    }
    client.post("/admin/snippets/legal/instrument/add/", data)
    draft = Instrument.objects.get()
    assert not draft.live
    edit = f"/admin/snippets/legal/instrument/edit/{draft.pk}/"
    preview = f"/admin/snippets/legal/instrument/preview/{draft.pk}/"
    assert client.post(preview, data | {"title": "Tên xem thử"}).json()["is_valid"]
    shown = client.get(preview)
    assert "Tên xem thử" in shown.text
    assert "Chưa có hiệu lực" in shown.text
    assert 'id="dieu-1"' in shown.text
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert client.get("/regulations/9-2026-nd-cp/").status_code == 404
    data |= {"action-publish": "1", "articles-INITIAL_FORMS": "1"}
    data["articles-0-id"] = str(draft.articles.get().pk)
    assert client.post(edit, data).status_code == 302
    assert "Về việc mới" in client.get("/regulations/9-2026-nd-cp/").text
    history = client.get(f"/admin/snippets/legal/instrument/history/{draft.pk}/").text
    assert "Phạm Thu Uyên" in history
