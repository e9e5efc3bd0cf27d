"""Small Word files for tests, written as authors write them.

A line is text with marks: ``__underlined__``, ``**bold**``, ``{red:…}``, ``{blue:…}``,
``{high:…}``, ``{strike:…}``, ``{bu:bold and underlined}``, ``{it:…}``, ``{sup:…}``, ``{sub:…}``,
``{pic:what it shows}`` a picture. A list of lists is a table. ``PICTURE`` is a line with a picture.
"""

import io
import re
import zipfile

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from PIL import Image

PICTURE = object()

_RUN = re.compile(
    r"__(?P<u>.+?)__|\*\*(?P<b>.+?)\*\*"
    r"|\{(?P<how>red|blue|high|strike|bu|it|sup|sub|pic):(?P<t>.*?)\}"
)


def word_file(*lines) -> bytes:
    document = docx.Document()
    for line in lines:
        if line is PICTURE:
            add_picture(document.add_paragraph(), picture_bytes())
        elif isinstance(line, list):
            _table(document, line)
        else:
            write_runs(document.add_paragraph(), line)
    return saved(document)


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def write_runs(paragraph, line: str) -> None:
    position = 0
    for match in _RUN.finditer(line):
        if match.start() > position:
            paragraph.add_run(line[position : match.start()])
        if match["how"] == "pic":
            add_picture(paragraph, picture_bytes(), alt=match["t"])
            position = match.end()
            continue
        run = paragraph.add_run(match["u"] or match["b"] or match["t"])
        run.underline = True if match["u"] or match["how"] == "bu" else None
        run.bold = True if match["b"] or match["how"] == "bu" else None
        if match["how"] == "red":
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
        if match["how"] == "blue":
            run.font.color.rgb = RGBColor(0x1F, 0x4E, 0xB4)
        if match["how"] == "high":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        run.italic = True if match["how"] == "it" else None
        if match["how"] == "sup":
            run.font.superscript = True
        if match["how"] == "sub":
            run.font.subscript = True
        if match["how"] == "strike":
            run.font.strike = True
        position = match.end()
    paragraph.add_run(line[position:])


def add_picture(paragraph, data, *, alt=""):
    """In line with the text; the shape, to be made something else of."""
    shape = paragraph.add_run().add_picture(io.BytesIO(data))
    if alt:
        shape._inline.docPr.set("descr", alt)
    return shape


def picture_bytes(file_format="PNG", *, size=(40, 20), colour=(200, 30, 30), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, file_format, **options)
    return target.getvalue()


def repacked(
    data: bytes, *, replace=None, add=None, leave_out=(), compression=zipfile.ZIP_STORED
) -> bytes:
    """The package with parts changed: ``replace`` name → function of its bytes, ``add`` name →
    bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", compression) as out,
    ):
        for name in source.namelist():
            if name not in leave_out:
                change = (replace or {}).get(name)
                out.writestr(name, change(source.read(name)) if change else source.read(name))
        for name, content in (add or {}).items():
            out.writestr(name, content)
    return target.getvalue()


def _table(document, rows) -> None:
    table = document.add_table(len(rows), max(len(row) for row in rows))
    for row, cells in zip(rows, table.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=False):
            first, *more = text.split("\n")
            write_runs(cell.paragraphs[0], first)
            for line in more:
                write_runs(cell.add_paragraph(), line)


def numbered_word_file(questions, *, question_text="Câu %1:", option_format="upperLetter") -> bytes:
    """Questions and options whose numbers and letters are Word's, not text: [(stem, [options])]."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{question_text}"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{option_format}"/>'
        f'<w:lvlText w:val="%2."/></w:lvl>'
        "</w:abstractNum>"
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>')
    )

    def add(level, line):
        paragraph = document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="900"/></w:numPr>'
            )
        )
        write_runs(paragraph, line)

    for stem, options in questions:
        add(0, stem)
        for option in options:
            add(1, option)
    return saved(document)
