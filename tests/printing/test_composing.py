"""The layout of Decree 30, measured on the pages that come out."""

from datetime import date
from functools import cache

import pytest

from printing.composing import LONG_TABLE_ROWS, _lay_out, compose
from printing.documents import (
    Align,
    Article,
    Column,
    DocumentHead,
    GroupRow,
    Heading,
    OfficialDocument,
    Orientation,
    Paragraph,
    Signature,
    Table,
)
from printing.typography import BOLD, REGULAR, width_of
from tests.printing.pdf import POINT, page_texts, plain, reader

PIXEL = 25.4 / 96
COLUMNS = (
    Column("STT", 10, Align.CENTER),
    Column("Họ và tên", 40),
    Column("Đơn vị", 50),
    Column("Điểm", 15, Align.RIGHT),
)


def table(count, *, groups=0):
    rows = []
    for n in range(1, count + 1):
        if groups and n % groups == 1:
            rows.append(GroupRow(f"Khối {n // groups + 1}"))
        rows.append((str(n), f"Nguyễn Thị Ẩn {n}", "Phòng Văn hóa - Xã hội", "38,75"))
    return Table(COLUMNS, rows)


def document(*blocks, **changes):
    fields = {
        "head": DocumentHead(
            superior_agency="Ủy ban nhân dân phường Tây Tựu",
            issuing_agency="Ban Tổ chức Hội thi",
            number=5,
            symbol="BC-BTC",
            place="Tây Tựu",
            on=date(2026, 2, 3),
        ),
        "title": "Bảng tổng hợp kết quả",
        "abstract": "Hội thi Công chức làm việc tại bộ phận Một cửa năm 2026",
        "legal_bases": ("Căn cứ Luật Tổ chức chính quyền địa phương",),
        "signature": Signature("Trưởng ban", authority="TM. Ban Tổ chức", name="Ngô Ẩn"),
        "recipients": ("Như trên", "Lưu: VT, BTC"),
        "blocks": blocks,
    }
    return OfficialDocument(**{**fields, **changes})


@cache
def printed(count, *, groups=0, orientation=Orientation.PORTRAIT, draft=False):
    """A document of one table; several tests look at the same paper."""
    return compose(document(table(count, groups=groups), orientation=orientation, draft=draft))


@cache
def short(orientation=Orientation.PORTRAIT):
    """The head, a line and the signing block."""
    return compose(document(Paragraph("Nội dung."), orientation=orientation))


def texts_of(pdf, page):
    return page_texts(reader(pdf).pages[page])


def find(texts, start):
    return next(text for text in texts if text.text.startswith(start))


@pytest.fixture(params=list(Orientation))
def orientation(request):
    return request.param


def page_width(orientation):
    return 297 if orientation is Orientation.LANDSCAPE else 210


class TestHead:
    @staticmethod
    @cache
    def anchors(orientation):
        laid = _lay_out(
            document(Paragraph("Nội dung."), orientation=orientation),
            [Paragraph("Nội dung.")],
            first_page=1,
            continued=False,
            closing=True,
        )
        return {
            name: tuple(value * PIXEL for value in box)
            for name, box in laid.document.pages[0].anchors.items()
        }

    def test_the_rule_under_the_motto_is_as_long_as_the_motto(self, orientation):
        left, _top, right, _bottom = self.anchors(orientation)["motto-rule"]
        length = width_of("Độc lập - Tự do - Hạnh phúc", BOLD, 13) * POINT
        assert right - left == pytest.approx(length, abs=0.5)

    @pytest.mark.parametrize(
        ("rule", "text", "size"),
        [
            ("agency-rule", "BAN TỔ CHỨC HỘI THI", 12),
            ("abstract-rule", "Hội thi Công chức làm việc tại bộ phận Một cửa năm 2026", 13),
        ],
    )
    def test_the_other_rules_are_a_third_to_half_of_their_text_and_centred(
        self, orientation, rule, text, size
    ):
        left, _top, right, _bottom = self.anchors(orientation)[rule]
        length = width_of(text, BOLD, size) * POINT
        assert length / 3 <= right - left <= length / 2
        text_width = page_width(orientation) - 45
        centre = 30 + (0.2 if rule == "agency-rule" else 0.5) * text_width
        assert (left + right) / 2 == pytest.approx(centre, abs=0.5)

    def test_stands_in_two_columns_of_40_and_60_per_cent(self, orientation):
        texts = texts_of(short(orientation), 0)
        text_width = page_width(orientation) - 45
        for start, font, size, share in [
            ("BAN TỔ CHỨC HỘI THI", BOLD, 12, 0.2),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12, 0.7),
            ("Độc lập - Tự do - Hạnh phúc", BOLD, 13, 0.7),
            ("Số: 05/BC-BTC", REGULAR, 13, 0.2),
        ]:
            text = find(texts, start)
            assert text.text == start
            centre = text.left + width_of(start, font, size) * POINT / 2
            assert centre == pytest.approx(30 + share * text_width, abs=0.7), start

    def test_the_day_is_on_the_line_of_the_number(self, orientation):
        texts = texts_of(short(orientation), 0)
        day = find(texts, "Tây Tựu, ngày 03 tháng 02 năm 2026")
        assert day.baseline == pytest.approx(find(texts, "Số: 05/BC-BTC").baseline, abs=0.05)
        assert "Italic" in day.font

    def test_a_long_agency_name_breaks_in_balance_and_stays_in_its_column(self):
        head = DocumentHead(
            superior_agency="Ủy ban nhân dân thành phố Hà Nội",
            issuing_agency="Trung tâm Phục vụ hành chính công thành phố Hà Nội",
            place="Hà Nội",
        )
        texts = texts_of(compose(document(head=head)), 0)
        right = find(texts, "CỘNG HÒA").left
        for text in texts:
            if text.text.isupper() and text.left < 60 and text.baseline < 50:
                assert text.left >= 29.9
                assert text.left + width_of(text.text, BOLD, 12) * POINT <= right


