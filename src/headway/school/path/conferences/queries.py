"""Reading conferences. Callers have checked access; private notes leave only through ``private=True``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q

from headway.core.path.conferences import Packet, packet_from_json
from headway.core.text import Text, text_from_json
from headway.school.path.conferences.actions import STEPS
from headway.school.path.conferences.models import Conference, ConferenceLine, Preparation

__all__ = ["Conference"]  # to say what conference_with returned


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a conference: an agreed step, a note, or one of the staff's (``private``)."""

    number: int
    kind: str
    value: str
    text: Text
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class Talk:
    """A conference with what stands of it. ``ended_at`` is 0 while it goes on; ``private`` is empty for who may not read it."""

    id: UUID
    by: str
    at: float
    ended_at: float
    agreed: tuple[Said, ...]
    private: tuple[Said, ...]
    packet: Packet


@dataclass(frozen=True, slots=True)
class Side:
    """What the learner (or the family) brings to the talk."""

    role: str
    by: str
    well: str
    hard: str
    want: str
    at: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """How it stands with one learner: the last conference that was held (0 for none), the one that goes on (None for none), and
    when the learner last wrote down what to bring."""

    last_at: float = 0.0
    open: UUID | None = None
    prepared_at: float = 0.0


def talks_of(learner: UUID, *, private: bool, most: int = 20) -> list[Talk]:
    """Return a learner's conferences, newest first. Two queries."""
    rows = list(Conference.objects.filter(learner_id=learner).select_related("by").order_by("-at")[:most])
    return _talks(rows, private=private)


def conference_with(key: UUID) -> Conference | None:
    """Return a conference with its learner; the caller checks access to that learner next."""
    return Conference.objects.filter(id=key).select_related("learner", "by").first()


def talk_of(row: Conference, *, private: bool) -> Talk:
    """Return one conference with its lines. One query."""
    return _talks([row], private=private)[0]


def last_held(talks: Sequence[Talk]) -> float:
    """Return when the last of :func:`talks_of` that is over began, 0 for none."""
    return next((talk.at for talk in talks if talk.ended_at), 0.0)


def sides_of(learner: UUID, since: float, until: float = 0.0) -> list[Side]:
    """Return what the learner and the family brought since a moment (and until another): the newest of each, the learner's
    first."""
    rows = Preparation.objects.filter(learner_id=learner, at__gt=since).select_related("by").order_by("-id")
    if until:
        rows = rows.filter(at__lte=until)
    found: dict[str, Side] = {}
    for row in rows:
        found.setdefault(row.role, Side(row.role, row.by.name, row.well, row.hard, row.want, row.at))
    return [found[role] for role in ("learner", "family") if role in found]


def waiting_of(learners: Sequence[UUID], *, open_since: float) -> dict[UUID, Waiting]:
    """Return how it stands with each of these learners; ``open`` is one that was begun after ``open_since``. Three queries."""
    held = dict(
        Conference.objects.filter(learner_id__in=learners, lines__kind="end")
        .values_list("learner_id")
        .annotate(last=Max("at"))
    )
    going = Conference.objects.filter(learner_id__in=learners, at__gt=open_since).filter(~Q(lines__kind="end"))
    open_ = dict(going.order_by("at").values_list("learner_id", "id"))
    prepared = dict(
        Preparation.objects.filter(learner_id__in=learners, role="learner")
        .values_list("learner_id")
        .annotate(last=Max("at"))
    )
    return {key: Waiting(held.get(key, 0.0), open_.get(key), prepared.get(key, 0.0)) for key in learners}


def _talks(rows: Sequence[Conference], *, private: bool) -> list[Talk]:
    """Put conferences together with those of their lines that stand."""
    kinds = [*STEPS, "back", "end", *(["private"] if private else [])]
    lines = ConferenceLine.objects.filter(conference__in=rows, kind__in=kinds).select_related("by").order_by("id")
    found: dict[UUID, list[ConferenceLine]] = {row.id: [] for row in rows}
    back = set()
    for line in lines:
        found[line.conference_id].append(line)
        back.add(line.of_id)
    return [_talk(row, [line for line in found[row.id] if line.id not in back]) for row in rows]


def _talk(row: Conference, lines: Sequence[ConferenceLine]) -> Talk:
    def of(*kinds: str) -> tuple[Said, ...]:
        return tuple(
            Said(line.id, line.kind, line.value, text_from_json(line.said), line.by.name, line.at)
            for line in lines
            if line.kind in kinds
        )

    return Talk(
        id=row.id,
        by=row.by.name,
        at=row.at,
        ended_at=next((line.at for line in lines if line.kind == "end"), 0.0),
        agreed=of(*STEPS),
        private=of("private"),
        packet=packet_from_json(row.packet),
    )
