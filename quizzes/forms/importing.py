"""Forms of the question import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.enums import Difficulty
from quizzes.importing.limits import UPLOAD_LIMITS
from quizzes.importing.parsed import Format


class QuestionUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp câu hỏi"),
        help_text=_("Word (.docx), Excel (.xlsx), CSV hoặc GIFT; tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.txt,.gift"}),
    )
    file_format = forms.ChoiceField(
        label=_("Định dạng"),
        required=False,
        choices=[
            ("", _("Tự nhận biết")),
            (Format.DOCX.value, "Word"),
            (Format.XLSX.value, _("Excel hoặc CSV")),
            (Format.GIFT.value, "GIFT (Moodle)"),
        ],
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_LIMITS.max_bytes:
            raise forms.ValidationError(
                _("Tệp quá lớn (giới hạn %(limit)s MB). Hãy tách thành nhiều tệp.")
                % {"limit": UPLOAD_LIMITS.max_bytes // 1024**2}
            )
        return file

    @property
    def chosen_format(self) -> Format | None:
        value = self.cleaned_data.get("file_format")
        return Format(value) if value else None


class ImportDecisionForm(forms.Form):
    """What the author settles for the whole file before it is applied."""

    topic = forms.CharField(
        label=_("Chuyên đề cho câu chưa có chuyên đề"),
        required=False,
        max_length=160,
        help_text=_("Để trống: xếp vào “Chưa phân loại”. Chuyên đề mới được tạo tự động."),
    )
    difficulty = forms.ChoiceField(
        label=_("Mức độ cho câu chưa có mức độ"),
        required=False,
        choices=[("", _("Dễ (mặc định)")), *Difficulty.choices[1:]],
    )
    approve = forms.BooleanField(
        label=_("Gửi duyệt luôn các câu được nhập"),
        required=False,
        help_text=_(
            "Người khác trong ngân hàng sẽ duyệt. Không chọn: các câu mới và câu có thay đổi là "
            "bản nháp."
        ),
    )

    def __init__(self, *args: Any, topics: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics
        self.fields["topic"].widget.attrs["list"] = "known-topics"
