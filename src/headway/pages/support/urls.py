"""Addresses of the pages of support; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.support import home, overview, plans, prints, probes, rules, team

urlpatterns: list[URLPattern] = [
    path("support", home.home, name="support"),
    path("support/overview", overview.overview, name="support-overview"),
    path("support/group/<uuid:group>", home.group, name="support-group"),
    path("support/group/<uuid:group>/log", home.log, name="support-log"),
    path("support/plan/<uuid:plan>", plans.plan, name="support-plan"),
    path("support/plan/<uuid:plan>/end", plans.end, name="support-plan-end"),
    path("support/plan/<uuid:plan>/probe", probes.new, name="support-probe-new"),
    path("support/plan/<uuid:plan>/report.pdf", prints.plan_report, name="support-report"),
    path("support/probe/<uuid:form>", probes.form, name="support-probe"),
    path("support/probe/<uuid:form>/score", probes.score, name="support-probe-score"),
    path("support/probe/<uuid:form>/back", probes.back, name="support-probe-back"),
    path("support/probe/<uuid:form>/sheet.pdf", probes.sheet, name="support-probe-sheet"),
    path("support/team", team.team, name="support-team"),
    path("support/team/meet", team.meet, name="support-meet"),
    path("support/team/<uuid:learner>", team.case, name="support-case"),
    path("support/team/<uuid:learner>/decide", team.decide, name="support-decide"),
    path("support/team/<uuid:learner>/plan", plans.new, name="support-plan-new"),
    path("support/minutes/<uuid:meeting>.pdf", prints.meeting_minutes, name="support-minutes"),
    path("support/letter/<int:decision>.pdf", prints.family_letter, name="support-letter"),
    path("support/rules", rules.rules, name="support-rules"),
]
