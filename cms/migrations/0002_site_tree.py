"""The first pages, who may write and publish them, and the review before publication.

Runs once: editors may rename, move and delete everything afterwards.
"""

from django.db import migrations

from people.granting import grant
from people.roles import ADMINISTRATOR, EDITOR

PAGES = [
    ("articleindexpage", "ArticleIndexPage", "Tin và mô hình", "articles",
     "Tin tức, mô hình cải cách và thủ tục hành chính."),
    ("regulationindexpage", "RegulationIndexPage", "Văn bản", "regulations",
     "Văn bản về cải cách hành chính và cơ chế một cửa, kèm tình trạng hiệu lực."),
]
WRITE = ["add", "change"]
DECIDE = [*WRITE, "publish", "lock", "unlock", "bulk_delete"]


def create_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    content_types = apps.get_model("contenttypes", "ContentType").objects
    root = Page.objects.get(depth=1)
    locale = Locale.objects.filter(language_code="vi").first() or Locale.objects.first()
    # Wagtail's own first page ("Welcome to your new Wagtail site").
    Page.objects.filter(path__startswith="00010001", content_type__model="page").delete()

    home = apps.get_model("cms", "HomePage").objects.create(
        title="Trang chủ",
        draft_title="Trang chủ",
        slug="home",
        content_type=content_types.get_or_create(app_label="cms", model="homepage")[0],
        path="00010001",
        depth=2,
        numchild=len(PAGES),
        url_path="/home/",
        locale=locale,
        introduction="Tin cải cách, văn bản đang có hiệu lực và các vòng thi của cán bộ, công chức.",
    )
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])
    for number, (model, name, title, slug, intro) in enumerate(PAGES, start=1):
        apps.get_model("cms", name).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            intro=intro,
            content_type=content_types.get_or_create(app_label="cms", model=model)[0],
            path=f"00010001{number:04d}",
            depth=3,
            numchild=0,
            url_path=f"/home/{slug}/",
            locale=locale,
            show_in_menus=True,
        )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page_id": home.pk, "hostname": "localhost", "site_name": "Một Cửa"},
    )


def grant_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    root_page, root_collection = Page.objects.get(depth=1), Collection.objects.get(depth=1)
    page_permissions = apps.get_model("wagtailcore", "GroupPagePermission").objects
    collection_permissions = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for role, actions in ((EDITOR, WRITE), (ADMINISTRATOR, DECIDE)):
        grant(apps, role, [f"legal.instrument.{action}_instrument" for action in
                           ("add", "change", "view")])
        grant(apps, role, ["wagtailadmin.admin.access_admin"])
        group = Group.objects.get(name=role)
        # Page and collection permissions are per place, not the group's own: take them back from
        # the group's list once they exist.
        wanted = [f"wagtailcore.page.{action}_page" for action in actions]
        files = [f"wagtailimages.image.{action}_image" for action in ("add", "change", "choose")]
        files += [
            f"wagtaildocs.document.{action}_document" for action in ("add", "change", "choose")
        ]
        had = set(group.permissions.values_list("pk", flat=True))
        grant(apps, role, [*wanted, *files])
        for permission in group.permissions.exclude(pk__in=had):
            place = (
                {"page": root_page} if permission.content_type.app_label == "wagtailcore"
                else {"collection": root_collection}
            )
            store = page_permissions if "page" in place else collection_permissions
            store.get_or_create(group=group, permission=permission, **place)
        group.permissions.remove(*group.permissions.exclude(pk__in=had))
    grant(apps, ADMINISTRATOR, ["cms.siteinfo.change_siteinfo",
                                "legal.instrument.delete_instrument"])


def set_up_review(apps, schema_editor):
    """Wagtail's first workflow, with our names: an editor sends a page, an administrator approves."""
    Group = apps.get_model("auth", "Group")
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    administrator = Group.objects.get(name=ADMINISTRATOR)
    for task in tasks.all():
        task.name = "Duyệt bài"
        task.save(update_fields=["name"])
        task.groups.set([administrator])
    apps.get_model("wagtailcore", "Workflow").objects.update(name="Duyệt trước khi đăng")
    # Wagtail's own groups say the same as our roles under other names.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_pages"),
        ("people", "0003_roles"),
        ("legal", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.RunPython(create_pages, migrations.RunPython.noop),
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
        migrations.RunPython(set_up_review, migrations.RunPython.noop),
    ]
