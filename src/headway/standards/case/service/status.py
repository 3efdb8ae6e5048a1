"""What the CASE service says when something is not as it was asked: ``imsx_StatusInfo``.

Source: 1EdTech, CASE Service 1.1, REST/JSON binding, tables of status codes. What is wrong with a question shares the reading
of OneRoster's service; CASE has fewer words for it.
"""

from __future__ import annotations

from typing import Any

CODES = {
    "invaliddata": "invalid_selection_field",
    "invalid_filter_field": "invalid_selection_field",
    "unauthorisedrequest": "unauthorised_request",
}
"""Minor codes of OneRoster -> those of CASE; the others are the same in both."""


def status_info(code: str, said: str) -> dict[str, Any]:
    """The body of a refusal."""
    field = {"imsx_codeMinorFieldName": "sourcedId" if code in ("unknownobject", "invalid_uuid") else "TargetEndSystem"}
    return {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": said,
        "imsx_codeMinor": {
            "imsx_codeMinorField": [field | {"imsx_codeMinorFieldValue": CODES.get(code, code)}],
        },
    }
