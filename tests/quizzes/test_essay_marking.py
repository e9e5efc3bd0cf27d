"""Marking essays: what waits, who may, what follows from a mark."""

import re
from dataclasses import replace

import pytest
import time_machine

from core.errors import Conflict
from core.models import AuditEvent
from people import roles
from quizzes import answering, attempts, entries, essay_marking, pools, results, rounds, starting
from quizzes.enums import BankAct, RoundState
from quizzes.essay_marking import InvalidMark, essay_sheets, give_mark
from quizzes.incidents import reopen_attempt, strike_out
from quizzes.models import EssayMark, QuestionVersion
from tests.quizzes.contest_factories import give_role, make_organiser
from tests.quizzes.play_factories import after, make_entry, make_round, make_user

pytestmark = pytest.mark.django_db
AT = after(minutes=180)
ESSAY = "BAI-VIET: tôi xin lỗi công dân và hẹn lại."


@pytest.fixture
def round():
    return make_round(questions=2, kinds=("essay", "single_choice"), shuffle_questions=False)


def take(round, name, *, essay=ESSAY, at=None):
    """One person answers the essay, and the other question rightly."""
    entry = make_entry(round, make_user(name))
    attempt = starting.start_attempt(entry, round, at=after())
    at = at or after(minutes=1)
    for slot, item in enumerate(pools.sheet_of_attempt(attempt.pk)):
        choice = essay if item.version.kind == "essay" else ["a"]
        answering.save_answer(
            attempt.pk, slot=slot, choice=choice, sequence=answering.to_sequence(at), at=at
        )
    return attempts.hand_in(attempt, at=after(minutes=5))


@pytest.fixture
def organiser(round):
    return make_organiser(round.contest)


@pytest.fixture
def judge(round):
    judge = give_role(make_user("Đỗ Văn Quyết"), roles.JURY)
    round.contest.jury.add(judge)
    return judge


def close(round, by):
    rounds.close_round(round, by=by, at=AT)
    round.refresh_from_db()


def mark(round, sheet, by, *, centipoints=200, remark="", at=AT):
    return give_mark(round, sheet, centipoints=centipoints, remark=remark, by=by, at=at)


def test_a_mark_is_added_to_the_score_and_the_round_can_then_be_published(round, organiser, judge):
    attempt = take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    with pytest.raises(Conflict, match="Còn 1 bài tự luận chưa chấm"):
        rounds.publish_round(round, by=organiser, at=AT)

    [sheet] = essay_sheets(round)
    assert (sheet.max_centipoints, sheet.centipoints) == (250, None)
    mark(round, sheet, judge)
    attempt.refresh_from_db()
    assert (attempt.centipoints, attempt.unmarked_count) == (450, 0)

    # the run from before the mark is out of date
    with pytest.raises(Conflict, match="tính lại"):
        rounds.publish_round(round, by=organiser, at=AT)
    run = results.compute_results(round, by=organiser, at=AT)
    assert run.standings.get().centipoints == 450
    rounds.publish_round(round, by=organiser, at=AT)
    with pytest.raises(Conflict, match="chưa công bố"):
        mark(round, essay_sheets(round)[0], judge, centipoints=100)


def test_an_essay_left_empty_waits_for_nobody(round, organiser):
    take(round, "Nguyễn Thị Ước", essay="")
    close(round, organiser)
    assert essay_sheets(round) == []
    rounds.publish_round(round, by=organiser, at=AT)


def test_an_invalid_entry_holds_up_no_publication(round, organiser):
    attempt = take(round, "Nguyễn Thị Ước")
    entries.mark_invalid(attempt.entry, reason="Sai đối tượng", by=organiser, at=AT)
    close(round, organiser)
    assert essay_sheets(round) == []
    rounds.publish_round(round, by=organiser, at=AT)


def test_a_change_keeps_the_old_value_in_the_log(round, organiser, judge):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    mark(round, essay_sheets(round)[0], judge, centipoints=200, remark="Khá")
    mark(round, essay_sheets(round)[0], judge, centipoints=225)
    mark(round, essay_sheets(round)[0], judge, centipoints=225)  # again: nothing happens
    events = AuditEvent.objects.filter(action="essay.marked").order_by("pk")
    assert [event.data["after"]["centipoints"] for event in events] == [200, 225]
    assert events[1].data["before"]["remark"] == "Khá"
    assert "Ước" not in "".join(event.summary for event in events)
    assert EssayMark.objects.get().centipoints == 225


