"""API tokens: made and revoked by a signed-in person, in their own name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from headway.api.authenticate import Forbidden, viewer
from headway.api.schemas import PROBLEMS, TokenIn, TokenOut
from headway.school.people.access import NotAllowed
from headway.school.people.models import ApiToken
from headway.school.people.tokens import SCOPES, issue_token, revoke_token, tokens_of

router = Router(tags=["tokens"])


def _out(row: ApiToken, token: str = "") -> dict[str, Any]:
    made = row.created_at.timestamp()
    return {"id": row.id, "name": row.name, "scopes": row.scopes, "created_at": made, "token": token}


def _session_only(request: HttpRequest) -> None:
    if request.auth.scopes is not None:  # type: ignore[attr-defined]
        raise Forbidden("Tokens are managed by signing in, not with a token.")


@router.get("/tokens", response={200: list[TokenOut], **PROBLEMS}, summary="My tokens")
def tokens(request: HttpRequest) -> list[dict[str, Any]]:
    """The caller's tokens in force; their secrets are not kept and cannot be shown again."""
    _session_only(request)
    return [_out(row) for row in tokens_of(viewer(request).person)]


@router.post("/tokens", response={201: TokenOut, **PROBLEMS}, summary="Make a token")
def make(request: HttpRequest, body: TokenIn) -> Status[dict[str, Any]]:
    """The answer holds the token, this once."""
    _session_only(request)
    unknown = sorted(set(body.scopes) - set(SCOPES))
    if unknown:
        raise Forbidden(f"There is no scope {unknown[0]!r}: use {', '.join(SCOPES)}.")
    row, token = issue_token(person=viewer(request).person, name=body.name, scopes=body.scopes)
    return Status(201, _out(row, token))


@router.delete("/tokens/{uuid:token}", response={204: None, **PROBLEMS}, summary="Revoke a token")
def revoke(request: HttpRequest, token: UUID) -> Status[None]:
    """The token stops working within half a minute."""
    _session_only(request)
    if not revoke_token(person=viewer(request).person, token=token):
        raise NotAllowed("You have no such token.")
    return Status(204, None)
