"""What a OneRoster service says when something is not as it was asked: ``imsx_StatusInfo``, and its HTTP status.

Source: 1EdTech OneRoster 1.2, REST bindings, tables of status codes.
"""

from __future__ import annotations

from typing import Any

STATUS = {
    "invalid_filter_field": 400,
    "invalid_selection_field": 400,
    "invaliddata": 422,
    "unauthorisedrequest": 401,
    "forbidden": 403,
    "unknownobject": 404,
    "server_busy": 429,
    "internal_server_error": 500,
}
"""Minor code -> HTTP status, where nothing else is said."""


class Unanswerable(Exception):
    """A request that gets no answer but a sentence. ``code`` is a key of :data:`STATUS`, ``status`` that of HTTP."""

    def __init__(self, code: str, said: str, status: int = 0) -> None:
        super().__init__(said)
        self.code, self.said, self.status = code, said, status or STATUS[code]


def status_info(code: str, said: str) -> dict[str, Any]:
    """The body of a refusal."""
    field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": code}
    return {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": said,
        "imsx_CodeMinor": {"imsx_codeMinorField": [field]},
    }