@pytest.mark.parametrize("centipoints", [-1, 251])
def test_points_stay_within_the_question(round, organiser, judge, centipoints):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    with pytest.raises(InvalidMark, match="từ 0 đến 2,5"):
        mark(round, essay_sheets(round)[0], judge, centipoints=centipoints)


def test_an_answer_that_changed_after_it_was_read_is_not_marked(round, organiser, judge):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    [sheet] = essay_sheets(round)
    with pytest.raises(Conflict, match="vừa thay đổi"):
        mark(round, replace(sheet, sequence=sheet.sequence - 1), judge)


def test_a_reopened_paper_keeps_the_mark_of_an_essay_only_while_it_stays_the_same(
    round, organiser, judge
):
    attempt = take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    mark(round, essay_sheets(round)[0], judge)
    reopened = reopen_attempt(attempt, seconds=600, reason="Mất điện", by=organiser, at=AT)
    assert essay_sheets(round) == []
    at = after(minutes=181)
    slot = EssayMark.objects.get().slot
    sequence = answering.to_sequence(at)
    answering.save_answer(reopened.pk, slot=slot, choice="Bài khác", sequence=sequence, at=at)
    attempts.hand_in(reopened, at=after(minutes=182))
    results.compute_results(round, by=organiser, at=AT)
    attempt.refresh_from_db()
    assert (attempt.centipoints, attempt.unmarked_count) == (250, 1)
    assert essay_sheets(round)[0].centipoints is None


def test_a_struck_out_essay_gives_its_points_to_everyone(round, organiser):
    attempt = take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    question = round.pool.get(version__kind="essay")
    strike_out(question, reason="Sai đề", by=organiser, at=AT)
    assert essay_sheets(round) == []
    results.compute_results(round, by=organiser, at=AT)
    attempt.refresh_from_db()
    assert (attempt.centipoints, attempt.unmarked_count) == (500, 0)
    rounds.publish_round(round, by=organiser, at=AT)


def test_the_list_of_sheets_takes_four_statements(round, organiser, django_assert_num_queries):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    with django_assert_num_queries(4):
        assert len(essay_sheets(round)) == 1
    round.state = RoundState.READY
    round.save()
    for name in ("Trần Văn Bình", "Lê Thị Cúc"):
        take(round, name)
    with django_assert_num_queries(4):
        assert len(essay_sheets(round)) == 3


# pages


@pytest.fixture
def clock(settings):
    settings.SESSION_COOKIE_AGE = 24 * 60 * 60
    with time_machine.travel(AT, tick=False):
        yield


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.usefixtures("clock")
def test_a_judge_marks_one_after_the_other_without_a_name(client, round, organiser, judge):
    for name in ("Nguyễn Thị Ước", "Trần Văn Bình"):
        take(round, name)
    close(round, organiser)
    client.force_login(judge)
    assert "còn 2 bài chưa chấm" in text_of(client.get("/marking/"))
    first, second = essay_sheets(round)
    overview = client.get(f"/marking/{round.pk}/")
    assert "Đã chấm 0 trên 2 bài." in text_of(overview)

    here = f"/marking/{round.pk}/{first.code}/"
    page = client.get(here)
    assert ESSAY in text_of(page)
    assert "HUONG-DAN-BI-MAT" in text_of(page)
    assert page["Cache-Control"].startswith("max-age=0")
    for html in (page.content.decode(), overview.content.decode()):
        assert "Ước" not in html
        assert "Bình" not in html
    values = {"centipoints": "2,25", "remark": "Đủ ý", "sequence": str(first.sequence)}
    saved = client.post(here, values)
    assert saved["Location"] == f"/marking/{round.pk}/{second.code}/"
    values = {"centipoints": "0", "remark": "", "sequence": str(second.sequence)}
    saved = client.post(saved["Location"], values, follow=True)
    assert "Đã chấm xong" in text_of(saved)
    assert "đã chấm xong" in text_of(client.get("/marking/"))
    assert set(EssayMark.objects.values_list("centipoints", flat=True)) == {225, 0}


@pytest.mark.usefixtures("clock")
def test_of_two_markers_the_second_is_told_and_keeps_what_was_typed(
    client, round, organiser, judge
):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    client.force_login(judge)
    [sheet] = essay_sheets(round)
    here = f"/marking/{round.pk}/{sheet.code}/"
    values = dict(client.get(here).context["form"].initial)
    mark(round, sheet, organiser, centipoints=150, remark="Sơ sài")
    values |= {"centipoints": "2,25", "remark": "Đủ ý"}
    response = client.post(here, values)
    assert "vừa được chấm 1,5 điểm" in text_of(response)
    assert EssayMark.objects.get().centipoints == 150
    form = response.context["form"]
    assert (form["centipoints"].value(), form["remark"].value()) == ("2,25", "Đủ ý")

    again = {name: form[name].value() for name in form.fields}
    assert client.post(here, again).status_code == 302, "told of it, the person may replace it"
    assert EssayMark.objects.get().centipoints == 225
    assert client.post(here, again).status_code == 302, "the same twice says nothing new"
    assert AuditEvent.objects.filter(action="essay.marked").count() == 2


