from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounterConfig(AppConfig):
    name = "counter"
    verbose_name = _("Bộ phận Một cửa")

    def ready(self) -> None:
        from core.audit import register_acts
        from counter.enums import CounterAct

        register_acts(CounterAct)
