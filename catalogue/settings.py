"""Settings, all from the environment (or a `.env` file beside manage.py, which `make run` writes).

Nothing here has a default that would be unsafe in production: without SECRET_KEY, ALLOWED_HOSTS and
DATABASE_URL the project refuses to start and says which one is missing. docs/operations.md lists them all.
"""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError

from .build import build_of
from .rates import Rate
from .watching.configuration import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)


def required(name: str, why: str) -> str:
    """The value of an environment variable that has no safe default."""
    try:
        value = env.str(name)
    except EnvError:
        value = ""
    if not value.strip():
        raise ImproperlyConfigured(
            f"{name} is not set: {why} Set it in the environment or in .env (`make run` writes one for trying)."
        )
    return value


def above_zero(name: str, default: int) -> int:
    """A whole number above zero: no limit is switched off by a slip."""
    try:
        value = env.int(name, default)
    except EnvError:
        value = 0
    if value < 1:
        raise ImproperlyConfigured(f"{name} must be a whole number above 0, for example {default}.")
    return value


# --- Who we are, where we listen -------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = required("SECRET_KEY", "it signs sessions and links and must be long, random and kept secret.")
ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "the host names this site answers to, separated by commas.").split(",")
]
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# Flat pages belong to a site, and this is the only one; its own address comes from each request.
SITE_ID = 1
SITE_NAME = env.str("SITE_NAME", "Catálogo de buenas prácticas")

# True only to try the catalogue over plain http on one's own machine.
INSECURE_HTTP = env.bool("INSECURE_HTTP", False)

# --- The parts ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "catalogue",
    "catalogue.staff.StaffAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "catalogue.access.apps.AccessConfig",
    "practices",
]

MIDDLEWARE = [
    "catalogue.watching.requests.RequestLog",
    # What every answer carries comes first, so that no refusal of those below goes without it.
    "catalogue.headers.ResponseHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "catalogue.data_addresses.RefusalsAsData",
    "django.middleware.security.SecurityMiddleware",
    "catalogue.health.Probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "catalogue.middleware.Compression",
    "catalogue.middleware.RequestSize",
    "catalogue.middleware.SlowBodies",
    "catalogue.replica.PublicReads",
    "catalogue.middleware.DatabaseOutage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "catalogue.middleware.LanguageFromAddress",
    "catalogue.middleware.Slashes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "catalogue.access.middleware.NotKept",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "catalogue.urls"
WSGI_APPLICATION = "catalogue.wsgi.application"

TEMPLATES = [
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
                "practices.web.context.site",
            ],
        },
    },
]

# --- Data ----------------------------------------------------------------------------------------------------------


DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 8)


# Seconds (milliseconds, the last) until a server that says nothing counts as gone; a URL may say otherwise.
SILENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def database(name: str, url: str, **pooling: float) -> dict[str, object]:
    """The connection for the URL of that name: SQLite tuned for a web site, PostgreSQL with pooled connections."""
    config: dict[str, object] = env.dj_db_url(name, url, conn_max_age=0)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # To open the file costs more than most pages: each thread keeps it open.
        config["CONN_MAX_AGE"] = None
        # WAL lets readers go on while one writes; IMMEDIATE makes writers queue instead of failing half-way.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000;",
        }
    elif config["ENGINE"] == "django.db.backends.postgresql":
        # The pool of psycopg keeps connections itself; Django asks for no persistent ones beside it. It tries to
        # connect for a second: by itself it would pause longer and longer, and find out late that a server is back.
        pool = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 3, "reconnect_timeout": 1, **pooling}
        options = config.get("OPTIONS")
        config["OPTIONS"] = {**SILENCE, **(options if isinstance(options, dict) else {}), "pool": pool}
    return config


