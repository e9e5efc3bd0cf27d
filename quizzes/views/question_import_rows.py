"""Single questions of an upload: choose, edit, undo the edit; their pictures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from people.access import SignedInRequest
from quizzes.enums import ImportDecision, KeyView
from quizzes.forms.import_row import RowEditForm
from quizzes.forms.importing import RowActForm
from quizzes.forms.kind_part import RESHAPING
from quizzes.importing import choosing
from quizzes.importing.editing import current_text, edit_row, undo_edit
from quizzes.importing.upload_files import open_picture
from quizzes.key_access import open_keys
from quizzes.models import ImportedQuestion, QuestionBank, QuestionImport
from quizzes.views.bank import find_own_bank
from quizzes.views.import_cards import cards_of
from quizzes.views.question_import import chosen_show, find_import, tabs_of


@login_required
@require_POST
def choose(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take, leave out, give a topic, move to another bank: one row, the ticked, or all shown."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk, is_open=True)
    asked = request.POST.dict()
    if one := asked.get("one"):  # the button of one question: "skip-123"
        asked["act"], _dash, asked["row"] = one.partition("-")
    form = RowActForm(asked, banks=request.user.owned_banks.exclude(pk=bank.pk))
    back = redirect(_address(request, bank, found, row=asked.get("row", "")))
    rows = _chosen_rows(request, found, row=asked.get("row", ""))
    if not form.is_valid() or rows is None:
        messages.error(request, _("Hãy đánh dấu ít nhất một câu rồi chọn việc cần làm."))
        return back
    try:
        return _act(request, bank, found, rows, form.cleaned_data) or back
    except DomainError as error:
        messages.error(request, str(error))
        return back


def _chosen_rows(
    request: SignedInRequest, found: QuestionImport, *, row: str
) -> choosing.Rows | None:
    if not row and request.POST.get("scope") == "all":
        return choosing.rows_of(found, chosen_show(request))
    keys = [row] if row else request.POST.getlist("rows")
    keys = [key for key in keys if key.isdecimal() and len(key) < 18]
    return choosing.rows_of(found).filter(pk__in=keys) if keys else None


def _act(
    request: SignedInRequest,
    bank: QuestionBank,
    found: QuestionImport,
    rows: choosing.Rows,
    data: dict[str, Any],
) -> HttpResponse | None:
    if data["act"] == "bank":
        goal = data["set_bank"]
        if goal is None:
            messages.error(request, _("Hãy chọn ngân hàng muốn chuyển câu hỏi sang."))
            return None
        moved = choosing.move_to_bank(found, rows, bank=goal, by=request.user, at=read_clock())
        messages.success(
            request, _("Các câu đã chọn nay thuộc ngân hàng “%(bank)s”.") % {"bank": goal.name}
        )
        return redirect("quizzes:question_import", code=goal.code, pk=moved.pk)
    if data["act"] == "topic":
        count = choosing.set_topic(
            found, rows, topic=data["set_topic"], difficulty=data["set_difficulty"]
        )
        text = ngettext(
            "Đã đặt chuyên đề, mức độ cho %(count)d câu mới.",
            "Đã đặt chuyên đề, mức độ cho %(count)d câu mới.",
            count,
        )
    else:
        count = choosing.decide(found, rows, ImportDecision(data["act"]))
        text = ngettext("Đã đổi %(count)d câu.", "Đã đổi %(count)d câu.", count)
    if not data.get("row"):
        messages.success(request, text % {"count": count})
    return None


@login_required
@never_cache
def edit(request: SignedInRequest, code: str, pk: int, row_pk: int) -> HttpResponse:
    """A question of the upload as a form. With htmx it stands in the place of the question."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk, is_open=True)
    row = get_object_or_404(found.rows.all(), pk=row_pk)
    open_keys(request.user, bank, view=KeyView.IMPORT, at=read_clock())
    form = _edit_form(request, row)
    try:
        if request.method == "POST" and "undo" in request.POST:
            return _show_row(request, bank, found, undo_edit(row))
        if request.method == "POST" and form.is_valid():
            return _show_row(request, bank, found, edit_row(row, form.edit))
    except DomainError as error:
        form.add_error(None, str(error))
    context = {
        "bank": bank,
        "upload": found,
        "row": row,
        "number": row.draft["number"] or row.draft["row"],
        "form": form,
        "back": _address(request, bank, found, row=str(row.pk)),
        "query": request.GET.urlencode(),
        "topics": list(bank.topics.values_list("name", flat=True)),
        "card": _card_of(found, row),
    }
    if request.htmx:
        return render(request, "quizzes/importing/_edit.html", context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quizzes/importing/edit.html", context, status=status)


def _edit_form(request: SignedInRequest, row: ImportedQuestion) -> RowEditForm:
    """What was typed is shown again, not judged, when a row of the answer was asked for."""
    text = current_text(row)
    about: dict[str, Any] = {
        "text": text,
        "row": row.pk,
        "topic": row.topic or text["topic"],
        "difficulty": row.difficulty or text["difficulty"],
    }
    if request.method == "POST" and RESHAPING & request.POST.keys():
        return RowEditForm(reshaped=request.POST, **about)
    return RowEditForm(request.POST or None, **about)


def _show_row(
    request: SignedInRequest, bank: QuestionBank, found: QuestionImport, row: ImportedQuestion
) -> HttpResponse:
    """The question after an edit: in its place, or the page it is on."""
    if not request.htmx:
        return redirect(_address(request, bank, found, row=str(row.pk)))
    counts = choosing.count_rows(found)
    context = {
        "bank": bank,
        "upload": found,
        "card": _card_of(found, row),
        "query": request.GET.urlencode(),
        "counts": counts,
        "tabs": tabs_of(request, counts, chosen_show(request)),
        "is_fragment": True,
    }
    return render(request, "quizzes/importing/_saved_row.html", context)


def _card_of(found: QuestionImport, row: ImportedQuestion) -> Any:
    [fresh] = found.rows.filter(pk=row.pk).select_related(
        "known__current_version", "twin__current_version"
    )
    [card] = cards_of(found, [fresh])
    return card


def _address(
    request: SignedInRequest, bank: QuestionBank, found: QuestionImport, *, row: str = ""
) -> str:
    """The page of the preview one came from, at the question."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    anchor = f"#row-{row}" if row.isdecimal() else ""
    return reverse("quizzes:question_import", args=[bank.code, found.pk]) + query + anchor


@login_required
@never_cache
@require_safe
def picture(request: SignedInRequest, code: str, pk: int, sha256: str) -> HttpResponse:
    """A picture of a question that is not in the bank yet: for the uploader alone."""
    bank = find_own_bank(request, code)
    found = find_import(request, bank, pk, is_open=True)
    kept = found.pictures.get(sha256)
    if kept is None:
        raise Http404
    try:
        data = open_picture(found, sha256)
    except DomainError as error:
        raise Http404 from error
    response = HttpResponse(data, content_type=kept["type"])
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, no-store"
    return response
