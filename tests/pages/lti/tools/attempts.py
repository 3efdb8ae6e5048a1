"""How hostile things are done to a district with a tool: each attempt returns what it was answered with, in short."""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import Client

from headway.standards.lti import words
from tests.api.programs import Answer
from tests.clients import signed_in, visitor
from tests.pages.lti.platform_peer import HERE, packed
from tests.pages.lti.tools.test_round_trip import score
from tests.pages.lti.tools.tool_peer import Seat, posted

Attempt = Callable[["Scene"], str]
"""Does something; see above."""


class Scene:
    """A district with the tool in class A, and with a second one of another provider."""

    def __init__(self, seat: Seat, second: Seat, placement: str, foreign: Seat) -> None:
        self.seat, self.second, self.placement, self.foreign = seat, second, placement, foreign
        self.browsers: dict[str, Client] = {}
        self._claims: dict[str, Any] = {}

    def browser(self, name: str) -> Client:
        if name not in self.browsers:
            self.browsers[name] = signed_in(self.seat.cast[name])
        return self.browsers[name]

    def asked(self, name: str = "Ana", **other: str) -> dict[str, str]:
        """A good request for a launch that somebody has just begun."""
        return self.seat.request(self.browser(name).get(f"/lti/go/{self.placement}").headers["Location"], **other)

    def claims(self, name: str = "Ana") -> dict[str, Any]:
        """What the tool knows of somebody since they came, once for all."""
        if name not in self._claims:
            self._claims[name] = self.seat.launch(self.browser(name), f"/lti/go/{self.placement}")
        found: dict[str, Any] = self._claims[name]
        return found

    @property
    def item(self) -> str:
        return str(self.claims()[words.GRADES]["lineitem"])

    def choosing(self) -> dict[str, Any]:
        claims = self.seat.launch(self.browser("Okafor"), f"/teach/{self.seat.cast.a.id}/tools/{self.seat.tool.id}")
        found: dict[str, Any] = claims[f"{words.DEEP}deep_linking_settings"]
        return found


def unsigned(claims: dict[str, Any], kid: str = "x", alg: str = "none") -> str:
    return ".".join(packed(json.dumps(part).encode()) for part in ({"alg": alg, "kid": kid}, claims)) + "."


def opens(name: str = "Ana", browser: str = "", **other: str) -> Attempt:
    """A request for a launch, with something else in it, perhaps in another's browser."""

    def attempt(scene: Scene) -> str:
        asked = {k: v for k, v in scene.asked(name, **other).items() if v}
        client = visitor() if browser == "nobody" else scene.browser(browser or name)
        page = scene.seat.authorise(client, asked)
        if page.status_code != 200:
            return f"page {page.status_code}"
        address, fields = posted(page)
        assert address == f"{scene.seat.peer.address}/launch" and "id_token" not in fields, fields
        return f"error {fields['error']}"

    return attempt


def twice(scene: Scene) -> str:
    asked = scene.asked()
    assert "id_token" in posted(scene.seat.authorise(scene.browser("Ana"), asked))[1]
    return f"error {posted(scene.seat.authorise(scene.browser('Ana'), asked))[1]['error']}"


def of_another_tool(scene: Scene) -> str:
    at = f"{scene.second.peer.address}/launch"
    address, fields = posted(
        scene.seat.authorise(scene.browser("Ana"), scene.asked(client_id=scene.second.client, redirect_uri=at))
    )
    assert address == at and "id_token" not in fields
    return f"error {fields['error']}"


def left(scene: Scene) -> str:
    return f"page {scene.browser('Eva').get(f'/lti/go/{scene.placement}').status_code}"


def token(change: Callable[[Scene], dict[str, Any]], scope: str = words.SCORE, **form: str) -> Attempt:
    def attempt(scene: Scene) -> str:
        return said(scene.seat.ask_token(scene.seat.assertion(**change(scene)), scope, **form))

    return attempt


def said(answer: Answer) -> str:
    return f"{answer.status} {answer.json().get('error', '')}" if answer.status in (400, 401) else str(answer.status)


def raw_token(make: Callable[[Scene], str]) -> Attempt:
    return lambda scene: said(scene.seat.ask_token(make(scene), words.SCORE))


