"""A practice round in which every kind of question can be tried."""

from datetime import datetime, timedelta
from typing import Any

from people.models import User
from quizzes import reviewing, rounds
from quizzes.enums import ResultVisibility, ReviewStep
from quizzes.importing.applying import apply_import
from quizzes.importing.parsed import Kind, ParsedQuestion
from quizzes.models import BlueprintCell, Contest, QuestionBank, Round

BANK = "lam-quen-2026"
TOPIC = "Làm quen các dạng câu hỏi"


def _lines(*texts: str, first: str = "a") -> list[dict[str, str]]:
    return [{"id": chr(ord(first) + place), "text": text} for place, text in enumerate(texts)]


# kind, stem, options, right ones, content, key, legal basis: facts of files/regulations.json and
# files/questions.json.
_WITH_OPTIONS: tuple[tuple[Kind, str, tuple[str, ...], tuple[int, ...], str], ...] = (
    (
        Kind.SINGLE,
        "Theo Luật Căn cước số 26/2023/QH15, số định danh cá nhân gồm bao nhiêu chữ số?",
        ("9 chữ số", "10 chữ số", "12 chữ số", "13 chữ số"),
        (2,),
        "Điều 12 Luật Căn cước số 26/2023/QH15",
    ),
    (
        Kind.MULTIPLE,
        "Những văn bản nào sau đây đã hết hiệu lực?",
        (
            "Nghị định số 61/2018/NĐ-CP",
            "Nghị định số 42/2022/NĐ-CP",
            "Nghị định số 118/2025/NĐ-CP",
            "Nghị định số 30/2020/NĐ-CP",
        ),
        (0, 1),
        "Điều 90 Nghị định số 224/2026/NĐ-CP",
    ),
    (
        Kind.TRUE_FALSE,
        "Sự im lặng của chủ thể dữ liệu cá nhân được coi là đồng ý.",
        ("Đúng", "Sai"),
        (1,),
        "Điều 9 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15",
    ),
)
_OTHERS: tuple[tuple[Kind, str, dict[str, Any], dict[str, Any], str], ...] = (
    (
        Kind.STATEMENTS,
        "Các nhận định sau đúng hay sai?",
        {
            "statements": _lines(
                "Khi ký văn bản giấy phải dùng bút có mực màu xanh.",
                "Khi từ chối thực hiện thủ tục hành chính, chỉ cần giải thích bằng lời.",
                "Thành phố Hà Nội có 126 đơn vị hành chính cấp xã.",
                "Thông tư là một loại văn bản hành chính.",
            )
        },
        {"true": ["a", "c"], "rule": "progressive"},
        "khoản 6 Điều 13 Nghị định số 30/2020/NĐ-CP; khoản 5 Điều 18 Nghị định số 63/2010/NĐ-CP",
    ),
    (
        Kind.ORDERING,
        "Sắp xếp các văn bản theo ngày ban hành, văn bản cũ nhất trước.",
        {
            "items": _lines(
                "Nghị định số 63/2010/NĐ-CP về kiểm soát thủ tục hành chính",
                "Nghị định số 30/2020/NĐ-CP về công tác văn thư",
                "Nghị quyết số 76/NQ-CP về Chương trình tổng thể cải cách hành chính",
                "Nghị định số 118/2025/NĐ-CP về cơ chế một cửa",
            )
        },
        {"order": ["a", "b", "c", "d"], "rule": "partial"},
        "",
    ),
    (
        Kind.MATCHING,
        "Ghép mỗi nghị định với nội dung mà nghị định quy định.",
        {
            "left": _lines(
                "Nghị định số 118/2025/NĐ-CP",
                "Nghị định số 30/2020/NĐ-CP",
                "Nghị định số 23/2025/NĐ-CP",
            ),
            "right": _lines(
                "Thủ tục hành chính theo cơ chế một cửa, một cửa liên thông",
                "Công tác văn thư",
                "Chữ ký điện tử và dịch vụ tin cậy",
                "Định danh và xác thực điện tử",
                first="m",
            ),
        },
        {"pairs": {"a": "m", "b": "n", "c": "o"}, "rule": "partial"},
        "",
    ),
    (
        Kind.NUMBER,
        "Khi chủ động tạm ngừng cung cấp dịch vụ trên môi trường số để nâng cấp, cơ quan nhà nước "
        "phải thông báo trước ít nhất bao nhiêu ngày làm việc?",
        {"unit": "ngày làm việc"},
        {"value": "7", "tolerance": "0"},
        "Điểm a khoản 1 Điều 13 Nghị định số 224/2026/NĐ-CP",
    ),
    (
        Kind.SHORT_TEXT,
        "Ứng dụng định danh quốc gia có tên là gì?",
        {},
        {"accepted": ["VNeID", "ứng dụng VNeID"]},
        "Khoản 1 Điều 10 Nghị định số 224/2026/NĐ-CP",
    ),
    (
        Kind.ESSAY,
        "Ông K. đến nhận kết quả đúng ngày hẹn nhưng hồ sơ chưa giải quyết xong do lỗi của cơ "
        "quan. Ông bức xúc, lớn tiếng tại quầy. Anh/chị xử lý thế nào?",
        {"max_words": 300},
        {
            "guide": "Lắng nghe, xin lỗi (3 điểm).\nKiểm tra nguyên nhân, báo cáo người phụ trách "
            "để gửi Văn bản xin lỗi, nêu rõ lý do và thời gian trả kết quả (5 điểm).\nCập nhật "
            "trạng thái hồ sơ (2 điểm)."
        },
        "khoản 2 Điều 20 Nghị định số 63/2010/NĐ-CP",
    ),
)


