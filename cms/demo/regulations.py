"""Two versions of one ward regulation for the demo, so that a comparison has something to show.

Written here and marked as an example in number, title and summary: no law says any of it.
"""

from typing import Any

from legal.loading import load_instruments
from legal.models import Instrument

_ISSUER = "UBND phường Một Cửa (minh họa)"
_OLD, _NEW = "01/QC-MINHHOA", "02/QC-MINHHOA"
_SUMMARY = (
    "Văn bản minh họa do Ban biên tập viết để thử chức năng so sánh; không phải văn bản của cơ "
    "quan nào và không có giá trị áp dụng."
)
_BEFORE = [
    (
        "Phạm vi",
        "1. Quy chế này quy định việc tiếp nhận hồ sơ và trả kết quả ngoài giờ hành chính tại Bộ "
        "phận Một cửa của phường.\n"
        "2. Quy chế áp dụng với công chức làm việc tại Bộ phận Một cửa.",
    ),
    (
        "Thời gian tiếp nhận",
        "1. Bộ phận Một cửa tiếp nhận hồ sơ thêm một giờ, từ 17 giờ đến 18 giờ, vào thứ Ba và thứ "
        "Năm hằng tuần.\n"
        "2. Ngày nghỉ lễ không tiếp nhận ngoài giờ.",
    ),
    (
        "Đặt lịch hẹn",
        "1. Người dân đặt lịch tại quầy hoặc qua điện thoại của Bộ phận Một cửa.\n"
        "2. Lịch hẹn được đặt trước ít nhất hai ngày làm việc.",
    ),
    (
        "Trả kết quả",
        "1. Kết quả được trả tại quầy cho người có giấy tiếp nhận hồ sơ và hẹn trả kết quả.\n"
        "2. Kết quả chưa có đúng hẹn thì công chức gọi điện báo cho người dân.",
    ),
    (
        "Sổ theo dõi",
        "Công chức trực ghi từng lượt tiếp nhận ngoài giờ vào sổ giấy của Bộ phận Một cửa.",
    ),
]
_AFTER = [
    _BEFORE[0],
    (
        "Thời gian tiếp nhận",
        "1. Bộ phận Một cửa tiếp nhận hồ sơ thêm một giờ rưỡi, từ 17 giờ đến 18 giờ 30, vào thứ "
        "Ba, thứ Năm và sáng thứ Bảy hằng tuần.\n"
        "2. Ngày nghỉ lễ không tiếp nhận ngoài giờ.",
    ),
    (
        "Đặt lịch hẹn",
        "1. Người dân đặt lịch tại quầy, qua điện thoại hoặc trên trang thông tin của phường.\n"
        "2. Lịch hẹn được đặt trước ít nhất một ngày làm việc.\n"
        "3. Người đặt lịch nhận mã hẹn và được hủy hẹn bằng mã đó.",
    ),
    (
        "Trả kết quả",
        "1. Kết quả được trả tại quầy cho người có giấy tiếp nhận hồ sơ và hẹn trả kết quả.\n"
        "2. Kết quả chưa có đúng hẹn thì công chức gọi điện báo và gửi thư xin lỗi người dân.",
    ),
    (
        "Sổ theo dõi",
        "Công chức trực ghi từng lượt tiếp nhận ngoài giờ vào sổ điện tử của Bộ phận Một cửa.",
    ),
    (
        "Lấy ý kiến người dân",
        "Sau mỗi lượt tiếp nhận, người dân được mời chấm mức độ hài lòng bằng mã QR tại quầy.",
    ),
]


def load(**kwargs: Any) -> None:
    """Does nothing on repeats."""
    if Instrument.objects.filter(number=_NEW).exists():
        return
    load_instruments(
        [
            _record(_NEW, "2026-07-01", "2026-07-15", "con_hieu_luc", None, _AFTER),
            _record(_OLD, "2025-09-01", "2025-09-15", "het_hieu_luc", _NEW, _BEFORE),
        ]
    )


def _record(
    number: str,
    issued_on: str,
    effective_on: str,
    status: str,
    replaced_by: str | None,
    articles: list[tuple[str, str]],
) -> dict[str, Any]:
    return {
        "number": number,
        "title": "Quy chế tiếp nhận và trả kết quả ngoài giờ (bản minh họa)",
        "issuer": _ISSUER,
        "issued_on": issued_on,
        "effective_on": effective_on,
        "status": status,
        "replaced_by": replaced_by,
        "summary": _SUMMARY,
        "certainty": "seen_stored",
        "articles": [
            {"number": str(place), "heading": heading, "text": text}
            for place, (heading, text) in enumerate(articles, start=1)
        ],
    }
