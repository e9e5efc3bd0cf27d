"""The pages of procedures."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from cms.demo import procedure_loading
from cms.models import ProcedureIndexPage, ProcedurePage, ProcedureVersion
from cms.poster_targets import find_path
from core.clock import read_clock
from legal.models import Instrument
from people import roles
from posters.models import Poster, ScanCount
from tests.cms.factories import make_instrument, make_procedure
from tests.cms.test_editing import person
from tests.counter.factories import make_office

pytestmark = pytest.mark.django_db


def publish(page: ProcedurePage, **fields) -> ProcedurePage:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


# Finding -----------------------------------------------------------------------------------------


def test_a_citizen_finds_it_without_marks(client):
    make_procedure("Đăng ký kết hôn")
    page = make_procedure("Đăng ký khai sinh", synonyms="giấy khai sinh")
    found = client.get("/procedures/?q=giay khai sinh").text
    assert page.url in found
    assert "1 thủ tục cho" in found
    assert "Đăng ký kết hôn" not in found.partition("<main")[2].partition('<nav class="finder')[0]


def test_procedures_stand_by_what_happens_in_life(client):
    make_procedure("Đăng ký khai sinh", life_events=["Sinh con"])
    make_procedure("Chứng thực bản sao")
    text = client.get("/procedures/").text
    assert text.index("Sinh con") < text.index("Đăng ký khai sinh") < text.index("Việc khác")


def test_a_crowded_life_event_says_how_many_there_are(client):
    for number in range(7):
        make_procedure(f"Thủ tục số {number}", life_events=["Sinh con"])
    assert "Xem cả 7 thủ tục" in client.get("/procedures/").text
    assert "7 thủ tục" in client.get("/procedures/?event=sinh-con").text


def test_facets_narrow_the_list(client):
    make_procedure("Đăng ký khai sinh")
    make_procedure("Cấp giấy phép xây dựng", field="Xây dựng", level="province")
    assert "1 thủ tục" in client.get("/procedures/?field=xay-dung").text
    assert "1 thủ tục" in client.get("/procedures/?level=province").text
    assert "2 thủ tục" in client.get("/procedures/?field=khong-co").text


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "a" * 9000,
        "page=99999999999999999999",
        "page=-1&q=khai",
        "field=%00&level='&event=" + "9" * 30,
    ],
)
def test_junk_in_the_address_is_no_error(client, query):
    make_procedure()
    assert client.get(f"/procedures/?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "statements"), [("", 17), ("?q=khai sinh", 17)])
def test_the_list_costs_the_same_for_any_number(
    client, django_assert_max_num_queries, count, query, statements
):
    for number in range(count):
        make_procedure(f"Đăng ký khai sinh {number}", life_events=["Sinh con"])
    client.get("/procedures/")
    with django_assert_max_num_queries(statements):
        assert client.get(f"/procedures/{query}").status_code == 200


# One procedure -----------------------------------------------------------------------------------


def test_a_page_says_what_is_needed(client):
    page = make_procedure(
        documents=["Giấy chứng sinh", "Tờ khai"],
        steps=["Nộp tại quầy"],
        time_limit_days=3,
        fee_amount_vnd=8000,
        online_level="full",
        portal_url="https://dichvucong.gov.vn/x",
        instruments=[make_instrument("123/2015/NĐ-CP")],
    )
    text = client.get(page.url).text
    for told in [
        "Giấy chứng sinh",
        "01 bản chính",
        "Nộp tại quầy",
        "3 ngày làm việc",
        "8.000 đồng",
        "Trực tuyến toàn trình",
        "https://dichvucong.gov.vn/x",
        "Điều 5",
        "123/2015/NĐ-CP",
        "Phiên bản 1, cập nhật ngày",
        '"@type": "GovernmentService"',
    ]:
        assert told in text
    assert "hết hiệu lực" not in text
    assert text.count('type="checkbox"') == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_rows(client, django_assert_max_num_queries, count):
    page = make_procedure(
        documents=[f"Giấy {n}" for n in range(count)],
        steps=[f"Bước {n}" for n in range(count)],
        instruments=[make_instrument(f"{n}/2025/NĐ-CP") for n in range(count)],
    )
    client.get(page.url)
    with django_assert_max_num_queries(16):
        client.get(page.url)


def test_expired_law_is_told_at_once_with_what_replaced_it(client):
    new = make_instrument("118/2025/NĐ-CP")
    old = make_instrument("61/2018/NĐ-CP", status=Instrument.Status.EXPIRED, replaced_by=new)
    text = client.get(make_procedure(instruments=[old]).url).text
    head = text.partition('class="checklist"')[0]
    assert "61/2018/NĐ-CP đã hết hiệu lực" in head
    assert "118/2025/NĐ-CP" in head


def test_law_that_is_a_draft_is_shown_to_nobody(client):
    draft = make_instrument("7/2031/NĐ-CP", title="Dự thảo kín", live=False)
    old = make_instrument("61/2018/NĐ-CP", status=Instrument.Status.EXPIRED, replaced_by=draft)
    text = client.get(make_procedure(instruments=[old, draft]).url).text
    assert "61/2018/NĐ-CP đã hết hiệu lực" in text
    assert "7/2031/NĐ-CP" not in text
    assert "Dự thảo kín" not in text


def test_a_page_that_rests_on_a_draft_is_kept_and_not_published(client):
    page = make_procedure(instruments=[make_instrument("7/2031/NĐ-CP", live=False)])
    client.force_login(person(roles.ADMINISTRATOR))
    address = f"/admin/pages/{page.pk}/edit/"
    filled = querydict_from_html(client.get(address).text, form_id="page-edit-form")
    filled["title"] = "Tên mới"
    refused = client.post(address, filled | {"action-publish": "1"})
    assert "văn bản 7/2031/NĐ-CP còn là bản nháp" in refused.text
    assert client.post(address, filled).status_code == 302
    assert ProcedurePage.objects.get().get_latest_revision_as_object().title == "Tên mới"


def test_law_whose_last_day_has_passed_counts_as_expired(client):
    old = make_instrument("1/2020/NĐ-CP", expires_on=date(2020, 1, 1))
    assert "1/2020/NĐ-CP đã hết hiệu lực" in client.get(make_procedure(instruments=[old]).url).text


def test_law_ends_on_the_day_its_own_page_says(client):
    today = timezone.localdate()
    last = make_instrument("1/2020/NĐ-CP", expires_on=today)
    new = make_instrument("3/2026/NĐ-CP", effective_on=today)
    replaced = make_instrument("2/2020/NĐ-CP", replaced_by=new)
    tomorrow = make_instrument("4/2020/NĐ-CP", expires_on=today + timedelta(days=1))
    text = client.get(make_procedure(instruments=[last, replaced, tomorrow]).url).text
    assert "1/2020/NĐ-CP đã hết hiệu lực" in text
    assert "2/2020/NĐ-CP đã hết hiệu lực" in text
    assert "4/2020/NĐ-CP đã hết hiệu lực" not in text


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"fee_amount_vnd": 0}, "Không thu"),
        ({"fee_amount_vnd": 2000, "fee_text": "một trang"}, "2.000 đồng một trang"),
        ({"fee_text": "theo nghị quyết của HĐND"}, "theo nghị quyết của HĐND"),
        ({}, "Theo quy định"),
    ],
)
def test_the_fee_is_said_as_it_is_known(fields, label):
    assert ProcedurePage(**fields).fee_label == label


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"time_limit_days": 0}, "Ngay trong ngày làm việc"),
        ({"time_limit_days": 3}, "3 ngày làm việc"),
        ({"time_limit_note": "Theo giấy hẹn"}, "Theo giấy hẹn"),
        ({}, "Theo quy định"),
    ],
)
def test_the_term_is_said_as_it_is_known(fields, label):
    assert ProcedurePage(**fields).time_label == label


@pytest.mark.parametrize(
    "address", ["http://dichvucong.gov.vn/", "javascript:alert(1)", "ftp://x.vn/"]
)
def test_the_portal_is_reached_by_https_only(address):
    page = make_procedure()
    page.portal_url = address
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "portal_url" in refused.value.message_dict


@pytest.mark.parametrize("code", ["abc", "1.12", "1.001193; DROP", "1.001193\n"])
def test_a_code_looks_like_one_of_the_national_list(code):
    page = make_procedure()
    page.code = code
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "1.001193" in str(refused.value.message_dict["code"])


def test_a_code_has_one_page():
    make_procedure(code="1.001193")
    other = make_procedure("Khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedurePage.objects.filter(pk=other.pk).update(code="1.001193")


def test_a_copy_waits_for_a_code_of_its_own():
    page = make_procedure(code="1.001193")
    copies = [
        page.copy(update_attrs={"slug": f"ban-sao-{n}", "title": f"Bản sao {n}"}) for n in (1, 2)
    ]
    assert [copy.code for copy in copies] == [None, None]


def test_a_page_is_published_with_a_code_and_drafted_without():
    page = make_procedure()
    form_class = ProcedurePage.get_edit_handler().get_form_class()
    published = form_class({"code": ""}, instance=page)
    assert "code" in published.errors
    drafted = form_class({"code": ""}, instance=page)
    drafted.defer_required_fields()
    assert "code" not in drafted.errors


def test_an_editor_writes_in_tabs_and_in_vietnamese(client):
    client.force_login(person(roles.EDITOR))
    index = ProcedureIndexPage.objects.get(locale__language_code="vi")
    text = client.get(f"/admin/pages/add/cms/procedurepage/{index.pk}/").text
    for told in [
        "Hồ sơ và các bước",
        "Căn cứ pháp lý",
        "Chia sẻ và tìm kiếm",
        "mã thủ tục".capitalize(),
    ]:
        assert told in text
    assert client.get("/admin/snippets/cms/lifeevent/").status_code == 200


def test_an_editor_is_warned_of_expired_law(client):
    old = make_instrument("61/2018/NĐ-CP", status=Instrument.Status.EXPIRED)
    page = make_procedure(instruments=[old])
    client.force_login(person(roles.ADMINISTRATOR))
    assert "61/2018/NĐ-CP đã hết hiệu lực" in client.get(f"/admin/pages/{page.pk}/edit/").text


def test_the_feedback_link_is_there_when_the_counter_takes_feedback(client):
    page = make_procedure(code="1.001193")
    address = f"{reverse('counter:feedback')}?procedure=1.001193"
    assert address not in client.get(page.url).text
    make_office()
    assert address in client.get(page.url).text


# Versions ----------------------------------------------------------------------------------------


def test_a_version_is_counted_when_the_page_says_something_else():
    page = make_procedure(change_note="Đăng lần đầu trên trang mới")
    page = publish(page, fee_amount_vnd=5000, change_note="Thu phí từ tháng 12")
    page = publish(page, synonyms="từ khác", change_note="")
    last, first = page.versions.all()
    assert (first.number, first.note) == (1, "Đăng lần đầu trên trang mới")
    assert (last.number, last.note, last.changed_parts) == (2, "Thu phí từ tháng 12", ["fee"])


def test_a_note_left_from_before_is_not_told_again():
    page = publish(make_procedure(change_note="Bản đầu"), result="Kết quả khác")
    assert page.versions.first().note == ""


def test_a_changed_row_is_a_change():
    page = make_procedure(documents=["Tờ khai"])
    document = page.documents.first()
    document.copies_count = 2
    page.documents = [document]
    page = publish(page)
    assert page.versions.first().changed_parts == ["documents"]


def test_versions_are_shown_with_what_changed(client):
    page = publish(make_procedure(), fee_amount_vnd=0, change_note="Bỏ thu phí")
    text = client.get(page.url).text
    assert "Phiên bản 2, cập nhật ngày" in text
    assert "Bỏ thu phí" in text
    assert "phí, lệ phí" in text


def test_the_note_field_is_empty_for_the_next_version(client):
    page = make_procedure(change_note="Bản đầu")
    client.force_login(person(roles.ADMINISTRATOR))
    assert "Bản đầu" not in client.get(f"/admin/pages/{page.pk}/edit/").text


# Posters of procedures ---------------------------------------------------------------------------


def poster_form(**fields) -> dict:
    from tests.posters.factories import make_place

    return {
        "place": make_place().pk,
        "size": "a4",
        "layout": "each",
        "title": "Quét mã",
        "agency": "UBND phường",
        **fields,
    }


def test_an_editor_makes_a_poster_and_its_code_leads_to_the_page(client):
    page = make_procedure("Đăng ký khai sinh", everyday_name="Làm giấy khai sinh")
    client.force_login(person(roles.EDITOR))
    answer = client.post("/posters/new/", poster_form(procedures=[page.pk]))
    poster = Poster.objects.get()
    assert answer.headers["Location"] == f"/posters/{poster.pk}/"
    assert "Làm giấy khai sinh" in client.get(answer.headers["Location"]).text
    link = poster.items.get().link
    assert client.get(f"/q/{link.code}").headers["Location"] == page.url


def test_paper_survives_a_moved_page_and_says_when_one_is_gone(client):
    page = make_procedure()
    client.force_login(person(roles.EDITOR))
    client.post("/posters/new/", poster_form(procedures=[page.pk]))
    code = Poster.objects.get().items.get().link.code
    page.slug = "ten-moi"
    page.save_revision().publish()
    assert client.get(f"/q/{code}").headers["Location"] == "/procedures/ten-moi/"
    Page.objects.get(pk=page.pk).unpublish()
    answer = client.get(f"/q/{code}")
    assert answer.status_code == 404
    assert "Đăng ký khai sinh" in answer.text


@pytest.mark.parametrize(
    ("path", "is_live"),
    [
        ("/procedures/", True),
        ("/procedures/?q=khai%20sinh", True),
        ("/search/", True),
        ("/khong-co/", False),
        ("/procedures/khong-co/", False),
    ],
)
def test_a_path_without_a_key_is_looked_up(path, is_live):
    assert find_path("", path) == (path if is_live else None)


def test_a_page_with_marks_in_its_address_is_found():
    page = make_procedure("Đăng ký")
    # As pages have it that were made before addresses were of plain letters.
    Page.objects.filter(pk=page.pk).update(slug="đăng-ký", url_path="/home/procedures/đăng-ký/")
    page.refresh_from_db()
    assert "%" in page.url
    assert find_path("", page.url) == page.url


def test_one_code_leads_to_the_list(client):
    page = make_procedure()
    client.force_login(person(roles.EDITOR))
    client.post("/posters/new/", poster_form(procedures=[page.pk], layout="list"))
    link = Poster.objects.get().list_link
    assert client.get(f"/q/{link.code}").headers["Location"] == "/procedures/"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Hãy chọn ít nhất một thủ tục."),
        ({"procedures": ["9" * 19]}, "không còn đăng"),
        ({"procedures": ["x"]}, "không còn đăng"),
        ({"procedures": ["1"], "place": "9" * 19}, "Nơi treo này không còn"),
    ],
)
def test_a_refused_form_says_why(client, fields, told):
    make_procedure()
    client.force_login(person(roles.EDITOR))
    answer = client.post("/posters/new/", poster_form(**fields))
    assert answer.status_code == 200
    assert told in answer.text


def test_a_poster_can_be_made_again_for_another_place(client):
    page = make_procedure()
    client.force_login(person(roles.EDITOR))
    client.post("/posters/new/", poster_form(procedures=[page.pk], title="Tiêu đề riêng"))
    text = client.get(f"/posters/new/?like={Poster.objects.get().pk}").text
    assert "Tiêu đề riêng" in text
    assert f'value="{page.pk}" checked' in text


# Demo --------------------------------------------------------------------------------------------


def test_the_demo_loads_once(client):
    staff = {role: person(role) for role in (roles.EDITOR, roles.ADMINISTRATOR)}
    for _run in range(2):
        procedure_loading.load(at=read_clock(), staff=staff)
    assert ProcedurePage.objects.live().count() == 12
    assert ProcedureVersion.objects.count() == 12
    assert Poster.objects.count() == 4
    assert ScanCount.objects.exists()
    for page in ProcedurePage.objects.all():
        assert "Trang minh họa" in client.get(page.url).text
