"""A plot of bars as numbers for a template to draw: no words, no colours, no Django.

Coordinates are those of an SVG whose drawing area is ``WIDTH`` × ``HEIGHT``, y downwards. Every
plot has a table beside it with the same values; the drawing is for those who see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 320
HEIGHT = 120
MAX_BARS = 24
# Above this many bars values over them would run into each other.
MAX_VALUES_SHOWN = 8
MAX_LABELS_SHOWN = 6
WIDEST_BAR = 44


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    middle: int
    label: str
    value: Decimal | None
    shows_label: bool
    shows_value: bool

    @property
    def value_y(self) -> int:
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Plot:
    """``left_out_count``: how many of the earliest values did not fit, for the page to say."""

    bars: tuple[Bar, ...]
    left_out_count: int


def draw_bars(values: Sequence[tuple[str, Decimal | None]]) -> Plot | None:
    """One bar a (label, value ≥ 0), in the order given, the last ``MAX_BARS``; the highest fills
    the height. A value of None is not known: its place stays empty, which is not a bar of nothing.
    None when there is nothing to compare: fewer than two known values, or all zero."""
    shown = values[-MAX_BARS:]
    known = [value for _label, value in shown if value is not None]
    highest = max(known, default=Decimal(0))
    if len(known) < 2 or highest <= 0:
        return None
    step = WIDTH / len(shown)
    width = max(2, min(WIDEST_BAR, round(step * 0.66)))
    label_every = -(-len(shown) // MAX_LABELS_SHOWN)
    bars = []
    for place, (label, value) in enumerate(shown):
        middle = round(step * (place + 0.5))
        height = round(HEIGHT * value / highest) if value is not None else 0
        bars.append(
            Bar(
                x=middle - width // 2,
                y=HEIGHT - height,
                width=width,
                height=height,
                middle=middle,
                label=label,
                value=value,
                shows_label=(len(shown) - 1 - place) % label_every == 0,
                shows_value=value is not None and len(shown) <= MAX_VALUES_SHOWN,
            )
        )
    return Plot(tuple(bars), len(values) - len(shown))
