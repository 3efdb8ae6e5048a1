"""The vision: what a district wants to become, and strands that go from a gap to a pilot and on to the next cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from headway.core.evidence.outcomes.aims import Aim
from headway.core.evidence.outcomes.cycle import Step, Tried, judged, steps_of
from headway.core.evidence.outcomes.standing import Standing
from headway.core.text import T
from headway.school.evidence.outcomes.models import VisionLine as VisionLine
from headway.school.evidence.outcomes.people import GROUPS, Crowd
from headway.school.evidence.outcomes.queries import (
    GapSeen,
    aims_of,
    before,
    gap_seen,
    leads_district,
    read_of,
    taken_of,
    takes_with,
)
from headway.school.evidence.pilots.models import Pilot, PilotLook, PilotMark
from headway.school.evidence.pilots.queries import found_of
from headway.school.evidence.pilots.standing import may_read
from headway.school.people.access import Viewer, viewer_of
from headway.school.people.models import District, Person
from headway.school.people.refusal import Malformed

LONGEST, MOST_STRANDS = 1_000, 30
WORDS = ("theory", "design", "next")
"""Steps that are words."""


@dataclass(frozen=True, slots=True)
class PilotSeen:
    """A pilot of a strand; ``mine``: the viewer may open it."""

    id: UUID
    question: str
    tried: Tried
    mine: bool


@dataclass(slots=True)
class Strand:
    """A strand as it stands: its gap's line, the newest line of each step of words, its pilots in order, and the gap now."""

    id: UUID
    begun: VisionLine
    lines: dict[str, VisionLine] = field(default_factory=dict)
    pilots: list[PilotSeen] = field(default_factory=list)
    verdict_at: float = 0.0
    aim: Aim | None = None
    standing: Standing | None = None
    gap: GapSeen | None = None
    closed: VisionLine | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Where it stands."""
        written = {key: line.words for key, line in self.lines.items() if key != "next" or line.at >= self.verdict_at}
        return steps_of(written, [each.tried for each in self.pilots])

    @property
    def found(self) -> str:
        """What the last verdict found."""
        return judged([each.tried for each in self.pilots])


@dataclass(frozen=True, slots=True)
class Vision:
    """The newest words of what the district wants to become, and the strands, the newest first; closed ones last."""

    line: VisionLine | None
    strands: tuple[Strand, ...]


def vision_of(viewer: Viewer, crowd: Crowd) -> Vision:
    """The vision with every strand's state. Seven queries, however many strands there are."""
    rows = list(VisionLine.objects.select_related("by").order_by("id"))
    strands: dict[UUID, Strand] = {}
    linked: dict[UUID, list[UUID]] = {}
    for row in rows:
        if row.strand is None:
            continue
        if row.kind == "gap":
            strands[row.strand] = Strand(row.strand, row)
        elif row.strand in strands and row.kind == "pilot":
            linked.setdefault(row.strand, []).append(UUID(row.body["pilot"]))
        elif row.strand in strands and row.kind == "closed":
            strands[row.strand].closed = row
        elif row.strand in strands:
            strands[row.strand].lines[row.kind] = row
    _add_pilots(strands, linked, viewer)
    _add_gaps(list(strands.values()), crowd)
    ordered = sorted(strands.values(), key=lambda each: (each.closed is not None, -each.begun.id))
    return Vision(next((row for row in reversed(rows) if row.kind == "vision"), None), tuple(ordered))


def _add_pilots(strands: Mapping[UUID, Strand], linked: Mapping[UUID, Sequence[UUID]], viewer: Viewer) -> None:
    """Put in the linked pilots and every cycle that follows one of them, in the order in which they were made."""
    if not linked:
        return
    rows = list(Pilot.objects.order_by("at", "id"))
    looks = {each.pilot_id: each for each in PilotLook.objects.filter(last=True)}
    marks = {each.pilot_id: each for each in PilotMark.objects.filter(kind="decision").order_by("id")}
    for key, first in linked.items():
        chain = set(first)
        for row in rows:
            if row.id not in chain and row.before_id not in chain:
                continue
            chain.add(row.id)
            look, mark = looks.get(row.id), marks.get(row.id)
            found = found_of(look.body)[0] if look is not None else ""
            tried = Tried(row.state, found, str(mark.body["what"]) if mark is not None else "")
            strands[key].pilots.append(PilotSeen(row.id, row.question, tried, may_read(viewer, row.schools)))
            strands[key].verdict_at = max(strands[key].verdict_at, look.at if look is not None else 0.0)


