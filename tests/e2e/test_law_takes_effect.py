"""An editor adds a law and publishes it; its day comes, and the page says so by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.clock import read_clock
from legal.models import Instrument
from legal.settling import settle_statuses
from people.roles import EDITOR
from tests.e2e.browsing import DESKTOP, PHONE
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
NUMBER, ADDRESS = "77/2099/NĐ-CP", "/regulations/77-2099-nd-cp/"


@pytest.fixture
def editor(site: str):
    Instrument.objects.filter(number=NUMBER).delete()
    return make_person("Biên Tập Văn Bản", EDITOR)


def test_a_law_is_added_published_and_takes_effect(visit, editor):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with visit(width=DESKTOP) as writer:
        writer.sign_in(editor.staff_code, PASSWORD)
        writer.goto("/admin/snippets/legal/instrument/add/")
        page = writer.page
        page.fill("[name=number]", NUMBER)
        page.fill("[name=title]", "Về việc thử nghiệm dòng thời gian")
        page.fill("[name=issuer]", "Chính phủ")
        page.get_by_role("tab", name="Hiệu lực").click()
        page.fill("[name=effective_on]", f"{tomorrow:%d/%m/%Y}")
        page.keyboard.press("Escape")
        page.select_option("[name=status]", "in_force")
        page.locator("button.action-save").first.click()
        page.wait_for_url("**/edit/**")
        assert not Instrument.objects.get(number=NUMBER).live
    with visit(width=PHONE, javascript=False) as citizen:
        citizen.goto(ADDRESS)
        citizen.says("404")
    publish(visit, editor)
    with visit(width=PHONE) as citizen:
        citizen.goto("/regulations/?q=nđ 77")
        citizen.press(NUMBER)
        citizen.says("Chưa có hiệu lực")
        citizen.says(f"Có hiệu lực từ ngày {tomorrow:%d/%m/%Y}")
        citizen.check()
    # The day comes: what was entered as a date is now in the past.
    Instrument.objects.filter(number=NUMBER).update(effective_on=timezone.localdate())
    with visit(width=PHONE) as citizen:
        citizen.goto(ADDRESS)
        citizen.says("Còn hiệu lực")
        citizen.check()
    settle_statuses(at=read_clock())
    assert Instrument.objects.get(number=NUMBER).status == "in_force"


def publish(visit, editor) -> None:
    law = Instrument.objects.get(number=NUMBER)
    with visit(width=DESKTOP) as writer:
        writer.sign_in(editor.staff_code, PASSWORD)
        writer.goto(f"/admin/snippets/legal/instrument/edit/{law.pk}/")
        page = writer.page
        # behind the arrow beside "save"
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        page.locator("[name=action-publish]").click()
        page.wait_for_url("**/instrument/")
    assert Instrument.objects.get(pk=law.pk).live
