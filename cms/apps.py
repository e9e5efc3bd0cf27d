from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

_APPS_WITHOUT_PAGES = ("core", "people", "legal", "quizzes", "printing", "training")


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
        from cms import signals

        signals.connect()
