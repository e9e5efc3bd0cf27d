"""Question files as an author has them, of any length: Word, Excel and GIFT."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import docx
import xlsxwriter

_HEAD = ["STT", "Chuyên đề", "Mức độ", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Giải thích"]
_BODIES = ["Chính phủ", "Quốc hội", "Bộ Nội vụ", "Ủy ban nhân dân cấp xã", "Sở Tư pháp"]
_ACTS = ["tiếp nhận", "thẩm định", "công khai", "số hóa", "luân chuyển", "trả", "lưu trữ"]
_THINGS = ["hồ sơ", "giấy tờ", "kết quả", "phản ánh", "kiến nghị", "thủ tục", "dữ liệu"]


class Written(NamedTuple):
    """``key`` is the index of the right option."""

    number: int
    stem: str
    options: list[str]
    key: int


def written(count: int) -> Iterator[Written]:
    """Questions that begin alike, as those of a real bank do; no two are the same."""
    rng = random.Random(7)
    for number in range(1, count + 1):
        words = [rng.choice(names) for names in (_BODIES, _ACTS, _THINGS, _ACTS, _THINGS)]
        stem = (
            f"Theo quy định của pháp luật hiện hành, thời hạn {words[1]} {words[2]} số {number} "
            f"tại {words[0]} để {words[3]} {words[4]} là bao nhiêu ngày làm việc?"
        )
        options = [f"{rng.randint(1, 9) * 4 + place} ngày" for place in range(4)]
        yield Written(number, stem, options, rng.randrange(4))


def write_docx(path: Path, count: int) -> None:
    """The package of an empty document with a body written as text: python-docx itself takes
    minutes for 5,000 questions."""
    empty = BytesIO()
    docx.Document().save(empty)
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                before, after = content.decode().split("<w:sectPr", 1)
                content = f"{before}{''.join(_paragraphs(count))}<w:sectPr{after}".encode()
            out.writestr(name, content)


def _paragraphs(count: int) -> Iterator[str]:
    for number, stem, options, key in written(count):
        lines = [f"Câu {number}: {stem}"]
        lines += [f"{letter}. {option}" for letter, option in zip("ABCD", options, strict=True)]
        lines.append(f"Đáp án: {'ABCD'[key]}")
        yield from (f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)


def write_xlsx(path: Path, count: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Câu hỏi")
        sheet.write_row(0, 0, _HEAD)
        for number, stem, options, key in written(count):
            about = (number, f"Chuyên đề {number % 9}", "Dễ", stem)
            sheet.write_row(number, 0, [*about, *options, "ABCD"[key], "Điều 5"])


def write_gift(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for number, stem, options, key in written(count):
            answers = "\n".join(f"{'=' if i == key else '~'}{o}" for i, o in enumerate(options))
            out.write(f"::{number}:: {stem} {{\n{answers}\n}}\n\n")


WRITERS = {"docx": write_docx, "xlsx": write_xlsx, "gift": write_gift}
