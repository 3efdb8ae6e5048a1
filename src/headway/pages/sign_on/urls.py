"""Addresses of sign-on. Those of SAML have the names that django-allauth gives them, outside of a namespace."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.sign_on import cards, rules, second, settings, views

urlpatterns: list[URLPattern] = [
    path("sign-in/by/<uuid:district>/<uuid:service>", views.begin, name="sign-on-begin"),
    path("sign-in/back/<uuid:district>/<uuid:service>", views.come_back, name="sign-on-back"),
    path("sign-in/card", cards.card, name="card"),
    path("sign-in/card/<str:token>", cards.scanned, name="card-scanned"),
    path("sign-in/pictures", cards.pictures, name="pictures"),
    path("sign-in/second", second.ask, name="second-step-ask"),
    path("sign-in/second/new", second.new, name="second-step-new"),
    path("second-step", second.own, name="second-step"),
    path("second-step/change", second.change, name="second-step-change"),
    path("sign-on", settings.standing, name="sign-on"),
    path("sign-on/add", settings.add, name="sign-on-add"),
    path("sign-on/change", settings.change, name="sign-on-change"),
    path("sign-on/second", rules.change, name="sign-on-second"),
]

saml_urlpatterns: list[URLPattern] = [
    path("saml/<str:organization_slug>/acs/", views.saml_acs, name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", views.saml_finish, name="saml_finish_acs"),
    path("saml/<str:organization_slug>/metadata/", views.saml_metadata, name="saml_metadata"),
    path("saml/<str:organization_slug>/sls/", views.saml_out, name="saml_sls"),
]
