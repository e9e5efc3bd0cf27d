import unicodedata

import pytest
from fontTools.ttLib import TTFont

from printing.typography import (
    ASCENT,
    BOLD,
    DESCENT,
    FONT_FILES,
    FONT_FOLDER,
    REGULAR,
    balanced,
    broken,
    width_of,
)

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VIETNAMESE = {unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES} | set("đĐ₫–…“”•№")


@pytest.mark.parametrize("file", FONT_FILES.values())
class TestEveryFont:
    def test_has_each_vietnamese_letter_as_one_glyph_with_ink(self, file):
        font = TTFont(FONT_FOLDER / file)
        glyphs = font.getBestCmap()
        assert all(len(letter) == 1 for letter in VIETNAMESE)
        assert {letter for letter in VIETNAMESE if ord(letter) not in glyphs} == set()
        assert all(font["glyf"][glyphs[ord(letter)]].numberOfContours for letter in VIETNAMESE)

    def test_may_be_embedded_and_carries_its_licence(self, file):
        font = TTFont(FONT_FOLDER / file)
        assert font["OS/2"].fsType == 0
        assert "SIL OPEN FONT LICENSE" in (FONT_FOLDER / "OFL.txt").read_text()

    def test_has_the_ascent_and_descent_the_layout_counts_with(self, file):
        font = TTFont(FONT_FOLDER / file)
        em = font["head"].unitsPerEm
        assert font["hhea"].ascent / em == ASCENT
        assert -font["hhea"].descent / em == DESCENT


class TestBreakingLines:
    def test_breaks_at_spaces(self):
        lines = broken("Trung tâm Phục vụ hành chính công", REGULAR, 12, 100)
        assert " ".join(lines) == "Trung tâm Phục vụ hành chính công"
        assert all(width_of(line, REGULAR, 12) <= 100 for line in lines)

    def test_breaks_a_word_that_alone_is_too_long(self):
        lines = broken("x" * 60, REGULAR, 12, 100)
        assert "".join(lines) == "x" * 60
        assert all(width_of(line, REGULAR, 12) <= 100 for line in lines)

    def test_keeps_given_line_breaks(self):
        assert broken("Một\nCửa", REGULAR, 12, 500) == ("Một", "Cửa")

    def test_balanced_lines_leave_no_lonely_word(self):
        lines = balanced("ỦY BAN NHÂN DÂN PHƯỜNG TÂY TỰU", BOLD, 12, 190)
        assert lines == ("ỦY BAN NHÂN DÂN", "PHƯỜNG TÂY TỰU")

    def test_no_text_has_no_line(self):
        assert balanced("  ", BOLD, 12, 190) == ()
