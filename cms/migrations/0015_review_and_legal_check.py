"""The review that 0002 set up becomes one where nobody decides about the own page; beside it a
second workflow with a legal check, and the role of those who make it."""

from django.db import migrations

from people.granting import grant
from people.roles import ADMINISTRATOR, LEGAL_OFFICER

REVIEW, LEGAL_CHECK = "Duyệt nội dung", "Kiểm tra pháp lý"
WITH_LEGAL_CHECK = "Duyệt và kiểm tra pháp lý"


def make_role(apps, schema_editor):
    grant(apps, LEGAL_OFFICER, ["wagtailadmin.admin.access_admin", "legal.instrument.view_instrument"])


def make_task(apps, model, name, *roles):
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model=model.lower()
    )
    task = apps.get_model("cms", model).objects.create(
        name=name, active=True, content_type=content_type
    )
    task.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=roles))
    return task


def make_workflows(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    TaskState = apps.get_model("wagtailcore", "TaskState")
    review = make_task(apps, "ReviewTask", REVIEW, ADMINISTRATOR)
    legal_check = make_task(apps, "LegalCheckTask", LEGAL_CHECK, LEGAL_OFFICER, ADMINISTRATOR)
    for old in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name="Duyệt bài"):
        WorkflowTask.objects.filter(task_id=old.pk).update(task_id=review.pk)
        # What is being decided at this moment is decided as it was begun.
        if not TaskState.objects.filter(task_id=old.pk, status="in_progress").exists():
            old.active = False
            old.save(update_fields=["active"])
    workflow = Workflow.objects.create(name=WITH_LEGAL_CHECK, active=True)
    for position, task in enumerate((review, legal_check)):
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=position)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0014_editing"),
        ("people", "0003_roles"),
    ]

    operations = [
        migrations.RunPython(make_role, migrations.RunPython.noop),
        migrations.RunPython(make_workflows, migrations.RunPython.noop),
    ]
