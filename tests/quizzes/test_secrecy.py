"""Sealing a bank, and the log of who read its keys."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from core.clock import read_clock
from core.errors import NotAllowed, ReasonMissing
from core.models import AuditEvent
from people import roles
from quizzes import rules
from quizzes.admission import barred_reason
from quizzes.enums import BankAct, KeyView, RoundState
from quizzes.importing.upload_applying import Decision, apply_upload
from quizzes.importing.uploads import keep_upload, map_columns
from quizzes.key_access import key_reads, open_keys, watched_banks
from quizzes.models import BankSeal, BlueprintCell, QuestionBank, Round
from quizzes.question_files import add_file
from quizzes.sealing import SealError, lift_seal, seal_bank, seal_of
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, make_person, parsed
from tests.quizzes.contest_factories import make_contest
from tests.quizzes.importing.word_files import picture_bytes
from tests.quizzes.test_question_import_screens import strange_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def bank():
    bank = make_bank()
    fill(bank, parsed("Thủ đô ở đâu?", topic="Địa lý"), approve=True)
    return bank


@pytest.fixture
def keeper(bank):
    return make_author(bank)


def draws_from(bank, *, state=RoundState.DRAFT):
    quiz_round = Round.objects.create(
        contest=make_contest(),
        number=1,
        name="Vòng 1",
        state=state,
        opens_at=AT + timedelta(days=1),
        closes_at=AT + timedelta(days=2),
        duration_seconds=600,
    )
    BlueprintCell.objects.create(round=quiz_round, topic=bank.topics.get(), question_count=1)
    return quiz_round


def seal(bank, keeper, *people, until=AT + timedelta(days=3), quiz_round=None, at=AT):
    return seal_bank(
        bank,
        people=people or [keeper],
        until=until,
        quiz_round=quiz_round,
        reason="Chuẩn bị vòng thi",
        by=keeper,
        at=at,
    )


def reads():
    return list(AuditEvent.objects.filter(action=BankAct.KEY_READ).order_by("pk"))


# who sees a sealed bank


def test_a_seal_leaves_only_the_named(bank, keeper):
    other, reader, boss = make_author(bank), make_person(roles.ORGANISER), make_person()
    bank.readers.add(reader)
    boss.is_superuser = True
    boss.save()
    administrator = make_person(roles.ADMINISTRATOR)
    seal(bank, keeper, keeper, reader)
    for person in (keeper, reader):
        assert rules.can_read_keys(person, bank, read_clock())
    for person in (other, boss, administrator, make_person()):
        assert not rules.can_read_keys(person, bank, read_clock())
        assert not rules.can_author(person, bank, read_clock())
        assert not QuestionBank.objects.filter(rules.readable_banks(person, read_clock())).exists()
    assert rules.can_author(keeper, bank, read_clock())
    assert not rules.can_author(reader, bank, read_clock())
    assert rules.keeps_bank(other, bank)


def test_a_seal_takes_sight_and_never_gives_it(bank, keeper):
    stranger = make_author(make_bank("khac", "Khác"))
    with pytest.raises(SealError, match=stranger.full_name):
        seal(bank, keeper, keeper, stranger)
    assert not BankSeal.objects.exists()
    seal(bank, keeper)
    bank.owners.remove(keeper)
    assert not rules.can_read_keys(keeper, bank, read_clock()), "the seal alone opens nothing"


def test_a_seal_ends_at_its_time(bank, keeper):
    other = make_author(bank)
    seal(bank, keeper, until=AT + timedelta(hours=1))
    assert not rules.can_read_keys(other, bank, read_clock())
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        assert rules.can_read_keys(other, bank, read_clock())


def test_a_seal_ends_when_its_round_is_closed(bank, keeper):
    other = make_author(bank)
    quiz_round = draws_from(bank)
    seal(bank, keeper, until=None, quiz_round=quiz_round)
    for state in (RoundState.DRAFT, RoundState.READY):
        Round.objects.update(state=state)
        assert not rules.can_read_keys(other, bank, read_clock())
    Round.objects.update(state=RoundState.CLOSED)
    assert rules.can_read_keys(other, bank, read_clock())


def test_a_seal_whose_round_is_deleted_stays_shut(bank, keeper):
    other = make_author(bank)
    quiz_round = draws_from(bank)
    seal(bank, keeper, until=None, quiz_round=quiz_round)
    quiz_round.delete()
    assert not rules.can_read_keys(other, bank, read_clock())


def test_who_could_read_before_stays_barred(bank, keeper):
    other, former = make_author(bank), make_person()
    quiz_round = draws_from(bank)
    AuditEvent.objects.create(
        at=AT,
        actor=former,
        action=BankAct.KEY_READ,
        object_type=bank._meta.label,
        object_id=bank.pk,
        summary="Trang câu hỏi",
    )
    seal(bank, keeper)
    for person in (keeper, other, former):
        person.groups.clear()
        assert "đáp án" in rules.barred_reasons(quiz_round.contest, [person.pk])[person.pk]
        assert barred_reason(person.pk, quiz_round.contest)
    assert barred_reason(make_person().pk, quiz_round.contest) is None


# sealing and lifting


def test_a_seal_needs_people_an_end_and_a_reason(bank, keeper):
    with pytest.raises(SealError, match="đến khi nào"):
        seal(bank, keeper, until=None)
    with pytest.raises(SealError, match="sau lúc này"):
        seal(bank, keeper, until=AT)
    with pytest.raises(SealError, match="đã đóng"):
        seal(bank, keeper, quiz_round=draws_from(bank, state=RoundState.CLOSED))
    with pytest.raises(SealError, match="ít nhất một người"):
        seal_bank(bank, people=[], until=AT, quiz_round=None, reason="x", by=keeper, at=AT)
    with pytest.raises(ReasonMissing):
        seal_bank(bank, people=[keeper], until=AT, quiz_round=None, reason=" ", by=keeper, at=AT)
    assert not BankSeal.objects.exists()
    assert not AuditEvent.objects.filter(action__startswith="bank.").exists()


def test_only_who_is_responsible_seals(bank, keeper):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (reader, make_person(), make_author()):
        with pytest.raises(NotAllowed):
            seal(bank, person, keeper)


def test_a_seal_is_replaced_and_lifted_on_record(bank, keeper):
    other = make_author(bank)
    seal(bank, keeper)
    with pytest.raises(NotAllowed):
        seal(bank, other)
    with pytest.raises(NotAllowed):
        lift_seal(bank, reason="x", by=other, at=AT)
    seal(bank, keeper, keeper, other)
    assert rules.can_read_keys(other, bank, read_clock())
    lift_seal(bank, reason="Hoãn vòng thi", by=keeper, at=AT)
    lift_seal(bank, reason="Hoãn vòng thi", by=keeper, at=AT)
    assert seal_of(bank, AT) is None
    acts = AuditEvent.objects.filter(action__startswith="bank.").order_by("pk")
    assert list(acts.values_list("action", "reason")) == [
        ("bank.sealed", "Chuẩn bị vòng thi"),
        ("bank.sealed", "Chuẩn bị vòng thi"),
        ("bank.seal_lifted", "Hoãn vòng thi"),
    ]


def test_an_administrator_lifts_a_seal_whose_people_are_gone(bank, keeper):
    administrator = make_person(roles.ADMINISTRATOR)
    seal(bank, keeper)
    assert not rules.can_read_keys(administrator, bank, read_clock())
    lift_seal(bank, reason="Người phụ trách nghỉ việc", by=administrator, at=AT)
    assert rules.can_read_keys(administrator, bank, read_clock())


# the log of keys


def test_keys_of_a_quiet_bank_are_read_without_a_line(bank, keeper):
    open_keys(keeper, bank, view=KeyView.QUESTION, questions=[1], at=AT)
    assert reads() == []


@pytest.mark.parametrize("watched_by", ["seal", "round"])
def test_keys_of_a_watched_bank_are_read_on_record(bank, keeper, watched_by):
    if watched_by == "seal":
        seal(bank, keeper)
    else:
        draws_from(bank, state=RoundState.READY)
    assert list(watched_banks(AT)) == [bank]
    open_keys(keeper, bank, view=KeyView.QUESTION, questions=[12], at=AT)
    open_keys(keeper, bank, view=KeyView.EXPORT, at=AT)
    assert [(e.actor, e.object_id, e.summary, e.at) for e in reads()] == [
        (keeper, bank.pk, "Trang câu hỏi: câu #12", AT),
        (keeper, bank.pk, "Tải ngân hàng về: cả ngân hàng", AT),
    ]


def test_a_closed_round_is_watched_no_more(bank, keeper):
    draws_from(bank, state=RoundState.CLOSED)
    open_keys(keeper, bank, view=KeyView.QUESTION, questions=[12], at=AT)
    assert reads() == []


def test_the_door_is_shut_to_who_may_not_read(bank, keeper):
    other = make_author(bank)
    seal(bank, keeper)
    for person in (other, make_person(), make_author()):
        with pytest.raises(NotAllowed):
            open_keys(person, bank, view=KeyView.QUESTION, questions=[1], at=AT)
    assert reads() == []


def test_a_long_list_is_told_by_its_count(bank, keeper):
    seal(bank, keeper)
    open_keys(keeper, bank, view=KeyView.EXPORT, questions=range(1, 5001), at=AT)
    [event] = reads()
    assert event.summary == "Tải ngân hàng về: 5000 câu, gồm #1, #2, #3, #4, #5…"
    assert len(event.data["questions"]) == 50


def test_the_log_is_filtered_by_person_place_and_day(bank, keeper):
    other = make_author(bank)
    seal(bank, keeper, keeper, other)
    open_keys(keeper, bank, view=KeyView.QUESTION, questions=[1], at=AT)
    open_keys(other, bank, view=KeyView.EXPORT, at=AT + timedelta(days=1))
    assert [e.actor for e in key_reads(bank)] == [other, keeper]
    assert [e.actor for e in key_reads(bank, person=keeper.pk)] == [keeper]
    assert [e.actor for e in key_reads(bank, view="export")] == [other]
    assert [e.actor for e in key_reads(bank, until=AT.date())] == [keeper]
    assert [e.actor for e in key_reads(bank, since=AT.date() + timedelta(days=1))] == [other]


# pages


def address(name, bank):
    return reverse(f"quizzes:{name}", args=[bank.code])


PAGES = ["bank_secrecy", "bank_key_reads", "bank_key_reads_export"]


def test_the_pages_are_for_who_is_responsible(client, bank, keeper):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (reader, make_person(), make_author(make_bank("khac", "Khác"))):
        client.force_login(person)
        assert [client.get(address(name, bank)).status_code for name in PAGES] == [404] * 3
        assert client.post(address("bank_lift_seal", bank)).status_code == 404
    client.logout()
    assert [client.get(address(name, bank)).status_code for name in PAGES] == [302] * 3
    for person in (keeper, make_person(roles.ADMINISTRATOR)):
        client.force_login(person)
        assert [client.get(address(name, bank)).status_code for name in PAGES] == [200] * 3


def test_a_bank_is_sealed_and_opened_on_screen(client, bank, keeper):
    other = make_author(bank)
    client.force_login(keeper)
    data = {"people": [keeper.pk], "until": "2026-12-01T08:00", "reason": "Chuẩn bị vòng thi"}
    page = client.post(address("bank_secrecy", bank), data, follow=True).content.decode()
    assert "Đang niêm phong" in page
    assert "08:00 01/12/2026" in page
    client.force_login(other)
    page = client.get(address("bank_secrecy", bank)).content.decode()
    assert "không có tên trong niêm phong" in page
    assert "Thay niêm phong" not in page
    assert "Thủ đô" not in page
    refused = client.post(address("bank_lift_seal", bank), {"reason": "Tò mò"})
    assert refused.status_code == 302, "the view says why"
    assert seal_of(bank, AT)
    client.force_login(keeper)
    client.post(address("bank_lift_seal", bank), {"reason": "Hoãn"})
    assert seal_of(bank, AT) is None


def test_a_seal_is_opened_with_a_reason_that_the_database_can_hold(client, bank, keeper):
    seal(bank, keeper)
    client.force_login(keeper)
    client.post(address("bank_lift_seal", bank), {"reason": "\x00\x1b\x00 "})
    assert seal_of(bank, AT), "nothing but control characters is no reason"
    client.post(address("bank_lift_seal", bank), {"reason": "Hoãn\x00 vòng\x07 thi " + "x" * 400})
    assert seal_of(bank, AT) is None
    reason = AuditEvent.objects.order_by("pk").last().reason
    assert reason.startswith("Hoãn vòng thi x")
    assert len(reason) == 300


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "ít nhất một người"),
        ({"people": ["x"], "reason": "x"}, "không"),
        ({"reason": "x", "until": "2026-12-01T08:00", "quiz_round": "9"}, "ít nhất một người"),
    ],
)
def test_a_seal_that_is_not_understood_is_told(client, bank, keeper, data, said):
    client.force_login(keeper)
    assert said in client.post(address("bank_secrecy", bank), data).content.decode()
    assert not BankSeal.objects.exists()


def test_the_log_is_downloaded_as_filtered(client, bank, keeper):
    seal(bank, keeper)
    question = bank.questions.get()
    client.force_login(keeper)
    client.get(reverse("quizzes:question_detail", args=[bank.code, question.pk]))
    book = load_workbook(BytesIO(b"".join(client.get(address(PAGES[2], bank)).streaming_content)))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert keeper.full_name in cells
    assert f"Trang câu hỏi: câu #{question.pk}" in cells
    empty = client.get(address(PAGES[2], bank), {"view": "export"})
    book = load_workbook(BytesIO(b"".join(empty.streaming_content)))
    assert keeper.full_name not in [cell.value for row in book.active.iter_rows() for cell in row]


@pytest.mark.parametrize("query", ["since=9999-12-31&until=0001-01-01", "person=x", "page=-1"])
def test_odd_filters_of_the_log_filter_nothing(client, bank, keeper, query):
    client.force_login(keeper)
    assert client.get(f"{address('bank_key_reads', bank)}?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_1_and_3_lines(
    client, bank, keeper, django_assert_num_queries, count
):
    seal(bank, keeper)
    for _number in range(count):
        open_keys(keeper, bank, view=KeyView.QUESTION, questions=[1], at=AT)
    client.force_login(keeper)
    client.get(address("bank_key_reads", bank))
    with django_assert_num_queries(9):
        client.get(address("bank_key_reads", bank))


def test_an_owner_who_is_sealed_out_still_finds_the_bank(client, bank, keeper):
    other = make_author(bank)
    seal(bank, keeper)
    client.force_login(other)
    page = client.get(reverse("quizzes:bank_list")).content.decode()
    assert "bạn không có tên" in page
    assert bank.name in page
    response = client.get(reverse("quizzes:bank_detail", args=[bank.code]))
    assert response.url == address("bank_secrecy", bank)
    client.force_login(make_author(make_bank("khac", "Khác")))
    assert bank.name not in client.get(reverse("quizzes:bank_list")).content.decode()


def test_a_picture_of_a_sealed_bank_is_read_on_record_by_the_named_alone(client, bank, keeper):
    other = make_author(bank)
    file, _is_new = add_file(bank, ContentFile(picture_bytes(), "dau.png"), by=keeper, at=AT)
    seal(bank, keeper)
    picture = reverse("quizzes:bank_file", args=[bank.code, file.pk])
    client.force_login(other)
    assert client.get(picture).status_code == 404
    client.force_login(keeper)
    assert client.get(picture).status_code == 200
    assert [event.summary for event in reads()] == [f"Hình, video của câu hỏi: tệp số {file.pk}"]


@pytest.mark.parametrize("page", ["question_detail", "question_compare", "question_edit"])
def test_a_seal_set_while_a_page_is_put_together_hides_it(client, bank, keeper, monkeypatch, page):
    other = make_author(bank)
    client.force_login(other)
    address = reverse(f"quizzes:{page}", args=[bank.code, bank.questions.get().pk])
    assert client.get(address).status_code == 200

    def seal_first(*args, **kwargs):
        seal(bank, keeper)
        open_keys(*args, **kwargs)

    for module in ("questions", "question_form"):
        monkeypatch.setattr(f"quizzes.views.{module}.open_keys", seal_first)
    response = client.get(address)
    assert response.status_code == 404
    assert "Thủ đô" not in response.content.decode()
    assert reads() == []


def test_downloads_of_a_sealed_bank_are_on_record_and_for_the_named_alone(client, bank, keeper):
    colleague = make_author(bank)
    seal(bank, keeper)
    download = reverse("quizzes:bank_download", args=[bank.code, "xlsx"])
    client.force_login(colleague)
    assert client.post(download).status_code == 404
    client.force_login(keeper)
    assert client.post(download).status_code == 200
    [read] = reads()
    assert (read.actor, read.data["view"], read.data["count"]) == (keeper, KeyView.EXPORT, 1)


def test_the_pages_of_an_import_that_show_keys_are_written_down(client, bank, keeper):
    seal(bank, keeper)
    client.force_login(keeper)
    sheet = SimpleUploadedFile("la.xlsx", strange_sheet())
    upload = keep_upload(bank, sheet, by=keeper, at=AT)
    page = reverse("quizzes:question_import", args=[bank.code, upload.pk])
    client.get(f"{page}columns/")
    assert [event.data["view"] for event in reads()] == ["import"]
    map_columns(
        upload,
        columns={0: "stem", 1: "option_a", 2: "option_b", 3: "key"},
        header_row=3,
        by=keeper,
        at=AT,
    )
    apply_upload(upload, Decision(), by=keeper, at=AT)
    for address in (page, f"{page}report.xlsx"):
        before = len(reads())
        assert client.get(address).status_code == 200
        assert len(reads()) == before + 1, address
