"""Loudspeaker scripts: list, writing, checking what the rules made of them, printing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.comparing import compare_words
from core.errors import DomainError
from core.vietnamese import nfc
from outreach import rules
from outreach.errors import HandWrittenText
from outreach.forms import ScriptForm, TextForm
from outreach.models import Script, ScriptVersion
from outreach.queries import scripts_for
from outreach.reading import Piece, replacements
from outreach.reading_sheet import reading_sheet, sheet_context
from outreach.scripting import (
    correct_readings,
    create_script,
    current_version,
    read_source,
    reading_settings,
    rewrite_source,
    write_by_hand,
)
from outreach.views.fetching import is_key, open_units, script_to_edit, script_to_read
from people.access import SignedInRequest, allowed
from printing.views.files import paper

SCRIPTS_PER_PAGE = 25


@require_safe
@allowed(rules.can_read_scripts)
@never_cache
def scripts(request: SignedInRequest) -> HttpResponse:
    found = scripts_for(request.user)
    topic = request.GET.get("topic", "")
    if is_key(topic):
        found = found.filter(topic_id=int(topic))
    page = Paginator(found, SCRIPTS_PER_PAGE).get_page(request.GET.get("page"))
    settings = reading_settings()
    for script in page:
        script.minutes = _minutes(script.word_count, settings.words_per_minute)
    return render(
        request,
        "outreach/scripts.html",
        {"page": page, "can_write": rules.can_write_scripts(request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_write_scripts)
@never_cache
def new_script(request: SignedInRequest) -> HttpResponse:
    form = ScriptForm(
        request.POST or None,
        units=open_units(request.user),
        initial={"unit": request.user.unit_id},
    )
    if form.is_valid():
        try:
            script = create_script(**form.cleaned_data, by=request.user, at=read_clock())
        except DomainError as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("outreach:script", script.pk)
    return _form_page(request, "outreach/script_form.html", {"form": form})


@require_safe
@allowed(rules.can_read_scripts)
@never_cache
def script(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text as written beside the text as read, and every replacement to be checked."""
    found = script_to_read(request.user, pk)
    return _script_page(request, found)


