"""What a reform model counts, and its figures over time as the editor gives them.

The id of a measure's block is what the reports of other units refer to: it survives rewording,
revisions and copies of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.plotting import Plot, draw_bars

COUNT, LEVEL = "count", "level"


class PointBlock(blocks.StructBlock):
    period = blocks.CharBlock(
        label=_("Thời gian"),
        max_length=60,
        help_text=_("Ghi đúng như nguồn: 6/2024; quý I/2025; hơn hai tháng năm 2024."),
    )
    value = blocks.DecimalBlock(label=_("Số liệu"), min_value=0, max_digits=14, decimal_places=2)
    note = blocks.CharBlock(
        label=_("Ghi thêm"),
        required=False,
        max_length=120,
        help_text=_("Ví dụ: phường Thượng Cát, Cổ Nhuế 2."),
    )


class MeasureBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Chỉ tiêu"),
        max_length=120,
        help_text=_("Ví dụ: Người dân nộp hồ sơ trực tuyến tại phường."),
    )
    unit = blocks.CharBlock(
        label=_("Đơn vị tính"), required=False, max_length=40, help_text=_("người, hồ sơ, phút, %")
    )
    kind = blocks.ChoiceBlock(
        label=_("Cách tính"),
        choices=[
            (COUNT, _("Đếm được, cộng được qua các tháng và các đơn vị")),
            (LEVEL, _("Mức đo (%, phút, điểm), không cộng")),
        ],
        default=COUNT,
    )
    points = blocks.ListBlock(PointBlock(), label=_("Số liệu theo thời gian"), default=[])

    class Meta:
        icon = "order"
        label = _("Chỉ tiêu")


class Measures(blocks.StreamBlock):
    measure = MeasureBlock()

    class Meta:
        max_num = 4


@dataclass(frozen=True, slots=True)
class Point:
    period: str
    value: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Measure:
    """``key``: the id of its block. ``points`` in the editor's order, earliest first."""

    key: str
    name: str
    unit: str
    is_counted: bool
    points: Sequence[Point] = ()

    @property
    def plot(self) -> Plot | None:
        return draw_bars([(point.period, point.value) for point in self.points])


def measures_of(stream: Any) -> list[Measure]:
    """The measures in a page's StreamField; unfinished ones of a draft are left out."""
    return [
        Measure(
            key=str(block.id or ""),
            name=block.value["name"],
            unit=block.value["unit"] or "",
            is_counted=block.value["kind"] != LEVEL,
            points=[
                Point(point["period"], point["value"], point["note"] or "")
                for point in block.value["points"]
                if point["period"] and point["value"] is not None
            ],
        )
        for block in stream or ()
        if block.value["name"]
    ]
