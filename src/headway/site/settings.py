"""Settings, all from the environment, so that production differs from a laptop by variables alone.

HEADWAY_MODE      ``production`` (the default), ``demo`` or ``test``
DATABASE_URL      the application's connection (a role that cannot bypass row-level security)
DATABASE_OWNER_URL  the owner's connection, for ``headway migrate`` only
HEADWAY_SECRET_KEY  signs sessions and links
HEADWAY_HOSTS     comma-separated host names that are served
HEADWAY_ROSTERS   folder with the nightly export of the student information system, for ``import oneroster --scheduled``
HEADWAY_MAIL      the mail server, such as ``smtp://user:password@mail.example.org:587``; without it no mail is sent
HEADWAY_MAIL_FROM the sender of mail
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

MODE = os.environ.get("HEADWAY_MODE", "production")
if MODE not in ("production", "demo", "test"):
    raise ImproperlyConfigured(f"HEADWAY_MODE is {MODE!r}: use production, demo or test.")
PRODUCTION = MODE == "production"
DEBUG = False


def _required(name: str, why: str) -> str:
    value = os.environ.get(name, "")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


SECRET_KEY = _required("HEADWAY_SECRET_KEY", "it signs sessions; make one with `openssl rand -base64 48`.") or (
    "only-for-commands-that-sign-nothing"
)
ALLOWED_HOSTS = _required("HEADWAY_HOSTS", "name the hosts that are served, such as learn.example.org.").split(",")
if not PRODUCTION:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, ALLOWED_HOSTS)]
if MODE == "test":
    ALLOWED_HOSTS.append("testserver")


def _database(url: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(url) if url else {}
    except ProgrammingError as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL or DATABASE_OWNER_URL is no address of a database ({str(error).strip()}). "
            "Write it as postgresql://role@host/database."
        ) from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "headway"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASE_URL = _required(
    "DATABASE_URL", "name the application's PostgreSQL connection, such as postgresql://headway_app@db/headway."
)
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
DATABASES = {"default": _database(DATABASE_URL), "owner": _database(DATABASE_OWNER_URL or DATABASE_URL)}
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.socialaccount",
    "headway.school",
]
# Sign-on: django-allauth speaks OpenID Connect and SAML; who somebody is is kept by school.exchange.sign_on under row-level
# security, so allauth's own tables are never made.
MIGRATION_MODULES = {"account": None, "socialaccount": None}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
SOCIALACCOUNT_ADAPTER = "headway.pages.sign_on.adapter.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
AUTH_USER_MODEL = "school.Person"
AUTHENTICATION_BACKENDS = ["headway.school.people.sign_in.TenantBackend"]
SESSION_COOKIE_NAME = "headway_session"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "/sign-in"
CSRF_FAILURE_VIEW = "headway.pages.errors.csrf_failure"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "headway.site.headers.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "headway.site.tenant.TenantMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "headway.site.plain.PlainText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "headway.site.urls"
ASGI_APPLICATION = "headway.site.asgi.application"

PACKAGE = Path(__file__).resolve().parents[1]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "pages" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "headway.pages.context.page",
            ],
            "builtins": ["headway.pages.filters"],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("HEADWAY_HOME", ".headway")).resolve() / "static" if PRODUCTION else None
STATICFILES_DIRS = [path for path in [PACKAGE / "pages" / "static"] if path.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "headway.site.static.Storage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

MAIL = os.environ.get("HEADWAY_MAIL", "")
_mail = urlsplit(MAIL)
if MAIL and (_mail.scheme not in ("smtp", "smtps") or not _mail.hostname):
    raise ImproperlyConfigured(
        "HEADWAY_MAIL is no mail server: write it as smtp://user:password@mail.example.org:587 (smtps:// for TLS from the start)."
    )
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
if MODE == "test":
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_HOST, EMAIL_USE_SSL = _mail.hostname or "", _mail.scheme == "smtps"
EMAIL_PORT = _mail.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS = bool(EMAIL_HOST_USER) and not EMAIL_USE_SSL
"""A name and a password never leave without TLS."""
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("HEADWAY_MAIL_FROM", "") or f"headway@{ALLOWED_HOSTS[0]}"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [PACKAGE / "locale"]

if PRODUCTION:
    SECURE_SSL_REDIRECT = os.environ.get("HEADWAY_TLS", "1") == "1"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
