"""A spreadsheet of documents in: what is new, what changes, what cannot be taken and why."""

import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from core.clock import read_clock
from core.models import Job
from legal import tasks
from legal.exporting import write_catalogue
from legal.importing import applying, uploading
from legal.importing.applying import apply_catalogue, as_counts
from legal.importing.columns import Field, recognise
from legal.importing.planning import plan_import
from legal.importing.records import read_catalogue
from legal.importing.uploading import read_file
from legal.models import Instrument, InstrumentImport
from people import roles
from tests.core.workbooks import workbook
from tests.legal.factories import make_article, make_instrument, make_person

pytestmark = pytest.mark.django_db

HEADER = ["STT", "Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành"]
FULL = [*HEADER, "Ngày có hiệu lực", "Ngày hết hiệu lực", "Tình trạng", "Thay thế bởi", "Sửa đổi"]


def file_of(*rows, header=FULL):
    return workbook([["DANH MỤC VĂN BẢN"], [], header, *rows])


def rejected(data):
    report = apply_catalogue(read_file(data))
    return [(r["row"], r["field"], r["message"]) for r in as_counts(report)["rejected"]]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Số, ký hiệu", Field.NUMBER),
        ("SỐ/KÝ HIỆU", Field.NUMBER),
        ("Số hiệu văn bản", Field.NUMBER),
        ("Trích yếu nội dung", Field.TITLE),
        ("Tên văn bản (ghi đủ)", Field.TITLE),
        ("Cơ quan ban hành", Field.ISSUER),
        ("Ngày ban hành", Field.ISSUED_ON),
        ("Hiệu lực từ ngày", Field.EFFECTIVE_ON),
        ("Ngày hết hiệu lực", Field.EXPIRES_ON),
        ("Tình trạng hiệu lực", Field.STATUS),
        ("Văn bản thay thế", Field.REPLACED_BY),
        ("Loại VB", Field.KIND),
        ("Ghi chú", None),
    ],
)
def test_columns_are_known_by_their_names(title, field):
    assert recognise(title) == field


def test_new_documents_are_made_and_linked():
    data = file_of(
        [1, "118/2025/NĐ-CP", "Về một cửa", "Chính phủ", date(2025, 6, 9), "01/07/2025"],
        [
            2,
            "61/2018/NĐ-CP",
            "Về một cửa cũ",
            "",
            "23/4/2018",
            "2018-06-21",
            "1/7/2025",
            "Hết hiệu lực",
            "118/2025/nd-cp",
        ],
        [
            3,
            "367/2025/NĐ-CP",
            "Sửa đổi",
            "",
            "31/12/2025",
            "",
            "",
            "còn hiệu lực",
            "",
            "118/2025/NĐ-CP; 61/2018/NĐ-CP",
        ],
    )
    counts = as_counts(apply_catalogue(read_file(data)))
    assert counts == {"created": 3, "updated": 0, "unchanged": 0, "rejected": []}
    old = Instrument.objects.get(number="61/2018/NĐ-CP")
    assert (old.issuer, old.expires_on, old.status) == ("Chính phủ", date(2025, 7, 1), "expired")
    assert old.replaced_by.number == "118/2025/NĐ-CP"
    amending = Instrument.objects.get(number="367/2025/NĐ-CP")
    assert {one.number for one in amending.amends.all()} == {"118/2025/NĐ-CP", "61/2018/NĐ-CP"}
    assert all(one.live and one.kind == "decree" for one in Instrument.objects.all())
    again = as_counts(apply_catalogue(read_file(data)))
    assert again == {"created": 0, "updated": 0, "unchanged": 3, "rejected": []}


def test_an_empty_cell_says_nothing():
    make_instrument(title="Tên cũ", summary="Tóm tắt", effective_on=date(2025, 7, 1))
    data = file_of([1, "118/2025/NĐ-CP", "Tên mới"])
    plan = plan_import(read_file(data))
    [one] = plan.updated
    assert [(str(c.label), c.before, c.after) for c in one.changes] == [
        ("Tên văn bản", "Tên cũ", "Tên mới")
    ]
    assert Instrument.objects.get().title == "Tên cũ", "a plan writes nothing"
    apply_catalogue(read_file(data))
    stored = Instrument.objects.get()
    assert (stored.title, stored.summary, stored.effective_on) == (
        "Tên mới",
        "Tóm tắt",
        date(2025, 7, 1),
    )


