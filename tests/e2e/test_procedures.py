"""A citizen finds a procedure and prints its papers; an editor hangs its code on a wall.

Weight is what production sends: static files as WhiteNoise keeps them (gzip), the page as it is,
and the headers of each answer.
"""

import gzip
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response, expect
from pypdf import PdfReader

from cms.models import ProcedurePage
from people.models import User
from people.roles import EDITOR
from posters.models import Place, Poster, ScanCount
from tests.cms.factories import make_instrument, make_procedure
from tests.e2e.browsing import DESKTOP, PHONE, SCREENSHOTS
from tests.posters.factories import make_link
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
LIGHT_BYTES = 60_000
# How wide a phone of 2015 is; its browser is Chrome 109 at best.
OLD_PHONE = 360


@pytest.fixture(scope="module")
def procedure(site: str) -> ProcedurePage:
    make_procedure("Đăng ký kết hôn", life_events=["Kết hôn, gia đình"])
    return make_procedure(
        "Đăng ký khai sinh",
        everyday_name="Làm giấy khai sinh",
        synonyms="giấy khai sinh\nlàm giấy khai sinh cho con",
        life_events=["Sinh con, nuôi con"],
        documents=[f"Giấy tờ số {number} của hồ sơ đăng ký khai sinh" for number in range(1, 9)],
        steps=[f"Bước {number}: nộp hồ sơ, nhận giấy hẹn, chờ tin nhắn" for number in range(1, 6)],
        instruments=[make_instrument("901/2025/NĐ-CP"), make_instrument("902/2025/NĐ-CP")],
        time_limit_days=0,
        fee_amount_vnd=0,
        online_level="full",
        portal_url="https://dichvucong.gov.vn/",
        change_note="Bỏ bản sao sổ hộ khẩu",
    )


@pytest.fixture(scope="module")
def editor(site: str) -> User:
    return make_person("Biên Tập", EDITOR)


def shown(visitor, name: str) -> None:
    if SCREENSHOTS:
        visitor.page.screenshot(path=f"{SCREENSHOTS}/{name}.png", full_page=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_citizen_finds_ticks_and_prints(visit, procedure, javascript: bool):
    with visit(width=PHONE, javascript=javascript) as citizen:
        citizen.goto("/procedures/")
        citizen.check()
        citizen.fill(q="giay khai sinh")
        citizen.press("Tìm")
        citizen.says("1 thủ tục cho")
        citizen.check()
        citizen.press("Đăng ký khai sinh")
        citizen.says("Giấy tờ cần có")
        citizen.check()
        boxes = citizen.page.get_by_role("checkbox")
        boxes.nth(0).check()
        boxes.nth(2).check()
        if javascript:
            citizen.says("Đã có 2/8")
            citizen.page.reload()
            citizen.says("Đã có 2/8")
            expect(boxes.nth(2)).to_be_checked()
        expect(boxes.nth(1)).not_to_be_checked()
        citizen.page.emulate_media(media="print")
        expect(citizen.page.locator(".masthead-tools")).to_be_hidden()
        expect(boxes.nth(0)).to_be_visible()
        expect(citizen.page.locator(".print-address")).to_be_visible()
        shown(citizen, f"procedure-print-{'js' if javascript else 'plain'}")
        citizen.page.emulate_media(media="screen")
        if javascript:
            citizen.press("Bỏ hết dấu")
            citizen.says("Đã có 0/8")
            assert (
                citizen.page.evaluate("Object.keys(localStorage).filter(k => /checklist/.test(k))")
                == []
            )


def test_an_editor_makes_a_poster_and_a_scan_counts_once(visit, procedure, editor):
    with visit(width=DESKTOP) as author:
        author.sign_in(editor.staff_code, PASSWORD)
        author.goto("/posters/new/")
        author.says("Chưa có nơi treo nào")
        author.check()
        place = Place.objects.create(name="Nhà văn hóa tổ dân phố số 5")
        author.goto("/posters/new/")
        author.check()
        author.fill(place=str(place.pk))
        author.page.get_by_text("Làm giấy khai sinh").click()
        author.press("Xem trước")
        author.page.wait_for_url("**/posters/*/")
        author.says("Nhà văn hóa tổ dân phố số 5")
        author.check()
        with author.page.expect_download() as download:
            author.press("Tải PDF")
        with open(download.value.path(), "rb") as file:
            text = PdfReader(BytesIO(file.read())).pages[0].extract_text()
    link = Poster.objects.get().items.get().link
    assert f"/q/{link.code}" in "".join(text.split())

    with visit(width=PHONE) as passer_by:
        passer_by.goto(f"/q/{link.code.lower()}")
        passer_by.says("Giấy tờ cần có")
        assert urlsplit(passer_by.page.url).path == procedure.url
        assert passer_by.context.cookies() == [] or all(
            cookie["name"] == "csrftoken" for cookie in passer_by.context.cookies()
        )
    assert [count.scan_count for count in ScanCount.objects.filter(link=link)] == [1]

    with visit(width=DESKTOP) as author:
        author.sign_in(editor.staff_code, PASSWORD)
        author.goto("/posters/scans/")
        author.says("Nhà văn hóa tổ dân phố số 5")
        author.check()
        author.goto("/posters/")
        author.check()


def weight(visit, address: str) -> tuple[int, list[str]]:
    """Bytes that come over the air for a first visit on a phone, pictures left out."""
    answers: list[Response] = []
    with visit(width=OLD_PHONE) as phone:
        phone.page.on("response", lambda answer: answers.append(answer))
        phone.page.goto(address, wait_until="networkidle")
        told = []
        total = 0
        for answer in answers:
            is_static = urlsplit(answer.url).path.startswith("/static/")
            if answer.url.endswith(".png"):
                continue
            body = b"" if answer.status in range(300, 400) else answer.body()
            is_packed = is_static and not answer.url.endswith(".woff2")
            size = len(gzip.compress(body, 9) if is_packed else body)
            size += answer.request.sizes()["responseHeadersSize"]
            total += size
            told.append(f"{size:>7} {answer.url}")
    return total, told


@pytest.mark.parametrize("page", ["procedure", "list", "found", "dead", "scan"])
def test_a_page_behind_a_code_is_light_enough_for_3g(visit, procedure, page: str):
    place = Place.objects.get_or_create(name="Chợ Đăm")[0]
    link = make_link(place, path=procedure.url, key=f"page:{procedure.pk}")
    address = {
        "procedure": procedure.url,
        "list": "/procedures/",
        "found": "/procedures/?q=khai+sinh",
        "dead": "/q/WWWWW",
        "scan": f"/q/{link.code}",
    }[page]
    total, told = weight(visit, address)
    assert total < LIGHT_BYTES, "\n".join(told)
    assert not any(".woff2" in line for line in told), "a phone has letters of its own"
    print(f"{page}: {total} bytes")  # noqa: T201
