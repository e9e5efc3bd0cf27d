import json

import pytest
from django.core.management import CommandError, call_command

from quizzes.enums import QuestionState
from quizzes.models import Question
from tests.quizzes.bank_factories import make_bank
from tests.quizzes.importing.test_reading import FILES, REAL

pytestmark = pytest.mark.django_db


def run(capsys, name, *options):
    call_command("import_questions", str(FILES / REAL[name]), "--bank", "cchc", *options)
    return capsys.readouterr().out


def run_json(capsys, name, *options):
    return json.loads(run(capsys, name, "--json", *options))


def test_json_tells_what_became_of_every_question(capsys):
    make_bank()
    assert run_json(capsys, "docx, underlined") == {
        "created": 25,
        "updated": 0,
        "unchanged": 0,
        "rejected": [
            {
                "row": 26,
                "field": "options",
                "message": "Câu 26: Không tìm thấy phương án nào. Hãy ghi mỗi phương án một dòng, "
                "bắt đầu bằng A., B., C.… Nếu là câu tự luận, hãy ghi “(Tự luận)” ngay sau số câu.",
            },
            {
                "row": 27,
                "field": "options",
                "message": "Câu 27: Chỉ có một phương án. Mỗi câu cần từ 2 đến 8 phương án.",
            },
        ],
    }
    again = run_json(capsys, "docx, underlined")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 25)
    assert len(again["rejected"]) == 2


@pytest.mark.parametrize(
    ("name", "created", "rejected_rows"),
    [("docx, table", 15, [16, 17]), ("xlsx", 25, [27]), ("gift", 14, [])],
)
@pytest.mark.parametrize("options", [[], ["named"]])
def test_every_format(capsys, name, created, rejected_rows, options):
    make_bank()
    if options:
        options = ["--format", name.partition(",")[0]]
    report = run_json(capsys, name, *options)
    assert (report["created"], report["updated"], report["unchanged"]) == (created, 0, 0)
    assert [item["row"] for item in report["rejected"]] == rejected_rows


def test_a_dry_run_counts_and_writes_nothing(capsys):
    make_bank()
    assert run_json(capsys, "xlsx", "--dry-run")["created"] == 25
    assert not Question.objects.exists()


def test_text_for_people(capsys):
    make_bank()
    out = run(capsys, "xlsx", "--dry-run")
    assert "chưa ghi gì" in out
    assert "Mới: 25. Cập nhật: 0. Không đổi: 0. Lỗi: 1." in out
    assert "Dòng 27 (câu 26): Đáp án “E” không có" in out


def test_topic_difficulty_and_approval_for_all(capsys):
    make_bank()
    run(capsys, "docx, table", "--topic", "Chung", "--difficulty", "hard", "--approve")
    assert set(Question.objects.values_list("topic__name", "difficulty", "state")) == {
        ("Chung", "hard", QuestionState.APPROVED)
    }


def test_an_unknown_bank_says_which_there_are(capsys):
    with pytest.raises(CommandError, match="Hãy tạo ngân hàng"):
        run(capsys, "xlsx")
    make_bank("khac", "Khác")
    with pytest.raises(CommandError, match="Các mã hiện có: khac"):
        run(capsys, "xlsx")


def test_what_cannot_be_read_is_one_sentence(tmp_path):
    make_bank()
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("import_questions", str(tmp_path / "khong-co.docx"), "--bank", "cchc")
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("import_questions", str(tmp_path), "--bank", "cchc")
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04xxxx")
    with pytest.raises(CommandError, match="Tệp bị hỏng"):
        call_command("import_questions", str(broken), "--bank", "cchc")
