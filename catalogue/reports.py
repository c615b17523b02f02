"""Reports of faults (in mail, or on a page of a debugger): where it broke, and nothing of what people typed.

Django's own report holds the address with its query string, what was sent, cookies, headers, the values of variables
and the settings; the messages of exceptions quote values, too. On a developer's own machine (DEBUG) it is Django's.
"""

from types import FrameType, SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# Their messages name parts of the program, never what is in the data.
_TELLING = (
    *(AttributeError, ImportError, ImproperlyConfigured, InterfaceError, NameError, OperationalError),
    *(RecursionError, TemplateDoesNotExist),
)
HEADERS = ("REQUEST_METHOD", "CONTENT_LENGTH", "CONTENT_TYPE", "SERVER_PROTOCOL")
HIDDEN = "***"


class NothingTyped(SafeExceptionReporterFilter):
    """Whoever reports by himself with Django's parts hides as much."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, HIDDEN)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {} if self.is_active(request) else super().get_safe_cookies(request)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        meta: dict[str, Any] = super().get_safe_request_meta(request)
        return {name: meta[name] for name in HEADERS if name in meta} if self.is_active(request) else meta

    def get_safe_settings(self) -> dict[str, Any]:
        return {} if self.is_active(None) else super().get_safe_settings()

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return dict.fromkeys(tb_frame.f_locals, HIDDEN).items()


class DiscreetReporter(ExceptionReporter):
    def get_traceback_data(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_traceback_data()
        if settings.DEBUG:
            return told
        told |= {"exception_value": message_of(self.exc_value), "exception_notes": "", "unicode_hint": ""}
        told |= {"user_str": None, "template_info": None, "frames": [_discreet(frame) for frame in told["frames"]]}
        told["lastframe"] = told["frames"][-1] if told["frames"] else None
        if self.request is not None:
            told |= _request_data(self.request)
        return told


def _request_data(request: HttpRequest) -> dict[str, Any]:
    """The address as its pattern: what stands in it may be a key, or whatever a stranger typed."""
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else HIDDEN
    return {
        "request": SimpleNamespace(path_info=route, META={"REQUEST_METHOD": request.method}),
        "request_insecure_uri": route,
        "request_GET_items": dict.fromkeys(request.GET, HIDDEN).items(),
        "request_FILES_items": dict.fromkeys(request.FILES, HIDDEN).items(),
    }


def message_of(error: BaseException | None) -> str:
    if error is None or isinstance(error, _TELLING):
        return str(error or "")
    return HIDDEN


def _discreet(frame: dict[str, Any]) -> dict[str, Any]:
    """What was raised before is told by its kind."""
    cause = frame.get("exc_cause")
    return {**frame, "exc_cause": type(cause).__name__ if cause is not None else None}
