"""Addresses of the page of the record store."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.records import views

urlpatterns: list[URLPattern] = [
    path("record-store", views.standing, name="record-store"),
    path("record-store/add", views.add, name="record-store-add"),
    path("record-store/change", views.change, name="record-store-change"),
    path("record-store/settle", views.settle, name="record-store-settle"),
]
