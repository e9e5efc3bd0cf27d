"""Every address of the product. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from config.navigation import start
from core.styleguide import styleguide
from people.views.back_office_account import OwnAccountView

sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

_static = lazy(static, str)

urlpatterns = [
    # Asked for by browsers and by Zalo whatever the page says.
    path("favicon.ico", RedirectView.as_view(url=_static("img/favicon-32.png"))),
    path("start/", start, name="start"),
    path("styleguide/", styleguide, name="styleguide"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("people.account_urls")),
    path("people/", include("people.urls")),
    path("", include("quizzes.urls")),
    path("", include("printing.urls")),
    path("training/", include("training.urls")),
    # Wagtail's own two doors know neither the second factor nor the limits on guessing
    path("admin/login/", sign_in),
    path("_util/login/", sign_in),
    path("admin/account/", never_cache(require_admin_access(OwnAccountView.as_view()))),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms.urls")),
    # Renditions of published images only: originals and documents have no address of their own.
    # Behind a proxy it serves them itself (deploy/).
    path("media/images/<path:path>", serve, {"document_root": f"{settings.MEDIA_ROOT}/images"}),
    path("", include(wagtail_urls)),
]
