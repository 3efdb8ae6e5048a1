"""Browsers without a window: Django's client, as a stranger or signed in as somebody."""

from __future__ import annotations

from django.test import Client

from headway.school.people.models import Person
from headway.school.people.sign_in import demo_link_token


def visitor(*, csrf: bool = False) -> Client:
    """A browser without a session."""
    return Client(enforce_csrf_checks=csrf, SERVER_NAME="localhost")


def signed_in(person: Person) -> Client:
    """A browser that is signed in as somebody, by a link of the demo."""
    client = visitor()
    assert client.get(f"/demo/sign-in/{demo_link_token(person)}").status_code == 302
    return client
