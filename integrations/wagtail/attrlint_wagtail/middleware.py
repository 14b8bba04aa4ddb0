"""Telling whoever published that the page was held back, wherever in Wagtail they did it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from attrlint_wagtail.gate import PublishingHeld


class HeldMiddleware:
    """Turns a refusal into a message and the way back to the editor, or into a 409 with the findings for programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a request that publishing was refused to; all other errors are left alone."""
        if not isinstance(exception, PublishingHeld):
            return None
        words = str(exception)
        if "/bulk/" in request.path:
            words = _("None of the selected pages was published. %(reason)s") % {"reason": words}
        script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if script or not request.accepts("text/html") or not request.path.startswith(reverse("wagtailadmin_home")):
            places = [
                {"rule": one.finding.rule, "words": one.words, "place": one.place.label} for one in exception.findings
            ]
            return JsonResponse({"detail": words, "findings": places}, status=409)
        messages.error(request, words)
        return redirect("wagtailadmin_pages:edit", exception.page.pk)
