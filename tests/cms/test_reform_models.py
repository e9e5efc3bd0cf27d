"""Reform models: their pages, the catalogue, two side by side."""

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cms.models import ReformModelIndexPage, ReformModelPage
from cms.partial_dates import DatePrecision, iso, rounded, said
from tests.cms.factories import make_model
from tests.people.factories import make_unit

pytestmark = pytest.mark.django_db
INDEX = "/models/"


def titles(page: str) -> list[str]:
    return re.findall(r'<h2 class="item-title"><a [^>]*>([^<]+)</a>', page)


# dates of which not everything is known ---------------------------------------------------------


@pytest.mark.parametrize(
    ("precision", "words", "machine"),
    [
        ("day", "20/06/2024", "2024-06-20"),
        ("month", "tháng 6/2024", "2024-06"),
        ("year", "năm 2024", "2024"),
    ],
)
def test_a_date_says_no_more_than_is_known(precision, words, machine):
    assert said(date(2024, 6, 20), precision) == words
    assert iso(date(2024, 6, 20), precision) == machine


def test_a_date_is_kept_to_what_is_known():
    model = make_model(launched_on=date(2024, 6, 20), launch_precision=DatePrecision.YEAR)
    assert model.launched_on == date(2024, 1, 1)
    assert rounded(date(2024, 6, 20), "month") == date(2024, 6, 1)
    assert rounded(None, "year") is None
    assert said(None, "day") == iso(None, "day") == ""


# the page of one model --------------------------------------------------------------------------


def test_a_model_tells_its_problem_way_and_result_in_order(client):
    model = make_model(
        problem="<p>Phải lên quận.</p>", way="<p>Nộp tại phường.</p>", result="<p>97 người.</p>"
    )
    page = client.get(model.url).text
    places = [page.index(text) for text in ("Phải lên quận", "Nộp tại phường", "97 người")]
    assert places == sorted(places)
    assert "Nếu muốn áp dụng" not in page


def test_a_model_tells_its_source_and_that_its_unit_has_ended(client):
    model = make_model(
        unit_name="Huyện Ba Vì",
        unit_ended_on=date(2025, 7, 1),
        launched_on=date(2024, 6, 20),
        source_name="Báo Lao động Thủ đô",
        source_on=date(2024, 1, 1),
        source_precision="year",
    )
    page = client.get(model.url).text
    assert "kết thúc hoạt động ngày 01/07/2025" in page
    assert '<time datetime="2024-06-20">20/06/2024</time>' in page
    assert "Báo Lao động Thủ đô, năm 2024" in page
    model.unit_ended_note = "Huyện không còn; xã vẫn làm."
    model.save_revision().publish()
    assert "Huyện không còn; xã vẫn làm." in client.get(model.url).text


def test_the_tree_of_units_tells_that_a_unit_has_ended_too(client):
    unit = make_unit("Quận cũ", valid_to=date(2025, 6, 30))
    model = make_model(unit_name="Quận cũ", unit=unit)
    assert "kết thúc hoạt động ngày 30/06/2025" in client.get(model.url).text


def test_what_the_source_does_not_say_is_said_to_be_unknown(client):
    assert "Nguồn không nêu" in client.get(make_model(launched_on=None).url).text


def test_one_number_stands_large_and_several_are_drawn_with_their_table(client):
    measure = {"name": "Người nộp", "unit": "người", "kind": "count"}
    one = make_model(
        "Một số",
        measures=[{**measure, "points": [{"period": "hơn hai tháng", "value": "97", "note": ""}]}],
    )
    page = client.get(one.url).text
    assert re.search(r"<dd>97 người", page)
    assert '<svg class="bar-plot"' not in page
    points = [{"period": f"{n}/2024", "value": str(1000 * n), "note": ""} for n in (6, 7, 8)]
    page = client.get(make_model("Nhiều số", measures=[{**measure, "points": points}]).url).text
    assert page.count('class="bar-plot-bar"') == 3
    table = page[page.index("Xem dạng bảng") :]
    assert all(f">{n}.000<" in table for n in (6, 7, 8))


def test_a_preview_with_nothing_filled_in_is_a_page(client, django_user_model):
    client.force_login(
        django_user_model.objects.create_superuser("QT1", full_name="Trần Quốc Khải")
    )
    index = ReformModelIndexPage.objects.get(locale__language_code="vi")
    address = f"/admin/pages/add/cms/reformmodelpage/{index.pk}/preview/"
    body = {
        "title": "Mô hình đang viết",
        "slug": "mo-hinh",
        "status": "pilot",
        "field": "digital",
        "launch_precision": "day",
        "source_precision": "day",
        "body-count": "0",
        "measures-count": "0",
        "documents-count": "0",
        "unit_name": "Phường",
        "summary": "Tóm tắt",
    }
    assert client.post(address, body).json()["is_valid"]
    preview = client.get(address)
    assert preview.status_code == 200
    assert "Mô hình đang viết" in preview.text
    assert "Đăng ký cho đơn vị của tôi" not in preview.text


