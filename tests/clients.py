"""Browsers without a window: Django's client, as a stranger or signed in as somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.test import Client

from headway.school.people.models import Person
from headway.school.people.sign_in import demo_link_token

T = TypeVar("T")


def waited(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, run in a thread of its own: a browser's test may have left a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def visitor(*, csrf: bool = False) -> Client:
    """A browser without a session."""
    return Client(enforce_csrf_checks=csrf, SERVER_NAME="localhost")


def signed_in(person: Person) -> Client:
    """A browser that is signed in as somebody, by a link of the demo."""
    client = visitor()
    assert client.get(f"/demo/sign-in/{demo_link_token(person)}").status_code == 302
    return client
