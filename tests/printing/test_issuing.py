from datetime import timedelta

import pytest

from core.errors import Conflict, NotAllowed
from core.models import AuditEvent
from printing.issuing import IssuingError, issue, merits, restore, revoke
from printing.models import Certificate, Register
from printing.queries import merit_counts, register_of
from quizzes.enums import RoundState
from quizzes.models import ResultRun, Standing
from tests.printing.factories import (
    AT,
    add_standing,
    make_entry,
    make_organiser,
    make_published_round,
    make_user,
)

pytestmark = pytest.mark.django_db
PARTICIPATION, AWARD = Certificate.Kind.PARTICIPATION, Certificate.Kind.AWARD


@pytest.fixture
def quiz_round():
    return make_published_round(persons=4)


@pytest.fixture
def organiser(quiz_round):
    return make_organiser(quiz_round)


def certificates():
    return list(Certificate.objects.order_by("register_number"))


class TestMerits:
    def test_everyone_who_finished_earns_participation_best_first(self, quiz_round):
        earned = merits(quiz_round, kind=PARTICIPATION)
        assert [merit.full_name for merit in earned] == [f"Nguyễn Thị Ẩn {n}" for n in (1, 2, 3, 4)]

    def test_awards_follow_the_ranks_they_reach(self, quiz_round):
        assert [(m.full_name, m.achievement) for m in merits(quiz_round, kind=AWARD)] == [
            ("Nguyễn Thị Ẩn 1", "Đạt giải Nhất"),
            ("Nguyễn Thị Ẩn 2", "Đạt giải Nhì"),
            ("Nguyễn Thị Ẩn 3", "Đạt giải Nhì"),
        ]

    def test_a_shared_rank_earns_the_same_award(self, quiz_round):
        Standing.objects.filter(position=4).update(rank=3)
        assert [m.achievement for m in merits(quiz_round, kind=AWARD)].count("Đạt giải Nhì") == 3

    def test_an_invalid_entry_earns_nothing(self, quiz_round):
        entry = Standing.objects.get(position=1).entry
        entry.invalid_at, entry.invalid_reason = AT, "Thi hộ"
        entry.save()
        assert "Nguyễn Thị Ẩn 1" not in [m.full_name for m in merits(quiz_round, kind=AWARD)]

    def test_counts_say_the_same(self, quiz_round):
        finished, by_award = merit_counts(quiz_round)
        assert finished == 4
        assert list(by_award.values()) == [1, 2]


class TestIssuing:
    def test_gives_each_a_number_a_code_and_the_words_of_that_day(self, quiz_round, organiser):
        report = issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        assert (report.created_count, report.kept_count, report.outdated) == (3, 0, [])
        first, second, third = certificates()
        assert [c.register_number for c in (first, second, third)] == [1, 2, 3]
        assert str(first) == "01/2026"
        assert first.full_name == "Nguyễn Thị Ẩn 1"
        assert first.wording["day_line"] == "Tây Tựu, ngày 05 tháng 11 năm 2026"
        assert len({c.code for c in (first, second, third)}) == 3
        assert all(len(c.code) >= 20 for c in (first, second, third))

    def test_repeated_gives_nobody_a_second_number(self, quiz_round, organiser):
        first = issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        again = issue(quiz_round, kind=AWARD, by=organiser, at=AT + timedelta(days=1))
        assert again.certificate_ids == first.certificate_ids
        assert (again.created_count, again.kept_count) == (0, 3)
        assert Register.objects.get(year=2026).last_number == 3
        assert AuditEvent.objects.filter(action="certificate.issued").count() == 1

    def test_one_award_first_then_all_keeps_the_first(self, quiz_round, organiser):
        best = quiz_round.awards.get(name="Giải Nhất")
        issue(quiz_round, kind=AWARD, award=best, by=organiser, at=AT)
        report = issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        assert (report.created_count, report.kept_count) == (2, 1)
        assert [c.full_name[-1] for c in certificates()] == ["1", "2", "3"]

    def test_numbers_run_through_rounds_and_kinds_and_begin_anew_each_year(self, organiser):
        one, other = make_published_round(persons=2), make_published_round(persons=1)
        for each in (one, other):
            each.contest.organisers.add(organiser)
        issue(one, kind=PARTICIPATION, by=organiser, at=AT)
        issue(other, kind=PARTICIPATION, by=organiser, at=AT)
        issue(other, kind=AWARD, by=organiser, at=AT + timedelta(days=365))
        assert [(c.register_year, c.register_number) for c in Certificate.objects.all()] == [
            (2026, 1),
            (2026, 2),
            (2026, 3),
            (2027, 1),
        ]

    def test_the_day_is_the_day_in_viet_nam(self, quiz_round, organiser):
        late = AT.replace(month=12, day=31, hour=18)
        issue(quiz_round, kind=AWARD, by=organiser, at=late)
        assert {(c.register_year, str(c.issued_on)) for c in certificates()} == {
            (2027, "2027-01-01")
        }

    def test_waits_for_publication(self, quiz_round, organiser):
        type(quiz_round).objects.update(state=RoundState.CLOSED)
        with pytest.raises(IssuingError, match="đã công bố"):
            issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        assert certificates() == []

    def test_says_when_nobody_has_earned_one(self, quiz_round, organiser):
        quiz_round.awards.all().delete()
        with pytest.raises(IssuingError, match="Chưa có ai"):
            issue(quiz_round, kind=AWARD, by=organiser, at=AT)

    def test_is_for_the_organisers_of_this_contest(self, quiz_round):
        with pytest.raises(NotAllowed):
            issue(quiz_round, kind=AWARD, by=make_organiser(), at=AT)
        with pytest.raises(NotAllowed):
            issue(quiz_round, kind=AWARD, by=Standing.objects.first().entry.user, at=AT)

    def test_reports_certificates_that_new_results_contradict(self, quiz_round, organiser):
        issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        first = Standing.objects.get(position=1)
        Standing.objects.filter(pk=first.pk).update(rank=1, entry=make_entry(quiz_round))
        report = issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        assert report.outdated == ["01/2026 Nguyễn Thị Ẩn 1"]
        assert report.created_count == 1
        assert certificates()[0].pk not in report.certificate_ids
        assert certificates()[0].achievement == "Đạt giải Nhất"

    def test_takes_the_same_number_of_statements_for_3_and_for_13(
        self, organiser, django_assert_num_queries
    ):
        for persons in (3, 13):
            quiz_round = make_published_round(persons=persons)
            quiz_round.contest.organisers.add(organiser)
            organiser = type(organiser).objects.get(pk=organiser.pk)
            Register.objects.get_or_create(year=2026)
            with django_assert_num_queries(15):
                issue(quiz_round, kind=PARTICIPATION, by=organiser, at=AT)


