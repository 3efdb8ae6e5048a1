"""Addresses of the family's pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.family import views

urlpatterns: list[URLPattern] = [
    path("family", views.children, name="family"),
    path("family/<uuid:learner>", views.child, name="family-child"),
]
