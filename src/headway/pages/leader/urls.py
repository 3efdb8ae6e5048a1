"""Addresses of the leaders' pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.leader import views

urlpatterns: list[URLPattern] = [path("lead", views.schools, name="lead")]
