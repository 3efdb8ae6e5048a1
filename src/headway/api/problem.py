"""Errors as RFC 9457 problem details: one shape for every route."""

from __future__ import annotations

from typing import Any

from headway.school.loop import Refused

CONTENT_TYPE = "application/problem+json"

STATUS = {
    "malformed": 422,
    "unknown-learner": 404,
    "unknown-activity": 404,
    "key-reused": 409,
    "not-open": 409,
    "unavailable": 503,
    "too-many": 429,
}

TITLES = {
    "malformed": "The request is not well formed",
    "unknown-learner": "No such learner",
    "unknown-activity": "No such activity",
    "key-reused": "The key was used for another request",
    "not-open": "The problem is not open any more",
    "unavailable": "Saving is not possible right now",
    "unauthenticated": "Sign in first",
    "forbidden": "Not allowed",
    "not-found": "Not found",
    "too-many": "Too many requests",
    "method": "Method not allowed",
}


def problem(code: str, status: int, detail: str, **more: Any) -> dict[str, Any]:
    """Return the members of a problem: type, title, status, detail, and what helps to mend it."""
    return {
        "type": f"urn:headway:problem:{code}",
        "title": TITLES.get(code, code),
        "status": status,
        "detail": detail,
        **more,
    }


def refusal(error: Refused, translated: str) -> dict[str, Any]:
    """Return the problem of a refused submission."""
    return problem(error.code, STATUS.get(error.code, 400), translated)