class TestRevoking:
    @pytest.fixture
    def certificate(self, quiz_round, organiser):
        issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        return certificates()[0]

    def test_keeps_number_and_row_with_time_and_reason(self, certificate, organiser):
        revoke(certificate, reason="  Sai tên  ", by=organiser, at=AT)
        assert (certificate.revoked_at, certificate.revoked_reason) == (AT, "Sai tên")
        assert certificate.register_number == 1
        assert AuditEvent.objects.get(action="certificate.revoked").reason == "Sai tên"

    def test_repeated_changes_nothing(self, certificate, organiser):
        revoke(certificate, reason="Sai tên", by=organiser, at=AT)
        revoke(certificate, reason="Khác", by=organiser, at=AT + timedelta(days=1))
        assert certificate.revoked_reason == "Sai tên"
        assert AuditEvent.objects.filter(action="certificate.revoked").count() == 1

    def test_needs_a_reason_and_the_right(self, certificate, organiser):
        with pytest.raises(IssuingError, match="lý do"):
            revoke(certificate, reason=" ", by=organiser, at=AT)
        with pytest.raises(NotAllowed):
            revoke(certificate, reason="x", by=certificate.entry.user, at=AT)

    def test_can_be_undone(self, certificate, organiser):
        revoke(certificate, reason="Nhầm", by=organiser, at=AT)
        restore(certificate, by=organiser, at=AT)
        assert not certificate.is_revoked
        assert AuditEvent.objects.get(action="certificate.restored").reason == "Nhầm"

    def test_afterwards_another_one_may_be_issued_with_a_new_number(
        self, certificate, quiz_round, organiser
    ):
        revoke(certificate, reason="Sai tên", by=organiser, at=AT)
        report = issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        assert (report.created_count, report.kept_count) == (1, 2)
        replacement = Certificate.objects.get(entry=certificate.entry, revoked_at=None)
        assert replacement.register_number == 4
        with pytest.raises(Conflict, match="giấy khác"):
            restore(certificate, by=organiser, at=AT)


class TestRegister:
    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("an 2", ["02/2026"]),
            ("nguyen thi", ["03/2026", "02/2026", "01/2026"]),
            ("giải nhất", ["01/2026"]),
            ("3", ["03/2026"]),
            ("phuc vu hanh chinh cong", ["03/2026", "02/2026", "01/2026"]),
            ("khong co ai", []),
        ],
    )
    def test_is_searched_by_name_unit_award_and_number(self, quiz_round, organiser, search, found):
        issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        assert [str(c) for c in register_of(quiz_round.contest, search=search)] == found

    def test_holds_only_its_own_contest_and_filters_by_state(self, quiz_round, organiser):
        other = make_published_round(persons=1)
        other.contest.organisers.add(organiser)
        issue(other, kind=AWARD, by=organiser, at=AT)
        issue(quiz_round, kind=AWARD, by=organiser, at=AT)
        revoke(certificates()[1], reason="x", by=organiser, at=AT)
        assert [c.register_number for c in register_of(quiz_round.contest)] == [4, 3, 2]
        assert [c.register_number for c in register_of(quiz_round.contest, state="revoked")] == [2]


def test_a_later_run_decides(quiz_round, organiser):
    ResultRun.objects.filter(round=quiz_round).update(is_current=False)
    run = ResultRun.objects.create(round=quiz_round, number=2, computed_at=AT)
    add_standing(run, make_entry(quiz_round, make_user("Ngô Ẩn")), position=1)
    assert [m.full_name for m in merits(quiz_round, kind=AWARD)] == ["Ngô Ẩn"]


def test_nothing_is_issued_from_results_that_a_later_act_has_overtaken():
    quiz_round = make_published_round(persons=3)
    organiser = make_organiser(quiz_round)
    ResultRun.objects.filter(round=quiz_round).update(seen_act_count=99)

    with pytest.raises(IssuingError, match="tính lại"):
        issue(quiz_round, kind=PARTICIPATION, by=organiser, at=AT)
    assert not Certificate.objects.exists()
