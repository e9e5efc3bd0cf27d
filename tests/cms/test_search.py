"""Search folds both sides: with or without marks, the same is found."""

import pytest
from django.utils.html import strip_tags

from tests.cms.factories import make_article, make_instrument

pytestmark = pytest.mark.django_db


def asked(client, text):
    """The words of the answer's page; those that were searched for are marked."""
    return strip_tags(client.get("/search/", {"q": text}).text)


@pytest.mark.parametrize("text", ["đất đai", "dat dai", "ĐẤT  ĐAI", "Dat đai"])
def test_marks_and_case_do_not_matter(client, text):
    make_article("Thủ tục đất đai ở phường")
    make_instrument("31/2024/QH15", title="Luật Đất đai")
    page = asked(client, text)
    assert "Thủ tục đất đai ở phường" in page
    assert "31/2024/QH15" in page


def test_the_body_is_searched_too(client):
    make_article("Một mô hình", text="<p>Quét mã tại <b>nhà văn hóa</b> thôn.</p>")
    assert "Một mô hình" in asked(client, "nha van hoa")


def test_every_word_must_be_there(client):
    make_article("Thủ tục đất đai")
    assert "Thủ tục đất đai" not in asked(client, "dat dai khai sinh")


def test_an_edited_article_is_found_by_its_new_words(client):
    article = make_article("Tên cũ")
    article.title = "Chứng thực bản sao"
    article.save_revision().publish()
    assert "Chứng thực bản sao" in asked(client, "chung thuc")


@pytest.mark.parametrize(
    "text", ["", "   ", '"', "'; --", "* OR NEAR(", "(", "a" * 5000, "\x00", "—", "title:x", "%_"]
)
def test_strange_input_is_no_error(client, text):
    make_article()
    assert client.get("/search/", {"q": text, "page": "x"}).status_code == 200
    assert client.get("/regulations/", {"q": text, "status": text}).status_code == 200


def test_what_was_searched_is_never_markup(client):
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_a_slip_shows_what_was_meant_and_says_so(client):
    make_article("Cấp giấy khai sinh")
    page = asked(client, "giay kai sinh")
    assert "Không có kết quả cho “giay kai sinh”" in page
    assert "“giấy khai sinh”" in page
    assert "Cấp giấy khai sinh" in page
