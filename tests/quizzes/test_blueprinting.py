"""Cells and constraints of a draft: what is refused, what is said, what is recorded."""

from datetime import timedelta

import pytest

from core.errors import Conflict
from core.models import AuditEvent
from quizzes import blueprinting, readiness
from quizzes.enums import QuestionState, RoundState
from quizzes.models import BlueprintCell, Question, Round
from tests.quizzes.contest_factories import make_contest, make_draft_round, make_organiser
from tests.quizzes.play_factories import OPENS_AT

pytestmark = pytest.mark.django_db
AT = OPENS_AT - timedelta(days=2)


class Draft:
    def __init__(self, **fields) -> None:
        self.round = make_draft_round(make_contest(), **fields)
        self.by = make_organiser(self.round.contest)
        self.questions = list(Question.objects.filter(topic=self.round.cells.get().topic))

    def require(self, *indexes: int) -> int:
        chosen = [self.questions[index] for index in indexes]
        return blueprinting.require_questions(self.round, chosen, by=self.by, at=AT)

    def separate(self, *indexes: int, group: str = "") -> str:
        chosen = [self.questions[index] for index in indexes]
        return blueprinting.separate_questions(self.round, chosen, group=group, by=self.by, at=AT)

    @property
    def problem(self) -> str:
        return readiness.blueprint_problem(Round.objects.get(pk=self.round.pk))


def test_a_question_is_required_once_and_can_be_let_go() -> None:
    draft = Draft()
    assert draft.require(0, 1) == 2
    assert draft.require(1, 2) == 1
    blueprinting.stop_requiring(draft.round, draft.questions[0].pk, by=draft.by, at=AT)
    blueprinting.stop_requiring(draft.round, draft.questions[0].pk, by=draft.by, at=AT)
    assert draft.round.must_includes.count() == 2
    event = AuditEvent.objects.filter(action="round.constraints").order_by("pk").last()
    assert event is not None
    assert f"bỏ bắt buộc: câu #{draft.questions[0].pk}" in event.summary


def test_a_group_has_two_questions_or_more_and_a_name() -> None:
    draft = Draft()
    with pytest.raises(blueprinting.BlueprintError, match="ít nhất hai câu"):
        draft.separate(0)
    assert draft.separate(0, 1) == "Nhóm 1"
    assert draft.separate(2, 3) == "Nhóm 2"
    assert draft.separate(4, group="nhom 1") == "Nhóm 1"
    with pytest.raises(blueprinting.BlueprintError, match="đã ở nhóm “Nhóm 2”"):
        draft.separate(2, group="Nhóm 1")
    blueprinting.rejoin_question(draft.round, draft.questions[2].pk, by=draft.by, at=AT)
    assert set(draft.round.separated_questions.values_list("group", flat=True)) == {"Nhóm 1"}


def test_what_cannot_be_drawn_is_said_with_its_remedy() -> None:
    draft = Draft(questions=2, pool=4)
    assert draft.problem == ""
    draft.require(0, 1, 2)
    assert "chỉ lấy 2 câu. Hãy tăng số câu của ô" in draft.problem
    for index in (1, 2):
        blueprinting.stop_requiring(draft.round, draft.questions[index].pk, by=draft.by, at=AT)
    assert draft.problem == ""
    draft.separate(0, 1, 2, 3)
    assert "vì có câu không được ra cùng một đề" in draft.problem
    Question.objects.filter(pk=draft.questions[0].pk).update(state=QuestionState.RETIRED)
    assert f"Câu #{draft.questions[0].pk} bắt buộc có nhưng chưa được duyệt" in draft.problem


def test_the_points_of_the_paper_are_compared_with_what_was_wanted() -> None:
    draft = Draft(questions=4)
    topic = draft.round.cells.get().topic
    for wanted, count in ((1000, 4), (1000, 3), (None, 3)):
        cell = BlueprintCell(topic=topic, question_count=count, centipoints=250)
        blueprinting.save_blueprint(
            draft.round, [cell], total_centipoints=wanted, by=draft.by, at=AT
        )
        said = "Cả đề đang là 7,5 điểm, cần đúng 10 điểm" in draft.problem
        assert said == (wanted is not None and count == 3)


def test_a_round_that_is_ready_keeps_its_blueprint_and_constraints() -> None:
    draft = Draft()
    draft.separate(0, 1)
    Round.objects.filter(pk=draft.round.pk).update(state=RoundState.READY)
    acts = [
        lambda: draft.require(2),
        lambda: draft.separate(2, 3),
        lambda: blueprinting.save_blueprint(draft.round, [], by=draft.by, at=AT),
        lambda: blueprinting.rejoin_question(
            draft.round, draft.questions[0].pk, by=draft.by, at=AT
        ),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="đang chuẩn bị"):
            act()
    assert draft.round.separated_questions.count() == 2


def test_the_overlap_of_a_cell_is_exact_and_rough_where_questions_are_shared() -> None:
    draft = Draft(questions=3, pool=6)
    (supply,) = readiness.supplies(draft.round)
    assert (supply.overlap, supply.is_rough) == (1.5, False)
    cell = draft.round.cells.get()
    BlueprintCell.objects.create(
        round=draft.round, topic=cell.topic, difficulty="easy", question_count=1
    )
    assert all(supply.is_rough for supply in readiness.supplies(draft.round))


@pytest.mark.parametrize("cells", [1, 3])
def test_a_survey_takes_a_constant_number_of_statements(cells, django_assert_num_queries) -> None:
    draft = Draft(questions=1)
    topic = draft.round.cells.get().topic
    for difficulty in ("easy", "medium")[: cells - 1]:
        BlueprintCell.objects.create(
            round=draft.round, topic=topic, difficulty=difficulty, question_count=1
        )
    rows = list(draft.round.cells.select_related("topic"))
    with django_assert_num_queries(3):
        readiness.survey(draft.round, rows)
