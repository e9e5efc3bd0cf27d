"""Small files of the text formats, one for each quirk, with what must come of each.

A question is said in one line by `told`; a remark by its row and code.
"""

import io
import zipfile
from dataclasses import dataclass

from quizzes.importing.parsed import Format, Kind


@dataclass(frozen=True)
class Case:
    name: str
    format: Format
    data: bytes
    questions: tuple[str, ...]
    remarks: tuple[tuple[int, str], ...] = ()


def told(question):
    """kind: stem [what is right and wrong] and what else the file said."""
    more = f" ({question.rule})" if question.rule else ""
    more += f" # {question.topic}" if question.topic else ""
    more += f" ({question.difficulty})" if question.difficulty else ""
    more += f" ~ {question.explanation}" if question.explanation else ""
    more += f" @ {question.legal_basis}" if question.legal_basis else ""
    stem = question.stem.replace("\n", " / ")
    return f"{question.kind}: {stem} [{_answer(question)}]{more}".replace("\n", " / ")


def _answer(question):
    content, key = question.content, question.key
    if content is None:
        options = enumerate(question.options)
        return " | ".join(f"*{o}" if i in question.correct else o for i, o in options)
    texts = {
        line["id"]: line["text"]
        for name in ("statements", "items", "left", "right")
        for line in content.get(name, ())
    }
    match question.kind:
        case Kind.STATEMENTS:
            return " | ".join(f"*{t}" if i in key["true"] else t for i, t in texts.items())
        case Kind.ORDERING:
            return " < ".join(texts[i] for i in key["order"])
        case Kind.MATCHING:
            pairs = [f"{texts[a]} = {texts[b]}" for a, b in key["pairs"].items()]
            alone = [texts[line["id"]] for line in content["right"]]
            alone = [text for text in alone if not any(p.endswith(f" = {text}") for p in pairs)]
            return " | ".join([*pairs, *(f"= {text}" for text in alone)])
        case Kind.NUMBER:
            return f"{key['value']} ± {key['tolerance']} {content.get('unit', '')}".strip()
        case Kind.SHORT_TEXT:
            return " | ".join(key["accepted"])
    return f"{key['guide']}|{content.get('max_words', '')}"


def moodle(*questions):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{"".join(questions)}</quiz>'.encode()


def moodle_question(kind, stem, inside="", name="Tên"):
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>'
        f"{inside}</question>"
    )


def answer(share, text, more=""):
    return (
        f'<answer fraction="{share}" format="html"><text><![CDATA[{text}]]></text>{more}</answer>'
    )


def item(body, response="", *, name="cau-1", more=""):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
        f' identifier="{name}" title="{name}" adaptive="false" timeDependent="false">'
        f"{response}<itemBody>{body}</itemBody>{more}</assessmentItem>"
    ).encode()


def response(cardinality, base, *values, more=""):
    inside = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{inside}</correctResponse>{more}</responseDeclaration>"
    )


def choices(*texts, most=1, prompt="Chọn đi?"):
    inside = "".join(
        f'<simpleChoice identifier="{letter}">{text}</simpleChoice>'
        for letter, text in zip("ABCDEFGH", texts, strict=False)
    )
    return (
        f'<choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="{most}">'
        f"<prompt>{prompt}</prompt>{inside}</choiceInteraction>"
    )


def package(parts, resources, manifest="imsmanifest.xml"):
    listed = "".join(
        f'<resource identifier="r{place}" type="{kind}" href="{href}"><file href="{href}"/>'
        "</resource>"
        for place, (kind, href) in enumerate(resources)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            manifest,
            '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1">'
            f"<resources>{listed}</resources></manifest>",
        )
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


QTI3 = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x"
  title="Ba" adaptive="false" time-dependent="false">
 <qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier">
  <qti-correct-response>
   <qti-value>B</qti-value><qti-value>A</qti-value><qti-value>C</qti-value>
  </qti-correct-response>
 </qti-response-declaration>
 <qti-item-body><p>Xếp theo <strong>thứ tự</strong> thời gian.</p>
  <qti-order-interaction response-identifier="RESPONSE" shuffle="true">
   <qti-simple-choice identifier="A">Thẩm định</qti-simple-choice>
   <qti-simple-choice identifier="B">Tiếp nhận</qti-simple-choice>
   <qti-simple-choice identifier="C">Trả kết quả</qti-simple-choice>
  </qti-order-interaction>
 </qti-item-body>
