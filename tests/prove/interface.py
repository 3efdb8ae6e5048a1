"""Whatever schemathesis makes up, the interfaces answer as they are described: OneRoster's 81 operations, CASE's, and our own.

OneRoster's published descriptions are in ``../shared``; of CASE the published schemas are, which every answer is held against
in the place of those of our own description. One check is left out: no description says which sourcedIds there are
or how a filter is written, so a request may fit it and still be refused.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

EXAMPLES = 50
LEFT_OUT = "positive_data_acceptance"
FILES = {"rostering": "rosters", "gradebook": "gradebook", "resources": "resources"}


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Go on with the operations that were not tried yet. Raises schemathesis' failure, with the request, at the first one."""
    from benchmarks.speed.school import fresh_school

    tried: list[str] = state.setdefault("tried", [])
    with fresh_school():
        for service, description, headers in descriptions():
            for operation in [each.ok() for each in description.get_all_operations()]:
                name = f"{service} {operation.method.upper()} {operation.path}"
                if name in tried:
                    continue
                if time.monotonic() > ends - 30:
                    return
                flood(operation, headers)
                tried.append(name)
                yield f"{len(tried)} operations kept their description, {EXAMPLES} requests each; the last: {name}"
        state["complete"] = True


def flood(operation: Any, headers: dict[str, str]) -> None:
    """Requests that fit the description and requests that do not. Raises at the first answer that is not as described."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings

    excluded = [schemathesis.checks.CHECKS.get_one(LEFT_OUT)]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )  # fmt: skip
    def asked(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    asked()


def descriptions() -> Iterator[tuple[str, Any, dict[str, str]]]:
    """Each interface: its name, its description as schemathesis reads it, and the headers of somebody who may do all of it."""
    import django

    django.setup()
    import schemathesis
    from django.core.wsgi import get_wsgi_application

    from headway.api import case, oneroster, rates
    from tests.api.conftest import token_of
    from tests.api.programs import program_of
    from tests.cast import make_cast

    rates.BURST = rates.PER_SECOND = case.BURST = case.PER_SECOND = oneroster.BURST = oneroster.PER_SECOND = 1e9
    cast = make_cast()
    yield _case(cast)
    from tests.conftest import SHARED

    folder = SHARED / "interop" / "oneroster"
    program = {"Authorization": f"Bearer {program_of(cast['Dana']).token}"}
    for service, file in FILES.items():
        if not folder.is_dir():
            raise SystemExit(f"{folder} is not there: it holds the published descriptions of OneRoster 1.2.")
        given = json.loads((folder / f"onerosterv1p2{file}service_openapi3_v1p0.json").read_text())
        given["servers"] = [{"url": f"http://localhost/ims/oneroster/{service}/v1p2"}]
        yield (
            service,
            schemathesis.openapi.from_asgi("/description.json", _with(given), headers={"host": "localhost"}),
            program,
        )
    own = {"Authorization": f"Bearer {token_of(cast, 'Dana', 'read', 'respond', 'respond:any')}"}
    yield "own", schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application()), own
    cast.close()


def _case(cast: Any) -> tuple[str, Any, dict[str, str]]:
    """Our description of the CASE service, with the published schemas; what may be asked for is there."""
    import schemathesis

    from headway.school.people.tenancy import in_district
    from headway.standards.case.service.description import description
    from headway.standards.case.service.operations import ROOT, SCOPE
    from tests.api.frameworks import KINDS, keep
    from tests.api.programs import program_of

    with in_district(cast.district.id):
        keep(cast["Dana"])
    given = _published(description(f"http://localhost{ROOT}"))
    for path, methods in given["paths"].items():
        if "{sourcedId}" in path:
            methods["get"]["parameters"][0]["schema"] = {
                "anyOf": [{"type": "string", "format": "uuid"}, {"type": "string", "enum": [KINDS[path.split("/")[1]]]}]
            }
    headers = {"Authorization": f"Bearer {program_of(cast['Dana'], SCOPE).token}"}
    served = schemathesis.openapi.from_asgi("/description.json", _with(given), headers={"host": "localhost"})
    return "case", served, headers


def _published(given: dict[str, Any]) -> dict[str, Any]:
    """The description with 1EdTech's schemas, their parts beside them, in the place of ours."""
    from tests.conftest import SHARED

    folder = SHARED / "interop" / "schemas" / "case" / "v1_1"
    if not folder.is_dir():
        raise SystemExit(f"{folder} is not there: it holds the published schemas of CASE 1.1.")
    ours = {name.lower(): name for name in given["components"]["schemas"]}
    for path in sorted(folder.glob("*.json")):
        text = path.read_text()
        name = path.name.removeprefix("case_v1p1_").partition("-")[0]
        schema = json.loads(text.replace("#/$defs/", f"#/components/schemas/{name}."))
        for part, inside in schema.pop("$defs", {}).items():
            given["components"]["schemas"][f"{name}.{part}"] = inside
        given["components"]["schemas"][ours[name]] = {
            key: value for key, value in schema.items() if not key.startswith("$")
        }
    return given


def _with(description: dict[str, Any]) -> Any:
    """Our application, with a description at an address of its own."""
    from headway.site.asgi import application

    async def served(scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") != "/description.json":
            await application({**scope, "headers": _local(scope)} if "headers" in scope else scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(description).encode()})

    return served


def _local(scope: Any) -> list[tuple[bytes, bytes]]:
    return [(name, b"localhost" if name == b"host" else value) for name, value in scope["headers"]]
