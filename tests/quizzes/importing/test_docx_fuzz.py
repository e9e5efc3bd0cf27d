"""Broken and hostile Word files: a result or UnreadableFile, never another exception.

MOTCUA_FUZZ_CASES says how many mutations are tried (`make fuzz`: 10,000); the default is quick.
"""

import io
import os
import random
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest

from quizzes.importing.docx import read_docx
from quizzes.importing.messages import MESSAGE_CODES, describe, describe_unreadable
from quizzes.importing.parsed import Kind, ParseResult, UnreadableFile
from tests.quizzes.bank_export.test_word import plain_bank, written
from tests.quizzes.importing.test_word_corpus import CASES as CORPUS
from tests.quizzes.importing.test_word_kinds import GROUP
from tests.quizzes.importing.word_files import repacked, word_file

FILES = Path(__file__).parent / "files"
CASES = int(os.environ.get("MOTCUA_FUZZ_CASES", "300"))
BATCHES = 10
WORDS = [
    "Câu 1: ", "Câu 99999: ", "A. ", "B.", "ĐÁP ÁN", "1-C", "Đáp án: ", "(Tự luận)", "PHẦN II. ",
    "(Đ)", "\t", "1. ", "Đ S", "a) ", "*", "Lời giải: ", "\u0309", "\u202e", "‑", "١", "²", "𝟙",
]  # fmt: skip


@cache
def seeds() -> list[bytes]:
    real = [path.read_bytes() for path in sorted(FILES.glob("*.docx"))]
    small = [CORPUS[name].build() for name in list(CORPUS)[::4]]
    own = written(plain_bank(*Kind), with_key=True)
    return [*real, *small, own, own, word_file(*GROUP, "Đáp án: ĐSĐS")]


def mutated_bytes(data: bytes, chance: random.Random) -> bytes:
    """Zip-level: bytes turned, cut out, doubled, or the end cut off."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[at] = chance.randrange(256)
            case 1:
                del found[at : at + chance.randint(1, 40)]
            case 2:
                found[at:at] = found[at : at + chance.randint(1, 40)]
            case _ if chance.random() < 0.2:
                del found[at:]
        if not found:
            return b""
    return bytes(found)


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """XML-level: one part of the package, changed and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if re.match(r"word/(\w+\.xml|_rels/|media/)", n)]
    name = chance.choices(names, [8 if "document" in n else 1 for n in names])[0]

    def change(content: bytes) -> bytes:
        if not name.endswith(("xml", "rels")):
            return mutated_bytes(content, chance)
        text = content.decode("utf-8", "replace")
        for _ in range(chance.randint(1, 12)):
            text = mutated_xml(text, chance)
        return text.encode("utf-8", "replace")

    return repacked(data, replace={name: change})


def mutated_xml(text: str, chance: random.Random) -> str:
    pieces = re.split(r"(<[^<>]*>)", text)
    at = chance.randrange(len(pieces))
    piece = pieces[at]
    match chance.randrange(6):
        case 0 if not piece.startswith("<"):
            pieces[at] = chance.choice(WORDS) + piece
        case 1 if not piece.startswith("<"):
            pieces[at] = "".join(chance.sample(piece, len(piece)))
        case 2:
            values = ["", "-1", "99999999999", "x", "Đ", "0", "%1%2%9", "rId1"]
            pieces[at] = re.sub(r'"[^"]*"', f'"{chance.choice(values)}"', piece, count=1)
        case 3:
            other = chance.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], piece
        case 4:
            pieces[at] = chance.choice(["", piece * 2])
        case _:
            start = max(0, at - chance.randint(0, 30))
            pieces[start:at] = pieces[start:at] * 2
    return "".join(pieces)


def try_to_read(data: bytes) -> None:
    try:
        result = read_docx(data)
    except UnreadableFile as error:
        refusal = error
    else:
        check(result)
        return
    assert refusal.code in MESSAGE_CODES
    assert describe_unreadable(refusal)