def test_each_problem_is_told_at_its_row_and_column():
    data = file_of(
        [1, "", "Không có số"],
        [2, "1/2025/TT-BNV", "Thiếu cơ quan"],
        [3, "2/2025/NĐ-CP", "", "Chính phủ"],
        [4, "3/2025/NĐ-CP", "Ngày lạ", "Chính phủ", "31/02/2025"],
        [5, "4/2025/NĐ-CP", "Tình trạng lạ", "Chính phủ", "", "", "", "chắc còn"],
        [6, "5/2025/NĐ-CP", "Ngược", "Chính phủ", "", "1/7/2025", "1/6/2025"],
        [7, "6/2025/NĐ-CP", "Treo", "Chính phủ", "", "", "", "", "9/2099/NĐ-CP"],
        [8, "7/2025/NĐ-CP", "Theo văn bản treo", "Chính phủ", "", "", "", "", "", "6/2025/NĐ-CP"],
        [9, "8/2025/NĐ-CP", "Tốt", "Chính phủ"],
        [10, "8/2025/NĐ-CP", "Trùng", "Chính phủ"],
        [11, "9/2025/NĐ-CP", "Tự thay", "Chính phủ", "", "", "", "", "9/2025/NĐ-CP"],
    )
    problems = rejected(data)
    assert [(row, field) for row, field, _message in problems] == [
        (4, "number"),
        (5, "issuer"),
        (6, "title"),
        (7, "issued_on"),
        (8, "status"),
        (9, "expires_on"),
        (10, "replaced_by"),
        (11, "amends"),
        (13, "number"),
        (14, "replaced_by"),
    ]
    messages = {row: message for row, _field, message in problems}
    assert "“31/02/2025”; hãy ghi ngày/tháng/năm" in messages[7]
    assert "9/2099/NĐ-CP" in messages[10]
    assert "trùng với dòng 12" in messages[13]
    assert [one.number for one in Instrument.objects.all()] == ["8/2025/NĐ-CP"]


def test_different_documents_are_never_taken_for_one():
    make_instrument("66-77/2031/NQ-X", title="Nghị quyết có gạch")
    data = file_of(
        [1, "7001/2031/QĐ-A", "Một", "UBND"],
        [2, "7001-2031/QĐ-A", "Hai", "UBND"],
        [3, "66.77/2031/NQ-X", "Nghị quyết có chấm", "HĐND"],
        [4, "66–77/2031/nq-x", "Tên mới", "HĐND"],
    )
    problems = rejected(data)
    assert [(row, field) for row, field, _message in problems] == [(5, "number"), (6, "number")]
    assert "trùng với dòng 4" in problems[0][2]
    assert "gần giống “66-77/2031/NQ-X” đã có" in problems[1][2]
    titles = dict(Instrument.objects.values_list("number", "title"))
    assert titles == {"66-77/2031/NQ-X": "Tên mới", "7001/2031/QĐ-A": "Một"}


def test_twins_that_are_both_stored_are_told_apart_by_their_number():
    for number in ("66-77/2031/NQ-X", "66.77/2031/NQ-X"):
        make_instrument(number, title=number)
    data = file_of([1, "66.77/2031/NQ-X", "Chấm"], [2, "66-77/2031/NQ-X", "Gạch"])
    assert rejected(data) == []
    titles = dict(Instrument.objects.values_list("number", "title"))
    assert titles == {"66-77/2031/NQ-X": "Gạch", "66.77/2031/NQ-X": "Chấm"}


def test_a_document_whose_twin_is_gone_is_still_found_by_its_number():
    first = make_instrument("66-77/2031/NQ-X")
    make_instrument("66.77/2031/NQ-X")
    first.delete()
    counts = as_counts(apply_catalogue(read_file(file_of([1, "66.77/2031/NQ-X", "Mới"]))))
    assert (counts["created"], counts["updated"], counts["rejected"]) == (0, 1, [])


def test_an_article_is_written_once_however_its_document_is_spelled():
    law = make_instrument()
    make_article(law, "8a", "Tên cũ")
    header = ["Số, ký hiệu", "Điều", "Tên điều"]
    data = workbook(
        [
            header,
            ["118/2025/NĐ-CP", "8A", "Tên mới"],
            ["118/2025/NĐ – CP", "8a", "Lặp"],
            ["118-2025-NĐ-CP", "9", "Lạc"],
        ]
    )
    assert [row for row, _field, _message in rejected(data)] == [3, 4]
    assert [(a.number, a.heading) for a in law.articles.all()] == [("8a", "Tên mới")]


