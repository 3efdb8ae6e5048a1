"""The 81 operations of OneRoster 1.2 over REST: rostering 41, gradebook 35, resources 5.

Source: 1EdTech OneRoster 1.2, REST bindings of the rostering, gradebook and resources services (2022). A test holds this table
against the published descriptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROOT = "/ims/oneroster"
SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
BASES = {name: f"{ROOT}/{name}/v1p2" for name in ("rostering", "gradebook", "resources")}


@dataclass(frozen=True, slots=True)
class Operation:
    """``path`` is below the service's address, with ``{}`` for each identifier; ``parents`` names what they are of, in order,
    without that of the object itself. ``view`` is the last collection of the path. ``scopes``: one of them is enough."""

    service: str
    method: str
    path: str
    view: str
    parents: tuple[str, ...]
    single: bool
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A collection as addresses name it. ``only``: which of the kind it holds; empty for all."""

    kind: str
    only: str = ""


VIEWS: dict[str, View] = {
    "academicSessions": View("academicSessions"),
    "terms": View("academicSessions", "term"),
    "gradingPeriods": View("academicSessions", "gradingPeriod"),
    "orgs": View("orgs"),
    "schools": View("orgs", "school"),
    "courses": View("courses"),
    "classes": View("classes"),
    "users": View("users"),
    "students": View("users", "student"),
    "teachers": View("users", "teacher"),
    "enrollments": View("enrollments"),
    "demographics": View("demographics"),
    "resources": View("resources"),
    "categories": View("categories"),
    "lineItems": View("lineItems"),
    "results": View("results"),
    "scoreScales": View("scoreScales"),
    "assessmentLineItems": View("assessmentLineItems"),
    "assessmentResults": View("assessmentResults"),
}

_TOP = (
    "academicSessions", "classes", "courses", "enrollments", "gradingPeriods", "orgs", "schools", "students", "teachers",
    "terms", "users",
)  # fmt: skip
_BELOW = (
    "classes/{}/students", "classes/{}/teachers", "courses/{}/classes", "schools/{}/classes",
    "schools/{}/classes/{}/enrollments", "schools/{}/classes/{}/students", "schools/{}/classes/{}/teachers",
    "schools/{}/courses", "schools/{}/enrollments", "schools/{}/students", "schools/{}/teachers", "schools/{}/terms",
    "students/{}/classes", "teachers/{}/classes", "terms/{}/classes", "terms/{}/gradingPeriods", "users/{}/classes",
)  # fmt: skip
_GRADED = ("categories", "lineItems", "results", "scoreScales")
_GRADED_BELOW = (
    "classes/{}/categories", "classes/{}/lineItems", "classes/{}/lineItems/{}/results", "classes/{}/results",
    "classes/{}/scoreScales", "classes/{}/students/{}/results", "schools/{}/scoreScales",
)  # fmt: skip
_GRADED_NEW = (
    "classes/{}/academicSessions/{}/results", "classes/{}/lineItems", "lineItems/{}/results", "schools/{}/lineItems",
)  # fmt: skip
_RESOURCED = ("classes/{}/resources", "courses/{}/resources", "users/{}/resources")


def _one(service: str, method: str, path: str, *scopes: str) -> Operation:
    words = path.split("/")
    single = words[-1] == "{}"
    view = words[-2] if single else words[-1]
    parents = tuple(words[n] for n in range(0, len(words) - (2 if single else 1), 2))
    return Operation(service, method, path, view, parents, single, tuple(SCOPE + scope for scope in scopes))


def _both(service: str, view: str, *scopes: str) -> list[Operation]:
    return [_one(service, "GET", path, *scopes) for path in (view, f"{view}/{{}}")]


def _written(view: str, scope: str) -> list[Operation]:
    path = f"{view}/{{}}"
    return [
        _one("gradebook", "PUT", path, f"{scope}.createput"),
        _one("gradebook", "DELETE", path, f"{scope}.delete"),
    ]


def _operations() -> list[Operation]:
    out: list[Operation] = []
    for view in _TOP:
        out += _both("rostering", view, "roster.readonly", "roster-core.readonly")
    out += _both("rostering", "demographics", "roster-demographics.readonly")
    out += [_one("rostering", "GET", path, "roster.readonly") for path in _BELOW]
    for view in _GRADED:
        out += _both("gradebook", view, "gradebook.readonly", "gradebook-core.readonly") + _written(view, "gradebook")
    for view in ("assessmentLineItems", "assessmentResults"):
        out += _both("gradebook", view, "assessment.readonly") + _written(view, "assessment")
    out += [_one("gradebook", "GET", path, "gradebook.readonly") for path in _GRADED_BELOW]
    out += [_one("gradebook", "POST", path, "gradebook.createpost") for path in _GRADED_NEW]
    out += _both("resources", "resources", "resource.readonly", "resource-core.readonly")
    out += [_one("resources", "GET", path, "resource.readonly") for path in _RESOURCED]
    return out


OPERATIONS: tuple[Operation, ...] = tuple(_operations())
SCOPES: tuple[str, ...] = tuple(dict.fromkeys(scope for each in OPERATIONS for scope in each.scopes))
"""Every scope, in the order in which a page lists them."""


def _tree() -> dict[tuple[str, ...], dict[str, Operation]]:
    found: dict[tuple[str, ...], dict[str, Operation]] = {}
    for each in OPERATIONS:
        words = each.path.split("/")
        found.setdefault((each.service, *(word for word in words)), {})[each.method] = each
    return found


_TREE = _tree()


def find(path: str) -> tuple[Mapping[str, Operation], list[str]] | None:
    """The operations at an address (method -> operation) and the identifiers in it, still quoted as they came; None where there
    is none.

    >>> found = find("/ims/oneroster/rostering/v1p2/classes/7b/students")
    >>> found and (found[0]["GET"].view, found[1])
    ('students', ['7b'])
    """
    words = path.removeprefix(f"{ROOT}/").split("/")
    if len(words) < 3 or words[1] != "v1p2" or not path.startswith(f"{ROOT}/"):
        return None
    below = words[2:]
    plain = tuple("{}" if n % 2 else word for n, word in enumerate(below))
    found = _TREE.get((words[0], *plain))
    ids = below[1::2]
    return (found, ids) if found is not None and all(ids) else None
