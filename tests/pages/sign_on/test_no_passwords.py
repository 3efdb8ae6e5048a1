"""In production nobody comes in by a password of ours: there is none, whatever stands in the database."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import override_settings

from headway.school.people.tenancy import in_district
from tests.cast import make_cast
from tests.clients import visitor

ELSEWHERE = ("/login", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/admin/", "/admin/login/")
"""Where Django and django-allauth have forms for passwords, when they are let."""


@pytest.mark.usefixtures("database")
def test_a_password_opens_nothing() -> None:
    cast = make_cast(curriculum=False)
    with override_settings(PRODUCTION=True):
        with in_district(cast.district.id):
            cast["Dana"].set_password("kept since another system")
            cast["Dana"].save()
            for name in ("username", "id", "email", "login"):
                assert authenticate(None, **{name: str(cast["Dana"].id)}, password="kept since another system") is None
        client = visitor()
        page = client.get("/sign-in", {"at": str(cast.district.id)})
        assert page.status_code == 200 and 'type="password"' not in page.content.decode()
        form = {"username": str(cast["Dana"].id), "password": "kept since another system"}
        assert client.post("/sign-in", form).status_code == 405
        assert [client.post(each, form).status_code for each in ELSEWHERE] == [404] * len(ELSEWHERE)
        assert client.get("/sign-on").headers["Location"].startswith("/sign-in")


def test_only_our_own_backend_is_asked() -> None:
    assert settings.AUTHENTICATION_BACKENDS == ["headway.school.people.sign_in.TenantBackend"]
