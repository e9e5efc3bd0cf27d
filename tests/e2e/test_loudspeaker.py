"""From an article to the loudspeaker: a script, a corrected reading, the sheet, the log."""

import pytest
from django.utils import timezone

from cms.models import ArticlePage
from people.models import User
from people.roles import EDITOR
from tests.cms.factories import make_article
from tests.e2e.browsing import DESKTOP
from tests.outreach.factories import make_person, make_unit

PASSWORD = "mat-khau-tot"


@pytest.fixture
def editor(site: str) -> User:
    return make_person(EDITOR, unit=make_unit("Phường Loa"), name="Biên Tập Viên")


@pytest.fixture
def article(site: str) -> ArticlePage:
    return make_article(
        "Mở thêm một giờ ở Một cửa",
        slug="mo-them-mot-gio",
        summary="UBND phường mở thêm một giờ từ ngày 01/12/2026.",
        text="<p>Mỗi ngày 8h30 đến 17h, theo đề nghị của HTXQT.</p>",
    )


def test_an_editor_puts_an_article_on_the_loudspeaker(visit, editor, article):
    with visit(width=DESKTOP) as person:
        person.sign_in(editor.staff_code, PASSWORD)
        person.goto(f"/admin/pages/{article.pk}/edit/")
        # It stands among the page's actions, in a menu that Wagtail opens.
        person.page.locator("[data-w-dropdown-target='toggle']").first.click()
        person.press("Tạo bài truyền thanh")
        person.says("Lời của bài viết")
        person.check()
        person.press("Tạo bài và soát cách đọc")

        person.says("Còn 1 chỗ máy không chắc cách đọc")
        person.says("Ủy ban nhân dân phường mở thêm một giờ từ ngày mùng một tháng mười hai")
        person.check()
        person.fill(**{"r:HTXQT": "hợp tác xã quyết thắng"})
        person.press("Lưu cách đọc")
        person.says("theo đề nghị của hợp tác xã quyết thắng")

        script = person.page.url
        person.press("In bản đọc chữ to")
        person.says("tám giờ ba mươi phút đến mười bảy giờ")
        person.check()

        person.goto(script)
        person.press("Ghi lần phát")
        person.check()
        person.fill(minutes="2", place="Cụm loa tổ dân phố 5")
        person.press("Ghi vào nhật ký")
        person.says(f"Tháng {timezone.localdate():%m/%Y}: 1 lần phát, 2 phút.")
        person.says("Cụm loa tổ dân phố 5")
        person.check()

        person.press("Lịch phát")
        person.check()
