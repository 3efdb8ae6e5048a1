"""The description of our CASE service in OpenAPI 3, made of the same tables as its answers."""

from __future__ import annotations

from typing import Any

from headway.standards.case.framework import (
    ASSOCIATION,
    DEFINITIONS,
    DOCUMENT,
    INSIDE,
    ITEM,
    NEEDED,
    RELATIONS,
    RUBRIC,
    Kind,
)
from headway.standards.case.service.operations import DESCRIPTION, OPERATIONS, SCOPE, Operation

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_LINK: Schema = {"$ref": "#/components/schemas/Link"}
FORMS: dict[Kind, Schema] = {
    "text": _TEXT,
    "uuid": {"type": "string", "format": "uuid"},
    "time": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "texts": {"type": "array", "items": _TEXT},
    "link": _LINK,
    "links": {"type": "array", "items": _LINK},
    "node": {"$ref": "#/components/schemas/Node"},
    "relation": {"anyOf": [{"type": "string", "enum": sorted(RELATIONS)}, {"type": "string", "pattern": "^ext:"}]},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "free": {"type": "object"},
    "frees": {"type": "array", "items": {"type": "object"}},
}
_FIRST = ("identifier", "uri", "lastChangeDateTime")
ONE = {
    "CFDocuments": "CFDocument", "CFItems": "CFItem", "CFAssociations": "CFAssociation", "CFRubrics": "CFRubric",
    "CFConcepts": "CFConcept", "CFSubjects": "CFSubject", "CFItemTypes": "CFItemType", "CFLicenses": "CFLicense",
    "CFAssociationGroupings": "CFAssociationGrouping",
}  # fmt: skip
"""Collection -> the name of one of its parts."""


def schema_of(operation: Operation) -> str:
    """The name of the schema that an answer keeps."""
    if operation.form == "package":
        return "CFPackage"
    if operation.form == "associations":
        return "CFAssociationSet"
    one = ONE[operation.kind]
    return one if operation.form == "one" else f"{one}Set"


def description(base: str) -> Schema:
    """The whole description. ``base`` is our address of the service."""
    return {
        "openapi": "3.0.1",
        "info": {
            "title": "Headway: CASE Service 1.1",
            "version": "1.1",
            "description": "Frameworks of competencies and academic standards. Those that a district has opened are read "
            f"without a token, all of them with a token that has the scope {SCOPE}.",
        },
        "servers": [{"url": base}],
        "paths": {f"/{each.path.format('{sourcedId}')}": {"get": _operation(each)} for each in OPERATIONS}
        | {f"/{DESCRIPTION}": {"get": _discovery()}},
        "components": {"schemas": _schemas(), "securitySchemes": {"program": _flow()}},
    }


def _flow() -> Schema:
    scopes = {SCOPE: "Read every framework of the district."}
    return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth2/token", "scopes": scopes}}}


def _operation(operation: Operation) -> Schema:
    given: list[Schema] = [] if operation.form == "list" else [_parameter("sourcedId", "path", FORMS["uuid"])]
    if operation.form == "list":
        given = [
            _parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1, "default": 100}),
            _parameter("offset", "query", {"type": "integer", "minimum": 0, "maximum": 2**31 - 1, "default": 0}),
            _parameter("sort", "query", _TEXT),
            _parameter("orderBy", "query", {"type": "string", "enum": ["asc", "desc"]}),
            _parameter("filter", "query", _TEXT),
            _parameter("fields", "query", {"type": "array", "items": _TEXT}) | {"style": "form", "explode": False},
        ]
    refused = {"description": "Not as it was asked.", "content": _json("imsx_StatusInfo")}
    return {
        "operationId": operation.name,
        "parameters": given,
        "security": [{}, {"program": [SCOPE]}],
        "responses": {"200": {"description": "As it was asked.", "content": _json(schema_of(operation))}}
        | dict.fromkeys(("400", "401", "403", "404", "406", "429", "500", "503"), refused),
    }


def _discovery() -> Schema:
    answer = {"description": "This.", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"operationId": "getServiceDescription", "responses": {"200": answer}}


