from datetime import date, datetime, timedelta

import pytest

from core.clock import read_clock
from legal.models import Instrument
from quizzes import flag_queries
from quizzes.enums import FlagResolution, FlagWhy, QuestionState
from quizzes.flagging import recheck_flags
from quizzes.models import LegalFlag, Question, QuestionVersion
from quizzes.tasks import recheck_legal_basis
from tests.quizzes.bank_factories import AT, fill, make_bank, make_person, parsed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def make_instrument(number="63/2010/NĐ-CP", **fields):
    fields = {
        "title": "Về kiểm soát thủ tục hành chính",
        "issuer": "Chính phủ",
        "status": Instrument.Status.IN_FORCE,
        **fields,
    }
    return Instrument.objects.create(number=number, **fields)


def make_citing(instrument, stem="Thời hạn là bao lâu?", *, bank=None, at=AT):
    bank = bank or make_bank()
    basis = f"Điều 8 Nghị định số {instrument.number}" if instrument else ""
    fill(bank, parsed(stem, legal_basis=basis), approve=True)
    question = bank.questions.order_by("-pk").first()
    QuestionVersion.objects.filter(question=question).update(created_at=at)
    return question


def open_flags():
    return [
        (flag.question_id, flag.why, flag.cause and flag.cause.number)
        for flag in LegalFlag.objects.filter(resolved_at=None).order_by("question", "why")
    ]


def usable():
    return list(flag_queries.usable_questions().values_list("pk", flat=True))


def test_a_question_on_a_law_in_force_is_usable():
    question = make_citing(make_instrument())
    assert recheck_flags(at=AT).raised == 0
    assert usable() == [question.pk]


def test_an_instrument_marked_expired_flags_its_questions_at_once():
    law, other = make_instrument(), make_instrument("61/2018/NĐ-CP")
    bank = make_bank()
    question = make_citing(law, bank=bank)
    safe = make_citing(other, "Ai tiếp nhận hồ sơ?", bank=bank)
    law.status = Instrument.Status.EXPIRED
    law.save()
    assert open_flags() == [(question.pk, "expired", None)]
    assert usable() == [safe.pk]


def test_a_question_brought_in_on_a_dead_law_is_flagged_at_once():
    question = make_citing(make_instrument(status=Instrument.Status.EXPIRED))
    assert open_flags() == [(question.pk, "expired", None)]


def test_a_correction_of_the_status_withdraws_the_flag():
    law = make_instrument()
    question = make_citing(law)
    law.status = Instrument.Status.EXPIRED
    law.save()
    law.status = Instrument.Status.IN_FORCE
    law.save()
    flag = LegalFlag.objects.get()
    assert (flag.resolution, flag.resolved_by) == (FlagResolution.WITHDRAWN, None)
    assert usable() == [question.pk]
    law.status = Instrument.Status.EXPIRED
    law.save()
    assert LegalFlag.objects.filter(resolved_at=None).count() == 1


def test_a_change_of_the_title_flags_nothing():
    law = make_instrument()
    make_citing(law)
    law.title = "Về kiểm soát thủ tục hành chính (bản đính chính)"
    law.save()
    assert not LegalFlag.objects.exists()


def test_an_instrument_that_ends_by_its_date_flags_without_an_edit():
    law = make_instrument(expires_on=TODAY)
    question = make_citing(law)
    assert recheck_flags(at=AT - timedelta(days=1)).raised == 0
    assert recheck_flags(at=AT).raised == 1
    assert open_flags() == [(question.pk, "expired", None)]
    assert recheck_flags(at=AT + timedelta(days=1)).raised == 0, "a repeat raises nothing"


def test_a_day_begins_in_vietnam():
    make_citing(make_instrument(expires_on=TODAY))
    assert recheck_flags(at=datetime.fromisoformat("2026-11-22T16:59:00+00:00")).raised == 0
    assert recheck_flags(at=datetime.fromisoformat("2026-11-22T17:00:00+00:00")).raised == 1


def test_a_successor_counts_from_the_day_it_takes_effect():
    new = make_instrument("118/2025/NĐ-CP", effective_on=TODAY)
    law = make_instrument(replaced_by=new)
    question = make_citing(law)
    assert recheck_flags(at=AT - timedelta(days=1)).raised == 0
    recheck_flags(at=AT)
    assert open_flags() == [(question.pk, "replaced", new.number)]


def test_a_successor_becoming_known_replaces_the_reason():
    law = make_instrument(status=Instrument.Status.EXPIRED)
    question = make_citing(law)
    recheck_flags(at=AT)
    law.replaced_by = make_instrument("118/2025/NĐ-CP")
    law.save()
    assert open_flags() == [(question.pk, "replaced", "118/2025/NĐ-CP")]


def test_an_amendment_flags_what_was_written_before_it_took_effect():
    law = make_instrument()
    bank = make_bank()
    old = make_citing(law, bank=bank, at=AT - timedelta(days=400))
    make_citing(law, "Viết sau khi sửa đổi?", bank=bank, at=AT - timedelta(days=10))
    new = make_instrument("107/2021/NĐ-CP", effective_on=TODAY - timedelta(days=30))
    new.amends.through.objects.create(from_instrument=new, to_instrument=law)
    recheck_flags(at=AT)
    assert open_flags() == [(old.pk, "amended", new.number)]


