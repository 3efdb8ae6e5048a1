"""Write a CFPackage of CASE 1.1."""

from __future__ import annotations

from typing import Any

from headway.standards.case.framework import Framework


def write_package(framework: Framework) -> dict[str, Any]:
    """The package as CASE 1.1 binds it to JSON; reading it back gives the same framework."""
    body: dict[str, Any] = {
        "CFDocument": framework.document | {"caseVersion": "1.1"},
        "CFItems": list(framework.items),
        "CFAssociations": list(framework.associations),
    }
    definitions = {key: list(rows) for key, rows in framework.definitions.items() if rows}
    body |= {"CFDefinitions": definitions} if definitions else {}
    return body | ({"CFRubrics": list(framework.rubrics)} if framework.rubrics else {})
