"""The LOGGING of the settings: everything to standard error, where systemd or a container gathers it."""

from typing import Any

FORMATS = ("line", "json")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
HERE = "catalogue.watching"


def logging_settings(*, form: str, level: str, has_access_lines: bool, has_mail: bool) -> dict[str, Any]:
    """What no such format or level is known by is told by the system checks; until then the usual one."""
    filters = ["referenced", "discretion"]
    console = {
        "class": "logging.StreamHandler",
        "formatter": form if form in FORMATS else FORMATS[0],
        "filters": filters,
    }
    mail = {
        "class": f"{HERE}.fault_mail.FaultMail",
        "formatter": "line",
        "level": "ERROR",
        "filters": [*filters, "few_mails"],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "referenced": {"()": f"{HERE}.formatting.Referenced"},
            "discretion": {"()": f"{HERE}.masking.Discretion"},
            "few_mails": {"()": f"{HERE}.fault_mail.FewMails"},
        },
        "formatters": {"line": {"()": f"{HERE}.formatting.Line"}, "json": {"()": f"{HERE}.formatting.Json"}},
        "handlers": {"console": console, **({"mail": mail} if has_mail else {})},
        "root": {
            "handlers": ["console", *(["mail"] if has_mail else [])],
            "level": level if level in LEVELS else "INFO",
        },
        "loggers": {
            # Django's own handlers would mail whole reports, with what was sent and every setting.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # A line of access says already that something was not found.
            "django.request": {"level": "ERROR" if has_access_lines else "WARNING"},
        },
    }
