"""The catalogue of reform models, and the articles of the kind "model" turned into its pages.

An article keeps its row in the page tree (its id, history, comments, permissions); what changes is
the table its facts are in, its place, and its address, from which a redirect leads on. Articles
that are aliases, have them or are signed stay what they are, readable where they are.
"""

from datetime import MINYEAR, date

from django.db import migrations

SLUG = "models"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def step(number):
    """One step of treebeard's path: four digits to the base 36."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text.rjust(4, "0")


def add_catalogue(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    home = apps.get_model("cms", "HomePage").objects.order_by("path").first()
    if home is None:
        return None
    siblings = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
    last = siblings.order_by("-path").values_list("path", flat=True).first()
    slug, taken = SLUG, set(siblings.values_list("slug", flat=True))
    while slug in taken:
        slug += "-2"
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model="reformmodelindexpage"
    )
    index = apps.get_model("cms", "ReformModelIndexPage").objects.create(
        title="Mô hình",
        draft_title="Mô hình",
        slug=slug,
        intro="Mô hình, sáng kiến cải cách hành chính: ai làm, làm thế nào, được gì, nơi nào đã "
        "áp dụng.",
        content_type=content_type,
        path=home.path + step(int(last[-4:], 36) + 1 if last else 1),
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}{slug}/",
        locale_id=home.locale_id,
        show_in_menus=True,
    )
    Page.objects.filter(pk=home.pk).update(numchild=siblings.count())
    return index


def model_facts(article):
    year = article.model_year
    return {
        "summary": article.summary,
        "cover_id": article.cover_id,
        "cover_alt": getattr(article, "cover_alt", ""),
        "share_image_id": article.share_image_id,
        "search_key": article.search_key,
        "body": article.body,
        "unit_name": article.model_unit,
        "unit_ended_on": article.unit_ended_on,
        "launched_on": date(year, 1, 1) if year else None,
        "launch_precision": "year" if year else "day",
        "source_name": article.source_name,
        "source_url": article.source_url,
    }


def is_held(article):
    """Rows of other tables (who signed it, what it points to) belong to an article, not to a page:
    one that has them stays an article rather than lose them."""
    relations = type(article)._meta.related_objects
    return any(
        relation.related_model.objects.filter(**{relation.field.name: article.pk}).exists()
        for relation in relations
        if relation.model is type(article)
    )


def rewrite_revisions(apps, page_id, content_type):
    """An editor who opens the page, or goes back to an old version, finds the facts where they are
    now."""
    Revision = apps.get_model("wagtailcore", "Revision")
    revisions = Revision.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=str(page_id),
    )
    for revision in revisions:
        content = revision.content
        year = content.get("model_year")
        content |= {
            "content_type": content_type.pk,
            "unit_name": content.get("model_unit") or "",
            "launched_on": f"{year:04d}-01-01" if year else None,
            "launch_precision": "year" if year else "day",
        }
        revision.content_type_id = content_type.pk
        revision.save(update_fields=["content", "content_type"])


def turn_articles_into_models(apps, schema_editor):
    index = add_catalogue(apps, schema_editor)
    if index is None:
        return
    using = schema_editor.connection.alias
    Page = apps.get_model("wagtailcore", "Page")
    Article, Model = apps.get_model("cms", "ArticlePage"), apps.get_model("cms", "ReformModelPage")
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model="reformmodelpage"
    )
    aliased = Page.objects.filter(alias_of__isnull=False).values_list("alias_of_id", flat=True)
    articles = Article.objects.filter(kind="model", alias_of__isnull=True).exclude(
        pk__in=list(aliased)
    )
    home_path = index.url_path.removesuffix(f"{index.slug}/")
    slugs, count = set(), 0
    for article in articles.order_by("path"):
        if article.slug in slugs or (article.model_year or 1) < MINYEAR or (
            article.model_year or 1
        ) > 9999:
            continue
        if is_held(article):
            continue
        slugs.add(article.slug)
        count += 1
        old_path, parent_path = article.url_path, article.path[:-4]
        Model(page_ptr_id=article.pk, **model_facts(article)).save_base(raw=True, using=using)
        Article.objects.filter(pk=article.pk)._raw_delete(using)
        Page.objects.filter(pk=article.pk).update(
            content_type_id=content_type.pk,
            path=index.path + step(count),
            depth=index.depth + 1,
            url_path=f"{index.url_path}{article.slug}/",
        )
        for parent in Page.objects.filter(path=parent_path):
            Page.objects.filter(pk=parent.pk).update(numchild=max(0, parent.numchild - 1))
        rewrite_revisions(apps, article.pk, content_type)
        apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            object_id=str(article.pk),
        ).update(content_type_id=content_type.pk)
        apps.get_model("wagtailsearch", "IndexEntry").objects.filter(
            content_type__app_label="cms",
            content_type__model="articlepage",
            object_id=str(article.pk),
        ).update(content_type_id=content_type.pk)
        apps.get_model("wagtailredirects", "Redirect").objects.get_or_create(
            old_path="/" + old_path.removeprefix(home_path).rstrip("/"),
            site=None,
            defaults={"redirect_page_id": article.pk, "is_permanent": True},
        )
    Page.objects.filter(pk=index.pk).update(numchild=count)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0010_reform_models"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunPython(turn_articles_into_models, migrations.RunPython.noop),
    ]
