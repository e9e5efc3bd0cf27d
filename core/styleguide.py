"""/styleguide/: every component with sample data, for those who build pages (staff or DEBUG)."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.clock import read_clock


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Tên vòng thi"), help_text=_("Hiện trên trang làm bài."))
    closes_on = forms.DateField(
        label=_("Ngày đóng"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    block = forms.ChoiceField(
        label=_("Khối"), choices=[("a", "Khối hành chính"), ("b", "Khối sự nghiệp")]
    )
    order = forms.ChoiceField(
        label=_("Lượt được tính"),
        widget=forms.RadioSelect,
        choices=[("best", "Lượt tốt nhất"), ("last", "Lượt cuối cùng")],
    )
    rules = forms.CharField(label=_("Thể lệ"), widget=forms.Textarea, required=False)
    roster = forms.FileField(
        label=_("Danh sách cán bộ"), help_text=_("Tệp .xlsx hoặc .csv, tối đa 20 MB.")
    )
    is_public = forms.BooleanField(label=_("Hiện trên trang tin"), required=False)


def _questions() -> list[dict[str, Any]]:
    stem = (
        "Theo Nghị định số 61/2018/NĐ-CP, khi hồ sơ chưa đầy đủ, chưa hợp lệ theo quy định, "
        "công chức tiếp nhận tại Bộ phận Một cửa phải làm gì?"
    )
    texts = [
        "Trả lại hồ sơ ngay và không cần nêu lý do",
        "Hướng dẫn đại diện tổ chức, cá nhân bổ sung, hoàn thiện hồ sơ theo quy định và nêu rõ "
        "lý do theo mẫu Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        "Nhận hồ sơ và chờ cơ quan chuyên môn xem xét",
        "Chuyển hồ sơ cho cơ quan cấp trên",
    ]

    def question(number: int, chosen: int | None, **extra: Any) -> dict[str, Any]:
        marks = extra.pop("marks", {})
        options = [
            {
                "code": code,
                "letter": code.upper(),
                "text": text,
                "is_chosen": index == chosen,
                "mark": marks.get(index, ""),
            }
            for index, (code, text) in enumerate(zip("abcd", texts, strict=True))
        ]
        return {
            "slot": number - 1,
            "number": number,
            "total": 20,
            "stem": stem,
            "options": options,
            **extra,
        }

    return [
        question(1, 1, save_state="saved", save_text="Đã lưu 08:14:32"),
        question(
            2,
            3,
            save_state="pending",
            save_text="Chưa gửi được. Câu trả lời đang giữ trên máy này.",
            is_flagged=True,
            is_multiple=True,
        ),
        question(3, 0, marks={0: "wrong", 1: "right"}),
    ]


def styleguide(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    now = read_clock()
    questions = _questions()
    palette = [
        {
            "number": number,
            "url": f"#cau-{number}",
            "is_answered": number < 9 and number not in (4, 6),
            "is_flagged": number in (2, 6),
            "is_unsaved": number == 2,
            "is_current": number == 3,
        }
        for number in range(1, 21)
    ]
    context = {
        "now": now,
        "deadline": now + timedelta(minutes=24),
        "open_questions": questions[:2],
        "marked_question": questions[2],
        "palette": palette,
        "missing": [item for item in palette if not item["is_answered"]],
        "flagged": [item for item in palette if item["is_flagged"]],
        "form": SampleForm(),
        "bad_form": SampleForm({"name": ""}, prefix="bad"),
        "page": Paginator(range(320), 20).page(4),
        "job": SimpleNamespace(
            pk=1, percent=62, done_count=310, total_count=500, state="running", is_finished=False
        ),
        "crumbs": [{"url": "#", "label": "Cuộc thi"}, {"url": "#", "label": "Hội thi 2026"}],
        "figures": [
            {"label": "Người dự thi", "value": "286", "note": "trên 320"},
            {"label": "Lượt thi", "value": "341"},
            {"label": "Điểm trung bình", "value": "15,42"},
            {"label": "Đơn vị đủ 70 %", "value": "7", "note": "trên 8"},
        ],
        "facts": [
            {"label": "Mở", "value": "08:00 ngày 23/11/2026"},
            {"label": "Đóng", "value": "17:00 ngày 30/11/2026"},
            {"label": "Thời gian làm bài", "value": "30 phút"},
            {"label": "Số lượt", "value": "1"},
        ],
        "columns": [
            {"label": "Đơn vị"},
            {"label": "Khối"},
            {"label": "Số người", "numeric": True},
            {"label": "Tỷ lệ dự thi", "numeric": True},
            {"label": "Điểm trung bình", "numeric": True},
        ],
        "rows": [
            ["Phường Nghĩa Đô", "Cấp xã", "42", "97,62 %", "16,08"],
            [
                "Trung tâm Phục vụ hành chính công, Chi nhánh số 3",
                "Sự nghiệp",
                "38",
                "94,74 %",
                "15,90",
            ],
            ["Xã Phượng Dực", "Cấp xã", "40", "90,00 %", "14,75"],
        ],
        "tabs": [
            {"url": "#", "label": "Theo dõi", "current": True},
            {"url": "#", "label": "Thí sinh", "count": 320},
            {"url": "#", "label": "Kết quả"},
            {"url": "#", "label": "Nhật ký"},
        ],
        "steps": [
            {"label": "Tải tệp lên", "state": "done", "url": "#"},
            {"label": "Khớp cột", "state": "current"},
            {"label": "Xem trước", "state": "todo"},
            {"label": "Áp dụng", "state": "todo"},
        ],
    }
    return render(request, "styleguide.html", context)
