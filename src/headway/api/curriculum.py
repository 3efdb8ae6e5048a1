"""Skills and activities."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from headway.api.schemas import PROBLEMS, ActivityOut, SkillPage
from headway.api.submissions import in_language
from headway.school.curriculum.queries import curriculum_of, problem_of
from headway.standards.graph import CCSS_NOTICE

router = Router(tags=["curriculum"])


@router.get("/skills", response={200: SkillPage, **PROBLEMS}, summary="The skill graph")
def skills(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=500)] = 100,
    after: Annotated[int, Field(ge=-1, le=10**9)] = -1,
) -> dict[str, Any]:
    """Skills in the graph's order, each with what it builds on; ``after`` is the place of the last one seen."""
    curriculum = curriculum_of(request.auth.district)  # type: ignore[attr-defined]
    before: dict[str, list[str]] = {}
    for earlier, later in curriculum.prerequisites:
        before.setdefault(later, []).append(earlier)
    chosen = curriculum.skills[after + 1 : after + 1 + limit]
    end = after + len(chosen)
    items = [
        {
            "id": s.id, "title": s.title, "description": s.description, "subject": s.subject, "grade": s.grade,
            "domain": s.domain, "case_ids": list(s.case_ids), "prerequisites": before.get(s.id, []),
        }
        for s in chosen
    ]  # fmt: skip
    following = end if end + 1 < len(curriculum.skills) else None
    return {"items": items, "next": following, "notice": CCSS_NOTICE}


@router.get("/activities", response={200: ActivityOut, **PROBLEMS}, summary="A problem, without its key")
def activity(request: HttpRequest, id: Annotated[str, Field(max_length=300, min_length=1)]) -> dict[str, Any]:  # noqa: A002
    """The problem of an activity identifier, in the caller's language; mathematics is LaTeX between $$."""
    principal = request.auth  # type: ignore[attr-defined]
    problem, say = problem_of(principal.district, id), in_language(principal.language)
    return {
        "id": problem.id,
        "title": say(problem.title),
        "body": say(problem.body),
        "steps": [
            {
                "prompt": say(step.prompt),
                "kind": step.answer.kind,
                "choices": [say(choice) for choice in step.answer.choices],
                "unit": step.answer.unit,
                "hints": len(step.hints),
            }
            for step in problem.steps
        ],
        "source": problem.source.name,
        "licence": problem.source.licence,
    }