def check(result: ParseResult) -> None:
    for remark in result.remarks:
        assert describe(remark)
    for question in result.questions:
        assert question.stem
        assert all(0 <= index < len(question.options) for index in question.correct)
        for part, marks in question.marks.items():
            assert part
            assert all(0 <= start < end for start, end, _how in marks)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_mutated_file_gives_a_result_or_a_refusal(batch):
    for number in range(batch, CASES, BATCHES):
        chance = random.Random(number)
        data = chance.choice(seeds())
        data = chance.choice([mutated_bytes, mutated_part, mutated_part])(data, chance)
        try:
            try_to_read(data)
        except Exception as error:
            error.add_note(f"case {number}")
            raise


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w>&c;</w>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>"""
)
FINE = ("Câu 1: Có hay không?", "__A. Có__", "B. Không")


@pytest.mark.parametrize("part", ["document", "styles", "numbering", "_rels/document.xml.rels"])
@pytest.mark.parametrize("content", [ENTITIES, OUTSIDE])
def test_entities_are_refused_in_every_part(part, content):
    name = f"word/{part}" if part.endswith("rels") else f"word/{part}.xml"
    with pytest.raises(UnreadableFile) as caught:
        read_docx(repacked(word_file(*FINE), replace={name: lambda _old: content}))
    assert caught.value.code == "unsafe_xml"


@pytest.mark.parametrize(
    "add",
    [
        {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"},
        {"word/vbaData.xml": b"<x/>"},
    ],
)
def test_a_file_with_macros_is_refused_with_a_remedy(add):
    with pytest.raises(UnreadableFile) as caught:
        read_docx(repacked(word_file(*FINE), add=add))
    assert caught.value.code == "macros"
    assert ".docx" in describe_unreadable(caught.value)


def test_a_renamed_macro_file_is_refused_by_its_type():
    def macro(types: bytes) -> bytes:
        return types.replace(
            b"officedocument.wordprocessingml.document.main",
            b"ms-word.document.macroEnabled.main",
        ).replace(b"vnd.openxmlformats-ms", b"vnd.ms")

    with pytest.raises(UnreadableFile) as caught:
        read_docx(repacked(word_file(*FINE), replace={"[Content_Types].xml": macro}))
    assert caught.value.code == "macros"


def test_relations_to_elsewhere_are_never_followed():
    def outside(rels: bytes) -> bytes:
        relation = (
            b'<Relationship Id="rId77" TargetMode="External" Target="http://example.invalid/t.dotm"'
            b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'attachedTemplate"/></Relationships>'
        )
        return rels.replace(b"</Relationships>", relation)

    name = "word/_rels/document.xml.rels"
    [question] = read_docx(repacked(word_file(*FINE), replace={name: outside})).questions
    assert question.options == ("Có", "Không")


@pytest.mark.parametrize(
    "target", ["../../../etc/passwd", "/etc/passwd", "..\\..\\x", "media/none"]
)
def test_a_picture_outside_the_package_is_not_there(target):
    made = word_file("Câu 1: Có hay không? {pic:x}", *FINE[1:])
    name = "word/_rels/document.xml.rels"

    def elsewhere(rels: bytes) -> bytes:
        return rels.replace(b"media/image1.png", target.encode())

    [remark] = read_docx(repacked(made, replace={name: elsewhere})).rejected
    assert remark.code == "picture_damaged"


def test_a_part_that_unpacks_to_very_much_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 80_000_000 + b"</w>")
    with pytest.raises(UnreadableFile) as caught:
        read_docx(target.getvalue())
    assert caught.value.code == "unpacked_too_large"


def test_very_deep_elements_are_refused():
    deep = b"<w:sdt>" * 5_000 + b"</w:sdt>" * 5_000

    def change(content: bytes) -> bytes:
        return content.replace(b"<w:sectPr", deep + b"<w:sectPr")

    with pytest.raises(UnreadableFile) as caught:
        read_docx(repacked(word_file(*FINE), replace={"word/document.xml": change}))
    assert caught.value.code == "damaged"
