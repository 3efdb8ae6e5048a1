"""A language model on a lead: it may word a hint that the coach has established, and nothing else.

Off unless the district has named an endpoint. What leaves is the problem, the mathematics of the lines and the coach's
sentence; what comes back is shown only if :mod:`headway.core.coaching.phrasing` finds nothing against it. Whatever goes
wrong, the learner gets the coach's own words, at the latest when the seconds are over. Every question is logged.
"""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener
from uuid import UUID

from django.utils import translation

from headway.core.coaching.phrasing import brief, refusal
from headway.core.coaching.working import Working
from headway.core.text import T, Text, verbatim
from headway.school.coaching.models import CoachModel, Phrasing
from headway.school.people.models import Person
from headway.school.people.refusal import Malformed
from headway.school.people.tenancy import in_district

MOST_BYTES = 64 * 1024
LONGEST = 10.0
TASK = (
    "You word hints for a school learner. Say the hint in other words, in {language}, in one or two short sentences that "
    "a ten-year-old can read. Use no number and no formula that is not in the hint. Never say an answer. Reply with the "
    "sentences only."
)
LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True, slots=True)
class Model:
    """Where the district's model is; see :class:`~headway.school.coaching.models.CoachModel`."""

    url: str
    model: str
    key_variable: str = ""
    seconds: float = 2.0
    on: bool = True


class _NoRedirects(HTTPRedirectHandler):
    """What is sent stays with the host that the district named."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


_opener: OpenerDirector = build_opener(_NoRedirects)
_pool = ThreadPoolExecutor(8, thread_name_prefix="phrasing")
"""Not the coach's: a slow endpoint must not keep a line waiting."""


def model_of(district: UUID) -> Model | None:
    """The model that is in use, or None."""
    with in_district(district):
        row = CoachModel.objects.filter(on=True).first()
    return None if row is None else Model(row.url, row.model, row.key_variable, row.seconds)


def set_model(*, district: UUID, model: Model) -> None:
    """Name the district's model, or switch it off (``on`` False). Raises Malformed for an address that is not https
    (http is for this machine only) or seconds out of range."""
    parts = urlsplit(model.url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if model.on and (parts.scheme not in ("https", "http") or not parts.hostname):
        raise Malformed(T("The address of the model is no web address. Write it as https://host/v1."))
    if model.on and parts.scheme == "http" and not local:
        raise Malformed(T("The address of the model must begin with https: learners' mathematics leaves for it."))
    if not 0.1 <= model.seconds <= LONGEST:
        raise Malformed(T("The seconds to wait are from 0.1 to {most}.", most=int(LONGEST)))
    with in_district(district):
        fields = {"url": model.url, "model": model.model, "key_variable": model.key_variable}
        CoachModel.objects.update_or_create(
            district_id=district, defaults={**fields, "seconds": model.seconds, "on": model.on}
        )


def last_questions(district: UUID, most: int = 20) -> list[dict[str, Any]]:
    """The newest questions to the model: sent, received, refused, seconds, at (seconds since 1970)."""
    with in_district(district):
        rows = list(Phrasing.objects.order_by("-id")[:most])
    return [
        {"sent": row.sent, "received": row.received, "refused": row.refused, "seconds": row.seconds, "at": row.now}
        for row in rows
    ]


def phrased(district: UUID, learner: UUID, working: Working, hint: Text, now: float) -> Text:
    """The hint in a model's words, if the district has a model and nothing speaks against them; else the hint itself."""
    model = model_of(district)
    if model is None:
        return hint
    with in_district(district):
        language = Person.objects.values_list("language", flat=True).get(id=learner)
    with translation.override(language):
        own = hint.translate(lambda message: str(translation.gettext(message)))
    sent = brief(working, own)
    began = time.monotonic()
    received, why = _asked(model, sent, language)
    why = why or refusal(received, own=own, working=working, language=language)
    with in_district(district):
        Phrasing.objects.create(
            district_id=district,
            url=model.url,
            model=model.model,
            sent=sent,
            received=received.replace("\x00", "")[:4_000],
            refused=why,
            seconds=time.monotonic() - began,
            now=now,
        )
    return hint if why else verbatim(received.strip())


def _asked(model: Model, sent: str, language: str) -> tuple[str, str]:
    """Ask the endpoint; return the text, and what went wrong ("" when nothing did)."""
    try:
        return _pool.submit(_post, model, sent, language).result(model.seconds)
    except TimeoutError:
        return "", "slow"


def _post(model: Model, sent: str, language: str) -> tuple[str, str]:
    body = {
        "model": model.model,
        "max_tokens": 120,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": TASK.format(language=LANGUAGES.get(language, "English"))},
            {"role": "user", "content": sent},
        ],
    }
    headers = {"content-type": "application/json", "accept": "application/json"}
    if key := os.environ.get(model.key_variable, "") if model.key_variable else "":
        headers["authorization"] = f"Bearer {key}"
    address = f"{model.url.rstrip('/')}/chat/completions"
    request = Request(address, json.dumps(body).encode(), headers)  # noqa: S310 (set_model allows http and https only)
    try:
        with _opener.open(request, timeout=model.seconds) as answer:
            raw = answer.read(MOST_BYTES + 1)
    except HTTPError as error:
        error.close()
        return "", f"status {error.code}"
    except TimeoutError:
        return "", "slow"
    except (URLError, HTTPException, OSError, ValueError) as error:
        slow = isinstance(error, URLError) and isinstance(error.reason, TimeoutError)
        return "", "slow" if slow else "unreachable"
    return _text_in(raw)


def _text_in(raw: bytes) -> tuple[str, str]:
    if len(raw) > MOST_BYTES:
        return "", "too large"
    try:
        text = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return "", "malformed"
    return (text, "") if isinstance(text, str) else ("", "malformed")
