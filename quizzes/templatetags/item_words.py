"""The figures of a question in Vietnamese words."""

from django import template
from django.utils.translation import gettext as _

from quizzes.item_flags import Flag
from quizzes.templatetags.quiz import points

register = template.Library()


@register.filter
def flag_label(flag: str) -> str:
    labels = {
        Flag.MISLEADING: _("Phương án sai lấn đáp án"),
        Flag.NEGATIVE: _("Phân biệt ngược"),
        Flag.WEAK: _("Ít phân biệt"),
        Flag.TOO_HARD: _("Quá khó"),
        Flag.TOO_EASY: _("Quá dễ"),
        Flag.IDLE_OPTION: _("Phương án thừa"),
    }
    return labels[Flag(flag)]


@register.filter
def flag_advice(flag: str) -> str:
    advice = {
        Flag.MISLEADING: _(
            "Trong nhóm điểm cao nhất, một phương án sai được nhiều người chọn hơn đáp án. Trước "
            "tiên hãy kiểm tra đáp án, rồi đến câu chữ của phương án đó."
        ),
        Flag.NEGATIVE: _(
            "Người làm tốt các câu khác lại làm câu này kém hơn. Thường do sai đáp án, câu hỏi "
            "hiểu được nhiều cách, hoặc quy định đã thay đổi."
        ),
        Flag.WEAK: _(
            "Người làm tốt và người làm chưa tốt các câu khác đạt câu này gần như nhau. Câu hỏi "
            "cho biết rất ít về người thi."
        ),
        Flag.TOO_HARD: _(
            "Chưa đến một phần năm số điểm của câu được ghi. Xem lại câu hỏi có vượt phạm vi ôn "
            "tập hay không."
        ),
        Flag.TOO_EASY: _("Gần như ai cũng làm được. Câu hỏi không giúp xếp hạng."),
        Flag.IDLE_OPTION: _(
            "Có phương án sai mà gần như không ai chọn, kể cả người làm sai. Lần sau nên viết lại "
            "phương án đó cho hợp lý hơn."
        ),
    }
    return advice[Flag(flag)]


@register.filter
def flag_kind(flag: str) -> str:
    """The kind of badge."""
    return {Flag.MISLEADING: "danger", Flag.NEGATIVE: "danger", Flag.WEAK: "warning"}.get(
        Flag(flag), ""
    )


@register.filter
def whole_percent(basis_points: int | None) -> str:
    """7083 → "71%"; None → "–"."""
    return "–" if basis_points is None else f"{(basis_points + 50) // 100}%"


@register.filter
def thousandths(value: int | None) -> str:
    """-125 → "-0,13"; None → "–"."""
    if value is None:
        return "–"
    hundredths = (abs(value) + 5) // 10
    sign = "−" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100},{hundredths % 100:02}"


@register.filter
def share_of_points(basis_points: int, max_centipoints: int) -> str:
    """What a share of a paper is worth: 800 of 4000 → "3,2"."""
    return points((basis_points * max_centipoints + 5_000) // 10_000)
