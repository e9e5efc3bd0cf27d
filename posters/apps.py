from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostersConfig(AppConfig):
    name = "posters"
    verbose_name = _("Áp phích QR")

    def ready(self) -> None:
        from core.audit import register_acts
        from posters.enums import PosterAct

        register_acts(PosterAct)
