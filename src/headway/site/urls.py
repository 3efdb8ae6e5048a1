"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

from headway.api.rest import api, nothing_here
from headway.pages.sign_on.urls import saml_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("api/<path:rest>", nothing_here),
    path("", include("headway.pages.urls")),
    *saml_urlpatterns,
]

handler400 = "headway.pages.errors.bad_request"
handler403 = "headway.pages.errors.forbidden"
handler404 = "headway.pages.errors.not_found"
handler500 = "headway.pages.errors.server_error"
