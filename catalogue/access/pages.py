"""The pages of signing in."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import factor, steps
from .forms import CodeForm, PasswordForm


class PasswordPage(LoginView):
    """Where to go on afterwards comes from the address; another host is never gone to (LoginView sees to that)."""

    template_name = "admin/login.html"
    authentication_form = PasswordForm

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if not factor.is_set(user):
            return super().form_valid(form)
        steps.wait(self.request, user)
        query = urlencode({REDIRECT_FIELD_NAME: self.get_success_url()})
        return HttpResponseRedirect(f"{reverse('admin:login_code')}?{query}")

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")


class CodePage(PasswordPage):
    template_name = "admin/access/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.waiting = steps.who_waits(request)
        if self.waiting is None:
            query = urlencode({REDIRECT_FIELD_NAME: self.get_success_url()})
            return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=CodeForm(request, self._user())))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, user = steps.take_code(request, self._user())
        if user is None:
            return self.render_to_response(self.get_context_data(form=form))
        login(request, user)
        return HttpResponseRedirect(self.get_success_url())

    def _user(self) -> Any:
        return self.waiting


def password_page(site: AdminSite, request: HttpRequest, extra: dict[str, Any] | None = None) -> HttpResponseBase:
    if request.method == "GET" and site.has_permission(request):
        return HttpResponseRedirect(reverse("admin:index"))
    return _shown(site, PasswordPage, request, {"title": _("Log in"), **(extra or {})})


def code_page(site: AdminSite, request: HttpRequest) -> HttpResponseBase:
    return _shown(site, CodePage, request, {"title": _("Second step: your code")})


def _shown(site: AdminSite, page: type[LoginView], request: HttpRequest, more: dict[str, Any]) -> HttpResponseBase:
    context = {
        **site.each_context(request),
        "subtitle": None,
        "app_path": request.get_full_path(),
        "username": request.user.get_username(),
        **more,
    }
    request.current_app = site.name
    return page.as_view(extra_context=context)(request)
