"""Small Word files, one for each quirk, with exactly the questions and remarks they must give."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from quizzes.importing.docx import read_docx
from quizzes.importing.messages import MESSAGE_CODES, describe
from quizzes.importing.parsed import Kind
from tests.quizzes.importing.word_files import (
    add_picture,
    numbered_word_file,
    picture_bytes,
    repacked,
    saved,
    word_file,
    write_runs,
)

STEM = "Thủ đô của nước ta là thành phố nào?"
ASK = f"Câu 1: {STEM}"
OPTIONS = ("Huế", "Đà Nẵng", "Hà Nội")
MARKED = ["A. Huế", "B. Đà Nẵng", "__C. Hà Nội__"]
PLAIN = ["A. Huế", "B. Đà Nẵng", "C. Hà Nội"]
CAPITAL = (Kind.SINGLE, STEM, OPTIONS, (2,))
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


@dataclass(frozen=True)
class Case:
    """``questions``: (kind, stem, options or content, correct or key); ``remarks``: (row, code) of
    every remark; ``pictures``, ``marks``: of the first question."""

    build: Callable[[], bytes]
    questions: tuple = (CAPITAL,)
    remarks: tuple = ()
    pictures: dict | None = None
    marks: dict | None = None


def file_of(*lines):
    return lambda: word_file(*lines)


def with_paragraphs(change, *lines):
    """``change`` is given the paragraphs of the file."""

    def build():
        document = docx.Document()
        for line in lines:
            write_runs(document.add_paragraph(), line)
        change(document.paragraphs)
        return saved(document)

    return build


def number_list(document, list_id, levels, *, extra="", nums=None):
    numbering = document.part.numbering_part.element
    lvls = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (fmt, text, more) in enumerate(levels)
    )
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">'
            f"{extra}{lvls}</w:abstractNum>"
        ),
    )
    for num_id, inner in (nums or {list_id: ""}).items():
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{num_id}"><w:abstractNumId w:val="{list_id}"/>'
                f"{inner}</w:num>"
            )
        )


def add_numbered(document, line, num_id, level=0):
    paragraph = document.add_paragraph()
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{num_id}"/></w:numPr>'
        )
    )
    write_runs(paragraph, line)


def separate_lists():
    """Questions in one list, the options of each in a list that starts again."""
    document = docx.Document()
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    number_list(document, 900, [("decimal", "Câu %1.", "")])
    number_list(document, 901, [("upperLetter", "%1.", "")], nums={901: restart, 902: restart})
    for num_id, stem, key in ((901, STEM, 2), (902, "Một năm có mấy tháng?", 0)):
        add_numbered(document, stem, 900)
        options = OPTIONS if num_id == 901 else ("12", "10")
        for index, option in enumerate(options):
            add_numbered(document, f"__{option}__" if index == key else option, num_id)
    return saved(document)


def list_with_own_level():
    """A list that overrides how its level is written: "Câu %1:" instead of "%1."."""
    document = docx.Document()
    own = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="Câu %1:"/></w:lvl></w:lvlOverride>'
    )
    levels = [("bullet", "•", ""), ("upperLetter", "%2.", "")]
    number_list(document, 900, levels, nums={900: own})
    add_numbered(document, STEM, 900)
    for option in (*OPTIONS[:2], f"__{OPTIONS[2]}__"):
        add_numbered(document, option, 900, 1)
    return saved(document)


def list_in_a_style():
    document = docx.Document()
    number_list(
        document,
        900,
        [
            ("decimal", "Câu %1:", '<w:pStyle w:val="CauHoi"/>'),
            ("upperLetter", "%2)", '<w:pStyle w:val="PhuongAn"/>'),
        ],
    )
    for name, level in (("CauHoi", 0), ("PhuongAn", 1)):
        style = document.styles.add_style(name, 1)
        style.element.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="900"/></w:numPr>'
            )
        )
    document.add_paragraph(STEM, style="CauHoi")
    for option in (*OPTIONS[:2], f"__{OPTIONS[2]}__"):
        write_runs(document.add_paragraph(style="PhuongAn"), option)
    return saved(document)


def list_that_never_restarts():
    """The options' level goes on counting, as its author sees: E, F are no first options."""
    document = docx.Document()
    levels = [("decimal", "Câu %1:", ""), ("upperLetter", "%2.", '<w:lvlRestart w:val="0"/>')]
    number_list(document, 900, levels)
    for stem, options in ((STEM, MARKED), ("Có hay không?", ["A. Có", "__B. Không__"])):
        add_numbered(document, stem, 900)
        for option in options:
            add_numbered(
                document, option.replace("A. ", "").replace("B. ", "").replace("C. ", ""), 900, 1
            )
    return saved(document)


