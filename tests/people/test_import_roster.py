import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.models import RosterImport, Unit, User
from tests.core.workbooks import workbook
from tests.people.factories import make_unit
from tests.people.importing.workbooks import HEADER, ROSTER_FILE, person

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_roster", *arguments, stdout=out)
    return out.getvalue()


def test_the_real_roster_gives_320_people_in_8_units_and_three_bad_rows() -> None:
    result = json.loads(run(str(ROSTER_FILE), "--json"))
    assert (result["created"], result["updated"], result["unchanged"]) == (320, 0, 0)
    assert [(bad["row"], bad["field"]) for bad in result["rejected"]] == [
        (327, "staff_code"),
        (328, "full_name"),
        (329, "birth_date"),
    ]
    messages = [bad["message"] for bad in result["rejected"]]
    assert "CB00003" in messages[0]
    assert "dòng 9" in messages[0]
    assert "thiếu họ và tên" in messages[1]
    assert all(value in messages[2] for value in ("31/02/1990", "12345", "khong-phai-email"))
    assert (User.objects.count(), Unit.objects.count()) == (320, 8)
    again = json.loads(run(str(ROSTER_FILE), "--json"))
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 320)


def test_a_dry_run_writes_nothing() -> None:
    result = json.loads(run(str(ROSTER_FILE), "--dry-run", "--json"))
    assert result["created"] == 320
    assert not User.objects.exists()
    assert not RosterImport.objects.exists()


def test_without_json_the_report_is_sentences() -> None:
    text = run(str(ROSTER_FILE), "--dry-run")
    assert "Thêm 320, cập nhật 0, giữ nguyên 0 người." in text
    assert "Dòng 328 không nhận." in text
    assert "Dòng 331 bỏ qua" in text


def test_units_go_under_the_parent_that_is_named(tmp_path: Path) -> None:
    city = make_unit("Hà Nội", code="HN")
    file = tmp_path / "ds.xlsx"
    file.write_bytes(workbook([HEADER, person(1)]))
    run(str(file), "--parent", "HN")
    assert Unit.objects.get(name="Phường Từ Liêm").get_parent() == city


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ds.xlsx"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        run(str(file))
    with pytest.raises(CommandError):
        run(str(tmp_path / "missing.xlsx"))
    with pytest.raises(CommandError, match="XX"):
        run(str(file), "--parent", "XX")
