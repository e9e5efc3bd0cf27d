"""The colours of static/css/tokens.css, in both themes, are readable: WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
DARK_BLOCKS = re.findall(r"/\* dark:begin \*/(.*?)/\* dark:end \*/", TOKENS, re.DOTALL)
LIGHT = dict(COLOUR.findall(TOKENS.split("@media")[0]))
THEMES = {"light": LIGHT, "dark": LIGHT | dict(COLOUR.findall(DARK_BLOCKS[0]))}

GROUNDS = ["paper", "surface", "sunken"]
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "ink-faint") for ground in GROUNDS],
    *[(tone, g) for tone in ("accent", "accent-hover", "danger", "warning") for g in GROUNDS],
    *[(tone, f"{tone}-soft") for tone in ("accent", "ok", "info", "warning", "danger")],
    *[("ink", f"{tone}-soft") for tone in ("accent", "ok", "info", "warning", "danger")],
    ("ok", "surface"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
    ("on-deep", "deep"),
    ("on-deep", "deep-raised"),
    ("on-deep-soft", "deep"),
    ("deep", "on-deep"),
]
# Edges of controls, focus rings, bars: 3 to 1.
SHAPES = [
    *[("rule-strong", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    ("focus", "accent-soft"),
    ("focus-on-deep", "deep"),
    ("accent", "rule"),
    ("warning", "warning-soft"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(theme, ink, ground):
    colours = THEMES[theme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_are_visible(theme, shape, ground):
    colours = THEMES[theme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_the_switch_and_the_system_give_the_same_dark_theme():
    first, second = (" ".join(block.split()) for block in DARK_BLOCKS)
    assert first == second
