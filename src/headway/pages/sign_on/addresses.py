"""What has to be registered at the provider of a sign-on service."""

from __future__ import annotations

from django.urls import reverse

from headway.pages.sign_on.door import back_of, slug_of
from headway.school.exchange.sign_on.services import Service


def to_register(service: Service) -> tuple[str, str]:
    """The path that answers come back to, and for SAML that of our metadata, else nothing."""
    if service.kind == "saml":
        slug = slug_of(service)
        return reverse("saml_acs", args=[slug]), reverse("saml_metadata", args=[slug])
    return back_of(service), ""
