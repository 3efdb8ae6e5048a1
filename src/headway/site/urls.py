"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("headway.pages.urls"))]

handler400 = "headway.pages.errors.bad_request"
handler403 = "headway.pages.errors.forbidden"
handler404 = "headway.pages.errors.not_found"
handler500 = "headway.pages.errors.server_error"
