"""The printed rules say what the settings mean, no more and no less."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from quizzes.enums import TieCriterion
from quizzes.rule_facts import AwardRule, ContestRules, RoundRules
from quizzes.rules_wording import word_rules

ROUND = RoundRules(
    name="Vòng 1",
    opens_at=datetime(2026, 10, 5, 1, tzinfo=UTC),
    closes_at=datetime(2026, 10, 9, 10, tzinfo=UTC),
    duration_seconds=40 * 60,
    grace_seconds=5,
    attempts_allowed=1,
    attempt_counting="best",
    min_pause_seconds=0,
    question_count=40,
    total_centipoints=10_000,
    paper_source="per_attempt",
    paper_code_count=4,
    shuffle_questions=True,
    shuffle_options=True,
    tie_order=("points", "elapsed_ms", "prediction_distance"),
    has_prediction=True,
    prediction_target="participants",
    prediction_counts_invalid=False,
    result_visibility="at_publication",
    shows_answers=True,
)
CONTEST = ContestRules(
    issuing_agency="UBND phường Thanh Khê",
    name_display="name_and_unit",
    min_participation_basis_points=7000,
    min_unit_headcount=5,
    unit_count=12,
    person_count=1320,
    has_blocks=True,
    rounds=(ROUND,),
)


def said(facts: ContestRules = CONTEST) -> str:
    return "\n".join(
        line for section in word_rules(facts) for line in (section.heading, *section.paragraphs)
    )


def of_round(**changes: Any) -> str:
    return said(replace(CONTEST, rounds=(replace(ROUND, **changes),)))


def section(heading: str, facts: ContestRules) -> tuple[str, ...]:
    return next(item.paragraphs for item in word_rules(facts) if item.heading == heading)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Vòng 1. Mở lúc 08:00 ngày 05/10/2026, đóng lúc 17:00 ngày 09/10/2026."),
        ({}, "Thời gian làm bài là 40 phút."),
        ({}, "Mỗi người thi một lượt."),
        ({"attempts_allowed": 3}, "nhiều nhất 3 lượt; lượt tốt nhất được tính."),
        ({"attempts_allowed": 3, "attempt_counting": "first"}, "lượt đầu tiên được tính"),
        ({"attempts_allowed": 3, "attempt_counting": "last"}, "lượt cuối cùng được tính"),
        ({"attempts_allowed": 2, "attempt_counting": "mean"}, "điểm trung bình của các lượt"),
        ({"attempts_allowed": None}, "Không hạn chế số lượt thi; lượt tốt nhất được tính."),
        (
            {"attempts_allowed": None, "min_pause_seconds": 600},
            "Giữa hai lượt nghỉ ít nhất 10 phút.",
        ),
        ({}, "Đề thi có 40 câu, tổng điểm 100."),
        ({"total_centipoints": 1050, "question_count": 7}, "Đề thi có 7 câu, tổng điểm 10,5."),
        ({}, "Mỗi lượt thi nhận một đề riêng"),
        ({"paper_source": "fixed"}, "Có 4 mã đề lập sẵn, các mã rút câu riêng"),
        ({"paper_source": "fixed_same"}, "Có 4 mã đề lập sẵn, cùng bộ câu và khác thứ tự"),
        ({}, "Thứ tự câu hỏi và thứ tự phương án được trộn."),
        ({"shuffle_options": False}, "Thứ tự câu hỏi được trộn."),
        ({"shuffle_questions": False}, "Thứ tự phương án được trộn."),
        ({}, "hệ thống tự nộp những câu đã lưu"),
        ({}, "nếu đến máy chủ trong vòng 5 giây sau đó"),
        ({}, "dự đoán số người hoàn thành bài thi của vòng thi."),
        ({"prediction_target": "attempts"}, "dự đoán số lượt thi đã kết thúc"),
        ({"prediction_target": "all_correct"}, "số người trả lời đúng tất cả các câu"),
        ({}, "không hợp lệ không được đếm"),
        ({"prediction_counts_invalid": True}, "không hợp lệ cũng được đếm"),
        ({}, "Không dự đoán thì chỉ mất tiêu chí phân định này"),
        ({"tie_order": ("points",)}, "Số dự đoán không dùng để xếp hạng."),
        (
            {},
            "(1) điểm cao hơn; (2) thời gian làm bài ngắn hơn, tính đến một phần nghìn giây; "
            "(3) số dự đoán gần đúng hơn.",
        ),
        ({}, "Ai vẫn bằng nhau thì đồng hạng: 1, 1, 3."),
        (
            {"awards": (AwardRule("Giải Nhất", 1, 1), AwardRule("Giải Nhì", 2, 3))},
            "Giải Nhất cho hạng 1; Giải Nhì cho hạng 2 đến hạng 3. Người đồng hạng",
        ),
        ({}, "Thí sinh xem kết quả của mình khi Ban Tổ chức công bố."),
        ({"result_visibility": "at_once"}, "kết quả của mình ngay khi nộp bài."),
        ({"result_visibility": "at_close"}, "kết quả của mình khi vòng thi kết thúc."),
        ({}, "thí sinh xem được đáp án của bài mình"),
        ({"shows_answers": False}, "Đáp án không được công bố."),
    ],
)
def test_a_setting_of_a_round_is_said(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in of_round(**changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Cơ quan tổ chức: UBND phường Thanh Khê."),
        ({}, "1.320 người của 12 đơn vị"),
        ({"unit_count": 0, "person_count": 0}, "Danh sách chưa chốt."),
        ({}, "Không được dự thi: thành viên Ban Tổ chức"),
        ({}, "Đơn vị được xếp hạng khi có từ 70% số người dự thi."),
        ({}, "Đơn vị có dưới 5 người phải dự thi không xếp hạng."),
        ({}, "xếp hạng trong khối của mình"),
        ({"has_blocks": False}, "Đơn vị xếp hạng theo tỷ lệ dự thi"),
        ({}, "chỉ gồm họ tên, đơn vị và kết quả"),
        ({"name_display": "initials"}, "chỉ gồm chữ cái đầu của họ tên"),
        ({}, "mọi người gặp câu đó được trọn điểm"),
        ({"own_text": "Mặc trang phục công sở.\r\n\r\nĐến sớm."}, "Đến sớm."),
    ],
)
def test_a_setting_of_the_contest_is_said(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in said(replace(CONTEST, **changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"has_prediction": False}, "Câu hỏi dự đoán"),
        ({}, "Giải thưởng"),
        ({"grace_seconds": 0}, "nếu đến máy chủ trong vòng"),
        ({"question_count": 0}, "Đề thi có"),
        ({"shuffle_questions": False, "shuffle_options": False}, "được trộn"),
    ],
)
def test_what_a_round_does_not_have_is_not_said(changes: dict[str, Any], words: str) -> None:
    assert words not in of_round(**changes)


def test_minima_of_nothing_are_not_said() -> None:
    text = said(replace(CONTEST, min_participation_basis_points=0, min_unit_headcount=1))
    assert "được xếp hạng khi có từ" not in text
    assert "không xếp hạng" not in text


def test_every_tie_criterion_has_words() -> None:
    text = of_round(tie_order=tuple(TieCriterion.values))
    assert f"({len(TieCriterion.values)}) bốc thăm, có người chứng kiến" in text


def test_what_holds_for_every_round_is_said_once_and_differences_name_their_rounds() -> None:
    second, third = replace(ROUND, name="Vòng 2"), replace(ROUND, name="Vòng 3", attempts_allowed=3)
    taking = section("Làm bài và số lượt thi", replace(CONTEST, rounds=(ROUND, second, third)))
    assert taking[0] == "Thời gian làm bài là 40 phút."
    assert taking[1] == "Vòng 1 và Vòng 2: Mỗi người thi một lượt."
    assert taking[2].startswith("Vòng 3: Mỗi người thi nhiều nhất 3 lượt")


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("Vòng 1: Một cửa", "Vòng 2: Số hóa"), "Vòng 2"),
        (("Tuần: một", "Tuần: hai"), "Tuần: hai"),
        (("Sơ khảo", ": hai"), ": hai"),
    ],
)
def test_a_round_is_called_by_the_short_of_its_name_where_that_is_clear(names, label) -> None:
    first, second = (replace(ROUND, name=name) for name in names)
    facts = replace(CONTEST, rounds=(first, replace(second, has_prediction=False)))
    other = replace(CONTEST, rounds=(replace(first, has_prediction=False), second))
    assert section("Câu hỏi dự đoán", other)[0].startswith(f"{label}: Sau câu cuối")
    assert label not in section("Câu hỏi dự đoán", facts)[0]


def test_what_only_one_round_has_names_it() -> None:
    plain = replace(ROUND, name="Vòng 2", has_prediction=False, awards=(AwardRule("Giải", 1, 1),))
    facts = replace(CONTEST, rounds=(ROUND, plain))
    assert section("Câu hỏi dự đoán", facts)[0].startswith("Vòng 1: ")
    assert section("Giải thưởng", facts)[0].startswith("Vòng 2: ")


def test_a_contest_without_public_rounds_says_who_may_enter_only() -> None:
    headings = [item.heading for item in word_rules(replace(CONTEST, rounds=()))]
    assert headings == ["Người dự thi"]


def test_the_rules_are_read_in_english_too() -> None:
    with translation.override("en"):
        assert "40 minutes" in said()
        assert "Thí sinh" not in said()
