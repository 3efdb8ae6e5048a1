"""Reading where skills stand for credit, and the ledger with its contests. Callers have checked access."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry
from headway.core.mastery.credit import Recheck, Standing, further, standing
from headway.school.mastery.credit.models import MasteryContest
from headway.school.mastery.models import Evidence
from headway.school.mastery.models import MasteryEntry as EntryRow
from headway.school.mastery.queries import ledger_value


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as people read it; ``of`` is 0 while the re-check is under way."""

    number: int
    skill: str
    says: str
    words: str
    by: str
    at: float
    right: int = 0
    of: int = 0
    ended_at: float = 0.0


def contests_of(learner: UUID) -> list[Contest]:
    """Return a learner's contests, newest first. One query."""
    rows = MasteryContest.objects.filter(learner_id=learner).select_related("by", "recheck").order_by("-id")
    return [_contest(row) for row in rows]


def standings_of(
    learners: Sequence[UUID], curriculum: Curriculum, skills: Iterable[str]
) -> dict[UUID, dict[str, Standing]]:
    """Return where skills stand for some learners, in three queries."""
    wanted = list(dict.fromkeys(skills))
    entries: dict[tuple[UUID, str], list[MasteryEntry]] = {}
    for row in EntryRow.objects.filter(learner_id__in=learners, skill__in=wanted).order_by("id"):
        entries.setdefault((row.learner_id, row.skill), []).append(ledger_value(row))
    harder = {skill: further(curriculum, skill) for skill in wanted}
    moved = _transfers({learner for learner, _ in entries}, {item for items in harder.values() for item in items})
    rechecks: dict[tuple[UUID, str], list[Recheck]] = {}
    contested = MasteryContest.objects.filter(learner_id__in=learners, skill__in=wanted)
    for contest in contested.select_related("recheck"):
        rechecks.setdefault((contest.learner_id, contest.skill), []).append(_recheck(contest))
    return {
        learner: {
            skill: standing(
                skill,
                entries.get((learner, skill), ()),
                [at for item in harder[skill] for at in moved.get((learner, item), ())],
                rechecks.get((learner, skill), ()),
                has_transfer=bool(harder[skill]),
            )
            for skill in wanted
        }
        for learner in learners
    }


def _transfers(learners: set[UUID], items: set[str]) -> dict[tuple[UUID, str], list[float]]:
    """When each item was right at the first try without help."""
    rows = Evidence.objects.filter(
        learner_id__in=learners, kind="response", correct=True, attempt=1, hints=0, shown=False, item__in=items
    )
    found: dict[tuple[UUID, str], list[float]] = {}
    for learner, item, at in rows.order_by("id").values_list("learner_id", "item", "now"):
        found.setdefault((learner, item), []).append(at)
    return found


def _contest(row: MasteryContest) -> Contest:
    end = getattr(row, "recheck", None)
    found = Contest(row.id, row.skill, row.says, row.words, row.by.name, row.at)
    if end is None:
        return found
    return Contest(row.id, row.skill, row.says, row.words, row.by.name, row.at, end.right, end.of, end.at)


def _recheck(row: MasteryContest) -> Recheck:
    end = getattr(row, "recheck", None)
    return Recheck(row.skill, row.at, *((end.right, end.of, end.at) if end is not None else ()))
