"""What the demo offices are. Names and numbers of citizens are invented."""

from dataclasses import dataclass
from datetime import time
from typing import Final


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """``evenings``: weekdays with extra hours from 17:00 (Monday is 0)."""

    unit: str
    code: str
    name: str
    address: str
    phone: str
    evenings: tuple[int, ...]
    saturday: bool
    mood: float


OFFICES: Final = (
    DemoOffice(
        unit="Phường Thượng Cát",
        code="thuong-cat",
        name="Bộ phận Một cửa phường Thượng Cát",
        address="Số 1 đường Thượng Cát (địa chỉ minh họa)",
        phone="024 0000 0001",
        evenings=(1, 3),
        saturday=True,
        mood=4.3,
    ),
    DemoOffice(
        unit="Phường Đông Ngạc",
        code="dong-ngac",
        name="Bộ phận Một cửa phường Đông Ngạc",
        address="Số 2 đường Đông Ngạc (địa chỉ minh họa)",
        phone="024 0000 0002",
        evenings=(2,),
        saturday=True,
        mood=3.9,
    ),
    DemoOffice(
        unit="Phường Xuân Đỉnh",
        code="xuan-dinh",
        name="Bộ phận Một cửa phường Xuân Đỉnh",
        address="Số 3 đường Xuân Đỉnh (địa chỉ minh họa)",
        phone="024 0000 0003",
        evenings=(0, 4),
        saturday=False,
        mood=4.1,
    ),
)
WORKING_DAY: Final = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
EVENING: Final = (time(17), time(18, 30))
SATURDAY: Final = (time(8), time(10, 30))

SURNAMES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
GIVEN: Final = (
    "Văn Thử",
    "Thị Mẫu",
    "Minh Họa",
    "Thị Giả Định",
    "Văn Ví Dụ",
    "Thị Thí Dụ",
    "Đình Phỏng",
    "Thị Tạm",
)
COMMENTS: Final = (
    "Cán bộ hướng dẫn rõ, tôi làm xong trong một buổi chiều.",
    "Đến 17 giờ 20 vẫn có người tiếp, rất tiện cho người đi làm.",
    "Nên có thêm ghế chờ và quạt ở sảnh.",
    "Mẫu tờ khai in hơi mờ, mong in lại.",
    "Phải đi lại hai lần vì thiếu một bản sao, nên ghi rõ từ đầu.",
    "Nộp qua mạng được hướng dẫn tận tình, cảm ơn.",
    "Bảng chỉ dẫn ở cổng khó thấy.",
    "Đúng hẹn, không phải chờ.",
    "Cần thêm người ở quầy chứng thực vào sáng thứ Hai.",
    "Thái độ thân thiện.",
    "Tôi đã góp ý về chỗ để xe tháng trước, nay đã có vạch kẻ. Rất tốt.",
    "Mong trả kết quả qua bưu chính nhanh hơn.",
)
EVENING_SLOT_MINUTES: Final = 30
SATURDAY_SLOT_MINUTES: Final = 30
CAPACITY: Final = 2
FEEDBACK_COUNT: Final = 200
FEEDBACK_DAYS: Final = 182
