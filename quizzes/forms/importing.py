"""Forms of the question import."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.vietnamese import fold
from quizzes.enums import Difficulty, ImportDecision
from quizzes.importing.checking import difficulty_in
from quizzes.importing.columns import FieldName
from quizzes.importing.editing import Edit
from quizzes.importing.limits import MAX_TEXT_BYTES, UPLOAD_LIMITS
from quizzes.importing.parsed import LETTERS, MAX_OPTIONS, OPTION_KINDS, Format, Kind
from quizzes.importing.survey import SurveyedColumn, TableSurvey
from quizzes.importing.upload_applying import Decision
from quizzes.kinds import KINDS
from quizzes.models import QuestionBank

_TEXT_CHARS = MAX_TEXT_BYTES // 4
# The kinds whose options may be edited here, and one may become another of them.
_CHOICE_KINDS = (Kind.SINGLE, Kind.MULTIPLE)
_SPARE_OPTIONS = 2


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


class RowEditForm(forms.Form):
    """A question of an upload. Options are fields ``option_0``, ``right_0``, …; an emptied option
    is left out."""

    kind = forms.ChoiceField(label=_("Loại câu hỏi"), choices=[])
    stem = forms.CharField(label=_("Nội dung câu hỏi"), widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label=_("Giải thích"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    legal_basis = forms.CharField(label=_("Căn cứ"), required=False)
    topic = TopicName(
        label=_("Chuyên đề"),
        required=False,
        widget=forms.TextInput(attrs={"list": "known-topics"}),
    )
    difficulty = forms.ChoiceField(
        label=_("Mức độ"), required=False, choices=[("", _("Chưa chọn")), *Difficulty.choices]
    )

    def __init__(self, data: Any = None, *, text: dict[str, Any], topic: str, difficulty: str):
        self.text = text
        kind = text["kind"] or Kind.SINGLE.value
        self.has_fixed_options = kind not in _CHOICE_KINDS
        is_too_many = len(text["options"]) > MAX_OPTIONS
        self.has_options = (
            text["content"] is None
            and kind in OPTION_KINDS
            and not (is_too_many and self.has_fixed_options)
        )
        self.has_too_many_options = self.has_options and is_too_many
        level = difficulty_in(difficulty) if difficulty else None
        super().__init__(
            data,
            initial={
                **{name: text[name] for name in ("stem", "explanation", "legal_basis")},
                "kind": kind,
                "topic": topic,
                "difficulty": level or "",
            },
        )
        kinds = [Kind(kind)] if self.has_fixed_options else _CHOICE_KINDS
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (k.value, _now(KINDS[k].label)) for k in kinds
        ]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        self.option_count = self._count_options()
        for index in range(self.option_count):
            self._add_option(index)

    def _count_options(self) -> int:
        if not self.has_options or self.has_too_many_options:
            return 0
        given = len(self.text["options"])
        if self.has_fixed_options:
            return given
        return min(len(LETTERS), max(given, 2) + _SPARE_OPTIONS)

    def _add_option(self, index: int) -> None:
        options = self.text["options"]
        letter = LETTERS[index]
        self.fields[f"option_{index}"] = forms.CharField(
            label=_("Phương án %(letter)s") % {"letter": letter},
            required=False,
            initial=options[index] if index < len(options) else "",
            widget=forms.Textarea(attrs={"rows": 1, "readonly": self.has_fixed_options}),
        )
        self.fields[f"right_{index}"] = forms.BooleanField(
            label=_("%(letter)s đúng") % {"letter": letter},
            required=False,
            initial=index in self.text["correct"],
        )

    def option_fields(self) -> list[tuple[str, Any, Any]]:
        """(letter, text field, tick) for the template."""
        return [
            (LETTERS[i], self[f"option_{i}"], self[f"right_{i}"]) for i in range(self.option_count)
        ]

    def common_fields(self) -> list[Any]:
        names = ("explanation", "legal_basis", "topic", "difficulty")
        return [self[name] for name in names]

    @property
    def refusal(self) -> str:
        """Why the question cannot be put right here, "" when it can."""
        if not self.has_too_many_options:
            return ""
        return _now(
            "Câu này có %(count)d phương án, nhiều hơn %(limit)d nên không sửa ở đây được. "
            "Hãy bớt phương án trong tệp rồi tải tệp lên lại."
        ) % {"count": len(self.text["options"]), "limit": MAX_OPTIONS}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        for index in range(self.option_count):
            if data.get(f"right_{index}") and not data.get(f"option_{index}"):
                self.add_error(
                    f"option_{index}",
                    _("Phương án này được đánh dấu đúng nhưng chưa có nội dung."),
                )
        return data

    @property
    def edit(self) -> Edit:
        data = self.cleaned_data
        filled = [i for i in range(self.option_count) if data[f"option_{i}"].strip()]
        options = tuple(data[f"option_{i}"] for i in filled)
        correct = tuple(place for place, i in enumerate(filled) if data[f"right_{i}"])
        if not self.has_options:
            options, correct = tuple(self.text["options"]), tuple(self.text["correct"])
        return Edit(
            kind=Kind(data["kind"]),
            stem=data["stem"],
            options=options,
            correct=correct,
            explanation=data["explanation"],
            legal_basis=data["legal_basis"],
            topic=data["topic"],
            difficulty=data["difficulty"],
            places=tuple(filled),
        )


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
        FieldName.TOLERANCE.value: _now("Sai số cho phép"),
        FieldName.RULE.value: _now("Cách tính điểm"),
    }
