from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.immutability import forbid_update

_APPS_WITHOUT_PAGES = (
    "core",
    "people",
    "quizzes",
    "printing",
    "training",
    "counter",
    "outreach",
    "posters",
)


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Trang tin")

    def ready(self) -> None:
        """Keep the contest out of Wagtail's reference index.

        Wagtail follows the references of every model to say where an image or page is used. None
        of these refers to either, and the index would be written at each start and hand-in. This
        app stands before Wagtail in INSTALLED_APPS, so it speaks before Wagtail collects models.
        """
        for label in _APPS_WITHOUT_PAGES:
            for model in apps.get_app_config(label).get_models(include_auto_created=True):
                model.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
        from cms import poster_targets, signals
        from cms.counter_subjects import find_procedure
        from cms.editors import notices
        from cms.finding import following
        from cms.models.adoptions import AdoptionAct
        from cms.publicity import is_public_page
        from core.audit import register_acts
        from counter import subjects
        from outreach.zalo.publicity import ask_with
        from posters.targets import find_with

        signals.connect()
        following.connect()
        notices.connect()
        find_with(poster_targets.find_path)
        ask_with(is_public_page)
        subjects.register(find_procedure)
        register_acts(AdoptionAct)
        post_migrate.connect(_protect_reported_figures, sender=self)
        post_migrate.connect(_index_sizes_of_pictures, sender=self)


def _protect_reported_figures(using: str, **kwargs: Any) -> None:
    """A correction is another row: what a unit reported stays as it was."""
    forbid_update(
        table="cms_adoptionfigure",
        columns=[
            "adoption_id",
            "measure_key",
            "month",
            "value",
            "reported_by_id",
            "reported_at",
            "corrects_id",
            "reason",
        ],
        when="TRUE",
        name="reported_figure_never_changes",
        using=using,
    )


def _index_sizes_of_pictures(using: str, **kwargs: Any) -> None:
    """A picture is asked for by the name of its file (cms.views.files), which Wagtail never looks
    for. Not in a migration: on SQLite one of Wagtail's that rebuilds the table would drop it."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS cms_rendition_file ON wagtailimages_rendition (file)"
        )
