"""Addresses of a person's pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.person import everything, mastery, outcomes, profile, saying, standards, steer, transcript, work

urlpatterns: list[URLPattern] = [
    path("me", profile.me, name="me"),
    path("profile/<uuid:learner>", profile.profile, name="profile"),
    path("profile/<uuid:learner>/say", saying.say, name="profile-say"),
    path("profile/<uuid:learner>/steer", steer.steer, name="steer"),
    path("outcomes/<uuid:learner>", outcomes.own, name="own-outcomes"),
    path("profile/<uuid:learner>/projects", work.work, name="person-work"),
    path("profile/<uuid:learner>/score", work.contest, name="score-contest"),
    path("mastery", mastery.mine, name="my-mastery"),
    path("profile/<uuid:learner>/mastery", mastery.mastery, name="mastery"),
    path("profile/<uuid:learner>/standards", standards.standards, name="standards"),
    path("profile/<uuid:learner>/transcript.pdf", transcript.transcript, name="transcript"),
    path("profile/<uuid:learner>/everything.<slug:form>", everything.take_away, name="everything"),
    path("profile/<uuid:learner>/credit/<uuid:credit>.jwt", mastery.badge, name="credential"),
    path("profile/<uuid:learner>/evidence/<slug:kind>/<str:key>", profile.evidence, name="profile-evidence"),
]
