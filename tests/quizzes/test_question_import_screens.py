"""The preview of an import: looking, editing, choosing, mapping columns, waiting, undoing."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from core import jobs
from core.models import Job
from core.spreadsheets import Column, write_workbook
from quizzes import tasks
from quizzes.enums import ImportDecision
from quizzes.forms.importing import ImportDecisionForm
from quizzes.importing import upload_applying, uploads
from quizzes.models import Question, QuestionImport
from quizzes.question_templates import write_excel_template
from tests.quizzes.bank_factories import fill, make_author, parsed
from tests.quizzes.importing.word_files import word_file
from tests.quizzes.test_question_import_pages import text, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def author(client, author):
    client.force_login(author)
    return author


@pytest.fixture
def address(client, bank, author):
    """Of an upload with a good question and one without a key."""
    lines = ["Câu 1: Thủ đô ở đâu?", "A. Huế", "__B. Hà Nội__"]
    lines += ["Câu 2: Cố đô ở đâu?", "A. Huế", "B. Hà Nội"]
    return uploaded(client, bank, word_file(*lines))


def row(number):
    return QuestionImport.objects.get().rows.get(draft__number=number)


AN_EDIT = {
    "kind": "single_choice",
    "stem": "Cố đô ở đâu?",
    "option_0": "Huế",
    "option_1": "Hà Nội",
    "right_0": "on",
    "difficulty": "hard",
}


def test_a_refused_question_is_put_right_on_its_own_page(client, address):
    edit = f"{address}rows/{row('2').pk}/"
    shown = text(client.get(f"{edit}?show=refused"))
    assert 'value="undo"' not in shown
    response = client.post(f"{edit}?show=refused&page=1", AN_EDIT)
    assert response.url == f"{address}?show=refused&page=1#row-{row('2').pk}"
    assert row("2").parsed["difficulty"] == "hard"
    client.post(edit, {"undo": "1"})
    assert row("2").parsed is None


def test_in_the_page_the_question_comes_back_in_its_place(client, address):
    edit = f"{address}rows/{row('2').pk}/"
    shown = text(client.post(edit, AN_EDIT, headers={"HX-Request": "true"}))
    assert f'id="row-{row("2").pk}"' in shown
    assert "Đã sửa ở đây" in shown
    assert 'id="import-counts" hx-swap-oob="true"' in shown
    assert "<html" not in shown


def test_a_tick_without_a_text_is_told_at_the_field(client, address):
    edit = f"{address}rows/{row('2').pk}/"
    response = client.post(edit, {**AN_EDIT, "right_2": "on"})
    assert response.status_code == 422
    assert "được đánh dấu đúng nhưng chưa có nội dung" in text(response)
    assert row("2").edited is None


def test_an_emptied_option_is_left_out_and_the_others_keep_their_places(client, address):
    edit = f"{address}rows/{row('2').pk}/"
    options = {"option_0": "Huế", "option_1": " ", "option_2": "Vinh", "right_2": "on"}
    client.post(edit, {"kind": "single_choice", "stem": "Cố đô ở đâu?", **options})
    assert (row("2").parsed["options"], row("2").parsed["correct"]) == (["Huế", "Vinh"], [1])


def nine(kind):
    """The row as a reader leaves it that found nine parts and no key."""
    broken = row("2")
    broken.draft |= {"kind": kind, "options": [f"Ý {place}" for place in range(9)], "correct": []}
    broken.save()
    return broken


def test_more_options_than_letters_are_put_right_in_the_file(client, address):
    edit = f"{address}rows/{nine('single_choice').pk}/"
    response = client.get(edit)
    assert response.status_code == 200
    assert "9 phương án" in text(response)
    assert "Lưu câu này" not in text(response)
    response = client.post(edit, AN_EDIT)
    assert response.status_code == 422
    assert row("2").edited is None, "nothing is cut to eight"


@pytest.mark.parametrize("kind", ["statements", "ordering", "matching"])
def test_more_parts_than_letters_are_put_right_in_the_file(client, address, kind):
    edit = f"{address}rows/{nine(kind).pk}/"
    assert "9 phương án" in text(client.get(edit))
    assert client.post(edit, {"kind": kind, "stem": "Cố đô ở đâu?"}).status_code == 422
    assert row("2").edited is None, "nothing is cut to eight"


ROWS = {"option_0": "Một", "option_1": "Hai", "option_2": "Ba", "rows": "3"}
ANSWERS = {
    "true_false": ({"right_1": "on"}, {"option_0": "Đúng", "option_1": "Sai"}, ["false"]),
    "statements": ({**ROWS, "correct": ["1", "2"], "rule": "all_or_nothing"}, {}, ["Hai", "Ba"]),
    "ordering": ({**ROWS, "rule": "partial"}, {}, ["Một", "Hai", "Ba"]),
    "matching": (
        {**ROWS, "match_0": "x", "match_1": "y", "match_2": "x", "rule": "partial"},
        {},
        [("Một", "x"), ("Hai", "y"), ("Ba", "x")],
    ),
    "number": ({"value": "12,5", "tolerance": "0,5", "unit": "mm"}, {}, "12.5"),
    "short_text": ({"accepted": "Chính phủ\nCP"}, {}, ["Chính phủ", "CP"]),
    "essay": ({"guide": "Hai ý, mỗi ý một điểm."}, {}, "Hai ý, mỗi ý một điểm."),
}


def right(version):
    """What the key says, in words."""
    content, key = version.content, version.key
    texts = {
        line["id"]: line["text"]
        for name in ("statements", "items", "left", "right")
        for line in content.get(name, [])
    }
    if "pairs" in key:
        return [(texts[one], texts[other]) for one, other in key["pairs"].items()]
    for name in ("true", "order"):
        if name in key:
            return [texts[code] for code in key[name]]
    return next(key[name] for name in ("correct", "value", "accepted", "guide") if name in key)


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_key_of_any_kind_is_put_right_in_place(client, bank, author, kind):
    target = BytesIO()
    write_excel_template(target)
    address = uploaded(client, bank, target.getvalue(), name="mau.xlsx")
    asked = QuestionImport.objects.get().rows.get(draft__kind=kind)
    edit = f"{address}rows/{asked.pk}/"
    assert client.get(edit).status_code == 200
    answer, more, expected = ANSWERS[kind]
    data = {"kind": kind, "stem": asked.draft["stem"], "valid_until": "31/12/2030"}
    response = client.post(edit, {**data, **more, **answer})
    assert response.status_code == 302, response.content.decode()
    client.post(address, {"topic": "Văn thư"})
    version = bank.questions.get(current_version__kind=kind).current_version
    assert right(version) == expected
    assert version.valid_until == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("kind", "answer", "told"),
    [
        ("number", {"value": "mười"}, "Hãy nhập một số"),
        ("short_text", {"accepted": " "}, "ít nhất một câu trả lời"),
        ("ordering", {**ROWS, "option_1": "một", "rule": "partial"}, "giống hệt nhau"),
        ("matching", {**ROWS, "match_0": "x", "rule": "partial"}, "chưa có nội dung để ghép"),
        (
            "statements",
            {"option_0": "Một", "rows": "2", "rule": "all_or_nothing"},
            "Chỉ có một dòng",
        ),
    ],
)
def test_an_answer_that_cannot_be_is_told_in_the_form(client, bank, author, kind, answer, told):
    target = BytesIO()
    write_excel_template(target)
    address = uploaded(client, bank, target.getvalue(), name="mau.xlsx")
    asked = QuestionImport.objects.get().rows.get(draft__kind=kind)
    data = {"kind": kind, "stem": "Hỏi lại thế nào?", "valid_until": "hôm nào", **answer}
    response = client.post(f"{address}rows/{asked.pk}/", data)
    assert response.status_code == 422
    assert told in text(response)
    asked.refresh_from_db()
    assert asked.edited is None


def test_rows_of_an_answer_come_and_go_while_it_is_edited(client, address):
    broken = nine("ordering")
    broken.draft["options"] = ["Nhận", "Trả", "Xử lý"]
    broken.save()
    edit = f"{address}rows/{broken.pk}/"
    typed = {"kind": "ordering", "stem": "Thứ tự nào?", "rule": "partial"}
    items = {"option_0": "Nhận", "option_1": "Trả", "option_2": "Xử lý", "rows": "3"}
    shown = client.post(edit, {**typed, **items, "remove_row": "1"})
    assert 'name="option_2"' not in text(shown)
    assert "Thứ tự nào?" in text(shown)
    assert row("2").edited is None, "nothing is saved by asking for a row"
    items = {"option_0": "Nhận", "option_1": "Xử lý", "rows": "2"}
    assert 'name="option_2"' in text(client.post(edit, {**typed, **items, "add_row": "1"}))
    client.post(edit, {**typed, **items})
    assert row("2").outcome == "created"
    assert row("2").parsed["key"]["order"] == ["a", "b"]


def test_a_topic_that_nobody_can_read_is_none(client, address):
    seen = {"act": "topic", "scope": "all", "set_topic": "Địa lý"}
    client.post(f"{address}choose/", seen)
    client.post(f"{address}choose/", {**seen, "set_topic": "\u200b\u00ad"})
    assert row("1").topic == "Địa lý"
    form = ImportDecisionForm({"topic": "\u00ad\ufe0f"})
    assert form.is_valid()
    assert form.decision.topic == ""


def test_filters_show_some_and_count_all(client, address):
    shown = text(client.get(f"{address}?show=refused"))
    assert shown.count("data-card") == 1
    assert "Cố đô ở đâu?" in shown
    assert "Thủ đô ở đâu?" not in shown
    assert client.get(f"{address}?show=nonsense&page=nonsense").status_code == 200


def test_ticked_questions_are_left_out_and_taken_back(client, address):
    choose = f"{address}choose/"
    for act, decision in [("skip", ImportDecision.SKIP), ("take", ImportDecision.TAKE)]:
        client.post(choose, {"act": act, "scope": "ticked", "rows": [row("1").pk]})
        assert row("1").decision == decision


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "skip", "scope": "ticked"},
        {"act": "skip", "rows": ["x", "9" * 40]},
        {"one": "nonsense"},
        {"one": "skip-"},
        {"act": "bank", "scope": "all", "set_bank": "1"},
        {"act": "topic", "scope": "all", "set_topic": "x" * 500},
    ],
)
def test_an_act_that_means_nothing_changes_nothing(client, address, data):
    assert client.post(f"{address}choose/", data).status_code == 302
    assert row("1").decision == ImportDecision.TAKE


def test_all_that_is_shown_gets_a_topic(client, address):
    data = {"act": "topic", "scope": "all", "set_topic": "Địa lý", "set_difficulty": "medium"}
    client.post(f"{address}choose/?show=new", data)
    assert (row("1").topic, row("1").difficulty) == ("Địa lý", "medium")


def test_text_may_be_pasted(client, bank, author):
    pasted = "Câu 1: Thủ đô ở đâu?\nA. Huế\nB. Hà Nội\nĐáp án: B"
    response = client.post(reverse("quizzes:question_upload", args=[bank.code]), {"text": pasted})
    assert response.status_code == 302, text(response)
    assert row("1").parsed["correct"] == [1]


@pytest.mark.parametrize("data", [{}, {"text": "Kính gửi"}])
def test_nothing_to_read_is_told_at_the_form(client, bank, author, data):
    response = client.post(reverse("quizzes:question_upload", args=[bank.code]), data)
    assert response.status_code == 422
    assert not QuestionImport.objects.exists()


def strange_sheet():
    target = BytesIO()
    names = ("Cột 1", "Cột 2", "Cột 3", "Cột 4")
    rows = [("Thủ đô ở đâu?", "Huế", "Hà Nội", "B"), ("Cố đô ở đâu?", "Huế", "Vinh", "A")]
    write_workbook(
        target, sheet_name="Bảng", title="Bảng", columns=[Column(n, 20) for n in names], rows=rows
    )
    return target.getvalue()


def test_columns_that_are_not_recognised_are_said_by_hand(client, bank, author):
    address = uploaded(client, bank, strange_sheet(), name="la.xlsx")
    response = client.get(address)
    assert response.url == f"{address}columns/"
    assert "Không nhận ra tên các cột" in text(client.get(response.url))
    wrong = client.post(response.url, {"header_row": "3", "column_0": "key", "column_1": "key"})
    assert wrong.status_code == 422
    fields = {"column_0": "stem", "column_1": "option_a", "column_2": "option_b", "column_3": "key"}
    client.post(response.url, {"header_row": "3", **fields})
    stems = [r.parsed["stem"] for r in QuestionImport.objects.get().rows.all()]
    assert stems == ["Thủ đô ở đâu?", "Cố đô ở đâu?"]
    assert "Sửa cách đọc cột" in text(client.get(address))


@pytest.fixture
def idle_worker(monkeypatch):
    """Jobs are sent, and nobody begins them."""
    for task in (tasks.read_question_import, tasks.apply_question_import):
        monkeypatch.setattr(task, "delay", lambda pk: None)


def test_a_large_file_waits_for_the_worker_and_the_page_says_so(
    client, bank, author, monkeypatch, idle_worker
):
    monkeypatch.setattr(uploads, "INLINE_BYTES", 0)
    address = uploaded(client, bank, word_file("Câu 1: Ở đâu?", "A. Huế", "__B. Vinh__"))
    assert "Đang chờ đến lượt" in text(client.get(address))
    fragment = text(client.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in fragment
    assert 'hx-trigger="every 2s"' in fragment

    job = Job.objects.get()
    Job.objects.update(sent_at=job.sent_at - jobs.PATIENCE - timedelta(seconds=1))
    shown = text(client.get(address))
    assert "chưa nhận việc này" in shown
    assert "Làm ngay, không chờ" in shown
    client.post(f"{address}here/")
    assert row("1").parsed is not None
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "Các câu trong tệp" in text(client.get(address))


def test_an_interrupted_import_goes_on(
    client, bank, author, monkeypatch, idle_worker, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(upload_applying, "INLINE_QUESTIONS", 0)
    address = uploaded(client, bank, word_file("Câu 1: Ở đâu?", "A. Huế", "__B. Vinh__"))
    for _time in range(2):  # the second press finds the first
        client.post(address, {"topic": "Địa lý"})
    job = Job.objects.get()
    Job.objects.update(state=Job.State.RUNNING, heartbeat_at=job.sent_at - jobs.LEASE * 2)
    shown = text(client.get(address))
    assert "Bị gián đoạn" in shown
    assert "Chạy tiếp" in shown
    client.post(f"{address}resume/")
    assert Job.objects.get().state == Job.State.WAITING
    tasks.apply_question_import(job.pk)
    tasks.apply_question_import(job.pk)
    assert Question.objects.get().topic.name == "Địa lý"
    assert "Kết quả nhập câu hỏi" in text(client.get(address))


def test_an_import_is_listed_and_undone_by_a_colleague(client, bank, address):
    client.post(address, {})
    client.force_login(make_author(bank))
    assert address in text(client.get(reverse("quizzes:question_imports", args=[bank.code])))
    assert "Hoàn tác lần nhập này" in text(client.get(address))
    assert "sẽ bị xóa" in text(client.get(f"{address}undo/"))
    client.post(f"{address}undo/")
    assert not Question.objects.exists()
    assert "Đã hoàn tác" in text(client.get(address))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_costs_the_same_for_1_and_3(
    client, bank, author, django_assert_num_queries, count
):
    for n in range(count):
        lines = [f"Câu 1: Câu hỏi số {n}?", "A. Một", "__B. Hai__"]
        client.post(uploaded(client, bank, word_file(*lines)), {})
    address = reverse("quizzes:question_imports", args=[bank.code])
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_near_duplicates_cost_the_preview_the_same_for_1_and_3(
    client, bank, author, django_assert_num_queries, count
):
    words = "Thời hạn giải quyết hồ sơ đăng ký khai sinh tại xã là bao nhiêu ngày làm việc"
    lines = []
    for n in range(count):
        fill(bank, parsed(f"{words} số {n}{n}?"))
        lines += [f"Câu {n + 1}: {words} thứ {n}{n}?", "A. Một", "__B. Hai__"]
    address = uploaded(client, bank, word_file(*lines))
    client.get(address)
    with django_assert_num_queries(13 + (count > 1)):
        client.get(address)


LIST_QUERIES = 8


def test_the_pages_of_an_import_lead_to_the_seal(client, bank, address):
    for page in (address, f"{address}rows/{row('1').pk}/", f"/bank/{bank.code}/import/"):
        assert f'href="/bank/{bank.code}/secrecy/"' in text(client.get(page))
