"""Addresses of a person's pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.person import profile, saying

urlpatterns: list[URLPattern] = [
    path("me", profile.me, name="me"),
    path("profile/<uuid:learner>", profile.profile, name="profile"),
    path("profile/<uuid:learner>/say", saying.say, name="profile-say"),
    path("profile/<uuid:learner>/evidence/<slug:kind>/<str:key>", profile.evidence, name="profile-evidence"),
]
