"""The back office's page for one's own account."""

from typing import Any

from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel


class OwnAccountView(AccountView):
    """Wagtail's page without name and e-mail: the roster keeps both, and an address opens an
    account, so nobody changes their own unverified. Wagtail has no setting that takes the panel
    off (WAGTAIL_EMAIL_MANAGEMENT_ENABLED takes the address only).
    """

    def get_panels(self) -> list[Any]:
        return [p for p in super().get_panels() if not isinstance(p, NameEmailSettingsPanel)]