def good(scene: Scene) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": scene.seat.client, "sub": scene.seat.client, "aud": f"{HERE}/oauth2/token", "iat": now, "exp": now + 60,
            "jti": secrets.token_hex(8)}  # fmt: skip


def shared_secret(scene: Scene) -> str:
    import hmac

    key = scene.seat.peer.keys[-1]
    body = unsigned(good(scene), str(key.kid), "HS256").rstrip(".")
    return f"{body}.{packed(hmac.digest(key.as_pem(private=False), body.encode(), 'sha256'))}"


def replayed(scene: Scene) -> str:
    assertion = scene.seat.assertion()
    assert scene.seat.ask_token(assertion, words.SCORE).status == 200
    return said(scene.seat.ask_token(assertion, words.SCORE))


def asks(
    method: str, place: Callable[[Scene], str], body: Callable[[Scene], Any] | None = None, *, by: str = ""
) -> Attempt:
    """A request of our services: ``by`` is a scope, ``second`` or ``foreign`` for the token of another, or a made-up token."""

    def attempt(scene: Scene) -> str:
        others = {"second": scene.second, "foreign": scene.foreign}
        own = scene.seat.token(by) if by.startswith("https:") else by or None
        bearer = others[by].token() if by in others else own
        kept = scene.seat.ask("GET", scene.item).json()
        answer = scene.seat.ask(method, place(scene), body(scene) if body else None, token=bearer)
        assert scene.seat.ask("GET", scene.item).json() == kept
        return str(answer.status)

    return attempt


def scores(name: str = "Ana", **more: Any) -> Attempt:
    return asks("POST", lambda s: f"{s.item}/scores", lambda s: score(s.claims(name)["sub"], **more))


def stranger(find: Callable[[Scene], str]) -> Attempt:
    return asks("POST", lambda s: f"{s.item}/scores", lambda s: score(find(s)))


def other_section(scene: Scene) -> str:
    return scene.item.replace(str(scene.seat.cast.a.id), str(scene.seat.cast.b.id))


def chooses(wrong: dict[str, Any]) -> Attempt:
    """A deep linking response with something wrong in it."""

    def attempt(scene: Scene) -> str:
        found = {k: v(scene) if callable(v) else v for k, v in wrong.items()}
        return answered(scene, scene.seat.answer(scene.choosing(), [], **found))

    return attempt


def links_to(url: object) -> Attempt:
    return lambda scene: answered(
        scene, scene.seat.answer(scene.choosing(), [{"type": "ltiResourceLink", "title": "x", "url": url}])
    )


def answered(scene: Scene, word: str) -> str:
    page = visitor().post(f"/lti/{scene.seat.cast.district.id}/chosen", {"JWT": word})
    return f"page {page.status_code}"


def chosen_twice(scene: Scene) -> str:
    word = scene.seat.answer(scene.choosing(), [])
    assert answered(scene, word) == "page 200"
    return answered(scene, word)


def chosen_again(scene: Scene) -> str:
    settings = scene.choosing()
    assert answered(scene, scene.seat.answer(settings, [])) == "page 200"
    return answered(scene, scene.seat.answer(settings, []))


def chosen_by_another(scene: Scene) -> str:
    settings = scene.choosing()
    return answered(scene, scene.second.answer(settings, []))


def never_went(scene: Scene) -> str:
    began = scene.browser("Okafor").get(f"/teach/{scene.seat.cast.a.id}/tools/{scene.seat.tool.id}").headers["Location"]
    hint = dict(parse_qsl(urlsplit(began).query))["lti_message_hint"]
    return answered(scene, scene.seat.answer({"data": hint}, []))


def chosen_unsigned(scene: Scene) -> str:
    word = scene.seat.answer(scene.choosing(), [])
    middle = word.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return answered(scene, unsigned(claims, str(scene.seat.peer.keys[-1].kid)))


def looks_at(name: str) -> Attempt:
    def attempt(scene: Scene) -> str:
        settings = scene.choosing()
        assert answered(scene, scene.seat.answer(settings, [])) == "page 200"
        return f"page {scene.browser(name).get('/lti/chosen/' + settings['data']).status_code}"

    return attempt


def teaches_elsewhere(scene: Scene) -> str:
    return f"page {scene.browser('Lee').get(f'/teach/{scene.seat.cast.a.id}/tools/{scene.seat.tool.id}').status_code}"
