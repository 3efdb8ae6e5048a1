"""Addresses of LTI."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.lti import choose, launch, register, settings

urlpatterns: list[URLPattern] = [
    path("lti", settings.standing, name="lti"),
    path("lti/members/<uuid:link>", settings.members, name="lti-members"),
    path("lti/add", settings.add, name="lti-add"),
    path("lti/change", settings.change, name="lti-change"),
    path("lti/<uuid:district>/register/<str:secret>", register.register, name="lti-register"),
    path("lti/<uuid:district>/<uuid:platform>/choose", choose.choose, name="lti-choose"),
    path("lti/<uuid:district>/keys", launch.keys, name="lti-keys"),
    path("lti/<uuid:district>/<uuid:platform>/begin", launch.first_call, name="lti-begin"),
    path("lti/<uuid:district>/<uuid:platform>/launch", launch.answer, name="lti-launch"),
    path("lti/<uuid:district>/<uuid:platform>/enter", launch.enter, name="lti-enter"),
    path("lti/open/<str:kind>", launch.to_place, name="lti-open"),
    path("lti/open/<str:kind>/<str:key>", launch.to_place, name="lti-open"),
]
