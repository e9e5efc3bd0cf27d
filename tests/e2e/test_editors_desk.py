"""From an editor's draft through a refusal, a review and a legal check to the hour it was set for;
and a draft that somebody without an account reads."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from wagtail.models import Comment

from cms.editors import draft_sharing
from cms.models import ArticleIndexPage, ArticlePage, DraftLink
from cms.tasks import publish_scheduled
from core.clock import read_clock
from people.models import User
from people.roles import ADMINISTRATOR, EDITOR, LEGAL_OFFICER
from tests.e2e.browsing import DESKTOP, PHONE
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
TITLE = "Nhận hồ sơ ngoài giờ theo Nghị định 118/2025/NĐ-CP"
LISTING = re.compile(r"/admin/pages/[0-9]+/$")


@pytest.fixture
def people(site: str) -> dict[str, User]:
    return {
        "editor": make_person("Nguyễn Biên Tập", EDITOR),
        "reviewer": make_person("Trần Quản Trị", ADMINISTRATOR),
        "lawyer": make_person("Lê Pháp Chế", LEGAL_OFFICER),
    }


def make_draft(editor: User) -> ArticlePage:
    page = ArticlePage(title=TITLE, summary="Mỗi tối thứ Ba và thứ Năm.", live=False, owner=editor)
    page.body = ArticlePage.body.field.to_python([{"type": "text", "value": "<p>Đến 20 giờ.</p>"}])
    ArticleIndexPage.objects.get(locale__language_code="vi").add_child(instance=page)
    page.save_revision(user=editor)
    return page


def open_actions(visitor) -> None:
    visitor.page.locator("footer [data-w-dropdown-target='toggle']").last.click()


def submit(editor, page: ArticlePage) -> None:
    editor.goto(f"/admin/pages/{page.pk}/edit/")
    open_actions(editor)
    editor.page.locator("button[name=action-submit]").click()
    editor.page.wait_for_url(LISTING)


def decide(visitor, action: str, comment: str = "") -> None:
    """From the first page of the back office."""
    visitor.goto("/admin/")
    visitor.says("Việc đang chờ tôi")
    visitor.page.locator("#waiting, [id*=waiting]").get_by_role("link", name=TITLE).first.click()
    open_actions(visitor)
    selector = f"[data-workflow-action-name={action}]"
    visitor.page.locator(selector).first.click()
    if comment:
        dialog = visitor.page.locator("form textarea[name=comment]")
        dialog.fill(comment)
        visitor.page.locator(".modal-content button[type=submit]").last.click()
    visitor.page.wait_for_url(lambda url: "/edit/" not in url)


def share(editor, page: ArticlePage) -> str:
    editor.goto(f"/admin/pages/{page.pk}/drafts/")
    editor.fill(note="Tổ trưởng tổ dân phố")
    editor.press("Tạo liên kết")
    shown: str = editor.page.locator(".desk-address").first.input_value()
    link = DraftLink.objects.get(page_id=page.pk)
    assert shown.endswith(f"/drafts/{draft_sharing.token_of(link)}/")
    return f"/drafts/{draft_sharing.token_of(link)}/"


def test_a_page_that_cites_the_law_goes_through_both_checks_and_appears_at_its_hour(visit, people):
    page = make_draft(people["editor"])
    due = read_clock() + timedelta(hours=1)
    page.go_live_at = due
    page.save_revision(user=people["editor"])
    with visit(width=DESKTOP) as editor, visit(width=DESKTOP) as reviewer:
        editor.sign_in(people["editor"].staff_code, PASSWORD)
        submit(editor, page)

        reviewer.sign_in(people["reviewer"].staff_code, PASSWORD)
        reviewer.goto("/admin/")
        decide(reviewer, "reject", comment="Nêu rõ nhận đến mấy giờ.")
        Comment.objects.create(
            page_id=page.pk, user=people["reviewer"], text="Bổ sung giờ", contentpath="summary"
        )

        editor.goto("/admin/")
        editor.says("Bổ sung giờ")
        editor.goto(f"/admin/pages/{page.pk}/edit/")
        editor.fill(summary="Mỗi tối thứ Ba và thứ Năm, đến 20 giờ.")
        open_actions(editor)
        editor.page.locator("button[name=action-submit]").click()
        editor.page.wait_for_url(LISTING)

        decide(reviewer, "approve")
        with visit(width=DESKTOP) as lawyer:
            lawyer.sign_in(people["lawyer"].staff_code, PASSWORD)
            decide(lawyer, "approve")

    page = ArticlePage.objects.get(pk=page.pk)
    assert not page.live
    revision = page.scheduled_revision
    assert revision is not None
    with visit(width=PHONE) as reader:
        reader.goto(f"/articles/{page.slug}/")
        reader.says("Không có trang này")
        # The hour comes.
        past = read_clock() - timedelta(minutes=1)
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
        publish_scheduled()
        reader.goto(f"/articles/{page.slug}/")
        reader.says("Mỗi tối thứ Ba và thứ Năm, đến 20 giờ.")


def test_somebody_without_an_account_reads_a_draft(visit, people):
    page = make_draft(people["editor"])
    with visit(width=DESKTOP) as editor, visit(width=PHONE) as guest:
        editor.sign_in(people["editor"].staff_code, PASSWORD)
        address = share(editor, page)
        guest.goto(address)
        guest.says("BẢN NHÁP")
        expect(guest.page.locator("h1")).to_have_text(TITLE)
        guest.check()
        editor.press("Thu hồi")
        editor.says("Đã thu hồi")
        guest.goto(address)
        guest.says("Người gửi đã thu hồi liên kết này.")
        guest.check()
