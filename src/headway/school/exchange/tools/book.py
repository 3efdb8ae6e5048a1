"""The columns of tools in a section, the scores that they send, and who reached what (Assignment and Grade Services 2.0)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from headway.school.exchange.tools.models import LtiAccount, LtiColumn, LtiPlacement, LtiScore, LtiTool
from headway.school.exchange.tools.visiting import items_address
from headway.school.mastery.away import NotKept
from headway.school.mastery.outside import record_outside, take_back
from headway.school.path.checks import bring_checks
from headway.school.people.models import Enrolment, Person
from headway.standards.lti.gradebook import BadBody, Column, Score, column_in, column_out, result_out, score_in

PAGE, MOST = 100, 1_000
"""Lines of a page, and columns of a tool in a section."""
AHEAD = 300.0
"""Seconds by which a tool's clock may be ahead of ours."""


class NotThere(Exception):
    """No such section, column or learner for this tool; to it they look the same as those of others."""


class Conflict(Exception):
    """The score is older than the one that is there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list; ``more`` says whether another one follows."""

    lines: list[dict[str, Any]]
    more: bool


def items_in(tool: LtiTool, section: UUID, *, wanted: Mapping[str, str], first: int, limit: int) -> Listed:
    """The tool's columns in a section, of one resource, link or tag where that is asked for. Raises NotThere."""
    check_section(tool, section)
    rows = _columns(tool, section)
    fields = {"resource_id": "resource", "resource_link_id": "placement", "tag": "tag"}
    given = {fields[name]: value for name, value in wanted.items() if name in fields and value}
    try:
        rows = rows.filter(**given)
        found = list(rows.order_by("at", "id")[first : first + limit + 1])
    except (ValueError, ValidationError):  # a link that is no identifier of ours is nobody's
        found = []
    return Listed([_shown(tool, row) for row in found[:limit]], len(found) > limit)


def item_with_id(tool: LtiTool, section: UUID, item: UUID) -> dict[str, Any]:
    """One column. Raises NotThere."""
    return _shown(tool, _column(tool, section, item))


@transaction.atomic
def add_item(tool: LtiTool, section: UUID, body: object, *, now: float) -> dict[str, Any]:
    """Make a column. Raises NotThere and BadBody."""
    check_section(tool, section)
    column = column_in(body)
    if _columns(tool, section).count() >= MOST:
        raise BadBody(f"there are {MOST} line items already")
    row = LtiColumn.objects.create(
        district_id=tool.district_id, tool=tool, section_id=section, placement=_placement(tool, section, column),
        label=column.label, maximum=column.maximum, resource=column.resource, tag=column.tag, at=now,
    )  # fmt: skip
    return _shown(tool, row)


@transaction.atomic
def change_item(tool: LtiTool, section: UUID, item: UUID, body: object) -> dict[str, Any]:
    """Change a column; the link that it belongs to stays. Raises NotThere and BadBody."""
    row, column = _column(tool, section, item), column_in(body)
    if column.link and column.link != str(row.placement_id or ""):
        raise BadBody("resourceLinkId: a line item stays with its link")
    row.label, row.maximum, row.resource, row.tag = column.label, column.maximum, column.resource, column.tag
    row.save(update_fields=["label", "maximum", "resource", "tag"])
    return _shown(tool, row)


def end_item(tool: LtiTool, section: UUID, item: UUID, *, now: float) -> None:
    """Close a column; its scores are kept with the evidence that they are. Raises NotThere."""
    row = _column(tool, section, item)
    row.ended_at = now
    row.save(update_fields=["ended_at"])


@transaction.atomic
def take_score(tool: LtiTool, section: UUID, item: UUID, body: object, *, now: float) -> bool:
    """Keep a score; the same one again changes nothing. True if it is new. Raises NotThere (also for somebody who is no
    learner of the section), BadBody, and Conflict for one that is older than what is there."""
    column = _column(tool, section, item, lock=True)
    score = score_in(body)
    if score.at > now + AHEAD:
        raise BadBody("timestamp: this moment has not come yet")
    learner = learner_of(tool, section, score.subject)
    before = LtiScore.objects.filter(column=column, learner=learner).order_by("-made_at").first()
    if before is not None and score.at <= before.made_at:
        if score.at == before.made_at and score == _score(before, score.subject):
            return False
        raise Conflict(f"the newest score of this learner is of {before.made_at}, this one of {score.at}")
    row = LtiScore.objects.create(
        district_id=tool.district_id, column=column, learner=learner, given=score.given, maximum=score.maximum,
        progress=score.progress, grading=score.grading, comment=score.comment, made_at=score.at, at=now,
    )  # fmt: skip
    if before is not None:  # what the tool says now stands in place of what it said
        take_back(learner=learner, key=before.id, now=now)
    if score.final and score.given is not None and score.maximum:
        _bear_witness(tool, column, row, score.given / score.maximum, now)
    return True