def create_practice(
    contest: Contest, *, author: User, reviewer: User, organiser: User, at: datetime
) -> None:
    """A bank of its own, so that no other round draws from it, and a round open to all."""
    bank = QuestionBank.objects.create(
        code=BANK,
        name="Làm quen các dạng câu hỏi",
        description="Mỗi dạng câu hỏi một câu, dùng cho vòng thi thử.",
    )
    bank.owners.add(author)
    bank.reviewers.add(reviewer)
    bank.readers.add(organiser)
    questions = _questions()
    apply_import(bank, questions, by=author, at=at - timedelta(days=3), approve=True)
    waiting = list(bank.questions.values_list("pk", flat=True))
    reviewing.take_step(ReviewStep.APPROVE, waiting, by=reviewer, at=at - timedelta(days=2))
    quiz_round = Round.objects.create(
        contest=contest,
        number=3,
        name="Thi thử: làm quen các dạng câu hỏi",
        opens_at=at - timedelta(hours=1),
        closes_at=at + timedelta(days=60),
        duration_seconds=30 * 60,
        attempts_allowed=None,
        shuffle_questions=False,
        result_visibility=ResultVisibility.AT_ONCE,
    )
    topic = bank.topics.get()
    BlueprintCell.objects.create(
        round=quiz_round, topic=topic, question_count=len(questions), centipoints=1000
    )
    rounds.make_ready(quiz_round, by=organiser, at=at - timedelta(hours=2))


def _questions() -> list[ParsedQuestion]:
    with_options = [
        ParsedQuestion(
            number=str(number),
            row=number,
            kind=kind,
            stem=stem,
            options=options,
            correct=correct,
            legal_basis=basis,
            topic=TOPIC,
        )
        for number, (kind, stem, options, correct, basis) in enumerate(_WITH_OPTIONS, start=1)
    ]
    others = [
        ParsedQuestion(
            number=str(number),
            row=number,
            kind=kind,
            stem=stem,
            options=(),
            correct=(),
            content=content,
            key=key,
            legal_basis=basis,
            topic=TOPIC,
        )
        for number, (kind, stem, content, key, basis) in enumerate(
            _OTHERS, start=len(with_options) + 1
        )
    ]
    return with_options + others