def _add_gaps(strands: Sequence[Strand], crowd: Crowd) -> None:
    aims = {aim.code: aim for aim in aims_of()}
    for each in strands:
        each.aim = aims.get(each.begun.body["aim"])
    wanted = {each.aim.measure for each in strands if each.aim is not None}
    taken = taken_of(sorted(wanted))
    pairs = {key: (found[0], before(found)) for key, found in taken.items() if found}
    takes = takes_with([one.id for pair in pairs.values() for one in pair if one is not None])
    for each in strands:
        body, aim = each.begun.body, each.aim
        if aim is None or aim.measure not in pairs:
            continue
        late, early = pairs[aim.measure]
        now = read_of(aim, takes[late.id], crowd)
        each.standing = now.standing(None)
        if body["by"] in GROUPS:
            then = read_of(aim, takes[early.id], crowd) if early is not None else None
            each.gap = gap_seen(now, then, by=body["by"], ahead=body["ahead"], behind=body["behind"], school=None)


def _may(by: Person) -> None:
    if not leads_district(viewer_of(by)):
        raise Malformed(T("The vision is written by somebody who leads the whole district."))
    District.objects.select_for_update().get(id=by.district_id)  # a form that is sent twice says one thing


def _words(words: str) -> str:
    if not words.strip():
        raise Malformed(T("Write a few words first."))
    if len(words) > LONGEST:
        raise Malformed(T("That is too long: {most} characters are the most for one field.", most=LONGEST))
    return words.strip()


def _add(by: Person, kind: str, words: str, now: float, strand: UUID | None, body: dict[str, Any]) -> VisionLine:
    """Write a line, unless the newest of its strand and kind says the same."""
    newest = VisionLine.objects.filter(strand=strand, kind=kind).order_by("-id").first()
    if newest is not None and (newest.words, newest.body) == (words, body):
        return newest
    return VisionLine.objects.create(
        district_id=by.district_id, strand=strand, kind=kind, words=words, body=body, by=by, at=now
    )


@transaction.atomic
def write_vision(*, by: Person, words: str, now: float) -> VisionLine:
    """Say what the district wants to become. Raises Malformed."""
    _may(by)
    return _add(by, "vision", _words(words), now, None, {})


@transaction.atomic
def begin_strand(*, by: Person, words: str, aim: str, group: str, ahead: str, behind: str, now: float) -> VisionLine:
    """Begin a strand with a gap of an outcome: between two groups (a key of ``people.GROUPS``), or with ``group`` "" to the
    outcome's goal. Raises Malformed."""
    _may(by)
    if aim not in {each.code for each in aims_of()}:
        raise Malformed(T("Choose one of the outcomes."))
    if group and (group not in GROUPS or not ahead or not behind or ahead == behind):
        raise Malformed(T("Choose two different groups of the same kind, or none."))
    body = {"aim": aim, "by": group, "ahead": ahead if group else "", "behind": behind if group else ""}
    words = _words(words)
    same = VisionLine.objects.filter(kind="gap", words=words, body=body).order_by("-id").first()
    if same is not None and not VisionLine.objects.filter(strand=same.strand, kind="closed").exists():
        return same
    if VisionLine.objects.filter(kind="gap").count() >= MOST_STRANDS:
        raise Malformed(T("There are {most} strands already; nobody can follow more.", most=MOST_STRANDS))
    return _add(by, "gap", words, now, uuid4(), body)


@transaction.atomic
def write_step(*, by: Person, strand: UUID, kind: str, words: str, now: float) -> VisionLine:
    """Write a step of an open strand: theory, design, next, or ``closed`` to end it. Raises Malformed."""
    _may(by)
    _open(strand)
    if kind not in (*WORDS, "closed"):
        raise Malformed(T("There is no such step."))
    return _add(by, kind, _words(words), now, strand, {})


@transaction.atomic
def link_pilot(*, by: Person, strand: UUID, pilot: UUID, now: float) -> None:
    """Say that a pilot tries a strand's design out; its verdict and its next cycles show there. Raises Malformed."""
    _may(by)
    _open(strand)
    row = Pilot.objects.filter(id=pilot).first()
    if row is None or not may_read(viewer_of(by), row.schools):
        raise Malformed(T("There is no such pilot among those that you lead."))
    if not VisionLine.objects.filter(strand=strand, kind="pilot", body__pilot=str(pilot)).exists():
        _add(by, "pilot", "", now, strand, {"pilot": str(pilot)})


def _open(strand: UUID) -> None:
    kinds = set(VisionLine.objects.filter(strand=strand).values_list("kind", flat=True))
    if "gap" not in kinds or "closed" in kinds:
        raise Malformed(T("This strand is not open any more. Look at the page again."))


def pilots_to_link(viewer: Viewer) -> list[Pilot]:
    """The pilots that can be linked, the newest first."""
    return [row for row in Pilot.objects.exclude(state="dropped").order_by("-at") if may_read(viewer, row.schools)]