def _parameter(name: str, place: str, schema: Schema) -> Schema:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _json(name: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _object(table: dict[str, Kind], needed: tuple[str, ...], **more: Schema) -> Schema:
    parts = {name: _inside(name) if kind == "rows" else FORMS[kind] for name, kind in table.items()}
    return {"type": "object", "required": list(needed), "properties": parts | more, "additionalProperties": False}


def _inside(name: str) -> Schema:
    return {"type": "array", "items": _object(INSIDE[name], _FIRST)}


def _set(name: str, one: str) -> Schema:
    some = {"type": "array", "minItems": 1, "items": {"$ref": f"#/components/schemas/{one}"}}
    return {"type": "object", "required": [name], "properties": {name: some}, "additionalProperties": False}


def _schemas() -> Schema:
    document, item = (*_FIRST, "creator", "title"), (*_FIRST, "fullStatement")
    association = (*_FIRST, "associationType", "originNodeURI", "destinationNodeURI")
    version: Schema = {"type": "string", "enum": ["1.1"]}
    out: Schema = {
        "Link": _object({"title": "text", "identifier": "uuid", "uri": "text"}, ("title", "identifier", "uri")),
        "Node": _object({"title": "text", "identifier": "text", "uri": "text"}, ("title", "identifier", "uri")),
        "CFDocument": _object(DOCUMENT, (*document, "CFPackageURI"), CFPackageURI=_LINK, caseVersion=version),
        "CFItem": _object(ITEM, (*item, "CFDocumentURI"), CFDocumentURI=_LINK),
        "CFAssociation": _object(ASSOCIATION, association, CFDocumentURI=_LINK),
        "CFRubric": _object(RUBRIC, _FIRST),
        "CFPckgDocument": _object(DOCUMENT, document, caseVersion=version),
        "CFPckgItem": _object(ITEM, item),
        "CFPckgAssociation": _object(ASSOCIATION, association),
        "imsx_StatusInfo": _status(),
    }
    for kind, table in DEFINITIONS.items():
        out[ONE[kind]] = _object(table, (*_FIRST, "title", *NEEDED[kind]))
    for kind in ("CFDocuments", "CFConcepts", "CFSubjects", "CFItemTypes"):
        out[f"{ONE[kind]}Set"] = _set(kind, ONE[kind])
    out["CFAssociationSet"] = _set("CFAssociations", "CFPckgAssociation")
    out["CFAssociationSet"]["required"].append("CFItem")
    out["CFAssociationSet"]["properties"]["CFItem"] = {"$ref": "#/components/schemas/CFItem"}
    out["CFPackage"] = _package()
    return out


def _package() -> Schema:
    def some(one: str) -> Schema:
        return {"type": "array", "items": {"$ref": f"#/components/schemas/{one}"}}

    definitions = {"type": "object", "properties": {kind: some(ONE[kind]) for kind in DEFINITIONS}}
    parts = {"CFDocument": {"$ref": "#/components/schemas/CFPckgDocument"}, "CFItems": some("CFPckgItem")}
    parts |= {"CFAssociations": some("CFPckgAssociation"), "CFDefinitions": definitions, "CFRubrics": some("CFRubric")}
    return {"type": "object", "required": ["CFDocument"], "properties": parts, "additionalProperties": False}


def _status() -> Schema:
    codes = [
        "fullsuccess", "invalid_sort_field", "invalid_selection_field", "forbidden", "unauthorised_request",
        "internal_server_error", "unknownobject", "server_busy", "invalid_uuid",
    ]  # fmt: skip
    value = {"type": "string", "enum": codes}
    field = {"type": "object", "properties": {"imsx_codeMinorFieldName": _TEXT, "imsx_codeMinorFieldValue": value}}
    minor = {"type": "object", "properties": {"imsx_codeMinorField": {"type": "array", "minItems": 1, "items": field}}}
    parts = {
        "imsx_codeMajor": {"type": "string", "enum": ["success", "processing", "failure", "unsupported"]},
        "imsx_severity": {"type": "string", "enum": ["status", "warning", "error"]},
        "imsx_description": _TEXT,
        "imsx_codeMinor": minor,
    }
    return {"type": "object", "required": ["imsx_codeMajor", "imsx_severity"], "properties": parts}