@pytest.mark.parametrize("slug", ["compare"])
def test_no_model_stands_at_the_address_of_the_comparison(slug):
    with pytest.raises(ValidationError):
        make_model(slug=slug)


def test_a_model_is_shared_as_an_article_based_on_its_source(client):
    page = client.get(make_model(source_name="Báo Lao động Thủ đô").url).text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    told = json.loads(blocks[0])
    assert told["@type"] == "Article"
    assert told["isBasedOn"]["name"] == "Báo Lao động Thủ đô"
    assert 'property="og:image"' in page


# the catalogue ----------------------------------------------------------------------------------


@pytest.fixture
def four():
    make_model("Mã QR", field="digital", unit_name="Huyện Ba Vì", launched_on=date(2024, 1, 1))
    make_model("Zalo", field="digital", unit_name="Phường Phương Canh", status="pilot")
    make_model("Giờ thứ 9", unit_name="Huyện Ba Vì", launched_on=date(2024, 6, 20))
    make_model("Bản nháp", live=False)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Giờ thứ 9", "Mã QR", "Zalo"]),
        ("field=digital", ["Mã QR", "Zalo"]),
        ("unit=huyen-ba-vi", ["Giờ thứ 9", "Mã QR"]),
        ("field=digital&unit=huyen-ba-vi", ["Mã QR"]),
        ("status=pilot", ["Zalo"]),
        ("year=2024", ["Giờ thứ 9", "Mã QR"]),
        ("year=none", ["Zalo"]),
        ("q=gio+thu", ["Giờ thứ 9"]),
        ("q=khong+co", []),
    ],
)
def test_the_catalogue_is_filtered_by_its_address(client, four, query, expected):
    assert titles(client.get(f"{INDEX}?{query}").text) == expected


def test_a_choice_says_how_many_models_remain_with_it(client, four):
    page = client.get(f"{INDEX}?unit=huyen-ba-vi").text
    assert re.search(r'<option value="digital">[^<]*\(1\)', page)
    assert re.search(r'<option value="huyen-ba-vi" selected>Huyện Ba Vì \(2\)', page)
    # The other units are counted without the choice among units, or nobody could change it.
    assert re.search(r'<option value="phuong-phuong-canh">[^<]*\(1\)', page)


@pytest.mark.parametrize(
    "query",
    ["field=nonsense", "year=9999999999999999999", "unit=%00", "status[]=x", "page=999&q=%F0%9F"],
)
def test_a_nonsense_filter_shows_everything(client, four, query):
    page = client.get(f"{INDEX}?{query}")
    assert page.status_code == 200


@pytest.mark.parametrize("items", [1, 3])
def test_statements_do_not_grow_with_the_catalogue(client, django_assert_num_queries, items):
    for number in range(items):
        make_model(f"Mô hình {number}", unit=make_unit())
    client.get(INDEX)
    with django_assert_num_queries(9):
        client.get(INDEX)


# two side by side -------------------------------------------------------------------------------


def test_two_models_are_compared_at_one_address(client):
    make_model("Mã QR", slug="ma-qr", unit_name="Huyện Ba Vì", way="<p>Quét mã.</p>")
    make_model("Zalo", slug="zalo", unit_name="Phường Phương Canh", way="<p>Nhắn tin.</p>")
    page = client.get(f"{INDEX}compare/?a=ma-qr&b=zalo").text
    table = page[page.index('<table class="table compare"') :]
    assert table.index("Quét mã.") < table.index("Nhắn tin.")
    assert '<option value="zalo" selected>Zalo</option>' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Chọn hai mô hình"),
        ("a=ma-qr", "Chọn hai mô hình"),
        ("a=ma-qr&b=khong-co", "không có trong danh mục"),
        ("a=ma-qr&b=nhap", "không có trong danh mục"),
        ("a=ma-qr&b=ma-qr", "cùng một mô hình"),
        ("a=%00&b=" + "x" * 3000, "không có trong danh mục"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(client, query, words):
    make_model("Mã QR", slug="ma-qr")
    make_model("Nháp", slug="nhap", live=False)
    answer = client.get(f"{INDEX}compare/?{query}")
    assert answer.status_code == 200
    assert words in answer.text
    assert '<table class="table compare"' not in answer.text


def test_a_model_is_found_by_folded_words_of_its_parts():
    model = make_model(way="<ul><li>Quét mã</li><li>Nhà văn hóa</li></ul>", unit_name="Ba Vì")
    kept = ReformModelPage.objects.get(pk=model.pk).search_key
    assert "quet ma nha van hoa" in kept
    assert "ba vi" in kept
