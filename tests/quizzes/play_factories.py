"""A round that can be taken, made by plain functions."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from people.models import Unit, User
from quizzes.enums import QuestionState, RoundState
from quizzes.models import (
    BlueprintCell,
    Contest,
    ContestUnit,
    Entry,
    Question,
    QuestionBank,
    QuestionVersion,
    Round,
    RoundQuestion,
    Topic,
)
from tests.quizzes.kind_samples import SAMPLES

OPENS_AT = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
SECRET = "GIAI-THICH-BI-MAT"
_number = count(1)


def after(*, minutes: float = 0, seconds: float = 0) -> datetime:
    """A moment counted from the opening of the round."""
    return OPENS_AT + timedelta(minutes=minutes, seconds=seconds)


def make_user(name: str = "Nguyễn Thị Ước", **fields: Any) -> User:
    fields.setdefault("staff_code", f"TS{next(_number):05}")
    return User.objects.create_user(full_name=name, password="mat-khau-tot", **fields)


def make_version(
    topic: Topic, number: int, *, kind: str = "single_choice", at: datetime = OPENS_AT
) -> QuestionVersion:
    """The key is always "a", so a test knows what is right; shuffling hides it from the page."""
    content, key = _question(number, kind)
    question = Question.objects.create(
        bank=topic.bank, topic=topic, state=QuestionState.APPROVED, stem_key=f"cau {number}"
    )
    version = QuestionVersion.objects.create(
        question=question,
        kind=kind,
        stem=f"Câu hỏi số {number}: thời hạn giải quyết hồ sơ là bao lâu?",
        content=content,
        key=key,
        explanation=f"{SECRET} {number}",
        legal_basis=f"CAN-CU-BI-MAT Điều {number}",
        created_at=at - timedelta(days=3),
        drawn_at=at - timedelta(days=1),
    )
    question.current_version = version
    question.save()
    return version


def _question(number: int, kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key. The kinds without options have those of the samples."""
    if kind == "true_false":
        options = [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]
        return {"options": options}, {"correct": ["true"]}
    if kind in SAMPLES and "options" not in SAMPLES[kind].content:
        return SAMPLES[kind].content, SAMPLES[kind].key
    options = [
        {"id": letter, "text": f"{days} ngày làm việc, theo khoản {number}"}
        for letter, days in zip("abcd", (3, 5, 10, 15), strict=True)
    ]
    content = {**SAMPLES[kind].content, "options": options}
    return content, {"correct": ["a", "c"] if kind == "multiple_choice" else ["a"]}


def make_round(
    *, questions: int = 4, pool: int | None = None, kinds: tuple[str, ...] = (), **fields: Any
) -> Round:
    """A READY round open for two hours from OPENS_AT, twenty minutes a paper."""
    number = next(_number)
    contest = Contest.objects.create(
        code=f"hoi-thi-{number}",
        name="Hội thi Công chức làm việc tại bộ phận Một cửa",
        issuing_agency="UBND phường Thanh Khê",
    )
    opens_at = fields.pop("opens_at", OPENS_AT)
    round = Round.objects.create(
        **{
            "contest": contest,
            "number": 1,
            "name": "Vòng 1: Trắc nghiệm",
            "state": RoundState.READY,
            "opens_at": opens_at,
            "closes_at": opens_at + timedelta(hours=2),
            "duration_seconds": 20 * 60,
            "grace_seconds": 5,
            "ready_at": opens_at - timedelta(days=1),
            **fields,
        }
    )
    bank = QuestionBank.objects.create(code=f"ngan-hang-{number}", name="Ngân hàng câu hỏi")
    topic = Topic.objects.create(bank=bank, name="Thủ tục hành chính")
    cell = BlueprintCell.objects.create(
        round=round, topic=topic, question_count=questions, centipoints=250
    )
    for index in range(pool or questions):
        kind = kinds[index % len(kinds)] if kinds else "single_choice"
        version = make_version(topic, index + 1, kind=kind, at=opens_at)
        RoundQuestion.objects.create(round=round, cell=cell, version=version)
    return round


def make_entry(round: Round, user: User | None = None, **fields: Any) -> Entry:
    user = user or make_user()
    unit = ContestUnit.objects.filter(contest=round.contest).first()
    if unit is None:
        unit = ContestUnit.objects.create(
            contest=round.contest,
            unit=Unit.add_root(name=f"Trung tâm Phục vụ hành chính công {next(_number)}"),
            unit_name="Trung tâm Phục vụ hành chính công",
            headcount=10,
        )
    return Entry.objects.create(
        **{
            "contest": round.contest,
            "user": user,
            "contest_unit": unit,
            "full_name": user.full_name,
            "sort_key": user.sort_key,
            "search_key": user.search_key,
            "entered_at": round.opens_at - timedelta(days=1),
            **fields,
        }
    )
