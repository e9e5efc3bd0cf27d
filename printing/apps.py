from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintingConfig(AppConfig):
    name = "printing"
    verbose_name = _("Giấy tờ")

    def ready(self) -> None:
        from core.audit import register_acts
        from printing.enums import CertificateAct

        register_acts(CertificateAct)
