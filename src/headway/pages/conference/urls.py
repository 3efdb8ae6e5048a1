"""Addresses of conferences; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.conference import listed, packet, run, talks

urlpatterns: list[URLPattern] = [
    path("conferences", listed.listed, name="conferences"),
    path("conferences/<uuid:talk>", run.conference, name="conference"),
    path("talks", talks.mine, name="my-talks"),
    path("profile/<uuid:learner>/talks", talks.talks, name="talks"),
    path("profile/<uuid:learner>/packet", packet.packet, name="packet"),
    path("profile/<uuid:learner>/packet.pdf", packet.packet_pdf, name="packet-pdf"),
]
