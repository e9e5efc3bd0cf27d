"""Thể lệ: what the settings of a contest mean, said in headed paragraphs.

Facts in, text out, no database. A sentence that holds for every round is said once; where rounds
differ, each wording stands with the names of its rounds. Nothing is promised that the system does
not do, and nothing is told of the questions but their number and points.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.vietnamese import format_number
from quizzes.enums import (
    AttemptCounting,
    NameDisplay,
    PaperSource,
    PredictionTarget,
    ResultVisibility,
    TieCriterion,
)
from quizzes.rule_facts import ContestRules, RoundRules
from quizzes.templatetags.contest_words import percent
from quizzes.templatetags.quiz import duration, points


@dataclass(frozen=True, slots=True)
class RuleSection:
    heading: str
    paragraphs: tuple[str, ...]


def word_rules(facts: ContestRules) -> list[RuleSection]:
    """In the order of a printed thể lệ; a section with nothing to say is left out."""
    rounds = facts.rounds
    predicted = [item for item in rounds if item.has_prediction]
    sections = [
        (_("Người dự thi"), _entrants(facts)),
        (_("Thời gian thi"), _windows(rounds)),
        (_("Đề thi"), _each(rounds, _paper)),
        (_("Làm bài và số lượt thi"), _taking(rounds)),
        (_("Câu hỏi dự đoán"), _each(predicted, _prediction, among=rounds)),
        (_("Xếp hạng cá nhân"), _each(rounds, _ties)),
        (_("Giải thưởng"), _each([item for item in rounds if item.awards], _awards, among=rounds)),
        (_("Xếp hạng đơn vị"), _units(facts) if rounds else []),
        (_("Công bố kết quả"), _publication(facts) if rounds else []),
        (_("Bài thi không hợp lệ và kiến nghị"), _disputes() if rounds else []),
        (_("Quy định riêng của Ban Tổ chức"), _own_text(facts.own_text)),
    ]
    return [RuleSection(heading, tuple(said)) for heading, said in sections if said]


def _each(
    rounds: Sequence[RoundRules],
    say: Callable[[RoundRules], str],
    *,
    among: Sequence[RoundRules] | None = None,
) -> list[str]:
    """What ``say`` says of each round; the same words are said once. Rounds are named unless the
    words hold for all of ``among`` (all of ``rounds``)."""
    among = rounds if among is None else among
    labels = _labels(among)
    said: dict[str, list[str]] = {}
    for item in rounds:
        said.setdefault(say(item), []).append(labels[item.name])
    whole = len(among)
    texts = []
    for text, names in said.items():
        if not text:
            continue
        named = len(names) < whole
        texts.append(f"{_listed(names)}: {text}" if named else text)
    return texts


def _labels(rounds: Sequence[RoundRules]) -> dict[str, str]:
    """Name → what it is called in a sentence: "Vòng 1" of "Vòng 1: Tìm hiểu cơ chế một cửa", unless
    two rounds would be called the same."""
    short = {item.name: item.name.partition(":")[0].strip() for item in rounds}
    if "" in short.values() or len(set(short.values())) < len(rounds):
        return {name: name for name in short}
    return short


def _listed(names: Sequence[str]) -> str:
    """ "Vòng 1", "Vòng 1 và Vòng 2", "Vòng 1; Vòng 2 và Vòng 3"."""
    if len(names) == 1:
        return names[0]
    return _("%(first)s và %(last)s") % {"first": "; ".join(names[:-1]), "last": names[-1]}


def _entrants(facts: ContestRules) -> list[str]:
    texts = [_("Cơ quan tổ chức: %(agency)s.") % {"agency": facts.issuing_agency}]
    if facts.unit_count:
        texts.append(
            _(
                "Người dự thi là người có tên trong danh sách Ban Tổ chức đã chốt và không được "
                "miễn: %(persons)s người của %(units)s đơn vị."
            )
            % {
                "persons": format_number(facts.person_count),
                "units": format_number(facts.unit_count),
            }
        )
    else:
        texts.append(
            _(
                "Người dự thi là người có tên trong danh sách do Ban Tổ chức chốt và không được "
                "miễn. Danh sách chưa chốt."
            )
        )
    texts.append(
        _(
            "Không được dự thi: thành viên Ban Tổ chức; người giữ vai trò tổ chức thi, biên soạn "
            "câu hỏi hoặc Ban Giám khảo; quản trị viên; người đang hoặc đã từng xem được đáp án "
            "của ngân hàng câu hỏi dùng cho cuộc thi. Hệ thống từ chối và nêu lý do."
        )
    )
    return texts


def _windows(rounds: Sequence[RoundRules]) -> list[str]:
    texts = [
        _("%(round)s. Mở lúc %(opens)s, đóng lúc %(closes)s.")
        % {"round": item.name, "opens": _moment(item.opens_at), "closes": _moment(item.closes_at)}
        for item in rounds
    ]
    return [*texts, _("Giờ mở, giờ đóng và giờ làm bài tính theo máy chủ.")] if texts else []


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return _("%(time)s ngày %(day)s") % {"time": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"}


def _paper(item: RoundRules) -> str:
    texts = []
    if item.question_count:
        texts.append(
            ngettext(
                "Đề thi có %(count)s câu, tổng điểm %(points)s.",
                "Đề thi có %(count)s câu, tổng điểm %(points)s.",
                item.question_count,
            )
            % {"count": item.question_count, "points": points(item.total_centipoints)}
        )
    texts.append(_source(item))
    texts.append(_shuffle(item))
    return " ".join(text for text in texts if text)


def _source(item: RoundRules) -> str:
    if item.paper_source == PaperSource.PER_ATTEMPT:
        return _("Mỗi lượt thi nhận một đề riêng, rút ngẫu nhiên theo cùng một ma trận đề.")
    if item.paper_source == PaperSource.FIXED:
        text = ngettext(
            "Có %(count)s mã đề lập sẵn, các mã rút câu riêng theo cùng một ma trận đề; "
            "mỗi lượt thi nhận một mã.",
            "Có %(count)s mã đề lập sẵn, các mã rút câu riêng theo cùng một ma trận đề; "
            "mỗi lượt thi nhận một mã.",
            item.paper_code_count,
        )
    else:
        text = ngettext(
            "Có %(count)s mã đề lập sẵn, cùng bộ câu và khác thứ tự; mỗi lượt thi nhận một mã.",
            "Có %(count)s mã đề lập sẵn, cùng bộ câu và khác thứ tự; mỗi lượt thi nhận một mã.",
            item.paper_code_count,
        )
    return text % {"count": item.paper_code_count}


def _shuffle(item: RoundRules) -> str:
    if item.shuffle_questions and item.shuffle_options:
        return _("Thứ tự câu hỏi và thứ tự phương án được trộn.")
    if item.shuffle_questions:
        return _("Thứ tự câu hỏi được trộn.")
    if item.shuffle_options:
        return _("Thứ tự phương án được trộn.")
    return ""


def _taking(rounds: Sequence[RoundRules]) -> list[str]:
    if not rounds:
        return []
    return [
        *_each(
            rounds, lambda item: _("Thời gian làm bài là %s.") % duration(item.duration_seconds)
        ),
        *_each(rounds, _attempts),
        _(
            "Câu trả lời được lưu ngay khi chọn. Đồng hồ chạy liên tục từ lúc bắt đầu, kể cả khi "
            "đóng trang. Hết thời gian làm bài hoặc đến giờ đóng vòng thi, tùy giờ nào đến trước, "
            "hệ thống tự nộp những câu đã lưu."
        ),
        *_each(rounds, _grace),
        _(
            "Chỉ Ban Tổ chức được cộng thời gian hoặc mở lại lượt thi khi có sự cố; mỗi lần đều "
            "ghi lý do vào nhật ký."
        ),
    ]


def _grace(item: RoundRules) -> str:
    if not item.grace_seconds:
        return ""
    return _(
        "Câu trả lời đang gửi lúc hết giờ vẫn được nhận nếu đến máy chủ trong vòng %s sau đó."
    ) % duration(item.grace_seconds)


_COUNTED = {
    AttemptCounting.BEST: lambda: _("lượt tốt nhất được tính"),
    AttemptCounting.FIRST: lambda: _("lượt đầu tiên được tính"),
    AttemptCounting.LAST: lambda: _("lượt cuối cùng được tính"),
    AttemptCounting.MEAN: lambda: _("điểm trung bình của các lượt được tính"),
}


def _attempts(item: RoundRules) -> str:
    if item.attempts_allowed == 1:
        return _("Mỗi người thi một lượt.")
    if item.attempts_allowed is None:
        text = _("Không hạn chế số lượt thi; %(counted)s.")
    else:
        text = _("Mỗi người thi nhiều nhất %(count)s lượt; %(counted)s.")
    said = text % {
        "count": item.attempts_allowed,
        "counted": _COUNTED[AttemptCounting(item.attempt_counting)](),
    }
    if item.min_pause_seconds:
        said += " " + _("Giữa hai lượt nghỉ ít nhất %s.") % duration(item.min_pause_seconds)
    return said


def _prediction(item: RoundRules) -> str:
    target = {
        PredictionTarget.PARTICIPANTS: _("số người hoàn thành bài thi"),
        PredictionTarget.ATTEMPTS: _("số lượt thi đã kết thúc"),
        PredictionTarget.ALL_CORRECT: _("số người trả lời đúng tất cả các câu"),
    }[PredictionTarget(item.prediction_target)]
    texts = [_("Sau câu cuối, thí sinh dự đoán %(target)s của vòng thi.") % {"target": target}]
    if item.prediction_counts_invalid:
        texts.append(_("Khi đối chiếu, bài thi bị đánh dấu không hợp lệ cũng được đếm."))
    else:
        texts.append(_("Khi đối chiếu, bài thi bị đánh dấu không hợp lệ không được đếm."))
    if TieCriterion.PREDICTION_DISTANCE in item.tie_order:
        texts.append(_("Không dự đoán thì chỉ mất tiêu chí phân định này, không mất điểm."))
    else:
        texts.append(_("Số dự đoán không dùng để xếp hạng."))
    return " ".join(texts)


def _tie_words(code: str) -> str:
    words = {
        TieCriterion.POINTS: _("điểm cao hơn"),
        TieCriterion.CORRECT_COUNT: _("số câu đúng nhiều hơn"),
        TieCriterion.ELAPSED_MS: _("thời gian làm bài ngắn hơn, tính đến một phần nghìn giây"),
        TieCriterion.PREDICTION_DISTANCE: _("số dự đoán gần đúng hơn"),
        TieCriterion.FINISHED_AT: _("nộp bài sớm hơn"),
        TieCriterion.ENTERED_AT: _("vào thi sớm hơn"),
        TieCriterion.MANUAL_DRAW: _("bốc thăm, có người chứng kiến"),
    }
    return words[TieCriterion(code)]


def _ties(item: RoundRules) -> str:
    order = [_tie_words(code) for code in item.tie_order]
    shared = _("Ai vẫn bằng nhau thì đồng hạng: 1, 1, 3. Bảng kết quả ghi tiêu chí đã phân định.")
    if not order:
        return shared
    steps = "; ".join(f"({number}) {words}" for number, words in enumerate(order, start=1))
    return (
        _("Xếp theo thứ tự: %(steps)s. Bằng nhau ở tiêu chí trước mới xét tiêu chí sau.")
        % {"steps": steps}
        + " "
        + shared
    )


def _awards(item: RoundRules) -> str:
    named = [
        _("%(award)s cho hạng %(first)s") % {"award": award.name, "first": award.rank_from}
        if award.rank_from == award.rank_to
        else _("%(award)s cho hạng %(first)s đến hạng %(last)s")
        % {"award": award.name, "first": award.rank_from, "last": award.rank_to}
        for award in item.awards
    ]
    return "; ".join(named) + ". " + _("Người đồng hạng nhận cùng một giải.")


def _units(facts: ContestRules) -> list[str]:
    rank = (
        _(
            "Đơn vị xếp hạng trong khối của mình theo tỷ lệ dự thi; bằng nhau thì theo điểm trung "
            "bình, cả hai lấy hai chữ số thập phân."
        )
        if facts.has_blocks
        else _(
            "Đơn vị xếp hạng theo tỷ lệ dự thi; bằng nhau thì theo điểm trung bình, cả hai lấy hai "
            "chữ số thập phân."
        )
    )
    texts = [
        rank,
        _(
            "Tỷ lệ dự thi là số người hoàn thành bài thi chia cho số người trong danh sách đã "
            "chốt, không kể người được miễn."
        ),
    ]
    if facts.min_participation_basis_points:
        texts.append(
            _("Đơn vị được xếp hạng khi có từ %(share)s số người dự thi.")
            % {"share": percent(facts.min_participation_basis_points).replace(",00%", "%")}
        )
    if facts.min_unit_headcount > 1:
        texts.append(
            _("Đơn vị có dưới %(count)s người phải dự thi không xếp hạng.")
            % {"count": facts.min_unit_headcount}
        )
    return texts


def _publication(facts: ContestRules) -> list[str]:
    own = {
        ResultVisibility.AT_ONCE: _("Thí sinh xem kết quả của mình ngay khi nộp bài."),
        ResultVisibility.AT_CLOSE: _("Thí sinh xem kết quả của mình khi vòng thi kết thúc."),
        ResultVisibility.AT_PUBLICATION: _(
            "Thí sinh xem kết quả của mình khi Ban Tổ chức công bố."
        ),
    }
    names = {
        NameDisplay.NAME_AND_UNIT: _(
            "Ban Tổ chức công bố kết quả trên trang này, chỉ gồm họ tên, đơn vị và kết quả."
        ),
        NameDisplay.INITIALS: _(
            "Ban Tổ chức công bố kết quả trên trang này, chỉ gồm chữ cái đầu của họ tên, đơn vị và "
            "kết quả."
        ),
    }

    def answers(item: RoundRules) -> str:
        if item.shows_answers:
            return _("Sau khi công bố, thí sinh xem được đáp án của bài mình.")
        return _("Đáp án không được công bố.")

    return [
        *_each(facts.rounds, lambda item: own[ResultVisibility(item.result_visibility)]),
        names[NameDisplay(facts.name_display)],
        *_each(facts.rounds, answers),
    ]


def _disputes() -> list[str]:
    return [
        _(
            "Thi hộ, dùng tài khoản của người khác hoặc can thiệp vào hệ thống thì bài thi bị đánh "
            "dấu không hợp lệ, kể cả sau khi công bố. Bài không bị xóa; lý do được ghi lại, kết "
            "quả được xếp lại và có thể khôi phục."
        ),
        _(
            "Kiến nghị gửi Ban Tổ chức. Khi kiến nghị về một câu hỏi được chấp nhận, câu đó bị "
            "hủy, mọi người gặp câu đó được trọn điểm và kết quả được tính lại; kết quả trước và "
            "sau đều được lưu."
        ),
    ]


def _own_text(text: str) -> list[str]:
    pieces = text.replace("\r\n", "\n").replace("\r", "\n").split("\n\n")
    return [piece.strip() for piece in pieces if piece.strip()]
