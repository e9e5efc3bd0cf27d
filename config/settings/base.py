"""What is the same in every environment. Each environment's file starts from here."""

import logging
import os
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config.settings.environment import env, oidc_app, oidc_origins

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Everything the product writes: uploads, papers, and in the embedded default database and queue.
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()

INSTALLED_APPS = [
    "config",
    "core",
    "people",
    "legal",
    "quizzes",
    "printing",
    "training",
    "counter",
    "outreach",
    "posters",
    "cms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.BackOfficeUsersConfig",
    "wagtail.snippets",
    "cms.media_apps.DocumentsConfig",
    "cms.media_apps.ImagesConfig",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.ShortPathMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.RequestLogMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Inside the policy's middleware: it names the other policy of the back office.
    "core.middleware.PermissionsPolicyMiddleware",
    "core.middleware.RememberLanguageMiddleware",
    # Before sessions, users and cookies: a page that is kept needs none of them.
    "cms.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.AccountGateMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "core.middleware.NotAllowedMiddleware",
]

# Views that must not pay for sessions, users and cookies: see core.middleware.ShortPathMiddleware.
SHORT_PATHS = {
    "/play/answer/": "quizzes.views.play.answer",
    # Probes come from inside, by address and without TLS.
    "/healthz": "core.health.healthz",
    "/readyz": "core.health.readyz",
}
SHORT_POSTS = {
    r"/play/(?P<round_id>[0-9]{1,18})/start/": "quizzes.views.play_short.start",
    r"/play/attempts/(?P<attempt_id>[0-9]{1,18})/hand-in/": "quizzes.views.play_short.hand_in",
}

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.user_menu",
                "cms.context_processors.site_info",
            ],
        },
    },
]
FORM_RENDERER = "core.forms.FormRenderer"


def _instrument_address(instrument: Any) -> str:
    """Instruments are shown by a page of the site, which apps below it do not know."""
    from cms.regulations import address_of

    return address_of(instrument)


ABSOLUTE_URL_OVERRIDES = {"legal.instrument": _instrument_address}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.authentication.IdentityBackend"]
PASSWORD_HASHERS = [
    "people.hashers.OwaspArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"

# The Wagtail site tree, and every model, use 64-bit keys.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    # Pictures and documents of the library, served by views that ask who may open them
    # (cms.file_access); the proxy, another account, reads public pictures from the disk.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
    # Uploads and generated papers: under no URL, served only by a view that checks who asks.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Where the proxy in front finds the media folder (X-Accel-Redirect); "": we send files ourselves.
MEDIA_ACCEL_PREFIX = ""

# How long a public page is kept for readers who are not signed in, at most (cms.page_cache).
PAGE_CACHE_SECONDS = 60

# One-stop counters share their PCs: a session ends with the browser or after two idle hours.
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    # a form that leads to the city's sign-in service is a form action for the browser
    "form-action": [CSP.SELF, *oidc_origins()],
    "frame-ancestors": [CSP.NONE],
}
# The Wagtail editor writes inline scripts and styles; no public page does.
BACK_OFFICE_CSP = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)

WAGTAIL_SITE_NAME = "Một Cửa"
# Pages are written in these; the English ones stand under /en/ (core.languages).
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.editors.finishing.publish_reviewed"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# "simple": no stemming and no stop words. PostgreSQL's default is made for English, where "do",
# "an" and "to", all of them Vietnamese words without their marks, are nothing to look for.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"),
    *("mp4", "webm", "vtt"),
]
# Videos; other documents stay below 20 MB (cms.videos).
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.videos.DocumentForm"
WAGTAILDOCS_CONTENT_TYPES = {"mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt"}
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "text/vtt"]
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_code"
# One method for allauth: people.authentication finds the person by staff code, phone or e-mail.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "reset_password": "people.forms.PasswordResetForm",
}
# Else allauth takes the name of the site from the Host header.
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{WAGTAIL_SITE_NAME}] "
# Guessing at passwords is held back by people.throttling, which says why.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "60/m/ip,5/m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
SOCIALACCOUNT_ADAPTER = "people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
# A sign-in service of the city, if the environment names one.
_OIDC_APP = oidc_app()
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"APPS": [_OIDC_APP] if _OIDC_APP else [], "OAUTH_PKCE_ENABLED": True}
}
OIDC_STAFF_CODE_CLAIM = env.str("OIDC_STAFF_CODE_CLAIM", default="staff_code")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ADAPTER = "people.second_factor.EncryptingMFAAdapter"
MFA_TOTP_ISSUER = "Một Cửa"
MFA_TOTP_TOLERANCE = 1
# E-mail addresses come from the roster: nobody is asked to confirm them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Editors, authors, organisers and administrators must hold a second factor.
MFA_REQUIRED = False
# Where someone may go before the own password and the second factor are settled.
ACCOUNT_GATE_FREE_PATHS = [
    "/accounts/",
    "/people/first-sign-in/",
    "/static/",
    "/i18n/",
    "/healthz",
    "/readyz",
]

# The line at a request's end says all; addresses of people are not ours to keep.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "publish-scheduled": {"task": "cms.publish_scheduled", "schedule": 60.0},
    "close-overdue-attempts": {"task": "quizzes.close_overdue_attempts", "schedule": 30.0},
    "drop-forgotten-uploads": {"task": "quizzes.drop_forgotten_uploads", "schedule": 3600.0},
    "sweep-question-files": {"task": "quizzes.sweep_question_files", "schedule": 6 * 3600.0},
    # Often, not at midnight: an office PC is off then.
    "settle-statuses": {"task": "legal.settle_statuses", "schedule": 900.0},
    "reconcile-search": {"task": "cms.reconcile_search", "schedule": 6 * 3600.0},
    "recheck-legal-basis": {"task": "quizzes.recheck_legal_basis", "schedule": 3600.0},
    # One statement while no Official Account is connected.
    "send-to-zalo": {"task": "outreach.send_to_zalo", "schedule": 60.0},
    "erase-old-bookings": {"task": "counter.erase_old_bookings", "schedule": 3600.0},
}

# The documented hosts of Zalo's open API. Nothing is asked of them until an administrator has
# connected an Official Account; tests put a server of their own here.
ZALO_API_URL = "https://openapi.zalo.me"
ZALO_OAUTH_URL = "https://oauth.zaloapp.com"
