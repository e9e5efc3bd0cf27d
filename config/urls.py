"""Every address of the product. Wagtail's pages come last: they take what is left."""

from django.templatetags.static import static
from django.urls import include, path, re_path
from django.utils.functional import lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cms.views.creating import CreatePageView
from cms.views.files import serve_document, serve_picture
from cms.views.languages import choose_language
from cms.views.pages import serve_page
from config.navigation import start
from core.languages import pages_in_languages
from core.styleguide import styleguide
from people.views.back_office_account import OwnAccountView

sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

_static = lazy(static, str)

urlpatterns = [
    # Asked for by browsers and by Zalo whatever the page says.
    path("favicon.ico", RedirectView.as_view(url=_static("img/favicon-32.png"))),
    path("start/", start, name="start"),
    path("styleguide/", styleguide, name="styleguide"),
    # Without a token, so that every public page can be kept for all readers: the worst that another
    # site can do here is to choose the language.
    path("i18n/setlang/", csrf_exempt(choose_language), name="set_language"),
    path("accounts/", include("people.account_urls")),
    path("people/", include("people.urls")),
    path("legal/", include("legal.urls")),
    path("", include("cms.contest_urls")),
    path("", include("quizzes.urls")),
    path("", include("printing.urls")),
    path("training/", include("training.urls")),
    path("counter/", include("counter.urls")),
    path("outreach/", include("outreach.urls")),
    path("", include("posters.urls")),
    # Wagtail's own two doors know neither the second factor nor the limits on guessing
    path("admin/login/", sign_in),
    path("_util/login/", sign_in),
    path("admin/account/", never_cache(require_admin_access(OwnAccountView.as_view()))),
    path(
        "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/"
        "<int:parent_page_id>/",
        never_cache(require_admin_access(CreatePageView.as_view())),
    ),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail's own view gives a file whole; a video must be given in parts to be moved along.
    re_path(r"^documents/([0-9]{1,18})/(.*)$", serve_document),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms.urls")),
    # Sizes of pictures, to those who may see them; originals have no address.
    re_path(r"^media/images/([\w.-]{1,200})$", serve_picture),
    path("", include([each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"])),
    pages_in_languages(re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve")),
]
