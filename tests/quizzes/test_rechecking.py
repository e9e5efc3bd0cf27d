"""What people do about questions whose law changed, and the pages on which they do it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.errors import NotAllowed, ReasonMissing
from core.models import AuditEvent
from legal.models import Instrument
from people import roles
from quizzes import flag_queries, readiness, rounds
from quizzes.editing import QuestionDraft, edit_question
from quizzes.enums import FlagResolution, QuestionState, ReviewStep
from quizzes.flagging import recheck_flags
from quizzes.models import BlueprintCell, LegalFlag, QuestionVersion, Round
from quizzes.rechecking import CitingError, cite_instead, confirm_flags, retire_flagged
from quizzes.reviewing import take_step
from tests.quizzes.bank_factories import AT, fill, make_author, make_bank, make_person, parsed
from tests.quizzes.contest_factories import make_contest, make_organiser
from tests.quizzes.test_flagging import make_citing, make_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    return make_instrument("61/2018/NĐ-CP")


@pytest.fixture
def successor():
    return make_instrument("118/2025/NĐ-CP", title="Về một cửa, một cửa liên thông")


@pytest.fixture
def reviewer(bank):
    return make_author(bank)


@pytest.fixture
def question(bank, law, successor, author):
    """Approved, written by the author, its law replaced."""
    question = make_citing(law, bank=bank)
    QuestionVersion.objects.filter(question=question).update(created_by=author)
    law.replaced_by = successor
    law.save()
    question.refresh_from_db()
    return question


def flag_ids():
    return list(LegalFlag.objects.filter(resolved_at=None).values_list("pk", flat=True))


def acts(prefix="questions."):
    return list(
        AuditEvent.objects.filter(action__startswith=prefix, action__contains="c")
        .exclude(action="questions.imported")
        .order_by("pk")
        .values_list("action", flat=True)
    )


# domain


def test_a_reviewer_confirms_and_the_question_is_drawn_again(question, reviewer):
    outcome = confirm_flags(flag_ids(), note="Thời hạn giữ nguyên", by=reviewer, at=AT)
    assert (outcome.moved, outcome.refused) == ((question.pk,), ())
    flag = LegalFlag.objects.get()
    assert (flag.resolution, flag.resolved_by, flag.note) == (
        FlagResolution.CONFIRMED,
        reviewer,
        "Thời hạn giữ nguyên",
    )
    assert list(flag_queries.usable_questions()) == [question]
    assert acts() == ["questions.law_confirmed"]


def test_whoever_wrote_it_does_not_confirm_it(question, author):
    outcome = confirm_flags(flag_ids(), note="Vẫn đúng", by=author, at=AT)
    assert outcome.moved == ()
    assert "người khác xác nhận" in outcome.refused[0].reason
    assert flag_ids()


def test_in_bulk_the_refused_are_named_and_the_rest_go(question, bank, law, author, reviewer):
    other = make_citing(law, "Ai ký giấy tiếp nhận?", bank=bank)
    QuestionVersion.objects.filter(question=other).update(created_by=reviewer)
    outcome = confirm_flags(flag_ids(), note="Vẫn đúng", by=reviewer, at=AT)
    assert outcome.moved == (question.pk,)
    assert [refusal.question_id for refusal in outcome.refused] == [other.pk]


def test_a_confirmation_needs_a_note(question, reviewer):
    with pytest.raises(ReasonMissing):
        confirm_flags(flag_ids(), note="  ", by=reviewer, at=AT)


def test_a_reader_and_a_stranger_confirm_nothing(question, bank):
    reader, stranger = make_person(roles.ORGANISER), make_author(make_bank("khac", "Khác"))
    bank.readers.add(reader)
    assert confirm_flags(flag_ids(), note="Đúng", by=reader, at=AT).refused
    outcome = confirm_flags(flag_ids(), note="Đúng", by=stranger, at=AT)
    assert (outcome.moved, outcome.refused) == ((), ()), "it is not there for them"
    assert flag_ids()


def test_retired_from_the_list(question, author):
    assert retire_flagged(flag_ids(), by=author, at=AT).moved == (question.pk,)
    flag = LegalFlag.objects.get()
    assert (flag.resolution, flag.resolved_by) == (FlagResolution.RETIRED, author)
    question.refresh_from_db()
    assert question.state == QuestionState.RETIRED


def test_a_drawn_version_gets_a_follower_with_the_new_law(question, successor, author, reviewer):
    QuestionVersion.objects.update(drawn_at="2030-01-01T00:00:00Z")
    version = cite_instead(
        question, instrument=successor, article="Điều 9", valid_until=None, by=author, at=AT
    )
    question.refresh_from_db()
    assert version.number == 2
    assert (version.instrument, version.article) == (successor, "Điều 9")
    assert version.legal_basis == "Điều 9 118/2025/NĐ-CP"
    old = question.versions.get(number=1)
    assert (old.stem, old.key, old.instrument.number) == (
        version.stem,
        version.key,
        "61/2018/NĐ-CP",
    )
    assert question.state == QuestionState.IN_REVIEW
    assert not flag_ids()
    assert LegalFlag.objects.get().resolution == FlagResolution.REWRITTEN
    assert take_step(ReviewStep.APPROVE, [question.pk], by=author, at=AT).refused
    assert take_step(ReviewStep.APPROVE, [question.pk], by=reviewer, at=AT).moved == (question.pk,)
    assert list(flag_queries.usable_questions()) == [question]


def test_a_dead_law_is_no_new_basis(question, author):
    dead = make_instrument("9/1999/NĐ-CP", status=Instrument.Status.EXPIRED)
    with pytest.raises(CitingError, match="hết hiệu lực"):
        cite_instead(question, instrument=dead, article="", valid_until=None, by=author, at=AT)


def test_only_who_is_responsible_changes_the_basis(question, bank, successor):
    reader = make_person(roles.ORGANISER)
    bank.readers.add(reader)
    for person in (reader, make_author()):
        with pytest.raises(NotAllowed):
            cite_instead(
                question, instrument=successor, article="", valid_until=None, by=person, at=AT
            )


# a round in preparation


@pytest.fixture
def draft(question, bank, law):
    """A round whose cell needs two questions of a topic that has one flagged and one sound."""
    fill(bank, parsed("Ngày nào nghỉ lễ?"), approve=True)
    quiz_round = Round.objects.create(
        contest=make_contest(),
        number=1,
        name="Vòng 1",
        opens_at=AT + timedelta(days=1),
        closes_at=AT + timedelta(days=2),
        duration_seconds=600,
    )
    BlueprintCell.objects.create(round=quiz_round, topic=question.topic, question_count=2)
    return quiz_round


def test_a_round_is_told_what_the_law_took_away(draft, question, reviewer):
    law_line = next(c for c in readiness.checklist(draft, AT) if c.code == "law")
    assert law_line.is_done
    assert "(1 câu)" in law_line.warning
    assert "thiếu câu ở" in law_line.warning
    assert readiness.blueprint_problem(draft)
    confirm_flags(flag_ids(), note="Vẫn đúng", by=reviewer, at=AT)
    assert readiness.law_warning(draft) == ""
    assert readiness.blueprint_problem(draft) == ""


def test_the_organiser_sees_numbers_and_no_words(client, draft, question):
    organiser = make_organiser(draft.contest)
    client.force_login(organiser)
    page = client.get(
        reverse("quizzes:organise_round", args=[draft.contest.code, 1])
    ).content.decode()
    assert "văn bản căn cứ đã thay đổi" in page
    assert question.current_version.stem not in page


def test_making_ready_looks_at_the_law_first(draft, bank):
    law = make_instrument("5/2020/NĐ-CP")
    second = make_citing(law, "Câu khác?", bank=bank)
    Instrument.objects.filter(pk=law.pk).update(expires_on=AT.date())  # a date, no edit
    with pytest.raises(rounds.RoundError):
        rounds.make_ready(draft, by=None, at=AT)
    assert LegalFlag.objects.filter(question=second, resolved_at=None).exists()


# pages


def get(client, person, address, **query):
    if person:
        client.force_login(person)
    return client.get(address, query)


LIST = "/bank/recheck/"


def test_the_list_shows_old_and_new_side_by_side(client, question, author):
    page = get(client, author, LIST).content.decode()
    assert question.current_version.stem in page
    assert "61/2018/NĐ-CP" in page
    assert "Về một cửa, một cửa liên thông" in page
    assert "Văn bản được thay thế" in page
    assert "Đáp án đúng" not in page


def test_the_list_is_of_ones_own_banks(client, question):
    stem = question.current_version.stem
    stranger = make_author(make_bank("khac", "Khác"))
    assert stem not in get(client, stranger, LIST).content.decode()
    assert get(client, make_person(), LIST).status_code == 403
    client.logout()
    assert get(client, None, LIST).status_code == 302
    cite = reverse("quizzes:recheck_cite", args=[question.pk])
    assert get(client, stranger, cite).status_code == 404
    data = {"act": "confirm", "scope": "ticked", "flags": flag_ids(), "note": "x"}
    client.post(reverse("quizzes:recheck_act"), data)
    assert flag_ids()


@pytest.mark.parametrize("query", ["bank=x", "instrument=99999999999999999999", "why=?", "page=9"])
def test_odd_filters_filter_nothing(client, question, author, query):
    client.force_login(author)
    assert question.current_version.stem in client.get(f"{LIST}?{query}").content.decode()


def test_filters(client, question, bank, law, successor, author):
    other = make_bank("khac", "Khác")
    other.owners.add(author)
    fill(other, parsed("Câu của ngân hàng khác?"), approve=True)
    QuestionVersion.objects.filter(question__bank=other).update(valid_until="2020-01-01")
    recheck_flags(at=AT)
    stem = question.current_version.stem
    client.force_login(author)
    for query, mine, theirs in [
        ({}, True, True),
        ({"bank": bank.pk}, True, False),
        ({"instrument": law.pk}, True, False),
        ({"why": "valid_until"}, False, True),
    ]:
        page = client.get(LIST, query).content.decode()
        assert (stem in page, "Câu của ngân hàng khác?" in page) == (mine, theirs), query


def test_confirmed_on_screen(client, question, reviewer):
    client.force_login(reviewer)
    act = reverse("quizzes:recheck_act")
    data = {"act": "confirm", "scope": "all", "total": 2, "note": "Giữ nguyên"}
    assert "vừa thay đổi" in client.post(act, data, follow=True).content.decode()
    assert (
        "chọn ít nhất"
        in client.post(act, {"act": "confirm", "scope": "ticked"}, follow=True).content.decode()
    )
    assert (
        "lý do"
        in client.post(
            act, {"act": "confirm", "scope": "ticked", "flags": flag_ids()}, follow=True
        ).content.decode()
    )
    page = client.post(act, {**data, "total": 1}, follow=True).content.decode()
    assert "Đã xác nhận 1 câu" in page
    assert not flag_ids()


def test_cited_otherwise_on_screen(client, question, successor, author):
    client.force_login(author)
    address = reverse("quizzes:recheck_cite", args=[question.pk])
    assert "selected>118/2025/NĐ-CP" in client.get(address).content.decode()
    data = {"instrument": successor.pk, "article": "Điều 9", "valid_until": "31/12/2027"}
    page = client.post(address, data, follow=True).content.decode()
    assert "gửi duyệt" in page
    question.refresh_from_db()
    assert question.current_version.valid_until.isoformat() == "2027-12-31"
    assert "Đã rà soát căn cứ" in page


@pytest.mark.parametrize("data", [{}, {"instrument": "x"}, {"instrument": "1", "valid_until": "?"}])
def test_a_basis_that_is_not_understood_changes_nothing(client, question, author, data):
    client.force_login(author)
    address = reverse("quizzes:recheck_cite", args=[question.pk])
    assert client.post(address, data).status_code == 200
    assert flag_ids()


def test_the_questions_own_page_says_so(client, question, author):
    address = reverse("quizzes:question_detail", args=[question.bank.code, question.pk])
    page = get(client, author, address).content.decode()
    assert "Văn bản được thay thế: 61/2018/NĐ-CP → 118/2025/NĐ-CP" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_1_and_3(
    client, bank, law, author, django_assert_num_queries, count
):
    for number in range(count):
        make_citing(law, f"Câu số {number} hỏi gì?", bank=bank)
    law.status = Instrument.Status.EXPIRED
    law.save()
    assert LegalFlag.objects.count() == count
    get(client, author, LIST)
    with django_assert_num_queries(8):
        client.get(LIST)


# the instrument


def test_an_instrument_is_public_and_its_questions_are_not(client, question, law, bank, author):
    address = reverse("quizzes:instrument", args=[law.pk])
    assert client.get(address).url == "/regulations/61-2018-nd-cp/"
    anonymous = client.get(address, follow=True).content.decode()
    assert "118/2025/NĐ-CP" in anonymous
    assert bank.name not in anonymous
    assert get(client, make_person(), address).url == "/regulations/61-2018-nd-cp/"
    page = get(client, author, address).content.decode()
    assert bank.name in page
    assert "1 câu cần rà soát" in page
    assert question.current_version.stem not in page
    assert client.get("/instruments/999999/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_instruments_page_costs_the_same(client, law, author, django_assert_num_queries, count):
    for number in range(count):
        bank = make_bank(f"nh-{number}", f"Ngân hàng {number}")
        bank.owners.add(author)
        make_citing(law, bank=bank)
    address = reverse("quizzes:instrument", args=[law.pk])
    get(client, author, address)
    with django_assert_num_queries(9):
        client.get(address)


def test_a_question_moved_to_a_dead_law_on_screen_is_flagged(bank, author, law):
    question = make_citing(law, bank=bank)
    dead = make_instrument("9/1999/NĐ-CP", status=Instrument.Status.EXPIRED)
    version = question.current_version
    draft = QuestionDraft(
        kind=version.kind,
        stem=version.stem,
        content=version.content,
        key=version.key,
        topic=question.topic,
        difficulty=question.difficulty,
        instrument=dead,
    )
    edit_question(question, draft, revision=question.revision, by=author, at=AT)
    assert LegalFlag.objects.get().instrument == dead


def test_the_back_office_leads_from_an_instrument_to_its_questions(client, law):
    client.force_login(make_person(roles.EDITOR))
    page = client.get("/admin/snippets/legal/instrument/").content.decode()
    assert reverse("quizzes:instrument", args=[law.pk]) in page


FORMS = ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")


def test_an_instrument_saved_in_the_back_office_flags_its_questions(client, law, bank):
    question = make_citing(law, bank=bank)
    client.force_login(make_person(roles.ADMINISTRATOR))
    data = {
        "number": law.number,
        "title": law.title,
        "issuer": law.issuer,
        "status": "expired",
        "certainty": "seen",
        "summary": "",
        "amends": [],
        "action-publish": "1",
        **{f"{part}-{count}_FORMS": "0" for part in ("articles", "files") for count in FORMS},
    }
    response = client.post(f"/admin/snippets/legal/instrument/edit/{law.pk}/", data)
    assert response.status_code == 302
    assert LegalFlag.objects.get().question == question
