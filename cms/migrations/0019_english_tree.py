"""The English tree beside the Vietnamese one: its front page and its lists, and who may translate.

Runs once, and makes only what is not there: editors may rename, take back and delete it afterwards.
"""

from django.core.cache import cache
from django.db import migrations
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HOME = {
    "title": "Home",
    "headline": "What do you need to get done?",
    "introduction": "What to bring, where to go, how long it takes and what it costs.",
}
# Model → title, introduction; the order is that of the menu.
LISTS = {
    "ArticleIndexPage": ("News", "What the offices do, and guides for residents."),
    "RegulationIndexPage": (
        "Regulations",
        "The law on administrative reform and one-stop offices, with its status. Texts are in "
        "Vietnamese.",
    ),
    "ProcedureIndexPage": (
        "Procedures",
        "Type what you need to do in everyday words.",
    ),
    "ReformModelIndexPage": (
        "Reform models",
        "Who tried what, how it works, what came of it, and where it has spread.",
    ),
    "ContestIndexPage": (
        "Contests",
        "Timetables, rules, participation and published results.",
    ),
}
SECTIONS = {"huong-dan": "Guides", "tin-hoat-dong": "News", "chi-dao-dieu-hanh": "Directives"}


def step(number):
    """One step of treebeard's path: four digits to the base 36."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text.rjust(4, "0")


def place_below(Page, parent):
    """The next free place below a page, as the columns of the tree; the parent counts it."""
    below = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = below.order_by("-path").values_list("path", flat=True).first()
    number = int(last[-4:], 36) + 1 if last else 1
    Page.objects.filter(pk=parent.pk).update(numchild=below.count() + 1)
    return {"path": parent.path + step(number), "depth": parent.depth + 1, "numchild": 0}


def translate(apps, source, *, parent, locale, slug, **fields):
    """The page's translation, published; the one that is there if it is."""
    Page = apps.get_model("wagtailcore", "Page")
    there = Page.objects.filter(translation_key=source.translation_key, locale=locale).first()
    if there is not None:
        return there
    return type(source).objects.create(
        slug=slug,
        draft_title=fields["title"],
        content_type_id=source.content_type_id,
        locale=locale,
        translation_key=source.translation_key,
        url_path=f"{parent.url_path}{slug}/",
        show_in_menus=source.show_in_menus,
        live=True,
        **place_below(Page, parent),
        **fields,
    )


def create_tree(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    locales = apps.get_model("wagtailcore", "Locale").objects
    home = apps.get_model("cms", "HomePage").objects.order_by("path").first()
    if home is None or home.locale.language_code != "vi":
        return
    english, _created = locales.get_or_create(language_code="en")
    root = Page.objects.get(depth=1)
    taken = Page.objects.filter(depth=2, slug="home-en").exists()
    front = translate(
        apps, home, parent=root, locale=english, slug="home-english" if taken else "home-en", **HOME
    )
    for model, (title, intro) in LISTS.items():
        found = apps.get_model("cms", model).objects.filter(
            path__startswith=home.path, depth=home.depth + 1
        )
        for source in found.order_by("path")[:1]:
            # Read anew: each child is counted in its row.
            parent = Page.objects.get(pk=front.pk)
            translate(
                apps,
                source,
                parent=parent,
                locale=english,
                slug=source.slug,
                title=title,
                intro=intro,
            )
    # Wagtail keeps the addresses of front pages, in each language, for an hour.
    cache.delete(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION)


def name_sections(apps, schema_editor):
    for slug, name in SECTIONS.items():
        apps.get_model("cms", "NewsSection").objects.filter(slug=slug, name_in_english="").update(
            name_in_english=name
        )


def grant_roles(apps, schema_editor):
    for role in (EDITOR, ADMINISTRATOR):
        grant(apps, role, ["simple_translation.simpletranslation.submit_translation"])


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0018_english"),
        ("people", "0003_roles"),
        ("simple_translation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(create_tree, migrations.RunPython.noop),
        migrations.RunPython(name_sections, migrations.RunPython.noop),
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
    ]
