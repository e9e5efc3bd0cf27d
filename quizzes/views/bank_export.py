"""Downloads of a bank, for those who may read its keys. Taking one is an act on record: a POST."""

from dataclasses import dataclass
from tempfile import TemporaryFile

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes import rules
from quizzes.bank_export.exporting import chosen_questions, export_bank, losses_of
from quizzes.bank_export.losses import Form, Loss
from quizzes.forms.bank_export import ExportFilterForm
from quizzes.views.bank import find_bank

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {
    Form.WORD: ("docx", _DOCX),
    Form.WORD_WITHOUT_KEY: ("docx", _DOCX),
    Form.EXCEL: ("xlsx", _XLSX),
    Form.MOODLE_XML: ("xml", "application/xml"),
    Form.GIFT: ("txt", "text/plain; charset=utf-8"),
}
_NAMES = {
    Form.WORD: (_("Word, có đáp án"), _("Để sửa, nhập lại hoặc lưu. Không để lộ.")),
    Form.WORD_WITHOUT_KEY: (
        _("Word, không đáp án"),
        _("Để phát tại cuộc họp: có đánh số trang, không có đáp án, giải thích, căn cứ."),
    ),
    Form.EXCEL: (_("Excel"), _("Mỗi câu một dòng, nhập lại được.")),
    Form.MOODLE_XML: (
        _("Moodle XML"),
        _("Để chuyển sang Moodle hoặc nhập lại, kèm hình."),
    ),
    Form.GIFT: (_("GIFT"), _("Dạng chữ đơn giản của Moodle, kèm hình, nhập lại được.")),
}
_LOSSES = {
    Loss.LEFT_OUT: _("câu không ghi được nên không có trong tệp"),
    Loss.PICTURES: _("câu mất hình"),
    Loss.REFERENCE: _(
        "câu tình huống chỉ ghi tên tệp hình, video (nhập lại được vào ngân hàng đang có tệp đó)"
    ),
    Loss.CONVERTED: _("câu có hình WebP được ghi thành PNG (giữ nguyên từng điểm ảnh)"),
    Loss.MARKS: _("câu mất chữ đậm, nghiêng, chỉ số"),
}


@dataclass(frozen=True, slots=True)
class _Choice:
    form: Form
    name: str
    text: str
    losses: list[tuple[int, str]]


@login_required
@never_cache
@require_safe
def export_page(request: SignedInRequest, code: str) -> HttpResponse:
    """What can be taken of the questions that the filter in the address shows, and what each form
    would not hold."""
    bank = find_bank(request, code)
    form = ExportFilterForm(request.GET, bank=bank)
    filters = form.filters
    found = losses_of(bank, filters)
    context = {
        "bank": bank,
        "form": form,
        "count": chosen_questions(bank, **filters).count(),
        "is_filtered": any(filters.values()),
        "choices": [
            _Choice(
                one,
                str(name),
                str(text),
                [(count, str(_LOSSES[loss])) for loss, count in sorted(found[one].items())],
            )
            for one, (name, text) in _NAMES.items()
        ],
        "can_author": rules.can_author(request.user, bank, read_clock()),
    }
    return render(request, "quizzes/bank/bank_export.html", context)


@login_required
@never_cache
@require_POST
def download(request: SignedInRequest, code: str, form: str) -> HttpResponseBase:
    bank = find_bank(request, code)
    if form not in Form:
        raise Http404
    wanted = Form(form)
    filters = ExportFilterForm(request.GET, bank=bank).filters
    target = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    try:
        export_bank(bank, target, form=wanted, filters=filters, by=request.user, at=read_clock())
    except DomainError as error:
        target.close()
        messages.error(request, str(error))
        return redirect("quizzes:bank_export", code=bank.code)
    target.seek(0)
    suffix, media_type = _TYPES[wanted]
    name = bank.code if wanted is not Form.WORD_WITHOUT_KEY else f"{bank.code}-khong-dap-an"
    return FileResponse(
        target, as_attachment=True, filename=f"{name}.{suffix}", content_type=media_type
    )
