"""Addresses of other providers' tools."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.tools import opening, section, settings

urlpatterns: list[URLPattern] = [
    path("lti/tools", settings.standing, name="tools"),
    path("lti/tools/add", settings.add, name="tools-add"),
    path("lti/tools/change", settings.change, name="tools-change"),
    path("lti/<uuid:district>/.well-known/openid-configuration", opening.described, name="tools-configuration"),
    path("lti/<uuid:district>/authorize", opening.authorization, name="tools-authorize"),
    path("lti/<uuid:district>/chosen", opening.chosen, name="tools-answer"),
    path("lti/go/<uuid:placement>", opening.go, name="tools-go"),
    path("lti/back/<uuid:visit>", opening.back, name="tools-back"),
    path("lti/chosen/<uuid:visit>", section.confirm, name="tools-chosen"),
    path("teach/<uuid:section>/tools", section.standing, name="section-tools"),
    path("teach/<uuid:section>/tools/<uuid:tool>", section.choose, name="section-tools-choose"),
]