def test_articles_come_from_a_sheet_of_their_own():
    law = make_instrument()
    make_article(law, "8", "Tên cũ", "Lời cũ")
    header = ["Số, ký hiệu", "Điều", "Tên điều", "Nội dung"]
    data = workbook(
        [
            header,
            ["118/2025/NĐ-CP", "Điều 8", "Tên mới", ""],
            ["118/2025/NĐ-CP", 9, "Khác", "1. Một.\n2. Hai."],
            ["118/2025/NĐ-CP", "9", "Lặp", ""],
            ["999/2025/NĐ-CP", "1", "Lạc", ""],
            ["118/2025/NĐ-CP", "", "Thiếu số", ""],
        ]
    )
    counts = as_counts(apply_catalogue(read_file(data)))
    assert counts["updated"] == 1
    assert [(r["row"], r["field"]) for r in counts["rejected"]] == [
        (4, "number"),
        (5, "number"),
        (6, "article"),
    ]
    assert [(a.number, a.heading, a.text) for a in law.articles.all()] == [
        ("8", "Tên mới", "Lời cũ"),
        ("9", "Khác", "1. Một.\n2. Hai."),
    ]


def test_the_catalogue_comes_out_and_goes_in_unchanged():
    new = make_instrument("118/2025/NĐ-CP", title="=1+1", effective_on=date(2025, 7, 1))
    make_instrument("61/2018/NĐ-CP", status="expired", replaced_by=new, summary="Một\ncửa")
    other = make_instrument("367/2025/NĐ-CP", status="not_yet")
    other.amends.add(new)
    other.save()
    target = io.BytesIO()
    assert write_catalogue(target) == 3
    counts = as_counts(apply_catalogue(read_file(target.getvalue())))
    assert (counts["created"], counts["rejected"]) == (0, [])
    assert Instrument.objects.get(number="118/2025/NĐ-CP").title == "=1+1"


def test_what_an_editor_drafts_is_not_touched_by_a_file():
    law = make_instrument(title="Đang hiện")
    law.title = "Đang soạn"
    law.save_revision()
    plan = plan_import(read_file(file_of([1, "118/2025/NĐ-CP", "Từ tệp"])))
    assert plan.updated[0].keeps_draft
    apply_catalogue(read_file(file_of([1, "118/2025/NĐ-CP", "Từ tệp"])))
    stored = Instrument.objects.get()
    assert stored.title == "Từ tệp"
    assert stored.get_latest_revision_as_object().title == "Đang soạn"


def test_planning_costs_the_same_for_one_row_and_for_three(django_assert_num_queries):
    for number in range(3):
        make_instrument(f"{number}/2025/NĐ-CP")
    for count in (1, 3):
        rows = [[n, f"{n}/2025/NĐ-CP", f"Tên {n}"] for n in range(count)]
        catalogue = read_file(file_of(*rows))
        with django_assert_num_queries(3):
            plan_import(catalogue)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Không mở được tệp"),
        (b"khong phai excel", "Không mở được tệp"),
        (workbook([["Một", "Hai"], ["a", "b"]]), "Không thấy dòng tiêu đề"),
        (workbook([["Số, ký hiệu", "Tên văn bản"]]), "không có văn bản nào"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(client, data, words):
    client.force_login(make_person(roles.EDITOR))
    upload = SimpleUploadedFile("tep.xlsx", data or b" ")
    page = client.post(reverse("legal:imports"), {"file": upload})
    assert page.status_code == 200
    assert not InstrumentImport.objects.exists()
    if data:
        assert words in page.text


def test_an_editor_uploads_looks_and_applies(client, django_capture_on_commit_callbacks):
    client.force_login(make_person(roles.EDITOR))
    upload = SimpleUploadedFile(
        "danh-muc.xlsx",
        file_of([1, "118/2025/NĐ-CP", "Về một cửa", "Chính phủ"], [2, "", "Thiếu số"]),
    )
    preview = client.post(reverse("legal:imports"), {"file": upload}, follow=True)
    assert "118/2025/NĐ-CP" in preview.text
    assert "thiếu số, ký hiệu" in preview.text
    assert not Instrument.objects.exists()
    kept = InstrumentImport.objects.get()
    storage, name = kept.file.storage, kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("legal:apply_import", args=[kept.pk]), follow=True)
    assert "thiếu số, ký hiệu" in done.text
    assert Instrument.objects.get().title == "Về một cửa"
    assert not storage.exists(name)
    again = client.post(reverse("legal:apply_import", args=[kept.pk]), follow=True)
    assert "đã được nhập" in again.text


class Killed(Exception):
    pass