def anchored_picture():
    document = docx.Document()
    add_picture(document.add_paragraph(ASK), picture_bytes("JPEG"), alt="Bản đồ")
    for line in MARKED:
        write_runs(document.add_paragraph(), line)
    inline = next(document.element.iter(qn("wp:inline")))
    anchor = parse_xml(f"<wp:anchor {nsdecls('wp')}/>")
    anchor.extend(list(inline))
    inline.getparent().replace(inline, anchor)
    return saved(document)


def vml_picture():
    document = docx.Document()
    add_picture(document.add_paragraph(ASK), picture_bytes())
    for line in MARKED:
        write_runs(document.add_paragraph(), line)
    drawing = next(document.element.iter(qn("w:drawing")))
    relation = next(drawing.iter(qn("a:blip"))).get(qn("r:embed"))
    pict = parse_xml(
        f'<w:pict {nsdecls("w", "r")} {VML}><v:shape alt="Bản đồ">'
        f'<v:imagedata r:id="{relation}"/></v:shape></w:pict>'
    )
    drawing.getparent().replace(drawing, pict)
    return saved(document)


def picture_of(data):
    """A file whose picture is ``data``, whatever that is."""

    def build():
        made = word_file(f"{ASK} {{pic:Bản đồ}}", *MARKED)
        return repacked(made, replace={"word/media/image1.png": lambda _old: data})

    return build


def linked_picture():
    document = docx.Document()
    add_picture(document.add_paragraph(ASK), picture_bytes())
    for line in MARKED:
        write_runs(document.add_paragraph(), line)
    blip = next(document.element.iter(qn("a:blip")))
    blip.attrib.pop(qn("r:embed"))
    relation = document.part.relate_to(
        "http://example.invalid/x.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    blip.set(qn("r:link"), relation)
    return saved(document)


def inside_run(xml):
    """A file with ``xml`` in a run of the question's line."""

    def change(paragraphs):
        paragraphs[0].add_run()._r.append(parse_xml(xml))

    return with_paragraphs(change, ASK, *MARKED)


def moved(*, deleted):
    """Tracked changes: one line was inserted, another deleted."""

    def change(paragraphs):
        run = paragraphs[2]._p.find(qn("w:r"))
        tag = "w:del" if deleted else "w:ins"
        wrapper = parse_xml(f"<{tag} {nsdecls('w')}/>")
        run.getparent().replace(run, wrapper)
        wrapper.append(run)
        if deleted:
            run.find(qn("w:t")).tag = qn("w:delText")

    lines = [ASK, *MARKED[:1], "B. Đà Nẵng" if not deleted else "thừa", *MARKED[1:]]
    if not deleted:
        lines.pop(3)
    return with_paragraphs(change, *lines)


def split_accent():
    """A tone typed in another run than its letter, as after a spelling correction."""
    document = docx.Document()
    paragraph = document.add_paragraph("Câu 1: Thu")
    paragraph.add_run("\u0309 đô của nước ta là thành phố nào?")
    for line in MARKED:
        write_runs(document.add_paragraph(), line)
    return saved(document)


def content_control():
    def change(paragraphs):
        first = paragraphs[1]._p
        box = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        first.getparent().replace(first, box)
        box[0].append(first)

    return with_paragraphs(change, ASK, *MARKED)


def inserted_file():
    def change(paragraphs):
        chunk = parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="rId99"/>')
        paragraphs[-1]._p.addnext(chunk)

    return with_paragraphs(change, ASK, *MARKED)


def two_columns():
    """The page is set in two columns; the options stand in them by a column break."""

    def change(paragraphs):
        section = paragraphs[0]._p.getparent().find(qn("w:sectPr"))
        section.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="720"/>'))
        paragraphs[2].runs[0]._r.insert(0, parse_xml(f'<w:br {nsdecls("w")} w:type="column"/>'))

    return with_paragraphs(change, ASK, *MARKED)


def merged_option_table():
    """Option A over the whole row, B and C beside each other below it."""
    document = docx.Document()
    document.add_paragraph(ASK)
    table = document.add_table(2, 2)
    whole = table.cell(0, 0).merge(table.cell(0, 1))
    for cell, line in ((whole, MARKED[0]), (table.cell(1, 0), MARKED[1])):
        write_runs(cell.paragraphs[0], line)
    write_runs(table.cell(1, 1).paragraphs[0], MARKED[2])
    return saved(document)


def link_outside():
    """An address in the stem: its words are read, the address is not followed."""
    document = docx.Document()
    paragraph = document.add_paragraph("Câu 1: ")
    relation = document.part.relate_to(
        "http://example.invalid/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:rPr><w:u w:val="single"/>'
            f"</w:rPr><w:t>{STEM}</w:t></w:r></w:hyperlink>"
        )
    )
    for line in MARKED:
        write_runs(document.add_paragraph(), line)
    return saved(document)


