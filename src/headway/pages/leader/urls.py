"""Addresses of the leaders' pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.leader import (
    content,
    credit,
    data,
    efficacy,
    models,
    outcomes,
    pilot_verdict,
    pilots,
    roster,
    screening,
    views,
)

urlpatterns: list[URLPattern] = [
    path("data", data.data, name="data"),
    path("models", models.standing, name="models"),
    path("models/refit", models.begin, name="models-refit"),
    path("models/decide", models.decide, name="models-decide"),
    path("models/progress", models.progress, name="models-progress"),
    path("credit", credit.credit, name="credit"),
    path("models/content", content.findings, name="content"),
    path("models/content/finding", content.finding, name="content-finding"),
    path("models/content/decide", content.decide, name="content-decide"),
    path("efficacy", efficacy.efficacy, name="efficacy"),
    path("efficacy/begin", efficacy.begin, name="efficacy-begin"),
    path("roster", roster.roster, name="roster"),
    path("roster/hand-in", roster.hand_in, name="roster-hand-in"),
    path("roster/decide", roster.decide, name="roster-decide"),
    path("roster/progress", roster.progress, name="roster-progress"),
    path("roster/export.zip", roster.export, name="roster-export"),
    path("roster/report.csv", roster.report, name="roster-report"),
    path("outcomes", outcomes.outcomes, name="outcomes"),
    path("outcomes/one", outcomes.outcome, name="outcome"),
    path("outcomes/edit", outcomes.edit, name="outcome-edit"),
    path("outcomes/measure", outcomes.measure, name="outcomes-measure"),
    path("pilots", pilots.pilots, name="pilots"),
    path("pilots/new", pilots.edit, name="pilot-new"),
    path("pilots/promise", pilots.promised, name="pilot-promise"),
    path("pilots/<uuid:pilot>", pilots.pilot, name="pilot"),
    path("pilots/<uuid:pilot>/edit", pilots.edit, name="pilot-edit"),
    path("pilots/<uuid:pilot>/act", pilots.act, name="pilot-act"),
    path("pilots/<uuid:pilot>/verdict", pilot_verdict.verdict, name="pilot-verdict"),
    path("pilots/<uuid:pilot>/verdict.pdf", pilot_verdict.verdict_pdf, name="pilot-verdict-pdf"),
    path("lead", views.schools, name="lead"),
    path("lead/screen-time", views.screen_time, name="screen-time"),
    path("screenings", screening.windows, name="screenings"),
    path("screenings/<uuid:window>/settings", screening.settings, name="screening-settings"),
    path("screenings/<uuid:window>/close", screening.close, name="screening-close"),
    path("screenings/<uuid:window>/results", screening.results, name="screening-results"),
]