def test_a_long_import_lets_others_write_and_goes_on_after_a_crash():
    rows = [[n, f"{n}/2025/NĐ-CP", f"Tên {n}", "Chính phủ"] for n in range(1, 46)]
    rows[0] += ["", "", "", "", "45/2025/NĐ-CP"]
    upload = SimpleUploadedFile("dai.xlsx", file_of(*rows))
    kept = uploading.keep_upload(upload, by=None, at=read_clock())
    depth, seen = len(connection.savepoint_ids), []

    def watch(done_count, total_count, /, stage=""):
        assert len(connection.savepoint_ids) == depth, "no transaction is open between two batches"
        seen.append((done_count, total_count))
        if len(seen) == 2:
            raise Killed

    with pytest.raises(Killed):
        uploading.apply_upload(kept, by=None, at=read_clock(), progress=watch)
    assert seen == [(20, 46), (40, 46)]
    assert Instrument.objects.count() == 40
    kept = InstrumentImport.objects.get()
    assert not kept.applied_at
    uploading.apply_upload(kept, by=None, at=read_clock(), progress=lambda *told, stage="": None)
    result = InstrumentImport.objects.get().result
    assert result == {"created": 45, "updated": 0, "unchanged": 0, "rejected": []}
    assert Instrument.objects.get(number="1/2025/NĐ-CP").replaced_by.number == "45/2025/NĐ-CP"


def test_a_row_that_somebody_changes_meanwhile_is_refused_alone(monkeypatch):
    make_instrument("1/2025/NĐ-CP", title="Cũ")
    data = file_of([1, "1/2025/NĐ-CP", "Từ tệp"], [2, "2/2025/NĐ-CP", "Mới", "Chính phủ"])
    plan = applying.plan_import

    def plan_then_edit(catalogue):
        found = plan(catalogue)
        Instrument.objects.update(title="Của người khác")
        return found

    monkeypatch.setattr(applying, "plan_import", plan_then_edit)
    problems = rejected(data)
    assert [(row, field) for row, field, _message in problems] == [(4, "number")]
    assert "vừa được người khác sửa" in problems[0][2]
    titles = dict(Instrument.objects.values_list("number", "title"))
    assert titles == {"1/2025/NĐ-CP": "Của người khác", "2/2025/NĐ-CP": "Mới"}


def test_a_long_file_is_applied_in_the_background(client):
    client.force_login(make_person(roles.EDITOR))
    rows = [[n, f"{n}/2025/NĐ-CP", f"Tên {n}", "Chính phủ"] for n in range(1, 23)]
    client.post(reverse("legal:imports"), {"file": SimpleUploadedFile("dai.xlsx", file_of(*rows))})
    kept = InstrumentImport.objects.get()
    page = client.post(reverse("legal:apply_import", args=[kept.pk]), follow=True)
    assert "hx-get" in page.text
    assert not Instrument.objects.exists()
    again = client.post(reverse("legal:apply_import", args=[kept.pk]), follow=True)
    assert "đang được nhập" in again.text
    tasks.apply_instrument_import(Job.objects.get().pk)
    done = client.get(reverse("legal:import", args=[kept.pk]))
    assert "<dd>22</dd>" in done.text
    polled = client.get(reverse("legal:import", args=[kept.pk]), headers={"HX-Request": "true"})
    assert "Xem kết quả" in polled.text


@pytest.mark.parametrize("role", [None, roles.AUTHOR, roles.ORGANISER, roles.JURY])
def test_nobody_else_imports(client, role):
    kept = InstrumentImport.objects.create(file_name="a.xlsx", created_at="2026-01-01T00:00:00Z")
    addresses = [
        reverse("legal:imports"),
        reverse("legal:catalogue"),
        reverse("legal:import", args=[kept.pk]),
    ]
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(make_person(role))
    assert {client.get(address).status_code for address in addresses} == {403}
    assert client.post(reverse("legal:apply_import", args=[kept.pk])).status_code == 403


def test_an_address_that_no_database_holds_is_missing(client):
    client.force_login(make_person(roles.EDITOR))
    assert client.get("/legal/imports/9999999999999999999/").status_code == 404


def test_the_command_counts_as_the_roster_does(tmp_path, capsys):
    path = tmp_path / "vb.xlsx"
    path.write_bytes(file_of([1, "118/2025/NĐ-CP", "Về", "Chính phủ"], [2, "", "Thiếu"]))
    call_command("import_instruments", path, dry_run=True, json=True)
    assert not Instrument.objects.exists()
    call_command("import_instruments", path, json=True)
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert shown[0] == shown[1]
    assert (shown[1]["created"], shown[1]["rejected"][0]["row"]) == (1, 5)
    call_command("import_instruments", path)
    assert "giữ nguyên 1 văn bản" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("import_instruments", tmp_path / "khong-co.xlsx")


def test_two_sheets_of_documents_are_read_together():
    catalogue = read_catalogue([*_sheets("118/2025/NĐ-CP"), *_sheets("119/2025/NĐ-CP")])
    assert [record.number for record in catalogue.instruments] == [
        "118/2025/NĐ-CP",
        "119/2025/NĐ-CP",
    ]


def _sheets(number):
    from core.sheets import SheetLimits, read_workbook

    return read_workbook(file_of([1, number, "Về", "Chính phủ"]), SheetLimits())
