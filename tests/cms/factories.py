"""Pages and instruments for tests. The tree itself comes from the migration."""

from datetime import date
from typing import Any

from cms.models import ArticleIndexPage, ArticlePage
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
    ArticleIndexPage.objects.get().add_child(instance=article)
    return article


def make_instrument(number: str, **fields: Any) -> Instrument:
    return Instrument.objects.create(
        number=number,
        title=fields.pop("title", f"Về việc theo {number}"),
        issuer=fields.pop("issuer", "Chính phủ"),
        status=fields.pop("status", Instrument.Status.IN_FORCE),
        **fields,
    )
