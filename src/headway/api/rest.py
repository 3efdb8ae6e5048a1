"""The REST interface: one NinjaAPI, one router a room, errors as problem details, OpenAPI at ``/api/openapi.json``."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from headway import __version__
from headway.api import choices, coaching, curriculum, learners, responses, sections, tokens
from headway.api.authenticate import Forbidden, Unauthenticated, authenticate
from headway.api.problem import CONTENT_TYPE, problem, refusal
from headway.api.submissions import in_language
from headway.school.curriculum.queries import NoCurriculum, UnknownProblem
from headway.school.loop import Refused
from headway.school.path.actions import BadWish
from headway.school.path.choices import BadChoice
from headway.school.people.access import NotAllowed


class HeadwayAPI(NinjaAPI):
    """Describes its errors as what they are: problem details."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, with the content type of every error set right."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        response["content"] = {CONTENT_TYPE: content["application/json"]}
        return schema


api = HeadwayAPI(
    title="Headway",
    version=__version__,
    description="Personalised learning: responses in, decisions out, and the evidence behind both.",
    auth=authenticate,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", responses.router)
api.add_router("", learners.router)
api.add_router("", choices.router)
api.add_router("", sections.router)
api.add_router("", curriculum.router)
api.add_router("", tokens.router)
api.add_router("", coaching.router)


def _answer(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    response = api.create_response(request, body, status=body["status"])
    response["Content-Type"] = CONTENT_TYPE
    if body["status"] in (429, 503):
        response["Retry-After"] = "2"
    return response


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    language = getattr(getattr(request, "auth", None), "language", "en")
    return _answer(request, refusal(error, in_language(language)(error.message)))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    where = ".".join(str(part) for part in first.get("loc", ()))
    return _answer(request, problem("malformed", 422, f"{where}: {first.get('msg', 'not valid')}."))


@api.exception_handler(Unauthenticated)
def _unauthenticated(request: HttpRequest, error: Unauthenticated) -> HttpResponse:
    return _answer(request, problem("unauthenticated", 401, str(error)))


@api.exception_handler(Forbidden)
def _forbidden(request: HttpRequest, error: Forbidden) -> HttpResponse:
    return _answer(request, problem("forbidden", 403, str(error)))


@api.exception_handler(BadWish)
def _bad_wish(request: HttpRequest, error: BadWish) -> HttpResponse:
    return _answer(request, problem("malformed", 422, str(error)))


@api.exception_handler(BadChoice)
def _bad_choice(request: HttpRequest, error: BadChoice) -> HttpResponse:
    language = getattr(getattr(request, "auth", None), "language", "en")
    return _answer(request, problem("malformed", 422, in_language(language)(error.text)))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, problem("malformed", error.status_code, str(error)))


def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    return _answer(request, problem("not-found", 404, str(error) or "There is nothing at this address."))


for _kind in (NotAllowed, UnknownProblem, NoCurriculum, Http404):
    api.exception_handler(_kind)(_missing)


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer for addresses that the interface does not have, in its own form."""
    return _answer(request, problem("not-found", 404, f"There is no /api/{rest}. See /api/openapi.json."))
