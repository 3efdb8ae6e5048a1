"""Documents of state, activities and agents, and the two resources that only tell: activities and agents."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from headway.api.native import in_thread
from headway.api.xapi.exchange import LATEST, Answer, Request, as_json, http_date
from headway.school.exchange.xapi.credentials import Caller
from headway.school.exchange.xapi.documents import delete_documents, names_of, read_document, write_document
from headway.school.exchange.xapi.reading import definitions_of
from headway.school.people.tenancy import in_district
from headway.standards.xapi.actors import person_of
from headway.standards.xapi.documents import Document, address_of
from headway.standards.xapi.requests import agent_of, known
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.statements import VERSIONS
from headway.standards.xapi.values import iri


async def get_document(request: Request, caller: Caller) -> Answer:
    """GET: a document, or the names of all of an address."""
    address = address_of(request.resource, "GET", request.parameters)
    if address.name is not None and address.since is not None and request.version == LATEST:
        raise Invalid("since", "is for asking for the names of documents, not for one of them.")

    def read() -> Answer:
        with in_district(caller.district):
            if address.name is None:
                names, newest = names_of(address)
                return as_json(names) if newest is None else as_json(names, last_modified=_date(newest))
            kept = read_document(address)
        if kept is None:
            raise Invalid("", "There is no such document.", 404)
        headers = {"etag": kept.document.tag, "last-modified": _date(kept.at)}
        return Answer(200, kept.document.content, kept.document.kind, headers)

    return await in_thread(read)


async def write(request: Request, caller: Caller) -> Answer:
    """PUT and POST."""
    address = address_of(request.resource, request.method, request.parameters)
    sent = Document(request.headers.get("content-type", "application/octet-stream"), request.body)

    def work() -> None:
        with in_district(caller.district):
            write_document(
                district=caller.district, resource=request.resource, method=request.method, version=request.version,
                headers=request.headers, address=address, sent=sent, now=time.time(),
            )  # fmt: skip

    await in_thread(work)
    return Answer(204)


async def delete(request: Request, caller: Caller) -> Answer:
    """DELETE."""
    address = address_of(request.resource, "DELETE", request.parameters)

    def work() -> None:
        with in_district(caller.district):
            delete_documents(
                resource=request.resource, version=request.version, headers=request.headers, address=address
            )

    await in_thread(work)
    return Answer(204)


async def get_activity(request: Request, caller: Caller) -> Answer:
    """``GET /xapi/activities``: what is known of an activity; of an unknown one, its identifier."""
    known(request.parameters, ("activityId",))
    wanted = request.parameters.get("activityId", "")
    iri(wanted, "activityId")

    def read() -> dict[str, dict[str, object]]:
        with in_district(caller.district):
            return definitions_of([wanted])

    found = (await in_thread(read)).get(wanted)
    return as_json({"objectType": "Activity", "id": wanted, **({"definition": found} if found else {})})


async def get_agent(request: Request, caller: Caller) -> Answer:
    """``GET /xapi/agents``: an agent as a Person."""
    known(request.parameters, ("agent",))
    found = agent_of(request.parameters)
    if found.get("objectType", "Agent") != "Agent":
        raise Invalid("agent", "must be an agent, not a group.")
    return as_json(person_of(found))


def about(request: Request) -> Answer:
    """``GET /xapi/about``: the versions that are understood. Who asks in 1.0.x hears of those that 1.0.3 allows in the list
    (part three, 2.8)."""
    old = request.headers.get("x-experience-api-version", "").startswith("1.")
    return as_json({"version": [each for each in VERSIONS if each.startswith("1.") or not old]})


def _date(at: float) -> str:
    return http_date(datetime.fromtimestamp(at, UTC))