DATABASES = {
    "default": database(
        "DATABASE_URL",
        required(
            "DATABASE_URL",
            "for example postgres://user:password@host/name, or sqlite:///var/catalogue.sqlite3.",
        ),
    )
}
# Where public pages are read, which then never need the primary: a replica of it (catalogue/replica.py).
REPLICA_URL = env.str("REPLICA_URL", "")
if REPLICA_URL:
    # Who waits for a replica that is away could have the primary's answer.
    DATABASES["replica"] = database("REPLICA_URL", REPLICA_URL, timeout=0.8, reconnect_timeout=1)
    if DATABASES["replica"]["ENGINE"] != DATABASES["default"]["ENGINE"]:
        raise ImproperlyConfigured("REPLICA_URL is no replica of DATABASE_URL: they are databases of different kinds.")
    DATABASE_ROUTERS = ["catalogue.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Data that belongs to this installation and to no release: uploaded files, collected static files, SQLite.
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- Files ---------------------------------------------------------------------------------------------------------

# Uploads lie outside every folder that is served as it is: they leave only through a view, as downloads.
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# One attachment of a practice, in megabytes; a proxy in front must let through as much.
MAX_ATTACHMENT_MB = env.int("MAX_ATTACHMENT_MB", 25)
# All attachments of a practice together.
MAX_RECORD_MB = env.int("MAX_RECORD_MB", 200)
MAX_RECORD_FILES = 50
# What is over the limit of a file is not even written to a temporary one; the rest of the form is kept.
FILE_UPLOAD_HANDLERS = [
    "catalogue.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "catalogue.uploads.OnDisk",
]
DATA_UPLOAD_MAX_NUMBER_FILES = MAX_RECORD_FILES
# A record with forty municipalities, ten factors and eight metrics is about 400 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The site's own pages use them; other sites have no business with them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "catalogue.disk.Disk"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Or in an S3-compatible store, which several application servers share (catalogue/bucket.py).
if FILES_S3_BUCKET := env.str("FILES_S3_BUCKET", ""):
    try:
        from .bucket import options
    except ImportError as error:
        raise ImproperlyConfigured(
            f"FILES_S3_BUCKET is set, and {error.name} is missing: pip install --require-hashes -r requirements/s3.txt"
        ) from error
    STORAGES["default"] = {
        "BACKEND": "catalogue.bucket.Bucket",
        "OPTIONS": options(
            FILES_S3_BUCKET,
            endpoint=env.str("FILES_S3_ENDPOINT", ""),
            region=env.str("FILES_S3_REGION", ""),
            key=env.str("FILES_S3_KEY", ""),
            secret=env.str("FILES_S3_SECRET", ""),
        ),
    }

# --- Pages kept ----------------------------------------------------------------------------------------------------

# Pages that were drawn are kept in the memory of each worker, or in a Redis (or Valkey) that all of them share.
CACHE_URL = env.str("CACHE_URL", "")
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "catalogue.shared_cache.SharedCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100}},
    # Who asked how often (limits.py): apart, so that pages and counters never push each other out.
    "limits": {"BACKEND": "catalogue.shared_cache.SharedCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "limits"}
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
# A cache in front may answer by itself for a minute, and longer while it asks or while we are away; a browser asks.
CACHE_CONTROL_PUBLIC = env.str(
    "CACHE_CONTROL_PUBLIC", "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
)
# Pages with contacts: a consent that ends must end at once, everywhere.
CACHE_CONTROL_PERSONAL = "public, no-cache"
# Another build draws other pages of the same catalogue.
BUILD = build_of(BASE_DIR)
STARTED_AT = datetime.now(UTC)

# Where the public finds what `manage.py dump` wrote (https://… or /volcado/); without it no page speaks of a dump.
DUMP_URL = env.str("DUMP_URL", "").strip()

# --- Languages -----------------------------------------------------------------------------------------------------

# es-co, not es: it writes 2.350 and 98,5; plain es separates thousands with a no-break space.
LANGUAGE_CODE = "es-co"
LANGUAGES = [("es-co", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "America/Bogota")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(
        f"(catalogue.E044) TIME_ZONE is not known: {TIME_ZONE}. Set it to a name like America/Bogota, or remove it."
    )

# --- Safety --------------------------------------------------------------------------------------------------------

# The first makes, the others are read: a hash of another kind is made anew at the next sign-in.
PASSWORD_HASHERS = [
    "catalogue.access.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "catalogue.access.backend.StaffBackend"]

# Failed sign-ins of an account, and from an address, before it has to wait; how many minutes.
LOGIN_FAILURES_PER_ACCOUNT = above_zero("LOGIN_FAILURES_PER_ACCOUNT", 5)
LOGIN_FAILURES_PER_ADDRESS = above_zero("LOGIN_FAILURES_PER_ADDRESS", 20)
LOGIN_PAUSE = above_zero("LOGIN_PAUSE", 15)
AXES_HANDLER = "catalogue.access.limits.SignInLimits"
AXES_CLIENT_IP_CALLABLE = "catalogue.access.limits.address_of"
AXES_USERNAME_CALLABLE = "catalogue.access.limits.account_of"
AXES_LOCKOUT_CALLABLE = "catalogue.access.limits.wait"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Whether publishers and superusers must have a second factor; everybody on the staff may.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", False)
OTP_TOTP_ISSUER = SITE_NAME

# A session ends after so long without use, and after so long in any case. The cookie goes when the browser closes.
SESSION_ENGINE = "catalogue.access.session_store"
SESSION_IDLE_MINUTES = above_zero("SESSION_IDLE_MINUTES", 60)
SESSION_LIMIT_HOURS = above_zero("SESSION_LIMIT_HOURS", 12)
SESSION_COOKIE_AGE = SESSION_LIMIT_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if SESSION_IDLE_MINUTES * 60 > SESSION_COOKIE_AGE:
    raise ImproperlyConfigured(
        "SESSION_IDLE_MINUTES is longer than SESSION_LIMIT_HOURS: it would never end a session."
    )

LOGIN_URL = "admin:login"
# A form of the staff that was opened before somebody signed in again comes back with its content.
CSRF_FAILURE_VIEW = "practices.admin.signing_in.csrf_failure"

SECURE_SSL_REDIRECT = not INSECURE_HTTP
# Load balancers ask by plain http, by address.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Set only behind a proxy that overwrites the header, or anybody could claim to speak https.
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# The proxies that may say for whom they ask (addresses, networks, "unix" for a socket): see client.py.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])


def rate(name: str, default: str) -> Rate | None:
    """How often one address may ask: "120/m"; empty for no limit."""
    try:
        return Rate.of(env.str(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


# limits.py says who is counted, and what.
RATE_SEARCH = rate("RATE_SEARCH", "120/m")
RATE_EXPORT = rate("RATE_EXPORT", "30/m")
RATE_LINK = rate("RATE_LINK", "60/m")
RATE_LINK_WRONG = rate("RATE_LINK_WRONG", "20/h")
# Programs of our own on these machines, asking without a proxy between; never for links.
RATE_EXEMPT: list[str] = env.list("RATE_EXEMPT", ["127.0.0.0/8", "::1"])
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if not INSECURE_HTTP:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
MESSAGE_STORAGE = "catalogue.messages.Messages"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Personal data -------------------------------------------------------------------------------------------------

# Days after which `manage.py purge_personal_data` forgets (docs/privacy.md says what each of them is about).
RETENTION_CONTACTS_DAYS = env.int("RETENTION_CONTACTS_DAYS", 30)
RETENTION_CONSENT_PROOF_DAYS = env.int("RETENTION_CONSENT_PROOF_DAYS", 5 * 365)
RETENTION_FORMS_DAYS = env.int("RETENTION_FORMS_DAYS", 7)
RETENTION_IMPORTS_DAYS = env.int("RETENTION_IMPORTS_DAYS", 90)
RETENTION_INVITATIONS_DAYS = env.int("RETENTION_INVITATIONS_DAYS", 365)
RETENTION_SEARCHES_DAYS = env.int("RETENTION_SEARCHES_DAYS", 180)
RETENTION_STAFF_LOG_DAYS = env.int("RETENTION_STAFF_LOG_DAYS", 2 * 365)

# Reports of faults, wherever they are shown: where it broke, and nothing of what people typed.
DEFAULT_EXCEPTION_REPORTER = "catalogue.reports.DiscreetReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "catalogue.reports.NothingTyped"

# --- Watching ------------------------------------------------------------------------------------------------------

# "line" for people, "json" for what gathers lines.
LOG_FORMAT = env.str("LOG_FORMAT", "line")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
# A line for each request; the server's own would hold addresses and what was searched for.
ACCESS_LOG = env.bool("ACCESS_LOG", True)
# SQL that takes longer is told, without its values; 0 for none.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
# Faults are mailed to these addresses, a few of each in an hour.
ERROR_MAIL: list[str] = env.list("ERROR_MAIL", [])
ADMINS = [("", address) for address in ERROR_MAIL]
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    globals().update(env.dj_email_url("EMAIL_URL"))
# A mail server that is away must not hold back who was waiting for a page.
EMAIL_TIMEOUT = 5
EMAIL_SUBJECT_PREFIX = f"[{ALLOWED_HOSTS[0]}] "
SERVER_EMAIL = env.str("SERVER_EMAIL", "") or next(iter(ERROR_MAIL), "root@localhost")
LOGGING = logging_settings(
    form=LOG_FORMAT, level=LOG_LEVEL, has_access_lines=ACCESS_LOG, has_mail=bool(ERROR_MAIL and EMAIL_URL)
)
# /readyz: free megabytes below which the site is not ready; 0 to leave it unwatched.
READY_FREE_MB = env.int("READY_FREE_MB", 200)
# Whom security.txt names: an address of mail, or https://…; without it the e-mail of the institution.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "").strip()
