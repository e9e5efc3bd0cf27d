"""Choosing and editing the questions of an upload before it is applied."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import Conflict, NotAllowed
from quizzes.enums import ImportDecision, ImportOutcome
from quizzes.importing import choosing, uploads
from quizzes.importing.choosing import Show
from quizzes.importing.editing import Edit, edit_row, undo_edit
from quizzes.importing.parsed import Kind
from quizzes.importing.upload_applying import Decision, apply_upload
from quizzes.models import Question, QuestionImport
from tests.quizzes.bank_factories import AT, fill, make_bank, parsed
from tests.quizzes.importing.word_files import word_file

pytestmark = pytest.mark.django_db


def keep(bank, author, *lines):
    file = SimpleUploadedFile("cau-hoi.docx", word_file(*lines))
    return uploads.keep_upload(bank, file, by=author, at=AT)


def question(number, stem, *options, key="B"):
    lines = [f"Câu {number}: {stem}"]
    for letter, option in zip("ABCD", options or ("Huế", "Hà Nội"), strict=False):
        text = f"{letter}. {option}"
        lines.append(f"__{text}__" if letter in key else text)
    return lines


def an_edit(stem="Thủ đô của Việt Nam là thành phố nào?", **fields):
    fields = {
        "kind": Kind.SINGLE,
        "options": ("Huế", "Hà Nội"),
        "correct": (1,),
        "explanation": "",
        "legal_basis": "",
        "topic": "",
        "difficulty": "",
        **fields,
    }
    return Edit(stem=stem, **fields)


def codes(row):
    return [remark["code"] for remark in row.remarks]


def row_of(upload, number):
    return upload.rows.get(draft__number=str(number))


def apply(upload, author, **fields):
    apply_upload(upload, Decision(**fields), by=author, at=AT)
    upload.refresh_from_db()
    return upload.result


def test_a_refused_question_that_is_put_right_is_imported(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?", key=""), *question(2, "Cố đô ở đâu?"))
    row = row_of(upload, 1)
    assert (row.outcome, codes(row)) == (ImportOutcome.REFUSED, ["key_missing"])
    row = edit_row(row, an_edit("Thủ đô ở đâu?"))
    assert (row.outcome, codes(row), row.has_problem) == (ImportOutcome.CREATED, [], False)
    assert apply(upload, author)["created"] == 2


def test_an_edit_that_is_still_wrong_stays_refused_with_its_reason(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?", key=""))
    row = edit_row(row_of(upload, 1), an_edit(options=("Huế", "huế"), correct=(0,)))
    assert (row.outcome, codes(row)) == (ImportOutcome.REFUSED, ["options_same"])
    assert row.edited["options"] == ["Huế", "huế"], "what was typed is kept"


def test_what_an_option_shows_goes_with_it_and_away_with_it(bank, author):
    lines = ["Câu 1: Dấu nào? {pic:đề}", "A. Tròn", "B. Vuông {pic:vuông}"]
    lines += ["C. Dấu 5 m² {pic:nổi}", "D. Không {it:gì}", "E. Khác", "Đáp án: C"]
    upload = keep(bank, author, *lines)
    without_b = an_edit(
        "Dấu nào?",
        options=("Tròn", "Dấu 5 m²", "Không gì", "Khác"),
        correct=(1,),
        places=(0, 2, 3, 4),
    )
    row = edit_row(row_of(upload, 1), without_b)
    for text in (row.edited, row.parsed):
        shown = {part: [p["alt"] for p in listed] for part, listed in text["pictures"].items()}
        assert shown == {"stem": ["đề"], "b": ["nổi"]}
        assert text["marks"] == {"c": [[6, 8, "i"]]}
    without_a = an_edit(
        "Dấu nào?", options=("Dấu 5 m²", "Không gì", "Khác"), correct=(0,), places=(1, 2, 3)
    )
    row = edit_row(row, without_a)
    assert row.parsed["pictures"].keys() == {"stem", "a"}
    assert row.parsed["marks"] == {"b": [[6, 8, "i"]]}
    apply(upload, author)
    assert Question.objects.get().current_version.content["pictures"].keys() == {"stem", "a"}
    assert row.draft["pictures"].keys() == {"stem", "b", "c"}, "the way back is open"


def test_an_edit_can_be_undone(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?", key=""), *question(2, "Cố đô ở đâu?"))
    for number, outcome in [(1, ImportOutcome.REFUSED), (2, ImportOutcome.CREATED)]:
        row = edit_row(row_of(upload, number), an_edit(f"Câu sửa {number}?"))
        assert row.outcome == ImportOutcome.CREATED
        row = undo_edit(row)
        assert (row.edited, row.outcome) == (None, outcome)
    assert apply(upload, author)["created"] == 1
    assert Question.objects.get().current_version.stem == "Cố đô ở đâu?"


def test_a_file_may_not_say_a_stem_twice_also_after_an_edit(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), *question(2, "Cố đô ở đâu?"))
    row = edit_row(row_of(upload, 2), an_edit("Thủ đô ở đâu?"))
    assert codes(row) == ["repeated_stem"]


def test_a_repeat_is_taken_once_the_first_says_something_else(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), *question(2, "Thủ đô ở đâu?"))
    assert row_of(upload, 2).outcome == ImportOutcome.REFUSED
    edit_row(row_of(upload, 1), an_edit("Cố đô ở đâu?"))
    assert (row_of(upload, 2).outcome, codes(row_of(upload, 2))) == (ImportOutcome.CREATED, [])


def test_an_edit_is_compared_with_the_bank_anew(bank, author):
    fill(bank, parsed("Thủ đô ở đâu?"))
    upload = keep(bank, author, *question(1, "Một câu hoàn toàn khác?"))
    row = edit_row(row_of(upload, 1), an_edit("Thủ đô ở đâu?"))
    assert (row.outcome, row.known) == (ImportOutcome.UPDATED, Question.objects.get())


NEAR = "Thời hạn giải quyết hồ sơ đăng ký khai sinh tại cấp xã là bao nhiêu ngày?"


def test_near_duplicates_are_found_in_the_bank_and_in_the_file(bank, author):
    fill(bank, parsed(NEAR))
    upload = keep(
        bank,
        author,
        *question(1, NEAR.replace("cấp xã", "Ủy ban xã")),
        *question(2, NEAR.replace("cấp xã", "Ủy ban phường")),
        *question(3, "Cố đô ở đâu?"),
    )
    assert row_of(upload, 1).twin == Question.objects.get()
    assert row_of(upload, 2).twin_position == row_of(upload, 1).position
    assert {row.draft["number"] for row in choosing.rows_of(upload, Show.NEAR)} == {"1", "2"}
    edit_row(row_of(upload, 1), an_edit("Câu này nói về việc khác hẳn, không còn giống?"))
    assert row_of(upload, 2).twin_position is None


@pytest.mark.parametrize(
    ("decision", "counts"),
    [
        (ImportDecision.TAKE, {"created": 1, "updated": 0, "skipped": 0}),
        (ImportDecision.SKIP, {"created": 0, "updated": 0, "skipped": 1}),
        (ImportDecision.UPDATE, {"created": 0, "updated": 1, "skipped": 0}),
    ],
)
def test_the_author_decides_what_a_near_duplicate_is(bank, author, decision, counts):
    fill(bank, parsed(NEAR))
    stem = NEAR.replace("cấp xã", "Ủy ban xã")
    upload = keep(bank, author, *question(1, stem))
    choosing.decide(upload, choosing.rows_of(upload), decision)
    result = apply(upload, author)
    assert {name: result[name] for name in counts} == counts
    assert Question.objects.filter(current_version__stem=stem).exists() is (
        decision != ImportDecision.SKIP
    )
    if decision == ImportDecision.UPDATE:
        assert "uy ban xa" in Question.objects.get().stem_key


def test_the_way_back_from_an_update(bank, author):
    fill(bank, parsed(NEAR))
    upload = keep(bank, author, *question(1, NEAR.replace("cấp xã", "Ủy ban xã")))
    rows = choosing.rows_of(upload)
    choosing.decide(upload, rows, ImportDecision.UPDATE)
    assert upload.rows.get().outcome == ImportOutcome.UPDATED
    choosing.decide(upload, rows, ImportDecision.TAKE)
    assert upload.rows.get().outcome == ImportOutcome.CREATED


def test_two_questions_may_not_update_the_same_one(bank, author):
    fill(bank, parsed(NEAR))
    upload = keep(
        bank,
        author,
        *question(1, NEAR.replace("cấp xã", "Ủy ban xã")),
        *question(2, NEAR.replace("cấp xã", "Ủy ban phường")),
    )
    with pytest.raises(Conflict, match="cùng cập nhật"):
        choosing.decide(upload, choosing.rows_of(upload), ImportDecision.UPDATE)


def test_topic_and_difficulty_for_all_or_some(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), *question(2, "Cố đô ở đâu?"))
    rows = choosing.rows_of(upload)
    choosing.set_topic(upload, rows, topic="Địa lý", difficulty="hard")
    choosing.set_topic(upload, rows.filter(pk=row_of(upload, 2).pk), topic="Lịch sử", difficulty="")
    apply(upload, author)
    assert set(Question.objects.values_list("topic__name", "difficulty")) == {
        ("Địa lý", "hard"),
        ("Lịch sử", "hard"),
    }


def test_some_questions_go_to_another_bank_of_the_author(bank, author):
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    fill(other, parsed("Cố đô ở đâu?", options=("Huế", "Hà Nội")))
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"), *question(2, "Cố đô ở đâu?"))
    some = choosing.rows_of(upload).filter(pk=row_of(upload, 2).pk)
    moved = choosing.move_to_bank(upload, some, bank=other, by=author, at=AT)
    assert moved.pk != upload.pk
    assert [row.outcome for row in moved.rows.all()] == [ImportOutcome.UNCHANGED]
    assert [row.draft["number"] for row in upload.rows.all()] == ["1"]


def test_all_questions_take_the_upload_along(bank, author):
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"))
    moved = choosing.move_to_bank(upload, choosing.rows_of(upload), bank=other, by=author, at=AT)
    assert (moved.pk, moved.bank) == (upload.pk, other)


def test_questions_do_not_go_to_a_bank_of_others(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"))
    rows = choosing.rows_of(upload)
    with pytest.raises(NotAllowed):
        choosing.move_to_bank(upload, rows, bank=make_bank("khac", "Khác"), by=author, at=AT)


def test_what_is_applied_is_not_edited_any_more(bank, author):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"))
    row = row_of(upload, 1)
    apply(upload, author)
    with pytest.raises(Conflict):
        edit_row(row, an_edit())


def test_a_forgotten_upload_goes_after_a_week(bank, author, django_capture_on_commit_callbacks):
    upload = keep(bank, author, *question(1, "Thủ đô ở đâu?"))
    storage, name = upload.file.storage, upload.file.name
    week = uploads.KEPT_FOR
    assert uploads.drop_forgotten_uploads(at=AT + week) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.drop_forgotten_uploads(at=AT + week * 2) == 1
    assert not QuestionImport.objects.exists()
    assert not storage.exists(name)