class TestPage:
    def test_is_a4_with_the_margins_of_the_decree(self, orientation):
        body = Paragraph("Ban Tổ chức thông báo kết quả của Hội thi như sau: " * 60)
        pdf = compose(document(body, table(60), orientation=orientation))
        width = page_width(orientation)
        for page in reader(pdf).pages:
            assert float(page.mediabox.width) * POINT == pytest.approx(width, abs=0.1)
            texts = page_texts(page)
            body_texts = [t for t in texts if t.baseline > 20]
            assert min(t.left for t in body_texts) >= 29.9
            assert min(t.left for t in body_texts) <= 38
            assert max(t.baseline for t in body_texts) <= float(page.mediabox.height) * POINT - 20
            for t in body_texts:
                bold = BOLD if "Bold" in t.font else REGULAR
                assert t.left + width_of(t.text, bold, 11) * POINT <= width - 15 + 0.5

    def test_numbers_stand_centred_in_the_top_margin_from_the_second_page(self, orientation):
        pdf = printed(90, orientation=orientation)
        pages = [page_texts(page) for page in reader(pdf).pages]
        assert len(pages) >= 3
        assert [t for t in pages[0] if t.baseline < 20] == []
        for number, texts in enumerate(pages[1:], 2):
            (shown,) = [t for t in texts if t.baseline < 20]
            assert shown.text == str(number)
            assert 10 <= shown.baseline <= 15
            centre = shown.left + width_of(shown.text, REGULAR, 13) * POINT / 2
            assert centre == pytest.approx(30 + (page_width(orientation) - 45) / 2, abs=0.3)

    def test_articles_and_headings_are_indented_by_127_millimetres(self):
        pdf = compose(document(Heading("I. KẾT QUẢ"), Article(1, "Công nhận kết quả Hội thi.")))
        texts = texts_of(pdf, 0)
        assert find(texts, "I. KẾT QUẢ").left == pytest.approx(42.7, abs=0.1)
        article = find(texts, "Điều 1.")
        assert article.left == pytest.approx(42.7, abs=0.1)
        assert "Bold" in article.font

    def test_a_draft_says_so_on_every_page_and_a_final_paper_never(self):
        assert all("DỰ THẢO" in page for page in plain(printed(250, draft=True)))
        assert not any("DỰ THẢO" in page for page in plain(printed(250)))

    def test_what_users_wrote_stays_text(self):
        evil = '<img src="http://127.0.0.1:1/x"> <script>1</script> & <b>'
        pdf = compose(document(Paragraph(evil), Table(COLUMNS, [("1", evil, "{{ x }}", "")])))
        assert plain(pdf)[0].count("<script>1</script>") == 2
        assert "{{ x }}" in plain(pdf)[0]


