"""Broken text files, sheets and packages: a question, or a refusal in words, never a crash."""

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.importing.columns import FieldName
from quizzes.importing.parsed import Format, UnreadableFile
from quizzes.importing.survey import survey_table
from tests.quizzes.importing.fuzzing import FUZZ_CASES, mutated, read_or_refuse
from tests.quizzes.importing.test_reading import real
from tests.quizzes.importing.text_corpus import CASES

SOURCES = {case.name: (case.data, case.format) for case in CASES} | {
    "the real sheet": (real("xlsx"), Format.XLSX),
    "the real gift file": (real("gift"), Format.GIFT),
}
_LINES = """Câu 1:|Câu 2. |3. |\nA. |\nB) |\tC. |Đáp án: |BẢNG ĐÁP ÁN\n|1-C 2-D|*|Giải thích:|\n\n
|> |ANSWER: B\n|\nANSWER: |Đúng|Sai|Đ, S|(Dễ)|Chuyên đề: x\n|Trả lời ngắn|1-b 2-a|a = b"""
_GIFT = """{|}|=|~|#|####|::|\\|\\n|%50%|%-50%|->|[html]|[markdown]|<b>|//|$CATEGORY: x\n|{T}|{#1:2}
|{#1..2}|<img src="data:image/png;base64,AAAA">"""
_XML = """<|>|</|/>|&amp;|&#0;|&x;|<![CDATA[|]]>|<!--|<?x?>|<!DOCTYPE a>|fraction="x"|<text>|</text>
|<answer fraction="1e9">|<question type="ordering">|<single>x</single>|<img src="a"/>|format="x"
|<value>|</value>|identifier="A"|cardinality="ordered"|baseType="float"|<qti-value>|xmlns="x"|1e999
|<mapEntry mapKey="A" mappedValue="nan"/>|tolerance="1"|../|<b>|<sup>2</sup>|href="x"|file:///"""
_CELLS = """;|,|\t|"|""|Đáp án|Câu hỏi|Loại câu hỏi|Sắp xếp|Ghép đôi|Điền số|±|15,5|đến|Tự luận
|\n"""
TOKENS = {
    Format.GIFT: _GIFT,
    Format.AIKEN: _LINES,
    Format.TEXT: _LINES,
    Format.XLSX: _CELLS,
    Format.MOODLE_XML: _XML,
    Format.QTI: _XML,
}


@pytest.mark.parametrize("name", SOURCES)
def test_mutated_files_are_read_or_refused(name):
    data, file_format = SOURCES[name]
    tokens = [token.encode() for token in TOKENS[file_format].split("|")]
    for number in range(max(1, FUZZ_CASES // len(SOURCES))):
        seed = f"{name}/{number}"
        broken = mutated(random.Random(seed), data, tokens)
        asked = file_format if number % 3 == 0 else None
        try:
            read_or_refuse(broken, file_format=asked)
        except Exception as error:
            raise AssertionError(f"seed {seed!r}: {error!r}") from error


@pytest.mark.parametrize("name", [name for name, (_d, f) in SOURCES.items() if f is Format.XLSX])
def test_mutated_sheets_are_surveyed_or_refused(name):
    data, _format = SOURCES[name]
    tokens = [token.encode() for token in _CELLS.split("|")]
    for number in range(max(1, FUZZ_CASES // len(SOURCES) // 4)):
        rng = random.Random(f"survey {name}/{number}")
        broken = mutated(rng, data, tokens)
        with contextlib.suppress(UnreadableFile):
            survey_table(broken)
        fields = list(FieldName)
        columns = {rng.randint(-2, 12): rng.choice(fields) for _ in range(rng.randint(0, 6))}
        read_or_refuse(broken, columns=columns, header_row=rng.choice([None, 0, 1, 2, 10**9]))


quick = settings(
    max_examples=max(20, FUZZ_CASES // 10),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def words(text):
    return st.lists(st.sampled_from(text.split("|")), max_size=40).map("".join)


@quick
@given(words(_GIFT))
def test_gift_signs_in_any_order(text):
    read_or_refuse(("{=a ~b}" + text).encode(), file_format=Format.GIFT)


@quick
@given(words(_LINES), st.sampled_from([Format.AIKEN, Format.TEXT, None]))
def test_lines_in_any_order(text, file_format):
    read_or_refuse(text.encode(), file_format=file_format)


@quick
@given(words(_CELLS))
def test_cells_in_any_order(text):
    read_or_refuse(f"Câu hỏi;Loại câu hỏi;A;B;Đáp án\n{text}".encode(), file_format=Format.XLSX)


@quick
@given(st.binary(max_size=200), st.sampled_from([None, *Format]))
def test_any_bytes(data, file_format):
    read_or_refuse(data, file_format=file_format)
