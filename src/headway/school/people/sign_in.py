"""Signing in: who a session belongs to. It names its district, so the lookup happens inside the tenant."""

from __future__ import annotations

import time
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from headway.school.people.models import Person
from headway.school.people.shared import begin_shared
from headway.school.people.tenancy import DISTRICT_KEY, current_district, in_district

BACKEND = "headway.school.people.sign_in.TenantBackend"
DEMO_SALT = "headway.demo.sign-in"
DEMO_LINK_SECONDS = 60 * 60 * 24 * 30


class TenantBackend:
    """Django's session framework asks here for the person of a session."""

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> Person | None:
        """No passwords: people come by link (demo) or by the district's sign-on service."""
        del request, credentials
        return None

    def get_user(self, user_id: object) -> Person | None:
        """Return the person, or None outside of their district or when they have left."""
        if current_district() is None:
            return None
        return Person.objects.filter(id=str(user_id), is_active=True).first()


def demo_link_token(person: Person) -> str:
    """A signed token that signs this person in on a demo installation."""
    return signing.dumps([str(person.district_id), str(person.id)], salt=DEMO_SALT)


def person_of_demo_token(token: str) -> Person | None:
    """The person of a demo link; None when the link is not ours, too old, or the person is gone.

    Raises ImproperlyConfigured outside of a demo: production has no such door, whatever its addresses say.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured("demo sign-in does not exist in production")
    try:
        district, person_id = signing.loads(token, salt=DEMO_SALT, max_age=DEMO_LINK_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    with in_district(UUID(district)):
        return Person.objects.filter(id=person_id, is_active=True).first()


def begin_session(request: HttpRequest, person: Person) -> None:
    """Sign somebody in, inside their district; whoever was signed in in this browser before is not any more."""
    sign_out(request)
    login(request, person, backend=BACKEND)
    request.session[DISTRICT_KEY] = str(person.district_id)
    request.session["signed_in_at"] = time.time()
    begin_shared(request, time.time())


def sign_out(request: HttpRequest) -> None:
    """Forget the session on the server and in the browser."""
    logout(request)
