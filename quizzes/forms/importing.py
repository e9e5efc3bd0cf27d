"""Forms of the question import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.vietnamese import fold
from quizzes.enums import Difficulty, ImportDecision
from quizzes.importing.columns import FieldName
from quizzes.importing.limits import MAX_TEXT_BYTES, UPLOAD_LIMITS
from quizzes.importing.parsed import LETTERS, Format
from quizzes.importing.survey import SurveyedColumn, TableSurvey
from quizzes.importing.upload_applying import Decision
from quizzes.models import QuestionBank

_TEXT_CHARS = MAX_TEXT_BYTES // 4


class QuestionUploadForm(forms.Form):
    """A file, or text out of Word, an e-mail or a chat."""

    file = forms.FileField(
        label=_("Tệp câu hỏi"),
        required=False,
        help_text=_("Word, Excel, CSV, GIFT, Moodle XML, Aiken hoặc gói QTI; tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.txt,.gift,.xml,.zip"}),
    )
    text = forms.CharField(
        label=_("Hoặc dán câu hỏi vào đây"),
        required=False,
        max_length=_TEXT_CHARS,
        help_text=_(
            "Chép từ Word, thư điện tử hoặc Zalo. Mỗi câu bắt đầu bằng “Câu 1:”, mỗi phương án "
            "bằng “A.”, đáp án ghi “Đáp án: B”."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file_format = forms.ChoiceField(
        label=_("Định dạng"),
        required=False,
        choices=[
            ("", _("Tự nhận biết")),
            (Format.DOCX.value, "Word"),
            (Format.XLSX.value, _("Excel hoặc CSV")),
            (Format.TEXT.value, _("Văn bản thường")),
            (Format.GIFT.value, "GIFT (Moodle)"),
            (Format.MOODLE_XML.value, "Moodle XML"),
            (Format.AIKEN.value, "Aiken"),
            (Format.QTI.value, "QTI"),
        ],
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > UPLOAD_LIMITS.max_bytes:
            raise forms.ValidationError(
                _("Tệp quá lớn (giới hạn %(limit)s MB). Hãy tách thành nhiều tệp.")
                % {"limit": UPLOAD_LIMITS.max_bytes // 1024**2}
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        if data.get("file") and data.get("text"):
            self.add_error("text", _("Hãy chọn tệp hoặc dán văn bản, không dùng cả hai cùng lúc."))
        elif not data.get("file") and not data.get("text"):
            self.add_error("file", _("Hãy chọn một tệp, hoặc dán câu hỏi vào ô bên dưới."))
        return data

    @property
    def chosen_file(self) -> Any:
        """The pasted text is a file like any other from here on."""
        if self.cleaned_data["file"]:
            return self.cleaned_data["file"]
        data = self.cleaned_data["text"].encode()
        return SimpleUploadedFile(_now("Văn bản đã dán") + ".txt", data)

    @property
    def chosen_format(self) -> Format | None:
        value = self.cleaned_data.get("file_format")
        return Format(value) if value else None

    @property
    def source(self) -> str:
        """The field that a refusal of the content belongs to."""
        return "file" if self.cleaned_data.get("file") else "text"


class TopicName(forms.CharField):
    """A name that nobody can read, of zero-width characters, is none."""

    def to_python(self, value: Any) -> str:
        name = super().to_python(value) or ""
        return name if fold(name) else ""


class ImportDecisionForm(forms.Form):
    """What the author settles for the whole file before it is applied."""

    topic = TopicName(
        label=_("Chuyên đề cho câu chưa có chuyên đề"),
        required=False,
        max_length=160,
        help_text=_("Để trống: xếp vào “Chưa phân loại”. Chuyên đề mới được tạo tự động."),
        widget=forms.TextInput(attrs={"list": "known-topics"}),
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

    @property
    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)


class RowActForm(forms.Form):
    """One act on the ticked rows, or on all that the page's filter shows."""

    act = forms.ChoiceField(choices=[*ImportDecision.choices, ("topic", "topic"), ("bank", "bank")])
    row = forms.IntegerField(required=False)
    scope = forms.ChoiceField(choices=[("ticked", "ticked"), ("all", "all")], required=False)
    set_topic = TopicName(required=False, max_length=160)
    set_difficulty = forms.ChoiceField(required=False, choices=[("", ""), *Difficulty.choices])
    set_bank = forms.ModelChoiceField(QuestionBank.objects.none(), required=False)

    def __init__(self, *args: Any, banks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["set_bank"].queryset = banks  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """What each column of a table holds."""

    header_row = forms.IntegerField(
        label=_("Dòng tiêu đề"),
        min_value=0,
        max_value=1000,
        help_text=_("Số thứ tự của dòng ghi tên các cột. Ghi 0 nếu bảng không có dòng tiêu đề."),
    )

    def __init__(self, data: Any = None, *, survey: TableSurvey, mapping: dict[str, Any]) -> None:
        chosen = mapping.get("columns", {})
        super().__init__(data, initial={"header_row": mapping.get("header_row", survey.header_row)})
        self.survey = survey
        for column in survey.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=_("Cột %(letter)s") % {"letter": column.letter},
                required=False,
                choices=[("", _("Không dùng")), *column_labels().items()],
                initial=chosen.get(str(column.index), column.field or ""),
            )

    def columns(self) -> list[tuple[SurveyedColumn, Any]]:
        return [(column, self[f"column_{column.index}"]) for column in self.survey.columns]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        used: dict[str, str] = {}
        for column in self.survey.columns:
            value = data.get(f"column_{column.index}")
            if value and (earlier := used.setdefault(value, column.letter)) != column.letter:
                self.add_error(
                    f"column_{column.index}",
                    _("Cột %(letter)s đã được chọn là mục này. Mỗi mục chỉ lấy từ một cột.")
                    % {"letter": earlier},
                )
        if not self.errors and FieldName.STEM not in used:
            raise forms.ValidationError(_("Hãy chỉ ra cột nào là nội dung câu hỏi."))
        return data

    @property
    def chosen(self) -> dict[int, str]:
        return {c.index: self.cleaned_data[f"column_{c.index}"] for c in self.survey.columns}


def column_labels() -> dict[str, str]:
    """What a column can be said to hold."""
    options = {
        f"option_{letter.lower()}": _now("Phương án %(letter)s") % {"letter": letter}
        for letter in LETTERS
    }
    return {
        FieldName.STEM.value: _now("Nội dung câu hỏi"),
        **options,
        FieldName.KEY.value: _now("Đáp án"),
        FieldName.NUMBER.value: _now("Số thứ tự"),
        FieldName.KIND.value: _now("Loại câu hỏi"),
        FieldName.TOPIC.value: _now("Chuyên đề"),
        FieldName.DIFFICULTY.value: _now("Mức độ"),
        FieldName.EXPLANATION.value: _now("Giải thích"),
        FieldName.LEGAL_BASIS.value: _now("Căn cứ"),
        FieldName.VALID_UNTIL.value: _now("Có giá trị đến"),
        FieldName.TOLERANCE.value: _now("Sai số cho phép"),
        FieldName.RULE.value: _now("Cách tính điểm"),
    }
