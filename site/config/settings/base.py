"""Everything that is safe everywhere. ``dev``, ``test`` and ``production`` build on it."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from accounts.claims_mapping import read_providers
from media.documents import EXTENSIONS
from privacy.terms import Terms

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "home",
    "privacy",
    "reports",
    "certificates",
    "progress",
    "awareness",
    "classrooms",
    "lessons",
    "quizzes",
    "signals",
    "media",
    "helplines",
    "editorial",
    "organisations",
    "accounts",
    "config",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.middleware.PolicyMiddleware",
    "config.middleware.SafetyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageCookieMiddleware",
    "config.middleware.RequestSizeMiddleware",
    "config.middleware.SameOriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["config.language_tags", "config.address_tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context_processors.exit_url",
                "config.context_processors.is_known",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------
# One machine: SQLite, where "saved" means on disk (synchronous=FULL syncs each commit;
# IMMEDIATE takes the write lock at BEGIN, so that writers wait and never fail half-way).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
)
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'doorzien.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,  # seconds a writer waits for its turn
        "transaction_mode": "IMMEDIATE",
        "init_command": SQLITE_PRAGMAS,
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # Connections are kept: a new one costs more than the whole answer path.
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["ENGINE"] = "config.postgresql"
# Off behind a pooler that gives each transaction another connection and does not know
# prepared statements (PgBouncer before 1.21).
DATABASE_PREPARES = env.bool("DATABASE_PREPARES", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "doorzien"}
    ),
}

# --- People ---------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "accounts.hashers.ReturnCodeHasher",  # for return codes only; never a password's default
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.validators.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "classrooms:list"
LOGOUT_REDIRECT_URL = "home:front"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "organisations.forms.TeacherSignupForm"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address; the new one counts once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # also a mail when something about the account changed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Signing in with a code by mail: beside a password, never instead of a second step.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}  # 1234-5678: typed on a phone
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# A room full of colleagues has one address.
ACCOUNT_RATE_LIMITS = {"request_login_code": "60/m/ip,3/m/key"}
# Signing in in two steps: who can do harm must, everybody else may. The demo goes without
# (settings/dev.py); production cannot.
SECOND_FACTOR_REQUIRED = True
SECOND_FACTOR_ROLES = ["municipal_editor", "coordinator"]  # beside whoever may enter the admin
MFA_ADAPTER = "accounts.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Doorzien"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.second_factor_forms.ReauthenticateForm",
    "activate_totp": "accounts.second_factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.second_factor_forms.AddPasskeyForm",
    "login_webauthn": "accounts.second_factor_forms.LoginPasskeyForm",
    "authenticate_webauthn": "accounts.second_factor_forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.second_factor_forms.ReauthenticatePasskeyForm",
}

# Signing in at a school or an employer, by OpenID Connect (docs/operations.md). Without a file
# there is none, and nothing on any page says that there could be.
OIDC_PROVIDERS_FILE = env.str("OIDC_PROVIDERS_FILE", default="")
OIDC_PROVIDERS = (
    read_providers(Path(OIDC_PROVIDERS_FILE).read_text("utf-8")) if OIDC_PROVIDERS_FILE else {}
)
SOCIALACCOUNT_ADAPTER = "accounts.provider_adapter.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False  # a link or an image on another page signs nobody in
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address is never who somebody is
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# In the session: a cookie of their own would be one more on a teacher's device.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LEARNER_COOKIE_NAME = "learner"
LEARNER_COOKIE_SECURE = False
PLACE_COOKIE_NAME = "place"

# How many wrong class codes and passwords (see accounts/limits.py). A school has one
# address: four classes with typing errors make 43 wrong codes (trust figures in docs).
LIMITS = {
    "join_per_address": (120, 600),  # times, seconds
    "join_everywhere": (2000, 3600),
    "return_per_address": (120, 600),
    "return_everywhere": (2000, 3600),
    "login_per_address": (60, 600),
    "login_per_account": (10, 900),
    # Apart from passwords: who guesses at codes keeps nobody from a password.
    "login_code_per_account": (10, 900),
    "login_mail_per_account": (6, 900),
    "certificate_per_address": (60, 600),
    "certificate_everywhere": (2000, 3600),
    "second_factor_per_account": (10, 900),
    "team_mail_per_account": (20, 3600),
}
# Behind a proxy: how many proxies of our own add to X-Forwarded-For; 0 = believe none.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- Language and time ----------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("English")), ("ar", _("Arabisch"))]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("ar", "العربية")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
# Who judges safety last need not be who may publish by themselves.
WAGTAIL_FINISH_WORKFLOW_ACTION = "editorial.finishing.publish_approved"
LOCALE_PATHS = [SITE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.staticfiles.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.staticstorage.HashedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60
MEDIA_URL = "/uploads/"  # /media/ would suggest the app
MEDIA_ROOT = VAR_DIR / "uploads"  # never inside media/
PUBLIC_UPLOAD_MAX_SIZE = 100_000  # bytes; the last two are a quiz of 200 questions in the editor
# By route. A list may be 1 MB; a larger one is told so, and is not only refused.
LARGER_UPLOADS = {"classrooms:roster": 10_000_000, "classrooms:confirm_roster": 400_000}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- Wagtail --------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Doorzien"
PRINT_ROOT = VAR_DIR / "print"  # PDFs that were made; may be thrown away at any time
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_EXTENSIONS = list(EXTENSIONS)  # media/documents.py
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # S-69: more does not fit in the memory of a worker
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no third-party request, ever
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "direct"  # as a download, by media.views.upload
WAGTAILEMBEDS_FINDERS: list[dict] = []  # no third-party embeds

# Private keys that certificates are signed with as Open Badges; see `make_badge_key`.
BADGE_KEYS_ROOT = Path(env.str("BADGE_KEYS_ROOT", default=str(VAR_DIR / "badge-keys")))
BADGE_KEY_MADE_WHEN_MISSING = False

# --- Lessons --------------------------------------------------------------------------
# A published lesson is compiled once per process. A process looks whether a newer one
# was published at most this often; in between a page costs no query.
LESSON_RECHECK_SECONDS = 5
# A source that nobody looked at again so many days after its date: readers are told too.
SHOW_OVERDUE_TO_READERS_AFTER_DAYS = 180
# A group smaller than this is never shown as a group: a share of it would tell who.
REPORT_MINIMUM_GROUP = 10
# Of opinions and what somebody says of themselves; and how many before a figure says anything.
REPORT_MINIMUM_SENSITIVE = 30
# Where to report a hole in this site: mailto: or https: (RFC 9116).
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="mailto:security@example.org")
# How long what is kept: docs/data-map.md. The list of who asked to be erased must outlive a backup
# of the database, so it is a file, best on another disk.
RETENTION = Terms()
ERASURE_LIST = env.str("ERASURE_LIST", default=str(VAR_DIR / "erased.jsonl"))
EXIT_URL = env.str("EXIT_URL", default="https://www.buienradar.nl/")

# --- Safety headers -------------------------------------------------------------------
# Learner and teacher pages: own origin only, no inline anything, no nonce to leak.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
# Wagtail 8.0's admin still carries inline scripts (wagtail issue 1288), and shows the
# preview in a frame of its own origin. Relaxed there and nowhere else.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "media-src": [SELF],
    "frame-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "object-src": [NONE],
}
ADMIN_URL = "beheer/"
SECOND_FACTOR_PATHS = [ADMIN_URL, "gemeente/", "organisatie/"]
PERMISSIONS_POLICY: dict[str, list] = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with that, browsers send "Origin: null" with forms, and the
# same-origin check would refuse every one of them. Nothing leaves our own origin.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Logs -----------------------------------------------------------------------------
# One line of JSON per request: method, route name, status, milliseconds. Never an
# address, a code, an answer or a query string (see config/logs.py).
LOGGING_CONFIG = None
from config.logs import configure_logging  # noqa: E402

configure_logging(level=env.str("LOG_LEVEL", default="INFO"))
