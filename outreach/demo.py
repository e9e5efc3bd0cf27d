"""Demo content: three scripts from the demo articles, the timetables of two wards, the log of two
months, one post that waits for an Official Account."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from outreach.broadcasting import Aired, correct_broadcast, record_broadcast
from outreach.models import Script, Topic
from outreach.scheduling import plan_airings
from outreach.scripting import Source, correct_readings, create_script, current_version
from outreach.timetable import week_of
from people import roles
from people.models import Unit, User


@dataclass(frozen=True, slots=True)
class DemoScript:
    title: str
    topic: str
    slug: str
    text: str
    readings: tuple[tuple[str, str], ...] = ()


SCRIPTS = (
    DemoScript(
        title="“Giờ làm việc thứ 9” ở bộ phận Một cửa",
        topic="Mô hình cải cách",
        slug="gio-lam-viec-thu-9",
        text="""Kính thưa bà con nhân dân!

Từ ngày 20/6/2024, bộ phận Một cửa ở huyện Ba Vì và các xã làm thêm một giờ ngoài giờ hành chính. \
Giờ thứ 9 ấy không dành riêng cho vài TTHC được chọn sẵn: mọi thủ tục có phát sinh hồ sơ đều được \
tiếp nhận.

Người đi làm ca, công nhân, người buôn bán, người nuôi con nhỏ có chung một khó khăn: giờ họ rảnh \
thì bộ phận Một cửa đã đóng. Thêm một giờ, bà con không phải xin nghỉ làm để đi làm thủ tục.

Cấp huyện kết thúc hoạt động từ ngày 01/07/2025. Ý tưởng thì vẫn nguyên giá trị với xã, phường: \
cửa mở vào lúc người dân đến được.

Xin cảm ơn bà con đã lắng nghe.""",
    ),
    DemoScript(
        title="Quét mã QR ở nhà văn hóa để tra cứu thủ tục",
        topic="Thủ tục hành chính",
        slug="ma-qr-nha-van-hoa-thon",
        text="""Kính thưa bà con!

Tại NVH các thôn có Wi-Fi, mã QR được dán để bà con tra cứu và nộp hồ sơ TTHC bằng điện thoại mà \
không phải đến bộ phận Một cửa. Bà con mở máy ảnh của điện thoại, đưa vào mã, rồi làm theo hướng \
dẫn hiện trên màn hình.

Khi cần giúp, bà con hỏi tổ công nghệ số cộng đồng hoặc gọi tổng đài 1022. Bà con chuẩn bị CCCD và \
tài khoản VNeID mức 2. Cán bộ không bao giờ hỏi mã OTP của bà con.""",
        readings=(("OTP", "ô tê pê"),),
    ),
    DemoScript(
        title="Hội thi công chức làm việc tại bộ phận Một cửa",
        topic="Hội thi",
        slug="hoi-thi-cong-chuc-mot-cua",
        text="""Ban Tổ chức thông báo!

Hội thi công chức làm việc tại bộ phận Một cửa mở vòng trực tuyến từ 8h00 đến 17h00 các ngày làm \
việc. Nội dung thi gồm Nghị định số 118/2025/NĐ-CP và các quy định về kiểm soát TTHC của UBND \
thành phố. Mỗi bài thi có 20 câu, làm trong 20 phút; điểm được tính đến 2 chữ số thập phân, ví dụ \
8,75.

Kết quả được công bố trên trang thông tin. Đề nghị các đơn vị bố trí để 100% công chức trong danh \
sách tham gia.""",
    ),
)
TIMES = (time(5, 30), time(17, 0))
PLACES = ("Cụm loa khu dân cư số 1", "Cụm loa nhà văn hóa", "Cụm loa chợ trung tâm")


def load(*, at: datetime, staff: dict[str, Any]) -> None:
    """A second run keeps what is there."""
    if Script.objects.exists():
        return
    editor: User = staff[roles.EDITOR]
    office = editor.unit
    if office is None:
        return
    wards = _wards(office)
    begun = at - timedelta(days=70)
    scripts = [_make(demo, unit=office, by=editor, at=begun) for demo in SCRIPTS]
    monday, sunday = week_of(timezone.localdate(at))
    for ward in wards:
        _plan(scripts, ward, monday=monday, sunday=sunday, by=editor, at=at)
        _log(scripts, ward, by=editor, at=at)


def _wards(root: Unit) -> list[Unit]:
    below = root.get_children().order_by("path")
    return list(below.filter(kind__in=[Unit.Kind.WARD, Unit.Kind.COMMUNE])[:2]) or list(below[:2])


def _make(demo: DemoScript, *, unit: Unit, by: User, at: datetime) -> Script:
    script = create_script(
        title=demo.title,
        text=demo.text,
        unit=unit,
        topic=Topic.objects.get(name=demo.topic),
        by=by,
        at=at,
        source=Source(demo.title, f"/articles/{demo.slug}/"),
    )
    if demo.readings:
        correct_readings(
            script,
            readings=dict(demo.readings),
            base_number=script.version_number,
            by=by,
            at=at + timedelta(minutes=12),
        )
    return script


def _plan(
    scripts: list[Script], ward: Unit, *, monday: date, sunday: date, by: User, at: datetime
) -> None:
    """Mornings and evenings on working days; on Wednesday two scripts clash, as they do in life."""
    first, second, third = scripts
    last = sunday + timedelta(weeks=3)
    shared: dict[str, Any] = {
        "unit": ward,
        "starts_on": monday,
        "ends_on": last,
        "by": by,
        "at": at,
    }
    plan_airings(first, weekdays=[0, 2, 4], times=TIMES, minutes=2, **shared)
    plan_airings(second, weekdays=[1, 3], times=TIMES, minutes=2, **shared)
    plan_airings(third, weekdays=[2], times=[time(17, 1)], minutes=3, **shared)


def _log(scripts: list[Script], ward: Unit, *, by: User, at: datetime) -> None:
    """Every third day of the last two months, and one line that had to be corrected."""
    zone = timezone.get_current_timezone()
    last = None
    for number, days in enumerate(range(60, 0, -3)):
        script = scripts[number % len(scripts)]
        day = timezone.localdate(at) - timedelta(days=days)
        aired = Aired(
            unit=ward,
            version=current_version(script),
            aired_at=datetime.combine(day, TIMES[number % 2], tzinfo=zone),
            minutes=2,
            place=PLACES[number % len(PLACES)],
            announcer="Nguyễn Thị Thanh Hương",
        )
        recorded_at = aired.aired_at + timedelta(minutes=20)
        last = record_broadcast(aired, by=by, at=recorded_at), aired
    if last:
        line, aired = last
        correct_broadcast(
            line,
            Aired(
                unit=ward,
                version=aired.version,
                aired_at=aired.aired_at + timedelta(minutes=5),
                minutes=3,
                place=aired.place,
                announcer=aired.announcer,
                note="Phát muộn 5 phút vì mất điện",
            ),
            reason="Ghi nhầm giờ phát",
            by=by,
            at=at,
        )