@pytest.mark.usefixtures("clock")
def test_the_guide_of_a_watched_bank_is_read_on_record(client, round, organiser, judge):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    client.force_login(judge)
    [sheet] = essay_sheets(round)
    here = f"/marking/{round.pk}/{sheet.code}/"
    reads = AuditEvent.objects.filter(action=BankAct.KEY_READ)
    assert client.get(here).status_code == 200
    assert not reads.exists(), "the bank is not watched"
    question = QuestionVersion.objects.get(pk=sheet.version_id).question
    make_round().cells.update(topic=question.topic)
    assert client.get(here).status_code == 200
    [read] = reads
    assert (read.actor_id, read.data["view"]) == (judge.pk, "marking")
    assert read.data["questions"] == [question.pk]


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("typed", ["", "x", "3", "-1", "1,234", "2.5.1", "9" * 30])
def test_wrong_points_are_told_at_the_field(client, round, organiser, judge, typed):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    client.force_login(judge)
    [sheet] = essay_sheets(round)
    values = {"centipoints": typed, "sequence": str(sheet.sequence)}
    response = client.post(f"/marking/{round.pk}/{sheet.code}/", values)
    assert response.status_code == 400
    assert "aria-invalid" in response.content.decode()
    assert not EssayMark.objects.exists()


@pytest.mark.usefixtures("clock")
def test_only_the_jury_and_the_organisers_of_the_contest_may_mark(client, round, organiser, judge):
    attempt = take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    [sheet] = essay_sheets(round)
    former = make_user("Thôi giữ vai trò")
    round.contest.jury.add(former)
    strangers = {
        "colleague": give_role(make_user("Giám khảo khác"), roles.JURY),
        "former": former,
        "other organiser": make_organiser(name="Ban khác"),
        "contestant": attempt.entry.user,
        "outsider": make_user("Người ngoài"),
    }
    pages = (f"/marking/{round.pk}/", f"/marking/{round.pk}/{sheet.code}/")
    for page in pages:
        assert "/accounts/login/" in client.get(page)["Location"]
    for who, user in strangers.items():
        client.force_login(user)
        assert round.name not in text_of(client.get("/marking/")), who
        for page in pages:
            assert client.get(page).status_code == 404, who
            values = {"centipoints": "1", "sequence": str(sheet.sequence)}
            assert client.post(page, values).status_code in {404, 405}, who
    for user in (organiser, judge):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [200, 200]
        assert client.get(f"/marking/{round.pk}/AAAAA-AAAAA/").status_code == 404
        assert client.get(f"/marking/{round.pk}/x/").status_code == 404


@pytest.mark.usefixtures("clock")
def test_nobody_marks_while_the_round_is_open(client, round, judge):
    take(round, "Nguyễn Thị Ước")
    client.force_login(judge)
    assert client.get(f"/marking/{round.pk}/").status_code == 404


@pytest.mark.usefixtures("clock")
def test_organisers_are_led_to_marking(client, round, organiser):
    take(round, "Nguyễn Thị Ước")
    close(round, organiser)
    client.force_login(organiser)
    page = client.get(f"/organise/contests/{round.contest.code}/rounds/1/")
    assert "Còn 1 bài tự luận chưa chấm" in text_of(page)
    assert f'href="/marking/{round.pk}/"' in page.content.decode()


@pytest.mark.usefixtures("clock")
def test_the_jury_is_named_on_the_board_page(client, round, organiser):
    judge = give_role(make_user("Đỗ Văn Quyết"), roles.JURY)
    client.force_login(organiser)
    board = f"/organise/contests/{round.contest.code}/board/"
    client.post(board, {"organisers": [organiser.pk], "jury": [judge.pk]})
    assert list(round.contest.jury.all()) == [judge]
    assert AuditEvent.objects.filter(action="contest.jury").count() == 1


def test_a_contest_without_essays_has_nothing_to_mark(organiser, django_assert_num_queries):
    round = make_round(questions=1)
    with django_assert_num_queries(1):
        assert essay_sheets(round) == []
    assert not essay_marking.has_essays(round)
