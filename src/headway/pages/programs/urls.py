"""Addresses of the page of programs."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.programs import views

urlpatterns: list[URLPattern] = [
    path("programs", views.standing, name="programs"),
    path("programs/register", views.register, name="programs-register"),
    path("programs/change", views.change, name="programs-change"),
]
