"""``POST /api/responses`` as it is documented. The server answers it natively (:mod:`headway.api.native`)."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from headway.api.authenticate import Forbidden
from headway.api.native import WRITTEN, check_part, not_theirs
from headway.api.schemas import Problem, ReceiptOut
from headway.api.submissions import ResponseIn, receipt_body, submission_of
from headway.school.loop import submit

router = Router(tags=["responses"])
BODY = ResponseIn.model_json_schema()
"""The body is read by :func:`submission_of`, as on the native route, so it is described by hand here."""
PROBLEMS = dict.fromkeys((401, 403, 404, 409, 422, 429, 503), Problem)


@router.post(
    "/responses",
    response={200: ReceiptOut, 201: ReceiptOut, **PROBLEMS},
    summary="Give an answer, or start practice",
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}}},
)
def respond(request: HttpRequest) -> Status[dict[str, Any]]:
    """Durable when it answers: 201 once written; 200 for a retry of the same, or an answer that counts for nothing
    (a form, a unit, something unreadable), which the learner may try again."""
    principal = request.auth  # type: ignore[attr-defined]
    submission = submission_of(request.body, district=principal.district, learner=principal.person, now=time.time())
    refused = not_theirs(principal, submission.learner)
    if refused:
        raise Forbidden(refused["detail"])
    if submission.learner != principal.person:
        check_part(principal, submission.learner)
    receipt = submit(submission)
    status = 201 if receipt.outcome in WRITTEN and not receipt.again else 200
    return Status(status, receipt_body(receipt, key=submission.event, language=principal.language))