class TestClosing:
    @pytest.mark.parametrize("rows", [29, 31, 33])
    def test_the_signing_block_never_stands_alone(self, rows):
        pages = plain(printed(rows))
        (closing,) = [page for page in pages if "TRƯỞNG BAN" in page]
        assert closing is pages[-1]
        assert "Nơi nhận" in closing
        assert "Ngô Ẩn" in closing
        assert f"Nguyễn Thị Ẩn {rows - 1}" in closing

    def test_recipients_are_level_with_the_signing_title(self):
        texts = texts_of(short(), 0)
        recipients, authority = find(texts, "Nơi nhận:"), find(texts, "TM. BAN TỔ CHỨC")
        assert recipients.left == pytest.approx(30, abs=0.1)
        assert recipients.baseline == pytest.approx(authority.baseline, abs=0.6)
        assert authority.left > 105

    def test_room_is_left_to_sign_and_stamp(self):
        texts = texts_of(short(), 0)
        assert find(texts, "Ngô Ẩn").baseline - find(texts, "TRƯỞNG BAN").baseline > 25


class TestTables:
    @pytest.mark.parametrize("count", [90, 250])
    def test_repeat_their_head_on_each_page_and_lose_no_row(self, orientation, count):
        pages = plain(printed(count, orientation=orientation))
        for page in pages:
            assert ("Họ và tên" in page) == ("Nguyễn Thị" in page)
        shown = " ".join(pages)
        positions = [shown.index(f"Nguyễn Thị Ẩn {n} Phòng") for n in range(1, count + 1)]
        assert positions == sorted(positions)
        assert shown.count("Nguyễn Thị Ẩn ") == count

    @pytest.mark.parametrize("count", [LONG_TABLE_ROWS + n for n in (1, 20, 38)])
    def test_long_ones_end_with_the_signing_block_after_rows(self, count):
        pages = plain(printed(count, groups=25))
        assert "TRƯỞNG BAN" in pages[-1]
        assert f"Nguyễn Thị Ẩn {count}" in pages[-1]
        assert sum(page.count("Nguyễn Thị Ẩn ") for page in pages) == count

    def test_never_leave_a_group_row_at_the_foot_of_a_page(self):
        for page in plain(printed(300, groups=7)):
            assert "Khối" not in page.rsplit("Nguyễn Thị Ẩn", 1)[-1]

    def test_several_long_ones_follow_each_other_with_running_page_numbers(self):
        pdf = compose(document(table(220), Heading("II. ĐƠN VỊ"), table(220), Paragraph("Hết.")))
        pages = [page_texts(page) for page in reader(pdf).pages]
        shown = " ".join(plain(pdf))
        assert shown.count("Nguyễn Thị Ẩn ") == 440
        assert "II. ĐƠN VỊ" in shown
        for number, texts in enumerate(pages[1:], 2):
            assert [t.text for t in texts if t.baseline < 20] == [str(number)]

    def test_inner_pages_drawn_directly_look_like_the_others(self, orientation):
        """Same rows on the page, at the same height, to a tenth of a millimetre."""

        def lines(pdf):
            texts = [t for t in texts_of(pdf, 1) if t.baseline > 20 and t.left < 40]
            return [(t.text.split()[0], t.left, t.baseline) for t in texts]

        theirs = lines(printed(90, orientation=orientation))
        ours = lines(printed(250, orientation=orientation))
        assert len(ours) > 20
        for (text, left, baseline), other in zip(ours, theirs, strict=True):
            assert text == other[0]
            assert left == pytest.approx(other[1], abs=0.1)
            assert baseline == pytest.approx(other[2], abs=0.1)

    @pytest.mark.parametrize("count", [3, LONG_TABLE_ROWS + 60])
    def test_never_break_a_word_of_a_heading_however_narrow_the_column(self, count):
        columns = (
            Column("STT", 1, Align.CENTER),
            Column("Đơn vị", 90),
            Column("Hoàn thành", 1, Align.CENTER),
        )
        rows = [(str(n), "Phòng Văn hóa - Xã hội", "9") for n in range(count)]
        for page in plain(compose(document(Table(columns, rows))))[:2]:
            assert {"STT", "Hoàn", "thành"} <= set(page.split())

    def test_a_tall_row_moves_whole_to_the_next_page(self):
        tall = ("x", "Ẫ " * 120, "Đơn vị cao", "1")
        rows = [("1", "Nguyễn Thị Ẩn", "Phòng", "1")] * 220
        for count in (28, 205):
            given = [*rows[:count], tall, *rows[count:]]
            for page in plain(compose(document(Table(COLUMNS, given)))):
                assert page.count("Ẫ") in (0, 120)
