"""A model is written, previewed and published; a unit adopts it and reports; everyone sees it."""

import pytest
from django.utils import timezone

from cms.models import ReformModelIndexPage, ReformModelPage
from people.models import User
from people.roles import ADMINISTRATOR, EDITOR, UNIT_HEAD
from tests.e2e.browsing import DESKTOP, PHONE, Visitor
from tests.people.factories import make_unit
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
TITLE = "Hẹn giờ qua điện thoại"


@pytest.fixture
def people(site: str) -> dict[str, User]:
    head = make_person("Lê Thị Trưởng", UNIT_HEAD)
    head.unit = make_unit("Phường Áp Dụng")
    head.save()
    return {
        "editor": make_person("Phạm Thị Biên", EDITOR),
        "publisher": make_person("Trần Văn Duyệt", ADMINISTRATOR),
        "head": head,
    }


def test_from_the_editors_desk_to_the_page_that_everyone_sees(visit, people):
    with visit(width=DESKTOP) as writing:
        writing.sign_in(people["editor"].staff_code, PASSWORD)
        write(writing)
        preview(writing)
    with visit(width=DESKTOP) as deciding:
        deciding.sign_in(people["publisher"].staff_code, PASSWORD)
        publish(deciding)
    model = ReformModelPage.objects.get(title=TITLE)
    assert model.live
    with visit(width=PHONE, javascript=False) as adopting:
        adopting.sign_in(people["head"].staff_code, PASSWORD)
        register(adopting, model)
    with visit(width=DESKTOP) as confirming:
        confirming.sign_in(people["editor"].staff_code, PASSWORD)
        confirm(confirming)
    with visit(width=PHONE, javascript=False) as reporting:
        reporting.sign_in(people["head"].staff_code, PASSWORD)
        report(reporting)
    with visit(width=PHONE) as reading:
        read(reading, model)


def write(writing: Visitor) -> None:
    index = ReformModelIndexPage.objects.get(locale__language_code="vi")
    page = writing.page
    writing.goto(f"/admin/pages/add/cms/reformmodelpage/{index.pk}/")
    writing.fill(title=TITLE, summary="Người dân hẹn giờ trước, đến là được tiếp.")
    way = page.locator("[id*='child-way-wrapper'] [contenteditable=true]")
    way.click()
    way.type("Gọi điện hoặc quét mã để lấy giờ hẹn.")
    page.get_by_role("tab", name="Thông tin mô hình").click()
    writing.fill(unit_name="Phường Khởi Xướng", launched_on="01/03/2026", source_name="Báo cáo quý")
    page.get_by_role("tab", name="Số liệu").click()
    page.locator(".c-sf-add-button:visible").first.click()
    page.locator("[name='measures-0-value-name']").fill("Lượt hẹn giờ")
    page.locator("[name='measures-0-value-unit']").fill("lượt")
    if "/edit/" not in page.url:
        page.locator("button.action-save:visible").first.click()
        page.wait_for_url("**/edit/", timeout=30_000)
    page.wait_for_load_state("networkidle")


def preview(writing: Visitor) -> None:
    """In the editor's own frame: the page itself."""
    writing.page.locator("[data-side-panel-toggle='preview']:visible").first.click()
    frame = writing.page.frame_locator("#w-preview-iframe, iframe[id*=preview]").first
    frame.get_by_role("heading", name=TITLE).wait_for()
    frame.get_by_text("Gọi điện hoặc quét mã để lấy giờ hẹn.").wait_for()


def publish(deciding: Visitor) -> None:
    model = ReformModelPage.objects.get(title=TITLE)
    deciding.goto(f"/admin/pages/{model.pk}/edit/")
    deciding.page.locator("footer .w-dropdown__toggle:visible").first.click()
    deciding.page.locator("button[name='action-publish']:visible").click()
    deciding.page.wait_for_url(f"**/admin/pages/{model.get_parent().pk}/")


def register(adopting: Visitor, model: ReformModelPage) -> None:
    adopting.goto(model.url)
    adopting.press("Đăng ký cho đơn vị của tôi")
    adopting.fill(note="Bắt đầu ngay trong tháng")
    adopting.press("Gửi đăng ký")
    adopting.says("Chờ xác nhận")
    adopting.check()


def confirm(confirming: Visitor) -> None:
    confirming.goto("/replication/")
    confirming.check()
    confirming.press(TITLE)
    confirming.press("Xác nhận")
    confirming.press("Xác nhận")
    confirming.says("Đã xác nhận.")


def report(reporting: Visitor) -> None:
    reporting.goto("/replication/")
    reporting.press(TITLE)
    reporting.press("Bắt đầu thực hiện")
    reporting.press("Bắt đầu thực hiện")
    reporting.fill(value="một trăm")
    reporting.press("Ghi số liệu")
    reporting.says("Ghi một số")
    reporting.fill(value="1.250")
    reporting.press("Ghi số liệu")
    reporting.says("1.250 lượt")
    reporting.press("Sửa", exact=False)
    reporting.fill(value="1.205", reason="Gõ nhầm")
    reporting.press("Lưu số đã sửa")
    reporting.says("1.205 lượt")
    reporting.check()


def read(reading: Visitor, model: ReformModelPage) -> None:
    reading.goto("/models/?q=hen+gio+qua+dien+thoai")
    reading.check()
    reading.press(TITLE)
    reading.says("Gọi điện hoặc quét mã để lấy giờ hẹn.")
    reading.says("Phường Áp Dụng")
    reading.says("1.205 lượt")
    assert "Lê Thị Trưởng" not in reading.page.content()
    assert f"{timezone.localdate():%m/%Y}" in reading.page.content()
    reading.check()
    reading.goto("/models/compare/")
    reading.check()