@require_POST
@allowed(rules.can_write_scripts)
@never_cache
def readings(request: SignedInRequest, pk: int) -> HttpResponse:
    """How originals are read: fields "r:<original>", and "k:<original>" for "so it is right"."""
    found = script_to_edit(request.user, pk)
    version = current_version(found)
    try:
        number = request.POST.get("base_number", "")
        correct_readings(
            found,
            readings=_changed_readings(request, version),
            base_number=int(number) if is_key(number) else 0,
            by=request.user,
            at=read_clock(),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã lưu cách đọc."))
    return redirect("outreach:script", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_write_scripts)
@never_cache
def by_hand(request: SignedInRequest, pk: int) -> HttpResponse:
    found = script_to_edit(request.user, pk)
    version = current_version(found)
    form = TextForm(
        request.POST or None,
        initial={"text": version.reading_text, "base_number": version.number},
    )
    if form.is_valid():
        try:
            write_by_hand(found, **form.cleaned_data, by=request.user, at=read_clock())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu bản đọc sửa tay."))
            return redirect("outreach:script", found.pk)
    return _form_page(
        request, "outreach/script_text.html", {"form": form, "script": found, "is_reading": True}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_write_scripts)
@never_cache
def source(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text as written; where the reading was written by hand, what is to become of it."""
    found = script_to_edit(request.user, pk)
    version = current_version(found)
    form = TextForm(
        request.POST or None, initial={"text": version.source_text, "base_number": version.number}
    )
    context: dict[str, Any] = {"form": form, "script": found, "version": version}
    if form.is_valid():
        keeps = {"keep": True, "replace": False}.get(request.POST.get("hand", ""))
        try:
            rewrite_source(
                found, **form.cleaned_data, keeps_hand=keeps, by=request.user, at=read_clock()
            )
        except HandWrittenText as refusal:
            pieces = read_source(form.cleaned_data["text"], corrections=version.corrections)
            automatic = "".join(piece.reading for piece in pieces)
            context["pieces"] = compare_words(version.reading_text, automatic)
            form.add_error(None, str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã chuyển lại bản đọc. Hãy soát những chỗ thay đổi."))
            return redirect("outreach:script", found.pk)
    return _form_page(request, "outreach/script_text.html", context)


@require_safe
@allowed(rules.can_read_scripts)
@never_cache
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """An earlier version, and what the next one changed in it."""
    found = script_to_read(request.user, pk)
    shown = get_object_or_404(found.versions.select_related("created_by"), number=number)
    before = found.versions.filter(number=number - 1).first()
    pieces = compare_words(before.reading_text if before else "", shown.reading_text)
    context = {"script": found, "version": shown, "pieces": pieces, "is_first": before is None}
    return render(request, "outreach/script_version.html", context)


@require_safe
@allowed(rules.can_read_scripts)
@never_cache
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the microphone, on the screen or printed by the browser."""
    found, shown, pace = _to_print(request, pk)
    return render(
        request, "outreach/sheet.html", sheet_context(found, shown, words_per_minute=pace)
    )


@require_safe
@allowed(rules.can_read_scripts)
def sheet_pdf(request: SignedInRequest, pk: int) -> HttpResponseBase:
    found, shown, pace = _to_print(request, pk)
    return paper(
        reading_sheet(found, shown, words_per_minute=pace),
        name=f"bai-truyen-thanh-{found.pk}-{shown.number}.pdf",
        download=False,
    )


def _to_print(request: SignedInRequest, pk: int) -> tuple[Script, ScriptVersion, int]:
    found = script_to_read(request.user, pk)
    return found, current_version(found), reading_settings().words_per_minute


def _script_page(request: SignedInRequest, found: Script) -> HttpResponse:
    shown = current_version(found)
    settings = reading_settings()
    seconds = shown.seconds_at(settings.words_per_minute)
    context: dict[str, Any] = {
        "script": found,
        "version": shown,
        "versions": found.versions.select_related("created_by").defer(
            "source_text", "automatic_text", "reading_text", "corrections"
        ),
        "minutes": seconds // 60,
        "seconds": seconds % 60,
        "settings": settings,
        "can_edit": rules.can_edit_script(request.user, found),
        "can_plan": rules.can_plan(request.user),
        "can_keep_log": rules.can_keep_log(request.user),
        "can_change_words": rules.can_change_words(request.user),
    }
    if shown.is_hand_written:
        context["pieces"] = compare_words(shown.source_text, shown.reading_text)
    else:
        # By the dictionary of today: what it has learned since is offered, not put in.
        pieces = read_source(shown.source_text, corrections=shown.corrections, settings=settings)
        context |= {
            "rows": replacements(pieces, shown.corrections),
            "left": _marked(pieces),
            "has_news": "".join(piece.reading for piece in pieces).split()
            != shown.reading_text.split(),
        }
    return render(request, "outreach/script.html", context)


def _marked(pieces: tuple[Piece, ...]) -> list[dict[str, Any]]:
    return [
        {
            "original": piece.original,
            "reading": piece.reading,
            "is_replacement": piece.is_replacement,
            "needs_eye": piece.needs_eye,
        }
        for piece in pieces
    ]


def _changed_readings(request: SignedInRequest, version: ScriptVersion) -> dict[str, str]:
    pieces = read_source(version.source_text, corrections=version.corrections)
    changed = {}
    for row in replacements(pieces, version.corrections):
        original = row.original.strip()
        typed = nfc(request.POST.get(f"r:{original}", row.reading))
        is_right = f"k:{original}" in request.POST
        if row.is_unknown and (typed or is_right):
            changed[original] = typed or original
        elif not row.is_unknown and (typed != row.reading or (is_right and row.needs_eye)):
            changed[original] = typed
    return changed


def _minutes(words: int, words_per_minute: int) -> int:
    return max(1, round(words / words_per_minute))


def _form_page(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)
