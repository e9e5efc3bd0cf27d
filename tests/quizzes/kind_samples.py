"""One question of each kind, with a right answer: a new kind joins the tests by joining this."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sample:
    """``right`` earns everything; ``secrets`` are texts that only the key holds."""

    content: dict[str, Any]
    key: dict[str, Any]
    right: Any
    secrets: tuple[str, ...] = ()


def lines(*texts, start=0):
    return [{"id": "abcdefghijklmnop"[start + i], "text": text} for i, text in enumerate(texts)]


FOUR = {"options": lines("3 ngày", "5 ngày", "10 ngày", "15 ngày")}
STATEMENT = {"options": [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]}
STATEMENTS = {"statements": lines("Nhận hồ sơ", "Thu thêm phí", "Ghi giấy hẹn", "Trả kết quả")}
ITEMS = {"items": lines("Giải quyết", "Tiếp nhận", "Trả kết quả", "Chuyển hồ sơ")}
PAIRS = {
    "left": lines("Nghị định", "Thông tư", "Luật"),
    "right": lines("Chính phủ", "Bộ trưởng", "Quốc hội", "Ủy ban nhân dân", start=3),
}

SAMPLES = {
    "single_choice": Sample(FOUR, {"correct": ["c"]}, ["c"]),
    "multiple_choice": Sample(FOUR, {"correct": ["a", "c"]}, ["a", "c"]),
    "true_false": Sample(STATEMENT, {"correct": ["false"]}, ["false"]),
    "situation": Sample(
        {**FOUR, "media": {"file": 7, "alt": "Quầy tiếp nhận đông người"}},
        {"correct": ["b"]},
        ["b"],
    ),
    "statements": Sample(
        STATEMENTS, {"true": ["a", "c"]}, {"a": True, "b": False, "c": True, "d": False}
    ),
    "ordering": Sample(ITEMS, {"order": ["b", "d", "a", "c"]}, ["b", "d", "a", "c"]),
    "matching": Sample(
        PAIRS,
        {"pairs": {"a": "d", "b": "e", "c": "f"}},
        {"a": "d", "b": "e", "c": "f"},
    ),
    "number": Sample({"unit": "ngày"}, {"value": "917.5", "tolerance": "0.25"}, "917.5", ("917",)),
    "short_text": Sample(
        {}, {"accepted": ["Bí mật nhà nước", "BMNN"]}, "bi mat nha nuoc", ("Bí mật nhà", "BMNN")
    ),
    "essay": Sample(
        {"max_words": 300},
        {"guide": "HUONG-DAN-BI-MAT: nêu đủ ba ý."},
        "Tôi sẽ giải thích cho công dân.",
        ("HUONG-DAN-BI-MAT",),
    ),
}