OLD_FONT = "Thñ ®« cña n­íc ta lµ thµnh phè nµo?"
PAIRS = {
    "left": [{"id": "a", "text": "Nghị định"}, {"id": "b", "text": "Luật"}],
    "right": [
        {"id": "1", "text": "Bộ trưởng"},
        {"id": "2", "text": "Chính phủ"},
        {"id": "3", "text": "Quốc hội"},
    ],
}
EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)
CASES = {
    "hỏi đáp thường": Case(file_of(ASK, *MARKED)),
    "Bài 1)": Case(file_of(f"Bài 1) {STEM}", *MARKED)),
    "số trần 1.": Case(file_of(f"1. {STEM}", *MARKED)),
    "phương án một dòng, ngăn bằng tab": Case(file_of(ASK, "\t".join(MARKED))),
    "phương án trong bảng": Case(file_of(ASK, [[MARKED[0], MARKED[1]], [MARKED[2], ""]])),
    "cả câu trong bảng": Case(file_of([["Câu 1", STEM + "\n" + "\n".join(MARKED)]])),
    "danh sách tự động": Case(
        lambda: numbered_word_file([(STEM, ["Huế", "Đà Nẵng", "__Hà Nội__"])])
    ),
    "danh sách riêng cho phương án": Case(
        separate_lists, (CAPITAL, (Kind.SINGLE, "Một năm có mấy tháng?", ("12", "10"), (0,)))
    ),
    "danh sách tự đổi cách ghi": Case(list_with_own_level),
    "danh sách trong kiểu đoạn": Case(list_in_a_style),
    "danh sách không đánh lại từ A": Case(
        list_that_never_restarts, (CAPITAL,), ((2, "options_missing"),)
    ),
    "hai cách đánh dấu trái nhau": Case(
        file_of(ASK, "**A. Huế**", "B. Đà Nẵng", "__C. Hà Nội__"), (), ((1, "key_conflict"),)
    ),
    "hai phương án cùng gạch chân": Case(
        file_of(ASK, "__A. Huế__", "B. Đà Nẵng", "__C. Hà Nội__"), (), ((1, "key_twice"),)
    ),
    "tên câu in đậm không phải đáp án": Case(
        file_of(f"**Câu 1:** {STEM}", *[f"**{o[:2]}**{o[2:]}" for o in PLAIN]),
        (),
        ((1, "key_missing"),),
    ),
    "bảng đáp án ngang": Case(
        file_of(ASK, *PLAIN, "BẢNG ĐÁP ÁN", [["Câu", "1"], ["Đáp án", "C"]])
    ),
    "bảng đáp án dọc": Case(file_of(ASK, *PLAIN, "ĐÁP ÁN", [["Câu", "Đáp án"], ["1", "C"]])),
    "đáp án thành cặp 1-C": Case(file_of(ASK, *PLAIN, "ĐÁP ÁN", "1-C")),
    "lời giải": Case(file_of(ASK, *PLAIN, "Đáp án: C", "Lời giải: Điều 13 Hiến pháp")),
    "chữ trên, chữ dưới": Case(
        file_of("Câu 1: Kí hiệu nào đúng? 10{sup:th}", "A. H{sub:2}O", "B. m{sup:2}", "Đáp án: B"),
        ((Kind.SINGLE, "Kí hiệu nào đúng? 10th", ("H₂O", "m²"), (1,)),),
        marks={"stem": ((20, 22, "sup"),)},
    ),
    "chữ nhấn mạnh trong câu hỏi": Case(
        file_of("Câu 1: Ý nào **không** đúng, __trừ__ {it:một}?", *MARKED),
        ((Kind.SINGLE, "Ý nào không đúng, trừ một?", OPTIONS, (2,)),),
        marks={"stem": ((6, 11, "b"), (18, 21, "b"), (22, 25, "i"))},
    ),
    "cả câu hỏi in đậm": Case(file_of(f"**{ASK}**", *MARKED), marks={}),
    "chữ đậm lộ đáp án": Case(
        file_of(ASK, "A. Huế", "B. Đà Nẵng", "C. Hà **Nội**", "Đáp án: C"),
        remarks=((1, "emphasis_left_out"),),
        marks={},
    ),
    "hình trong câu hỏi": Case(
        file_of(ASK, "{pic:Bản đồ}", *MARKED), pictures={"stem": ["Bản đồ"]}
    ),
    "hình ở phương án": Case(
        file_of(ASK, "A. Huế {pic:Ngọ Môn}", "B. Đà Nẵng\t{pic:Cầu Rồng}", "__C. Hà Nội__"),
        pictures={"a": ["Ngọ Môn"], "b": ["Cầu Rồng"]},
    ),
    "hình giữa hai phương án một dòng": Case(
        file_of(ASK, "A. Huế {pic:Một}\tB. Đà Nẵng {pic:Hai}\t__C. Hà Nội__"),
        pictures={"a": ["Một"], "b": ["Hai"]},
    ),
    "hình chưa có mô tả": Case(
        file_of(f"{ASK} {{pic:}}", *MARKED),
        remarks=((1, "picture_without_words"),),
        pictures={"stem": [""]},
    ),
    "phương án chỉ có hình": Case(
        file_of(ASK, "A. {pic:Một}", "B. Đà Nẵng", "__C. Hà Nội__"),
        (),
        ((1, "option_picture_only"),),
    ),
    "hình nổi": Case(anchored_picture, pictures={"stem": ["Bản đồ"]}),
    "hình kiểu cũ (VML)": Case(vml_picture, pictures={"stem": ["Bản đồ"]}),
    "hình EMF": Case(picture_of(EMF), (), ((1, "picture_format"),)),
    "hình SVG": Case(picture_of(b"<svg onload='alert(1)'/>"), (), ((1, "picture_format"),)),
    "hình hỏng": Case(picture_of(picture_bytes()[:50]), (), ((1, "picture_damaged"),)),
    "hình liên kết ra ngoài": Case(linked_picture, (), ((1, "picture_linked"),)),
    "hình trong lời giải": Case(
        file_of(ASK, *MARKED, "Lời giải: xem hình {pic:x}"), remarks=((1, "picture_in_reason"),)
    ),
    "biểu trưng ở đầu tệp": Case(
        file_of("{pic:Quốc huy}", "ỦY BAN NHÂN DÂN PHƯỜNG", ASK, *MARKED), pictures={}
    ),
    "hộp chữ": Case(
        inside_run(
            f"<mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing {nsdecls('w')}>"
            f"<wps:wsp {WPS}/></w:drawing></mc:Choice></mc:AlternateContent>"
        ),
        (),
        ((1, "shape"),),
    ),
    "đường kẻ ngang": Case(
        inside_run(f'<w:pict {nsdecls("w")} {VML}><v:rect o:hr="t"/></w:pict>')
    ),
    "bảng tính nhúng": Case(
        inside_run(
            f'<w:object {nsdecls("w")} {VML}><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
        ),
        (),
        ((1, "embedded_object"),),
    ),
    "công thức MathType": Case(
        inside_run(
            f'<w:object {nsdecls("w")} {VML}><o:OLEObject ProgID="Equation.DSMT4"/></w:object>'
        ),
        (),
        ((1, "formula"),),
    ),
    "chú thích cuối trang": Case(
        inside_run(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'), remarks=((1, "footnote"),)
    ),
    "tệp chèn trong tệp": Case(inserted_file(), (), ((1, "inserted_file"),)),
    "chữ thêm khi theo dõi thay đổi": Case(moved(deleted=False)),
    "chữ xóa khi theo dõi thay đổi": Case(moved(deleted=True)),
    "dấu rời khỏi chữ": Case(split_accent),
    "ô nội dung": Case(content_control()),
    "hai cột": Case(two_columns()),
    "bảng phương án gộp ô": Case(merged_option_table),
    "liên kết trong câu hỏi": Case(link_outside, marks={}),
    "phông TCVN3": Case(
        file_of(f"Câu 1: {OLD_FONT}", "A. HuÕ", "__B. Hµ Néi__"), (), ((1, "legacy_font"),)
    ),
    "chữ gạch ngang": Case(
        file_of("Câu 1: Thủ đô của nước ta là thành phố {strike:nào}?", *MARKED),
        remarks=((1, "struck_text"),),
    ),
    "ghép cặp bằng số và chữ": Case(
        file_of(
            "Câu 1 (Ghép đôi): Ai ban hành?",
            *("1. Nghị định", "2. Luật", "a) Chính phủ", "b) Quốc hội", "c) Bộ trưởng"),
            *("Đáp án: 1-a, 2-b", "Cách tính điểm: Tính điểm từng phần"),
        ),
        (
            (
                Kind.MATCHING,
                "Ai ban hành?",
                PAIRS,
                {"pairs": {"a": "2", "b": "3"}, "rule": "partial"},
            ),
        ),
    ),
    "ghép cặp thiếu một vế": Case(
        file_of("Câu 1 (Ghép đôi): Ai?", "1. Một", "2. Hai", "a) X", "b) Y", "Đáp án: 1-a"),
        (),
        ((1, "matching_in_word"),),
    ),
    "tình huống có hình": Case(
        file_of(f"Câu 1 (Tình huống): {STEM} {{pic:Bản đồ}}", *MARKED),
        ((Kind.SITUATION, STEM, OPTIONS, (2,)),),
        pictures={"media": ["Bản đồ"]},
    ),
    "tình huống bằng lời": Case(file_of(f"Câu 1 (Tình huống): {STEM}", *MARKED)),
    "tự luận có giới hạn từ": Case(
        file_of("Câu 1 (Tự luận): Viết thư?", "Hướng dẫn chấm: Đủ hai ý", "Số từ tối đa: 200"),
        ((Kind.ESSAY, "Viết thư?", {"max_words": 200}, {"guide": "Đủ hai ý"}),),
    ),
    "thứ tự có cách tính điểm": Case(
        file_of(
            *("Câu 1 (Sắp xếp): Trình tự?", "a) Trả", "b) Nhận"),
            *("Đáp án: b, a", "Cách tính điểm: Đúng hết mới có điểm"),
        ),
        (
            (
                Kind.ORDERING,
                "Trình tự?",
                {"items": [{"id": "a", "text": "Nhận"}, {"id": "b", "text": "Trả"}]},
                {"order": ["a", "b"], "rule": "all_or_nothing"},
            ),
        ),
    ),
    "phần không tên và trang ký": Case(
        file_of("A. PHẦN TRẮC NGHIỆM", ASK, *MARKED, "--- HẾT ---", "Người ra đề"),
        remarks=((0, "line_left_out"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_file_gives_exactly_its_questions_and_remarks(name):
    case = CASES[name]
    result = read_docx(case.build())
    assert [(remark.row, remark.code) for remark in result.remarks] == list(case.remarks)
    assert [
        (q.kind, q.stem, q.options or q.content, q.correct or q.key) for q in result.questions
    ] == list(case.questions)
    if case.pictures is not None:
        first = result.questions[0]
        found = {part: [p.alt for p in pictures] for part, pictures in first.pictures.items()}
        assert found == case.pictures
        assert all(p.width == 40 for pictures in first.pictures.values() for p in pictures)
    if case.marks is not None:
        assert result.questions[0].marks == case.marks
    for remark in result.remarks:
        assert remark.code in MESSAGE_CODES
        assert describe(remark)


def test_the_corpus_is_large_enough():
    assert len(CASES) >= 50


def test_a_picture_used_twice_is_one_picture():
    data = word_file(f"{ASK} {{pic:Một}}", *MARKED, "Câu 2: Khác? {pic:Hai}", *MARKED)
    one, two = (q.pictures["stem"][0] for q in read_docx(data).questions)
    assert one.sha256 == two.sha256
    with Image.open(io.BytesIO(one.data)) as picture:
        assert picture.size == (40, 20)
