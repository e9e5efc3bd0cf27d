"""A .docx package in, its lines and tables out, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from core.uploads import Package
from quizzes.importing.limits import MAX_LINES, XML_OPTIONS, read_xml, refusing
from quizzes.importing.parsed import UnreadableFile
from quizzes.importing.word_lines import Block, Line, LineBuilder, Mark, Table, WordCell
from quizzes.importing.word_numbering import Numbering, W, read_numbering, value_of, whole
from quizzes.importing.word_pictures import (
    PICTURES,
    Relations,
    read_picture_element,
    read_relations,
)
from quizzes.importing.word_styles import Properties, Styles, marks_of, read_properties, read_styles

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_REMOVED = {f"{W}del", f"{W}moveFrom"}
_FORMULAS = {f"{_MATH}oMath", f"{_MATH}oMathPara"}
_BREAKS = {f"{W}br", f"{W}cr"}
_NOTES = {f"{W}footnoteReference", f"{W}endnoteReference"}
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


def read_blocks(package: Package) -> list[Block]:
    """Raises UnreadableFile. Removed text of tracked changes is left out, hidden text too."""
    names = package.names
    reader = _Reader(
        styles=read_styles(
            read_xml(package, "word/styles.xml") if "word/styles.xml" in names else None
        ),
        relations=read_relations(package),
        numbering=read_numbering(
            read_xml(package, "word/numbering.xml") if "word/numbering.xml" in names else None
        ),
    )
    return list(_blocks_of(package, reader))


def _blocks_of(package: Package, reader: _Reader) -> Iterator[Block]:
    """The body as it is parsed, each paragraph and table let go at once: as a tree, a document
    takes ten times its size."""
    with refusing():
        content = package.read("word/document.xml")
    parsing = etree.iterparse(BytesIO(content), tag=(f"{W}p", f"{W}tbl"), **XML_OPTIONS)
    try:
        for _event, element in parsing:
            body = element.getroottree().getroot().find(f"{W}body")
            if body is None or element.getparent() is not body:
                continue
            # What stands before it is whole; what follows may be half read.
            while (first := body[0]) is not element:
                yield from reader.blocks([first])
                body.remove(first)
            yield from reader.blocks([element])
            body.remove(element)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    if parsing.root.getroottree().docinfo.doctype:
        raise UnreadableFile("unsafe_xml")
    body = parsing.root.find(f"{W}body")
    if body is None:
        raise UnreadableFile("damaged")
    yield from reader.blocks(body)


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    relations: Relations
    place: int = 1

    def blocks(self, parent: Iterable[etree._Element]) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self.table(child)
            elif child.tag == f"{W}altChunk":
                yield Line("", (), self.place, frozenset({"inserted_file"}))
            elif child.tag not in _REMOVED and child.tag != f"{W}sectPr":
                yield from self.blocks(child)  # content controls, accepted changes, custom XML

    def table(self, table: etree._Element) -> Table:
        return Table(
            tuple(
                tuple(self.cell(cell) for cell in _within(row, f"{W}tc"))
                for row in _within(table, f"{W}tr")
            )
        )

    def cell(self, cell: etree._Element) -> WordCell:
        lines: list[Line] = []
        for block in self.blocks(cell):
            if isinstance(block, Line):
                lines.append(block)
            else:
                lines += [line for row in block.rows for inner in row for line in inner]
        return tuple(line for line in lines if not line.is_blank)

    def paragraph(self, paragraph: etree._Element) -> list[Line]:
        style_id = self.styles.default_paragraph
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            style_id = value_of(properties, "pStyle") or style_id
        builder = LineBuilder(self.place, self.styles.name_of(style_id))
        label = self.label(properties, style_id)
        if label:
            builder.write(f"{label} ", 0)
        base = self.styles.defaults | self.styles.properties(style_id)
        self.inline(paragraph, builder, base, is_link=False)
        builder.end_line()
        self.place += len(builder.lines)
        if self.place > MAX_LINES:
            raise UnreadableFile("too_many_lines", limit=MAX_LINES)
        return builder.lines

    def label(self, properties: etree._Element | None, style_id: str | None) -> str:
        numbered = None if properties is None else properties.find(f"{W}numPr")
        own_level = None if numbered is None else value_of(numbered, "ilvl")
        if numbered is not None:
            list_id = value_of(numbered, "numId")
            if list_id is not None:
                return self.numbering.label(list_id, whole(own_level, 0))
        for ancestor in self.styles.chain(style_id):
            style = self.styles.by_id[ancestor]
            if style.list_id is not None:
                level = self.numbering.level_of_style(style.list_id, ancestor)
                return self.numbering.label(style.list_id, whole(own_level or style.level, level))
        return ""

    def inline(
        self, parent: etree._Element, builder: LineBuilder, base: Properties, *, is_link: bool
    ) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self.run(child, builder, base, is_link=is_link)
            elif child.tag in _FORMULAS:
                builder.hold("formula")
            elif child.tag in PICTURES:
                read_picture_element(child, builder, self.relations)
            elif child.tag not in _REMOVED and child.tag != f"{W}pPr":
                link = is_link or child.tag == f"{W}hyperlink"
                self.inline(child, builder, base, is_link=link)

    def run(
        self, run: etree._Element, builder: LineBuilder, base: Properties, *, is_link: bool
    ) -> None:
        own = read_properties(run.find(f"{W}rPr"))
        effective = base | self.styles.properties(own.get("rStyle")) | own
        if effective.get("vanish") == "1":
            return
        marks = marks_of(effective)
        if is_link or own.get("rStyle", "").lower() == "hyperlink":
            marks &= ~(Mark.UNDERLINE | Mark.COLOUR)  # Word's own dress of an address, not a key
        for child in run:
            if child.tag == f"{W}t":
                _write_text(builder, child.text or "", marks)
            elif child.tag in {f"{W}tab", f"{W}ptab"}:
                builder.write("\t", int(marks))
            elif child.tag in _BREAKS:
                builder.end_line()
            elif child.tag == f"{W}noBreakHyphen":
                builder.write("-", int(marks))
            elif child.tag == f"{W}sym":
                builder.hold("symbol")
            elif child.tag in _NOTES:
                builder.hold("footnote")
            elif child.tag in PICTURES:
                read_picture_element(child, builder, self.relations)
            elif child.tag in _FORMULAS:
                builder.hold("formula")


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also in content controls, not those of inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _within(child, tag)


def _write_text(builder: LineBuilder, text: str, marks: Mark) -> None:
    """ "m" + raised "2" is "m²": the height carries meaning, so it becomes characters where there
    are such characters, and stays a mark where there are none ("3" + raised "rd")."""
    for height, signs in ((Mark.RAISED, _RAISED), (Mark.LOWERED, _LOWERED)):
        if marks & height and all(ord(char) in signs for char in text.strip()):
            text, marks = text.translate(signs), marks & ~height
    builder.write(text, int(marks))
