"""Addresses of the family's pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.family import mail, teach, views, weeks

urlpatterns: list[URLPattern] = [
    path("family", views.children, name="family"),
    path("family/mail", mail.mail, name="family-mail"),
    path("family/<uuid:learner>", views.child, name="family-child"),
    path("family/<uuid:learner>/week/<str:day>", weeks.week, name="family-week"),
    path("family/<uuid:learner>/teach", teach.teach, name="family-teach"),
    path("family/<uuid:learner>/teach/<int:number>", teach.taught, name="family-taught"),
]