</qti-assessment-item>""".encode()

CASES = [
    Case(
        "gift: comments, a category, names and escapes",
        Format.GIFT,
        "// đầu tệp\n$CATEGORY: $course$/top/CCHC//Một cửa\n\n"
        r"::Câu\: 1::2 \+ 2 \= ? {~3 =4 ~\{5\}}".encode(),
        (r"single_choice: 2 \+ 2 = ? [3 | *4 | {5}] # CCHC/Một cửa",),
    ),
    Case(
        "gift: every kind of ours",
        Format.GIFT,
        "Đúng chứ? {T####Vì thế}\n\nSố ngày? {#15:1}\n\nTên gọi? {=Một cửa =OSS}\n\n"
        "Ghép {=a -> 1 =b -> 2 = -> 3}\n\nViết. {####Ý}\n\nChọn {~%50%x ~%50%y ~%-50%z}".encode(),
        (
            "true_false: Đúng chứ? [*Đúng | Sai] ~ Vì thế",
            "number: Số ngày? [15 ± 1]",
            "short_text: Tên gọi? [Một cửa | OSS]",
            "matching: Ghép [a = 1 | b = 2 | = 3]",
            "essay: Viết. [Ý|] ~ Ý",
            "multiple_choice: Chọn [*x | *y | z] (partial)",
        ),
    ),
    Case(
        "gift: shares that are not ours",
        Format.GIFT,
        "Một? {=a ~%50%b ~c}\n\nHai? {~%70%a ~%30%b ~c}\n\nBa? {~%50%a ~%50%b ~c}\n\n"
        "Bốn? {#=1:0 =%50%1:2}".encode(),
        (
            "single_choice: Một? [*a | b | c]",
            "multiple_choice: Hai? [*a | *b | c]",
            "multiple_choice: Ba? [*a | *b | c]",
            "number: Bốn? [1 ± 0]",
        ),
        (
            (1, "weights_dropped"),
            (3, "weights_uneven"),
            (5, "weights_otherwise"),
            (7, "weights_dropped"),
        ),
    ),
    Case(
        "gift: an order, as Moodle's plug-in writes it",
        Format.GIFT,
        "Trình tự? {>3 ALL VERTICAL ALL_OR_NOTHING HIDE\nNhận\n[html]<b>Giải</b> quyết\n"
        "Trả\\=\n}\n\n"
        "Và? {>2\nMột\nHai}\n\nSao? {> bao nhiêu\nMột\nHai}".encode(),
        (
            "ordering: Trình tự? [Nhận < Giải quyết < Trả=]",
            "ordering: Và? [Một < Hai]",
        ),
        ((11, "gift_order"),),
    ),
    Case(
        "gift: tags in comments say what the format cannot",
        Format.GIFT,
        "// [tag:Loại: Nhóm đúng/sai] [tag:Mức độ: Khó] [tag:Căn cứ: Điều 5 \\[khoản 1\\]]\n"
        "Xét {=Nhận -> Đúng =Thu thêm -> Sai}\n\n"
        "// [tag:Mức độ: Khó]\n\nTag của đoạn khác? {T}\n\n"
        "// [tag:Đơn vị: ngày]\nMấy? {#15:0.5}\n\n"
        "// [tag:Loại: Tự luận] [tag:Số từ tối đa: 300] [tag:Giải thích: Vì thế]\n"
        "Viết? {####Đủ ý}\n\n"
        "Ghép {=Sở -> Đúng =Xã -> Sai}".encode(),
        (
            "statements: Xét [*Nhận | Thu thêm] (hard) @ Điều 5 [khoản 1]",
            "true_false: Tag của đoạn khác? [*Đúng | Sai]",
            "number: Mấy? [15 ± 0.5 ngày]",
            "essay: Viết? [Đủ ý|300] ~ Vì thế",
            "matching: Ghép [Sở = Đúng | Xã = Sai]",
        ),
    ),
    Case(
        "gift: a situation names its file, or lacks it",
        Format.GIFT,
        f"// [tag:Loại: Tình huống] [tag:Tệp tình huống: {'ab' * 32} video/mp4: Quầy]\n"
        "Làm gì? {=Mời ~Đuổi}\n\n// [tag:Loại: Tình huống]\nVà? {=Mời ~Đuổi}\n\n"
        "// [tag:Loại: Tình huống]\nMấy? {#5}".encode(),
        ("situation: Làm gì? [*Mời | Đuổi]",),
        ((5, "situation_without_media"), (8, "media")),
    ),
    Case(
        "gift: in UTF-16, with Windows line ends",
        Format.GIFT,
        "Thủ đô là {=Hà Nội ~Huế} của ta.\r\n\r\nDẫn.\r\n".encode("utf-16"),
        ("single_choice: Thủ đô là _____ của ta. [*Hà Nội | Huế]",),
        ((3, "not_a_question"),),
    ),
    Case(
        "aiken: both writings of the letters, a stem of two lines",
        Format.AIKEN,
        "Thủ đô\ncủa ta ở đâu?\nA. Huế\nB. Hà Nội\nANSWER: B\n\nHai?\nA) Có\nB) Không\nANSWER: A"
        "".encode(),
        (
            "single_choice: Thủ đô / của ta ở đâu? [Huế | *Hà Nội]",
            "single_choice: Hai? [*Có | Không]",
        ),
    ),
    Case(
        "aiken: a forgotten answer, a wrong letter, a stray line",
        Format.AIKEN,
        "Một?\nA. a\nB. b\n\nHai?\nA. a\nB. b\nANSWER: D\n\nBa?\nA. a\nB. b\nlạc\nANSWER: A\n\n"
        "Bốn?\nA. a\nB. b\nANSWER: B".encode(),
        ("single_choice: Bốn? [a | *b]",),
        ((1, "aiken_answer"), (5, "key_outside"), (10, "line_unplaced")),
    ),
    Case(
        "pasted: numbered questions with the key at the end",
        Format.TEXT,
        "Câu 1: Thủ đô?\nA. Huế\nB. Hà Nội\nCâu 2. Cố đô?\nA) Huế   B) Vinh\nBẢNG ĐÁP ÁN\n1-B 2-A"
        "".encode(),
        ("single_choice: Thủ đô? [Huế | *Hà Nội]", "single_choice: Cố đô? [*Huế | Vinh]"),
    ),
    Case(
        "pasted: nothing numbers the questions",
        Format.TEXT,
        "Thủ đô?\nA. Huế\nB. Hà Nội\nĐáp án: B\nGiải thích: Điều 13\n\nCố đô?\n\n*A. Huế\nB. Vinh"
        "".encode(),
        ("single_choice: Thủ đô? [Huế | *Hà Nội] ~ Điều 13", "single_choice: Cố đô? [*Huế | Vinh]"),
    ),
    Case(
        "pasted: quoted in an e-mail, with bullets and a conflict",
        Format.TEXT,
        "> Câu 1: Thủ đô?\n> • A. Huế\n> • *B. Hà Nội\n> Câu 2: Cố đô?\n> A. Huế\n> *B. Vinh\n"
        "> Đáp án: A".encode(),
        ("single_choice: Thủ đô? [Huế | *Hà Nội]",),
        ((2, "key_conflict"),),
    ),
    Case(
        "csv: semicolons, a title above, a kind a row",
        Format.XLSX,
        "UBND PHƯỜNG;;;;\nCâu hỏi;Loại câu hỏi;A;B;Đáp án\nSố ngày?;Điền số;;;15 ngày\n"
        "Thứ tự?;Sắp xếp;Hai;Một;B-A\nViết;Tự luận;;;Ba ý\nLạ?;Ô chữ;;;x".encode(),
        ("number: Số ngày? [15 ± 0 ngày]", "ordering: Thứ tự? [Một < Hai]", "essay: Viết [Ba ý|]"),
        ((6, "kind_unknown"),),
    ),
    Case(
        "csv: tabs, quotes, a comma inside",
        Format.XLSX,
        'Câu hỏi\tA\tB\tĐáp án\tĐộ khó\n"Có ""dấu"", nhé?"\tMột, hai\tBa\tA\tTB'.encode(
            "utf-8-sig"
        ),
        ('single_choice: Có "dấu", nhé? [*Một, hai | Ba] (medium)',),
    ),
    Case(
        "csv: Windows-1258",
        Format.XLSX,
        "Câu ho\u0309i,A,B,Đáp án\nThu\u0309 đô?,Huê\u0301,Ha\u0300 Nô\u0323i,B".encode("cp1258"),
        ("single_choice: Thủ đô? [Huế | *Hà Nội]",),
        ((0, "old_code_page"),),
    ),
    Case(
        "moodle: a category, one and several answers, tags",
        Format.MOODLE_XML,
        moodle(
            '<question type="category"><category><text>$course$/top/Văn thư</text></category>'
            "</question>",
            moodle_question(
                "multichoice",
                "<p>Thủ đô?</p>",
                "<single>true</single>"
                + answer(0, "<p>Huế</p>")
                + answer(100, "<p>Hà Nội</p>")
                + "<tags><tag><text>Mức độ: Khó</text></tag>"
                "<tag><text>Căn cứ: Điều 13 Hiến pháp</text></tag></tags>",
                "C1",
            ),
            moodle_question(
                "multichoice",
                "Màu?",
                "<single>false</single>"
                + answer(50, "Đỏ")
                + answer(50, "Vàng")
                + answer(-50, "Xám"),
                "C2",
            ),
        ),
        (
            "single_choice: Thủ đô? [Huế | *Hà Nội] # Văn thư (hard) @ Điều 13 Hiến pháp",
            "multiple_choice: Màu? [*Đỏ | *Vàng | Xám] (partial) # Văn thư",
        ),
    ),
    Case(
        "moodle: every other kind of ours",
        Format.MOODLE_XML,
        moodle(
            moodle_question("truefalse", "Thế?", answer(0, "true") + answer(100, "false"), "1"),
            moodle_question(
                "shortanswer",
                "Tên?",
                "<usecase>1</usecase>" + answer(100, "OSS") + answer(50, "os"),
                "2",
            ),
            moodle_question(
                "numerical",
                "Dài?",
                answer(100, "3.5", "<tolerance>0.1</tolerance>")
                + answer(0, "*")
                + "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
                "3",
            ),
            moodle_question(
                "matching",
                "Ghép?",
                "".join(
                    f'<subquestion format="html"><text>{one}</text>'
                    f"<answer><text>{two}</text></answer></subquestion>"
                    for one, two in [("a", "1"), ("b", "2"), ("", "3")]
                ),
                "4",
            ),
            moodle_question("ordering", "Xếp?", answer(1, "Một") + answer(2, "Hai"), "5"),
            moodle_question(
                "essay",
                "Viết?",
                '<graderinfo format="html"><text>Ba ý</text></graderinfo>'
                "<maxwordlimit>300</maxwordlimit>",
                "6",
            ),
        ),
        (
            "true_false: Thế? [Đúng | *Sai]",
            "short_text: Tên? [OSS]",
            "number: Dài? [3.5 ± 0.1 km]",
            "matching: Ghép? [a = 1 | b = 2 | = 3]",
            "ordering: Xếp? [Một < Hai]",
            "essay: Viết? [Ba ý|300]",
        ),
        ((2, "case_ignored"), (2, "weights_dropped")),
    ),
    Case(
        "moodle: kinds that are not ours are named",
        Format.MOODLE_XML,
        moodle(
            moodle_question("cloze", "{1:SA:=x}"),
            moodle_question("calculated", "{a} + {b}"),
            moodle_question("ddwtos", "[[1]]"),
            moodle_question("description", "Dẫn"),
            moodle_question("essay", "Viết"),
        ),
        (),
        (
            (1, "kind_not_ours"),
            (2, "kind_not_ours"),
            (3, "kind_not_ours"),
            (4, "not_a_question"),
            (5, "guide_missing"),
        ),
    ),
    Case(
        "qti 2.1: one choice, by itself",
        Format.QTI,
        item(
            "<p>Thủ <b>đô</b>?</p>" + choices("Huế", "Hà Nội"),
            response("single", "identifier", "B"),
            more='<modalFeedback identifier="f" outcomeIdentifier="F" showHide="show">Điều 13'
            "</modalFeedback>",
        ),
        ("single_choice: Thủ đô? / Chọn đi? [Huế | *Hà Nội] ~ Điều 13",),
    ),
    Case(
        "qti: a package of several kinds, a missing and a broken part",
        Format.QTI,
        package(
            {
                "a/1.xml": item(
                    choices("a", "b", "c", most=0),
                    response("multiple", "identifier", "A", "C"),
                    name="m",
                ),
                "a/2.xml": item(
                    '<p>Số <textEntryInteraction responseIdentifier="R"/> ngày</p>',
                    response("single", "integer", "15"),
                    name="n",
                ),
                "a/3.xml": QTI3,
                "a/4.xml": b"<assessmentItem",
            },
            [("imsqti_item_xmlv2p1", f"a/{place}.xml") for place in range(1, 6)],
        ),
        (
            "multiple_choice: Chọn đi? [*a | b | *c]",
            "number: Số _____ ngày [15 ± 0]",
            "ordering: Xếp theo thứ tự thời gian. [Tiếp nhận < Thẩm định < Trả kết quả]",
        ),
        ((4, "qti_part_unreadable"), (5, "qti_part_missing")),
    ),
    Case(
        "qti: pairs, words and an essay; sections are topics",
        Format.QTI,
        package(
            {
                "1.xml": item(
                    '<matchInteraction responseIdentifier="R" maxAssociations="2"><prompt>Ghép'
                    '</prompt><simpleMatchSet><simpleAssociableChoice identifier="A" matchMax="1">'
                    'Bắc</simpleAssociableChoice><simpleAssociableChoice identifier="B"'
                    ' matchMax="1">Trung</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>'
                    '<simpleAssociableChoice identifier="X" matchMax="2">Huế'
                    '</simpleAssociableChoice><simpleAssociableChoice identifier="Y" matchMax="2">'
                    "Hà Nội</simpleAssociableChoice></simpleMatchSet></matchInteraction>",
                    response("multiple", "directedPair", "A Y", "B X"),
                    name="p",
                ),
                "2.xml": item(
                    '<p>Tên? <textEntryInteraction responseIdentifier="R"/></p>',
                    response(
                        "single",
                        "string",
                        "OSS",
                        more='<mapping><mapEntry mapKey="OSS" mappedValue="2"/><mapEntry'
                        ' mapKey="một cửa" mappedValue="2"/></mapping>',
                    ),
                    name="w",
                ),
                "3.xml": item(
                    '<rubricBlock view="scorer"><p>Ba ý</p></rubricBlock><extendedTextInteraction'
                    ' responseIdentifier="R"><prompt>Viết</prompt></extendedTextInteraction>',
                    name="e",
                ),
                "test.xml": '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1">'
                '<testPart><assessmentSection title="Địa lý"><assessmentItemRef href="1.xml"/>'
                "</assessmentSection></testPart></assessmentTest>",
            },
            [
                ("imsqti_test_xmlv2p1", "test.xml"),
                ("imsqti_item_xmlv2p1", "1.xml"),
                ("imsqti_item_xmlv2p2", "2.xml"),
                ("imsqti_item_xmlv2p1", "3.xml"),
            ],
        ),
        (
            "matching: Ghép [Bắc = Hà Nội | Trung = Huế] # Địa lý",
            "short_text: Tên? _____ [OSS | một cửa]",
            "essay: Viết [Ba ý|]",
        ),
    ),
    Case(
        "qti: what is not ours is named",
        Format.QTI,
        package(
            {
                "1.xml": item('<hottextInteraction responseIdentifier="R"/>', name="h"),
                "2.xml": item("<p>Chỉ là lời dẫn</p>", name="d"),
                "3.xml": item(choices("a", "b") + choices("c", "d"), name="s"),
                "4.xml": item(
                    choices("Đúng", "Sai"), response("single", "identifier", "B"), name="t"
                ),
            },
            [("imsqti_item_xmlv2p1", f"{place}.xml") for place in range(1, 5)],
        ),
        ("true_false: Chọn đi? [Đúng | *Sai]",),
        ((1, "kind_not_ours"), (2, "not_a_question"), (3, "several_parts")),
    ),
]
