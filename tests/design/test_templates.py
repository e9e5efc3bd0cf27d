"""Rules that every template and stylesheet keeps."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "printing" not in path.parts
)
NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles_and_has_nothing_inline(name):
    source = get_template(name).template.source
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']", source)
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=\"application/(ld\+)?json\"))", source)


@pytest.mark.parametrize("name", NAMES)
def test_icons_exist(name):
    icons = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    source = get_template(name).template.source
    used = re.findall(r'icon\.html" with name="([\w-]+)"', source)
    used += re.findall(r'\bicon="([\w-]+)"', source)
    assert set(used) <= icons


def test_stylesheets_stay_small_and_fetch_nothing_from_outside():
    sheets = list((ROOT / "static/css").glob("*.css"))
    everywhere = set(re.findall(r"css/([\w-]+\.css)", get_template("base.html").template.source))
    sizes = {sheet.name: sheet.stat().st_size for sheet in sheets}
    assert sum(sizes[name] for name in everywhere) < 60_000
    assert max(size for name, size in sizes.items() if name not in everywhere) < 20_000
    for sheet in sheets:
        assert "//" not in re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)


def test_every_font_has_its_licence_beside_it():
    for font in (ROOT / "static/fonts").glob("*.woff2"):
        family = re.match(r"(?:source|motcua)-(sans|serif)", font.name)
        assert family
        licence = next(font.parent.glob(f"source-{family[1]}-*-OFL.txt"))
        assert "SIL OPEN FONT LICENSE" in licence.read_text().upper()
