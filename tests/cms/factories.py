"""Pages and instruments for tests. The tree itself comes from the migration."""

from datetime import date
from typing import Any

from cms.models import (
    ArticleIndexPage,
    ArticlePage,
    LifeEvent,
    ProcedureField,
    ProcedureIndexPage,
    ProcedurePage,
    ReformModelIndexPage,
    ReformModelPage,
)
from cms.models.procedure_parts import ProcedureDocument, ProcedureLegalBasis, ProcedureStep
from legal.models import Instrument


def make_article(title: str = "Một bài viết", **fields: Any) -> ArticlePage:
    text = fields.pop("text", "<p>Nội dung bài viết.</p>")
    article = ArticlePage(
        title=title,
        summary=fields.pop("summary", "Tóm tắt bài viết."),
        published_on=fields.pop("published_on", date(2026, 11, 1)),
        **fields,
    )
    article.body = ArticlePage.body.field.to_python([{"type": "text", "value": text}])
    ArticleIndexPage.objects.get(locale__language_code="vi").add_child(instance=article)
    return article


def make_instrument(number: str, **fields: Any) -> Instrument:
    return Instrument.objects.create(
        number=number,
        title=fields.pop("title", f"Về việc theo {number}"),
        issuer=fields.pop("issuer", "Chính phủ"),
        status=fields.pop("status", Instrument.Status.IN_FORCE),
        **fields,
    )


def make_procedure(title: str = "Đăng ký khai sinh", **fields: Any) -> ProcedurePage:
    """Published, below the index of the migration. ``documents`` (names), ``steps`` (texts),
    ``instruments`` and ``life_events`` fill its rows."""
    field, _made = ProcedureField.objects.get_or_create(name=fields.pop("field", "Hộ tịch"))
    documents, steps = fields.pop("documents", ["Tờ khai"]), fields.pop("steps", ["Nộp hồ sơ"])
    instruments, events = fields.pop("instruments", []), fields.pop("life_events", [])
    number = ProcedurePage.objects.count() + 1
    page = ProcedurePage(
        title=title,
        code=fields.pop("code", f"1.{number:06d}"),
        summary=fields.pop("summary", "Tóm tắt thủ tục."),
        field=field,
        authority="Ủy ban nhân dân phường",
        who_may_file="Cha hoặc mẹ",
        where_to_file="Bộ phận Một cửa",
        result=fields.pop("result", "Giấy chứng nhận"),
        live=False,
        **fields,
    )
    page.documents = [
        ProcedureDocument(sort_order=order, name=name, originals_count=1)
        for order, name in enumerate(documents)
    ]
    page.steps = [ProcedureStep(sort_order=order, text=text) for order, text in enumerate(steps)]
    page.legal_bases = [
        ProcedureLegalBasis(sort_order=order, instrument=instrument, article="Điều 5")
        for order, instrument in enumerate(instruments)
    ]
    page.life_events = [LifeEvent.objects.get_or_create(name=name)[0] for name in events]
    ProcedureIndexPage.objects.get(locale__language_code="vi").add_child(instance=page)
    page.save_revision().publish()
    return page


def make_model(title: str = "Một mô hình", **fields: Any) -> ReformModelPage:
    """A published reform model; ``measures``: values of cms.measuring.MeasureBlock."""
    measures = fields.pop("measures", [])
    model = ReformModelPage(
        title=title,
        summary=fields.pop("summary", "Tóm tắt mô hình."),
        unit_name=fields.pop("unit_name", "Phường Một Cửa"),
        **fields,
    )
    model.measures = ReformModelPage.measures.field.to_python(
        [
            {"type": "measure", "id": f"measure-{number}", "value": {"points": [], **measure}}
            for number, measure in enumerate(measures, start=1)
        ]
    )
    ReformModelIndexPage.objects.get(locale__language_code="vi").add_child(instance=model)
    return model
