"""An editor writes, previews and sends; an administrator approves; everybody reads."""

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from cms.models import ArticleIndexPage, ArticlePage
from people.models import User
from people.roles import ADMINISTRATOR, EDITOR
from tests.e2e.browsing import DESKTOP, PHONE
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
LISTING = re.compile(r"/admin/pages/[0-9]+/$")
TITLE = "Quầy lưu động về tận nhà văn hóa thôn"
SUMMARY = "Mỗi sáng thứ Bảy một thôn, nhận mọi thủ tục của phường."
TEXT = "Người dân mang giấy tờ gốc và điện thoại có VNeID."


@pytest.fixture
def people(site: str) -> dict[str, User]:
    return {
        "editor": make_person("Nguyễn Biên Tập", EDITOR),
        "administrator": make_person("Trần Quản Trị", ADMINISTRATOR),
    }


def write(editor) -> None:
    page = editor.page
    index = ArticleIndexPage.objects.get(locale__language_code="vi")
    editor.goto(f"/admin/pages/add/cms/articlepage/{index.pk}/")
    page.locator("[name=title]").press_sequentially(TITLE)
    editor.fill(summary=SUMMARY)
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Văn bản").click()
    body = page.locator("[data-contentpath=body] .public-DraftEditor-content").last
    body.click()
    # Draftail takes the focus some time after the block has appeared; keys before that are lost.
    expect(body).to_be_focused()
    page.keyboard.type(TEXT)
    # It writes what was typed into its form field a moment later, and the preview takes the field.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(TEXT))


def preview(editor) -> None:
    """The page as it will be, in the side panel."""
    editor.page.get_by_role("button", name="Toggle preview").or_(
        editor.page.locator("[aria-label*='xem trước' i]")
    ).first.click()
    shown = editor.page.frame_locator("#w-preview-iframe, iframe[title*='review']").last
    expect(shown.locator("h1")).to_have_text(TITLE)
    expect(shown.locator(".article-body")).to_contain_text(TEXT)


def send_to_review(editor) -> None:
    editor.page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    editor.page.locator("button[name=action-submit]").click()
    editor.page.wait_for_url(LISTING)


def approve(administrator) -> None:
    page = administrator.page
    administrator.goto("/admin/")
    administrator.says("Chờ bạn duyệt")
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    page.locator("[data-workflow-action-name=approve]").first.click()
    page.wait_for_url(LISTING)


def test_an_article_goes_from_the_editor_through_review_to_the_readers(visit, people):
    with visit(width=DESKTOP) as editor, visit(width=PHONE) as reader:
        editor.sign_in(people["editor"].staff_code, PASSWORD)
        write(editor)
        preview(editor)
        send_to_review(editor)
        article = ArticlePage.objects.get(title=TITLE)
        assert article.slug == "quay-luu-dong-ve-tan-nha-van-hoa-thon"
        assert not article.live
        reader.goto("/articles/")
        expect(reader.page.get_by_text(TITLE)).to_have_count(0)

        with visit(width=DESKTOP) as administrator:
            administrator.sign_in(people["administrator"].staff_code, PASSWORD)
            approve(administrator)

        reader.goto("/")
        reader.press(TITLE)
        reader.says(TEXT)
        reader.check()
        reader.goto("/articles/")
        reader.says(TITLE)
        reader.check()
        feed = reader.page.request.get("/articles/feed/").body()
        titles = [item.findtext("title") for item in ElementTree.fromstring(feed).iter("item")]
        assert TITLE in titles


def test_the_front_page_on_a_phone_and_without_javascript(visit):
    with visit(width=PHONE) as reader:
        reader.goto("/")
        reader.check()
    with visit(width=PHONE, javascript=False) as reader:
        reader.goto("/")
        reader.page.get_by_role("searchbox").fill("khong co gi ca")
        reader.page.get_by_role("searchbox").press("Enter")
        reader.says("Tìm kiếm")
        reader.check()
