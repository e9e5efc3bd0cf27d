"""/replication/: units register to adopt a model and report; editors confirm."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import listing
from cms.models.adoptions import Adoption, AdoptionFigure
from cms.models.reform_models import ReformModelPage
from cms.replication import adopting, queries, reporting, rules
from cms.replication.forms import CorrectionForm, RegisterForm, ReportForm
from cms.replication.steps import STEPS, Step, steps_for
from core.clock import read_clock
from core.errors import DomainError
from people.access import allowed, signed_in
from people.models import User

PER_PAGE = 30


@require_safe
@allowed(rules.sees_replication)
@never_cache
def adoptions(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "adoptions": listing.paginate(request, queries.adoptions_seen_by(user), per_page=PER_PAGE),
        "decides": rules.decides_on_adoptions(user),
        "unit": user.unit if rules.speaks_for_a_unit(user) else None,
    }
    return render(request, "cms/replication/adoptions.html", context)


@require_http_methods(["GET", "POST"])
@allowed(rules.speaks_for_a_unit)
@never_cache
def register(request: HttpRequest, page_id: int) -> HttpResponse:
    """The unit of the signed-in person registers for one model."""
    user, at = signed_in(request), read_clock()
    on = timezone.localdate(at)
    # By the page's own number: what is too long for one is then nobody's.
    model = get_object_or_404(ReformModelPage.objects.live().public(), id=page_id)
    # A translation speaks of the same model: units register for one page.
    source = (
        ReformModelPage.objects.live()
        .public()
        .filter(translation_key=model.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    )
    model = source.first() or model
    unit = user.unit
    if unit is None:
        raise Http404
    there = Adoption.objects.filter(model=model, unit=unit).first()
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = adopting.register_adoption(
                model, unit=unit, by=user, at=at, on=on, note=form.cleaned_data["note"]
            )
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã gửi đăng ký. Biên tập viên sẽ xác nhận."))
            return redirect("cms:adoption", made.pk)
    context = {
        "model": model,
        "unit": unit,
        "form": form,
        "adoption": there,
        "may_adopt": rules.may_adopt(unit, model, on=on),
        "may_register": there is None or there.state in adopting.MAY_REGISTER_AGAIN,
    }
    return render(request, "cms/replication/register.html", context)


@require_safe
@allowed(rules.sees_replication)
@never_cache
def adoption(request: HttpRequest, adoption_id: int) -> HttpResponse:
    user = signed_in(request)
    return _show(request, _seen(user, adoption_id), user)


@require_http_methods(["GET", "POST"])
@allowed(rules.sees_replication)
@never_cache
def step(request: HttpRequest, adoption_id: int, name: str) -> HttpResponse:
    """One step of an adoption: its own page with a form, so that nothing happens by a slip."""
    user, at = signed_in(request), read_clock()
    held = _seen(user, adoption_id)
    wanted: Step | None = STEPS.get(name)
    if wanted is None or not wanted.is_offered(held, user):
        if wanted is None or not wanted.is_for(held, user):
            raise Http404
        messages.error(request, str(adopting.StepNotPossible(held)))
        return redirect("cms:adoption", held.pk)
    on = timezone.localdate(at)
    form = wanted.form(request.POST if request.method == "POST" else None, today=on, adoption=held)
    if request.method == "POST" and form.is_valid():
        try:
            wanted.take(held, form.cleaned_data, on=on, by=user, at=at)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, str(wanted.done))
            return redirect("cms:adoption", held.pk)
    return render(
        request, "cms/replication/step.html", {"adoption": held, "step": wanted, "form": form}
    )


@require_http_methods(["GET", "POST"])
@allowed(rules.speaks_for_a_unit)
@never_cache
def report(request: HttpRequest, adoption_id: int) -> HttpResponse:
    user, at = signed_in(request), read_clock()
    held = _own(user, adoption_id)
    on = timezone.localdate(at)
    form = _report_form(held, on, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reporting.report_figure(held, **form.cleaned_data, on=on, by=user, at=at)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã ghi số liệu; trang mô hình hiện ngay số này."))
            return redirect("cms:adoption", held.pk)
    return _show(request, held, user, form=form)


@require_http_methods(["GET", "POST"])
@allowed(rules.speaks_for_a_unit)
@never_cache
def correct(request: HttpRequest, figure_id: int) -> HttpResponse:
    """The unit corrects what it reported; the old figure stays on record."""
    user = signed_in(request)
    figure = get_object_or_404(
        AdoptionFigure.objects.select_related("adoption__unit", "adoption__model"), pk=figure_id
    )
    if not rules.speaks_for(user, figure.adoption.unit):
        raise Http404
    if not figure.is_current:
        messages.error(request, _("Số liệu này đã được sửa; dưới đây là số mới nhất."))
        return redirect("cms:adoption", figure.adoption_id)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reporting.correct_figure(figure, **form.cleaned_data, by=user, at=read_clock())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã sửa. Số cũ vẫn được lưu cùng lý do."))
            return redirect("cms:adoption", figure.adoption_id)
    context = {"figure": figure, "adoption": figure.adoption, "form": form}
    return render(request, "cms/replication/correct.html", context)


def _seen(user: User, adoption_id: int) -> Adoption:
    """An adoption that the person may see; of others it is not said whether they exist."""
    found = get_object_or_404(
        Adoption.objects.select_related("unit", "model", "registered_by", "confirmed_by"),
        pk=adoption_id,
    )
    if not rules.sees_adoption(user, found):
        raise Http404
    return found


def _own(user: User, adoption_id: int) -> Adoption:
    found = _seen(user, adoption_id)
    if not rules.speaks_for(user, found.unit):
        raise Http404
    return found


def _report_form(held: Adoption, on: Any, data: Any = None) -> ReportForm:
    return ReportForm(
        data,
        measures=held.model.measured,
        months=reporting.months_to_report(held, on=on),
    )


def _show(
    request: HttpRequest, held: Adoption, user: User, *, form: ReportForm | None = None
) -> HttpResponse:
    is_own = rules.speaks_for(user, held.unit)
    on = timezone.localdate(read_clock())
    takes_figures = is_own and held.takes_figures and bool(held.model.measured)
    figures = queries.figures_of(held)
    context = {
        "adoption": held,
        "is_own": is_own,
        "steps": steps_for(held, user),
        "figures": Paginator(figures, PER_PAGE).get_page(request.GET.get("page", "")[:6]),
        "history": queries.history_of(held),
        "form": (form or _report_form(held, on)) if takes_figures else None,
    }
    return render(request, "cms/replication/adoption.html", context)
