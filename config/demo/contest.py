"""The demo contest: a finished and published round, and a round that is open now."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from config.demo.accounts import CONTESTANTS
from config.demo.simulation import simulate_round
from legal.models import Instrument
from people.models import Block, Unit, User
from quizzes import entries, reviewing, rounds
from quizzes.editing import QuestionDraft, create_question
from quizzes.enums import ResultVisibility, ReviewStep
from quizzes.flagging import recheck_flags
from quizzes.importing.applying import apply_import
from quizzes.importing.parsed import Difficulty, Kind, ParsedQuestion
from quizzes.importing.plain import stem_key
from quizzes.models import Award, BlueprintCell, Contest, Entry, Question, QuestionBank, Round

BANK = "cchc-2026"
CONTEST = "hoi-thi-mot-cua-2026"
_QUESTIONS = Path(__file__).parent / "files/questions.json"
_DIFFICULTIES = {
    "co_ban": Difficulty.EASY,
    "van_dung": Difficulty.MEDIUM,
    "nang_cao": Difficulty.HARD,
}
_WAITING = "Nguyên tắc nào sau đây là nguyên tắc thực hiện cơ chế một cửa?"
_REPLACED = "Cơ chế một cửa lấy điều gì làm thước đo chất lượng phục vụ?"
_ANSWERS = (
    "Lấy sự hài lòng của tổ chức, cá nhân làm thước đo chất lượng phục vụ",
    "Lấy số lượng hồ sơ tiếp nhận trong ngày làm thước đo",
    "Lấy số lượng cán bộ tại Bộ phận Một cửa làm thước đo",
)
# What the settings of the contest do not say: the rest of the rules is made from them.
_RULES = """\
Thí sinh thi bằng tài khoản của mình, trên máy tính hoặc điện thoại có kết nối mạng.

