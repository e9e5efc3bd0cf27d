"""What a demo text of a reform model holds.

Facts: the newspaper article named in SOURCE and nothing else; what it does not say, the text does
not claim, and advice is marked as ours. Every body here was in a district, and the districts ended
on 1 July 2025.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

SOURCE = "Báo Lao động Thủ đô: “Góp phần loại bỏ rào cản giữa công dân với chính quyền”"
SOURCE_YEAR = date(2024, 1, 1)
DISTRICTS_ENDED_ON = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class DemoMeasure:
    """``points``: (period, value, note)."""

    key: str
    name: str
    unit: str
    kind: str = "count"
    points: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoModel:
    """``launched``: (date, precision) or None where the source gives none. ``body`` holds (block
    name, value) pairs of cms.blocks.ArticleBody."""

    slug: str
    title: str
    summary: str
    unit: str
    field: str
    problem: str
    way: str
    result: str
    adopting: str
    ended_note: str
    status: str = "applied"
    places: str = ""
    launched: tuple[date, str] | None = None
    measures: tuple[DemoMeasure, ...] = ()
    body: tuple[tuple[str, Any], ...] = ()


def district_ended(name: str, *, now: str) -> str:
    """The note under the name of a district; ``now``: what the reader should know today."""
    return f"{name} kết thúc hoạt động từ ngày 01/7/2025 cùng cấp huyện cả nước. {now}"


def ward_before_2025(district: str) -> str:
    return (
        f"Tên phường ghi như trước ngày 01/7/2025; từ ngày đó {district} kết thúc hoạt động và các "
        "phường được sắp xếp lại."
    )


def not_told(text: str) -> tuple[str, dict[str, str]]:
    return (
        "callout",
        {"kind": "info", "title": "Điều nguồn tin chưa nói", "text": f"<p>{text}</p>"},
    )
