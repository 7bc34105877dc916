"""All settings, in one file. The environment is read here, at the top, and nowhere else."""

from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

ENV_FILE = BASE_DIR / ".env"
env = environ.Env()
environ.Env.read_env(ENV_FILE)

DEMO = env.bool("DEMO", default=False)
DEMO_KEY = env.str("DEMO_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
OPEN_ACCESS = env.bool("OPEN_ACCESS", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
EMAIL = env.email("EMAIL_URL", default="consolemail://")
METER = env.str("METER", default="")  # the dotted name of a function: see content_api.delivery.allowance
MAIL_FROM = env.str("MAIL_FROM", default="content-api@localhost")
DATABASE = env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'content_api.sqlite3'}")

if not SECRET_KEY:
    msg = "Set SECRET_KEY to a long random string (`make run` writes one into .env for a demo)."
    raise ImproperlyConfigured(msg)
if DEBUG and not DEMO:
    msg = "DEBUG shows settings and code to strangers. Unset it, or set DEMO=1 on a machine of your own."
    raise ImproperlyConfigured(msg)

# --- the rooms -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "content_api",
    "content_api.editions",
    "content_api.editorial",
    "content_api.releases",
    "content_api.partners",
    "therapies",
    "faqs",
    "content_api.apps.WorkplaceConfig",  # django.contrib.admin, with a site of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "content_api.problems.ProblemMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "content_api.workplace.headers.PagePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "content_api.urls"
WSGI_APPLICATION = "content_api.wsgi.application"
APPEND_SLASH = False  # an API address is right or wrong; a redirect would hide a client's mistake
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "content_api" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- the database ----------------------------------------------------------------------------------------------

DATABASES = {"default": DATABASE}
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        # Writers queue at BEGIN instead of failing at their first write; readers open no transaction.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASE["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8},
        "options": "-c lock_timeout=20s",  # a writer behind a stuck one is told to come back, as on SQLite
    }
    DATABASE["CONN_MAX_AGE"] = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ----------------------------------------------------------------------------------------------------

EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_BACKEND"], EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = MAIL_FROM
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 6  # wrong passwords for one account from one address, and it waits
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger elsewhere cannot lock somebody out
AXES_CLIENT_IP_CALLABLE = "content_api.workplace.lockout.client_address"
AXES_LOCKOUT_TEMPLATE = "admin/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "content_api.workplace.formats"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = PUBLIC_BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEMO  # a demo serves without collectstatic

# --- the API ---------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["content_api.partners.authentication.BearerKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["content_api.delivery.access.KeyOrOpenAccess"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "content_api.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}


CORS_URLS_REGEX = r"^/api/"  # origins are those of partner sites: see content_api.partners.cross_origin
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["authorization", "accept", "if-none-match"]
CORS_EXPOSE_HEADERS = [
    *("Content-Release", "Content-Redacted", "ETag", "Link", "X-Request-Id"),
    *("RateLimit", "RateLimit-Policy", "Retry-After", "Deprecation", "Sunset"),
]
CORS_PREFLIGHT_MAX_AGE = 3_600

# --- OpenAPI ---------------------------------------------------------------------------------------------------

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Cell Therapy Content API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "Reviewed, released facts about cell therapies for solid tumors, read as JSON by partner sites.\n\n"
        "Every read takes `release=N`: the world as of that release. A parameter or value that is not known is "
        "refused, never ignored. Enums in answers may grow: treat a value you do not know as text with its label."
    ),
    "SERVERS": [{"url": "/", "description": "This server"}],
    "SERVE_PUBLIC": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["content_api.delivery.openapi_components.share"],
}