Khi gặp sự cố mất điện hoặc mất mạng, thí sinh báo ngay cho Tổ Thư ký qua đơn vị mình để được xem \
xét theo nhật ký hệ thống.
"""


def create_bank(*, author: User, reviewer: User, organiser: User, at: datetime) -> QuestionBank:
    """The 25 multiple-choice questions, written by one and approved by another."""
    bank = QuestionBank.objects.create(
        code=BANK,
        name="Cải cách hành chính và cơ chế một cửa 2026",
        description="Câu hỏi một lựa chọn, mỗi câu ghi căn cứ pháp lý.",
    )
    bank.owners.add(author)
    bank.reviewers.add(reviewer)
    bank.readers.add(organiser)
    questions = [
        ParsedQuestion(
            number=str(number),
            row=number,
            kind=Kind.SINGLE,
            stem=record["stem"],
            options=tuple(record["options"]),
            correct=(record["correct_index"],),
            explanation=record["explanation"],
            legal_basis=record["source"],
            topic=record["topic"],
            difficulty=_DIFFICULTIES[record["difficulty"]],
        )
        for number, record in enumerate(json.loads(_QUESTIONS.read_text("utf-8")), start=1)
        if record["kind"] == "trac_nghiem"
    ]
    apply_import(bank, questions, by=author, at=at, approve=True)
    waiting = list(bank.questions.values_list("pk", flat=True))
    reviewing.take_step(ReviewStep.APPROVE, waiting, by=reviewer, at=at + timedelta(hours=3))
    return bank


def leave_desk_work(*, at: datetime) -> None:
    """One question that waits for its review and one whose law was replaced, so that these pages
    are not empty for a newcomer. A repeat does nothing."""
    bank = QuestionBank.objects.filter(code=BANK).first()
    topic = bank.topics.order_by("name").first() if bank else None
    author, reviewer = (bank.owners.first(), bank.reviewers.first()) if bank else (None, None)
    if bank is None or topic is None or author is None or reviewer is None:
        return
    if bank.questions.filter(stem_key__in=[stem_key(_WAITING), stem_key(_REPLACED)]).exists():
        return
    for stem, number, article in (
        (_WAITING, "118/2025/NĐ-CP", "Điều 4"),
        (_REPLACED, "61/2018/NĐ-CP", "Điều 4"),
    ):
        draft = QuestionDraft(
            kind=Kind.SINGLE,
            stem=stem,
            content={
                "options": [{"id": i, "text": t} for i, t in zip("abc", _ANSWERS, strict=True)]
            },
            key={"correct": ["a"]},
            topic=topic,
            difficulty=Difficulty.EASY,
            instrument=Instrument.objects.filter(number=number).first(),
            article=article,
            legal_basis=f"{article} Nghị định số {number}",
        )
        question = create_question(bank, draft, by=author, at=at)
        reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=author, at=at)
    replaced = bank.questions.filter(stem_key=stem_key(_REPLACED))
    keys = list(replaced.values_list("pk", flat=True))
    reviewing.take_step(ReviewStep.APPROVE, keys, by=reviewer, at=at)
    recheck_flags(at=at, bank=bank)


def create_contest(
    bank: QuestionBank, units: list[Unit], *, organiser: User, at: datetime
) -> Contest:
    """The contest with its list, a round of last week and a round that is open now."""
    block, _ = Block.objects.get_or_create(code="phuong", defaults={"name": "Khối phường"})
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(block=block)
    contest = Contest.objects.create(
        code=CONTEST,
        name="Hội thi Công chức làm việc tại bộ phận Một cửa năm 2026",
        summary="Tìm hiểu cải cách hành chính, cơ chế một cửa và văn hóa phục vụ người dân.",
        rules_text=_RULES,
        superior_agency="Ủy ban nhân dân thành phố Hà Nội",
        issuing_agency="Ban Tổ chức Hội thi",
        place="Hà Nội",
        is_public=True,
    )
    contest.organisers.add(organiser)
    entries.take_roster(contest, units, by=organiser, at=at - timedelta(days=15))
    _published_round(contest, bank, organiser=organiser, at=at)
    _open_round(contest, bank, organiser=organiser, at=at)
    return contest


def _published_round(
    contest: Contest, bank: QuestionBank, *, organiser: User, at: datetime
) -> None:
    opens_at = (at - timedelta(days=12)).replace(minute=0, second=0, microsecond=0)
    quiz_round = Round.objects.create(
        contest=contest,
        number=1,
        name="Vòng 1: Tìm hiểu cơ chế một cửa",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=8),
        duration_seconds=20 * 60,
        has_prediction=True,
        result_visibility=ResultVisibility.AT_PUBLICATION,
    )
    _fill_blueprint(quiz_round, bank, question_count=20, centipoints=500)
    for name, rank_from, rank_to in (("Giải Nhất", 1, 1), ("Giải Nhì", 2, 3), ("Giải Ba", 4, 6)):
        Award.objects.create(round=quiz_round, name=name, rank_from=rank_from, rank_to=rank_to)
    rounds.make_ready(quiz_round, by=organiser, at=opens_at - timedelta(days=1))
    quiz_round.refresh_from_db()
    simulate_round(
        quiz_round,
        list(Entry.objects.filter(contest=contest).select_related("user").order_by("pk")),
        until=quiz_round.closes_at,
        skip=frozenset(CONTESTANTS[1:]),
    )
    rounds.close_round(quiz_round, by=organiser, at=quiz_round.closes_at + timedelta(minutes=5))
    rounds.publish_round(quiz_round, by=organiser, at=quiz_round.closes_at + timedelta(days=1))


def _open_round(contest: Contest, bank: QuestionBank, *, organiser: User, at: datetime) -> None:
    quiz_round = Round.objects.create(
        contest=contest,
        number=2,
        name="Vòng 2: Phục vụ người dân trên môi trường số",
        opens_at=at - timedelta(hours=1),
        closes_at=at + timedelta(days=60),
        duration_seconds=15 * 60,
        attempts_allowed=3,
        has_prediction=True,
        result_visibility=ResultVisibility.AT_PUBLICATION,
    )
    _fill_blueprint(quiz_round, bank, question_count=10, centipoints=1000)
    rounds.make_ready(quiz_round, by=organiser, at=at - timedelta(hours=2))


def _fill_blueprint(
    quiz_round: Round, bank: QuestionBank, *, question_count: int, centipoints: int
) -> None:
    """One question of each topic in turn, until the paper is full: every topic is asked about."""
    supply = Counter(Question.objects.filter(bank=bank).values_list("topic_id", flat=True))
    wanted: Counter[int] = Counter()
    while wanted.total() < question_count:
        for topic_id, available in supply.most_common():
            if wanted[topic_id] < available and wanted.total() < question_count:
                wanted[topic_id] += 1
    BlueprintCell.objects.bulk_create(
        BlueprintCell(
            round=quiz_round, topic_id=topic_id, question_count=count, centipoints=centipoints
        )
        for topic_id, count in wanted.items()
    )