def results_in(tool: LtiTool, section: UUID, item: UUID, *, subject: str, first: int, limit: int) -> Listed:
    """What each learner who is still in the section reached in a column. Raises NotThere."""
    column = _column(tool, section, item)
    rows = LtiScore.objects.filter(column=column, learner__in=_students(section).values("person")).order_by(
        "learner_id", "-made_at"
    )
    if subject:
        rows = rows.filter(learner=learner_of(tool, section, subject))
    found = list(rows.distinct("learner_id")[first : first + limit + 1])
    known = dict(
        LtiAccount.objects.filter(tool=tool, person_id__in=[r.learner_id for r in found]).values_list("person_id", "id")
    )
    at = f"{items_address(tool, section)}/{column.id}"
    lines = []
    for row in found[:limit]:
        who = str(known[row.learner_id])
        lines.append(result_out(f"{at}/results/{who}", at, _score(row, who), column.maximum))
    return Listed(lines, len(found) > limit)


def reached_in(section: UUID) -> dict[UUID, list[LtiScore]]:
    """By placement of a section, the newest score of each learner in its columns, by family name. One query."""
    rows = LtiScore.objects.filter(
        column__placement__section_id=section, learner__in=_students(section).values("person")
    )
    newest = rows.order_by("column__placement_id", "learner_id", "-made_at").distinct(
        "column__placement_id", "learner_id"
    )
    out: dict[UUID, list[LtiScore]] = {}
    for row in sorted(
        newest.select_related("learner", "column"), key=lambda row: (row.learner.family_name, row.learner.name)
    ):
        assert row.column.placement_id is not None
        out.setdefault(row.column.placement_id, []).append(row)
    return out


def check_section(tool: LtiTool, section: UUID) -> None:
    """Raise NotThere for a section in which nothing of the tool stands (any more): a tool has no business there."""
    if not LtiPlacement.objects.filter(tool=tool, section_id=section, section__is_active=True, ended_at=None).exists():
        raise NotThere


def learner_of(tool: LtiTool, section: UUID, subject: str) -> Person:
    """The learner of the section that a tool knows by this identifier. Raises NotThere."""
    try:
        key = UUID(subject)
    except ValueError:
        raise NotThere from None
    account = LtiAccount.objects.select_related("person").filter(tool=tool, id=key).first()
    if account is None or not _students(section).filter(person=account.person_id).exists():
        raise NotThere
    return account.person


def _bear_witness(tool: LtiTool, column: LtiColumn, row: LtiScore, share: float, now: float) -> None:
    """A finished score is a result from elsewhere, at the skill that a teacher has chosen where the district still has it."""
    place = column.placement
    for skill in dict.fromkeys((place.skill if place is not None else "", "")):
        with suppress(NotKept):
            record_outside(
                learner=row.learner, source=tool.name, activity=f"{items_address(tool, column.section_id)}/{column.id}",
                title=column.label, skill=skill, success=None, scaled=min(share, 1.0), minutes=None,
                at=min(row.made_at, now), key=row.id, now=now,
            )  # fmt: skip
            bring_checks(learner=row.learner, now=now)
            return


def _students(section: UUID) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(section_id=section, role="student", person__is_active=True)


def _columns(tool: LtiTool, section: UUID) -> QuerySet[LtiColumn]:
    return LtiColumn.objects.filter(tool=tool, section_id=section, ended_at=None)


def _column(tool: LtiTool, section: UUID, item: UUID, *, lock: bool = False) -> LtiColumn:
    check_section(tool, section)
    rows = _columns(tool, section)
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=item).first()
    if row is None:
        raise NotThere
    return row


def _placement(tool: LtiTool, section: UUID, column: Column) -> LtiPlacement | None:
    if not column.link:
        return None
    try:
        found = LtiPlacement.objects.filter(id=UUID(column.link), tool=tool, section_id=section, ended_at=None).first()
    except ValueError:
        found = None
    if found is None:
        raise BadBody("resourceLinkId: there is no such link of this tool in this section")
    return found


def _shown(tool: LtiTool, row: LtiColumn) -> dict[str, Any]:
    link = str(row.placement_id) if row.placement_id else ""
    column = Column(row.label, row.maximum, row.resource, link, row.tag)
    return column_out(column, f"{items_address(tool, row.section_id)}/{row.id}")


def _score(row: LtiScore, subject: str) -> Score:
    return Score(subject, row.given, row.maximum, row.progress, row.grading, row.comment, row.made_at)
