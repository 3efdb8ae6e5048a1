"""A section's gradebook: a line for each learner, a column for each skill that somebody in the section has met."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Max, Q

from headway.school.curriculum.models import Skill
from headway.school.mastery.models import Evidence, MasteryEntry
from headway.school.people.clock import local_date, time_zone_of
from headway.school.people.models import Person, Section
from headway.standards.spreadsheet import safe_rows

FIRST = (
    "sourcedId",
    "familyName",
    "givenName",
    "grade",
    "firstTries",
    "rightAtFirst",
    "lastPractised",
    "skillsMastered",
)


def gradebook(section: Section, learners: Sequence[Person]) -> str:
    """CSV with one line a learner: identifiers, first tries at a step and how many were right, and a word for each skill.

    ``reached``, ``confirmed`` (it was still there later), ``again`` (it was reached and has to be looked at again), or nothing.
    ``learners`` are those whom ``access_section`` has returned. Cells that a spreadsheet would run carry an apostrophe.
    """
    zone = time_zone_of(section.district_id)
    keys = [learner.id for learner in learners]
    counts = {
        row["learner_id"]: row
        for row in Evidence.objects.filter(learner_id__in=keys, kind="response", attempt=1)
        .values("learner_id")
        .annotate(n=Count("id"), right=Count("id", filter=Q(correct=True)), last=Max("at"))
    }
    states = _states(keys)
    met = {skill for found in states.values() for skill in found}
    skills = list(Skill.objects.filter(key__in=met).order_by("number").values_list("key", "title"))
    head = (*FIRST, *(title for _, title in skills))
    lines = []
    for learner in learners:
        found, of = counts.get(learner.id), states.get(learner.id, {})
        last = local_date(zone, found["last"]).isoformat() if found else ""
        lines.append(
            (
                learner.sourced_id, learner.family_name, learner.given_name, learner.grade, found["n"] if found else 0,
                found["right"] if found else 0, last, sum(state != "again" for state in of.values()),
                *(of.get(key, "") for key, _ in skills),
            )
        )  # fmt: skip
    return safe_rows([head, *lines])


def _states(keys: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """Learner -> skill -> the last line of the ledger, in a word."""
    found: dict[UUID, dict[str, str]] = {}
    rows = MasteryEntry.objects.filter(learner_id__in=keys).order_by("id")
    for learner, skill, kind in rows.values_list("learner_id", "skill", "kind"):
        found.setdefault(learner, {})[skill] = "again" if kind == "lost" else kind
    return found
