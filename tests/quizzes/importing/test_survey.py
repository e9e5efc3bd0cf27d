import pytest

from quizzes.importing.columns import FieldName
from quizzes.importing.messages import column_name
from quizzes.importing.parsed import UnreadableFile
from quizzes.importing.reading import read_questions
from quizzes.importing.survey import survey_table
from tests.quizzes.importing.test_reading import real
from tests.quizzes.importing.test_xlsx import HEAD, ROW, workbook

ODD = ["Ý kiến", "Một", "Hai", "Chọn", "Ghi chú riêng"]
ODD_ROW = ["Thủ đô ở đâu?", "Huế", "Hà Nội", "B", "x"]
BY_HAND = {
    0: FieldName.STEM,
    1: FieldName.OPTION_A,
    2: FieldName.OPTION_B,
    3: FieldName.KEY,
}


def test_a_known_sheet_is_recognised():
    survey = survey_table(real("xlsx"))
    assert survey.is_recognised
    fields = [column.field for column in survey.columns]
    assert {FieldName.STEM, FieldName.OPTION_A, FieldName.OPTION_D, FieldName.KEY} <= set(fields)
    assert all(len(column.samples) == 3 for column in survey.columns[:4])


def test_the_recognised_mapping_said_by_hand_gives_the_same_questions():
    survey = survey_table(real("xlsx"))
    columns = {column.index: column.field for column in survey.columns if column.field}
    by_hand, by_name = read_questions(real("xlsx"), columns=columns), read_questions(real("xlsx"))
    assert by_hand.questions == by_name.questions


def test_unknown_headings_are_shown_with_samples():
    survey = survey_table(workbook(["Danh sách"], ODD, ODD_ROW))
    assert not survey.is_recognised
    assert survey.header_row == 2
    assert [(c.letter, c.heading, c.samples, c.field) for c in survey.columns[:2]] == [
        ("A", "Ý kiến", ("Thủ đô ở đâu?",), None),
        ("B", "Một", ("Huế",), None),
    ]


def test_columns_said_by_hand_are_read():
    data = workbook(["Danh sách"], ODD, ODD_ROW, more=[("Khác", [["a"], ODD, ODD_ROW[:4]])])
    with pytest.raises(UnreadableFile):
        read_questions(data)
    result = read_questions(data, columns=BY_HAND)
    assert [(q.row, q.stem, q.correct) for q in result.questions] == [(3, ODD_ROW[0], (1,))]
    assert [r.code for r in result.rejected] == ["repeated_question"]  # of the second sheet


def test_a_sheet_without_headings():
    data = workbook(ODD_ROW, ["Sông nào dài?", "Hồng", "Mê Kông", "B"])
    assert survey_table(data).header_row == 0
    assert len(read_questions(data, columns=BY_HAND).questions) == 2
    assert len(read_questions(data, columns=BY_HAND, header_row=1).questions) == 1


def test_a_mapping_without_a_question_column_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        read_questions(workbook(HEAD, ROW), columns={0: FieldName.KEY})
    assert caught.value.code == "no_header"


@pytest.mark.parametrize("name", ["docx, underlined"])
def test_what_is_no_sheet_is_refused(name):
    with pytest.raises(UnreadableFile) as caught:
        survey_table(real(name))
    assert caught.value.code == "format_mismatch"


def test_every_field_has_a_name():
    assert all(column_name(field) for field in FieldName)
