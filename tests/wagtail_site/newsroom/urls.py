"""The addresses of the site."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.models import Page


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the latest revision of a page, as a site's own API does."""
    Page.objects.get(pk=pk).get_latest_revision().publish()
    return HttpResponse(json.dumps({"published": pk}), content_type="application/json")


urlpatterns = [
    path("api/publish/<int:pk>/", publish),
    path("admin/", include(admin_urls)),
    path("", include(wagtail_urls)),
]
