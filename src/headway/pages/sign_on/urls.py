"""Addresses of sign-on. Those of SAML have the names that django-allauth gives them, outside of a namespace."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.sign_on import settings, views

urlpatterns: list[URLPattern] = [
    path("sign-in/by/<uuid:district>/<uuid:service>", views.begin, name="sign-on-begin"),
    path("sign-in/back/<uuid:district>/<uuid:service>", views.come_back, name="sign-on-back"),
    path("sign-on", settings.standing, name="sign-on"),
    path("sign-on/add", settings.add, name="sign-on-add"),
    path("sign-on/change", settings.change, name="sign-on-change"),
]

saml_urlpatterns: list[URLPattern] = [
    path("saml/<str:organization_slug>/acs/", views.saml_acs, name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", views.saml_finish, name="saml_finish_acs"),
    path("saml/<str:organization_slug>/metadata/", views.saml_metadata, name="saml_metadata"),
    path("saml/<str:organization_slug>/sls/", views.saml_out, name="saml_sls"),
]