def test_an_amendment_entered_late_flags_every_question_written_so_far():
    law = make_instrument()
    bank = make_bank()
    for stem in ("Một?", "Hai?"):
        make_citing(law, stem, bank=bank)
    new = make_instrument("107/2021/NĐ-CP", effective_on=date(2021, 12, 6))
    new.amends.add(law)
    new.save()
    assert [why for _pk, why, _cause in open_flags()] == ["amended", "amended"]
    recheck_flags(at=read_clock())
    assert len(open_flags()) == 2, "a later look keeps them"
    make_citing(law, "Ba?", bank=bank, at=read_clock())
    recheck_flags(at=read_clock())
    assert len(open_flags()) == 2, "who writes now knows of the amendment"
    new.amends.remove(law)
    new.save()
    assert open_flags() == []


def test_an_amendment_of_the_future_waits():
    law = make_instrument()
    question = make_citing(law)
    new = make_instrument("1/2027/NĐ-CP", effective_on=date(2027, 1, 1))
    new.amends.add(law)
    new.save()
    assert open_flags() == []
    recheck_flags(at=datetime.fromisoformat("2027-01-01T02:00:00+00:00"))
    assert open_flags() == [(question.pk, "amended", new.number)]


def test_a_status_of_amended_set_by_hand_flags_what_is_there():
    law = make_instrument()
    question = make_citing(law)
    law.status = Instrument.Status.AMENDED
    law.save()
    assert open_flags() == [(question.pk, "amended", None)]
    recheck_flags(at=AT)
    assert len(open_flags()) == 1


def test_the_date_of_the_answer_itself_passes():
    question = make_citing(None)
    QuestionVersion.objects.update(valid_until=TODAY)
    assert recheck_flags(at=AT).raised == 0, "it holds to the end of that day"
    recheck_flags(at=AT + timedelta(days=1))
    assert open_flags() == [(question.pk, "valid_until", None)]
    assert recheck_flags(at=AT + timedelta(days=2)).raised == 0


def test_a_confirmation_holds_for_its_version_and_reason():
    law = make_instrument(status=Instrument.Status.EXPIRED)
    question = make_citing(law)
    recheck_flags(at=AT)
    LegalFlag.objects.update(
        resolved_at=AT, resolved_by=make_person(), resolution=FlagResolution.CONFIRMED, note="Đúng"
    )
    assert recheck_flags(at=AT).raised == 0
    assert usable() == [question.pk]
    law.replaced_by = make_instrument("118/2025/NĐ-CP")
    law.save()
    assert open_flags() == [(question.pk, "replaced", "118/2025/NĐ-CP")]


def test_a_new_version_ends_the_flag_and_gets_its_own():
    law = make_instrument(status=Instrument.Status.EXPIRED)
    question = make_citing(law)
    recheck_flags(at=AT)
    old = question.current_version
    new = QuestionVersion.objects.create(
        question=question,
        number=2,
        stem=old.stem,
        content=old.content,
        key=old.key,
        instrument=law,
        created_at=AT,
    )
    Question.objects.filter(pk=question.pk).update(current_version=new)
    recheck_flags(at=AT)
    assert sorted(LegalFlag.objects.values_list("version", "resolution")) == [
        (old.pk, "rewritten"),
        (new.pk, ""),
    ]


def test_another_instrument_in_the_same_version_ends_the_flag():
    law = make_instrument(status=Instrument.Status.EXPIRED)
    make_citing(law)
    recheck_flags(at=AT)
    QuestionVersion.objects.update(instrument=make_instrument("118/2025/NĐ-CP"))
    recheck_flags(at=AT)
    assert LegalFlag.objects.get().resolution == FlagResolution.REWRITTEN


def test_a_retired_question_is_nobodys_work():
    law = make_instrument()
    question = make_citing(law)
    law.status = Instrument.Status.EXPIRED
    law.save()
    Question.objects.update(state=QuestionState.RETIRED)
    recheck_flags(at=AT)
    assert LegalFlag.objects.get().resolution == FlagResolution.RETIRED
    Question.objects.filter(pk=question.pk).update(state=QuestionState.APPROVED)
    recheck_flags(at=AT)
    assert len(open_flags()) == 1, "and it is again once the question is back"


def test_one_bank_alone_can_be_looked_at():
    law = make_instrument(status=Instrument.Status.EXPIRED)
    first = make_citing(law)
    other = make_bank("khac", "Khác")
    make_citing(law, bank=other)
    LegalFlag.objects.all().delete()
    recheck_flags(at=AT, bank=first.bank)
    assert open_flags() == [(first.pk, "expired", None)]


@pytest.mark.parametrize("count", [1, 30])
def test_looking_again_costs_the_same_for_any_number(django_assert_num_queries, count):
    law = make_instrument(status=Instrument.Status.EXPIRED)
    bank = make_bank()
    for number in range(count):
        make_citing(law, f"Câu số {number} hỏi gì?", bank=bank)
    LegalFlag.objects.all().delete()
    with django_assert_num_queries(8):
        assert recheck_flags(at=AT).raised == count


def test_the_hourly_task_looks_again():
    make_citing(make_instrument(expires_on=date(2020, 1, 1)))
    recheck_legal_basis()
    assert LegalFlag.objects.get().why == FlagWhy.EXPIRED
