"""Working the effects out: begun by a page or a command, done beside the school, kept as one report."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import numpy as np

from headway.core.evidence.efficacy.compared import beside, matched
from headway.core.evidence.efficacy.drawn import effects
from headway.core.evidence.efficacy.later import Span, after
from headway.core.evidence.efficacy.policies import later_logs
from headway.core.evidence.efficacy.report import KINDS, Row, policy_rows, rows_of
from headway.core.evidence.offpolicy import Estimate, evaluate
from headway.core.mastery.kernels import DAY
from headway.core.path.policies import POLICIES
from headway.core.text import T, Text, text_to_json, verbatim
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.efficacy.models import EfficacyReport
from headway.school.evidence.efficacy.reading import (
    Read,
    read_answers,
    read_coins,
    read_draws,
    read_hints,
    read_support,
)
from headway.school.evidence.queries import seen_by
from headway.school.evidence.refit.reading import has_real_evidence
from headway.school.people.beside import run_beside
from headway.school.people.models import District, Person
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district

SILENT = 900.0
"""Seconds without a sign of life after which a report counts as broken off."""
LEAST = 200
"""First answers without which nothing is worked out."""
MOST = 200
"""Rows of a kind that are kept: all that stand, then those that most is known of."""
TERM = Span(answers=40, least=15, within=56 * DAY, own=False)
"""What counts after support began: forty answers of eight weeks."""
BROAD = Span(own=False)
FORMAT = 1


class NoEfficacy(Refused):
    """Nothing can be worked out, or it is being worked out; the message says what to do."""

    code = "no-efficacy"


def begin(*, district: UUID, by: UUID | None, now: float) -> UUID:
    """Write down that a report is being worked out. Raises NoEfficacy while another one is."""
    with in_district(district):
        District.objects.select_for_update().get(id=district)
        if EfficacyReport.objects.filter(state="running", seen_at__gt=now - SILENT).exists():
            raise NoEfficacy(T("It is being worked out already: wait until it is done."))
        return EfficacyReport.objects.create(district_id=district, by_id=by, began_at=now, seen_at=now).id


def begin_beside(*, by: Person, now: float) -> UUID:
    """The same, and once it is durable start ``headway efficacy`` on it in a process of its own. Raises NoEfficacy."""
    report = begin(district=by.district_id, by=by.id, now=now)
    run_beside("efficacy", "--district", by.district_id, "--begun", report)
    return report


def run(
    *, district: UUID, report: UUID, policies: Sequence[str] = (), clock: Callable[[], float] = time.time,
    progress: Callable[[int], None] = lambda n: None,
) -> EfficacyReport:  # fmt: skip
    """Work a report out that has begun. ``policies`` are asked at every decision of the log, which takes a replay each.

    Raises NoEfficacy where there is too little to go by; the row then says why.
    """

    def tell(step: int) -> None:
        with in_district(district):
            EfficacyReport.objects.filter(id=report).update(seen_at=clock())
        progress(step)

    with in_district(district):
        if not EfficacyReport.objects.filter(id=report, state="running").exists():
            raise NoEfficacy(T("Nothing with this identifier is being worked out."))
    try:
        body = body_of(district, now=clock(), policies=policies, tell=tell)
    except BaseException as problem:
        said: Text = (
            problem.message
            if isinstance(problem, NoEfficacy)
            else verbatim(f"{type(problem).__name__}: {problem}"[:500])
        )
        with in_district(district):
            EfficacyReport.objects.filter(id=report).update(state="failed", words=text_to_json(said), seen_at=clock())
        raise
    with in_district(district):
        EfficacyReport.objects.filter(id=report).update(state="done", body=body, seen_at=clock())
        return EfficacyReport.objects.get(id=report)


def body_of(district: UUID, *, now: float, policies: Sequence[str], tell: Callable[[int], None]) -> dict[str, Any]:
    """Everything that a report keeps, as JSON values."""
    began, curriculum = time.process_time(), curriculum_of(district)
    simulated = not has_real_evidence(district)
    with in_district(district):
        read = read_answers(curriculum, now=now, simulated=simulated)
        if len(read.answers) < LEAST:
            said = T("The log holds {n} first answers; at least {least} are needed.", n=len(read.answers), least=LEAST)
            raise NoEfficacy(said)
        tell(1)
        draws, moments = read_draws(read, curriculum, now=now)
        item, asked = read_hints(read, curriculum, now=now)
        pairs, coins, ends = read_coins(read, district, now=now)
        support = read_support(read, district, now=now)
    tell(2)
    names = [(each.id, "") for each in curriculum.activities]
    later = after(read.answers, moments.learner, moments.at)
    found = effects(draws, later.outcome, later.known, moments.learner, len(names))
    rows, _ = rows_of("problem", names, found, found.why_not(), by_chance=True)
    rows += _hints(read, curriculum.items, curriculum.difficulty, item, asked.learner, asked.at)
    if pairs:
        later = after(read.answers, ends.learner, ends.at, BROAD)
        found = effects(coins, later.outcome, later.known, ends.learner, len(pairs))
        rows += rows_of("modality", pairs, found, found.why_not(), by_chance=True)[0]
    if support.kinds:
        later = after(read.answers, support.moments.learner, support.moments.at, TERM)
        found, why = matched(
            support.kind, support.pair, support.chosen, later.outcome, later.known[:, :3], support.moments.learner,
            len(support.kinds),
        )  # fmt: skip
        rows += rows_of("support", [(kind, "") for kind in support.kinds], found, why, by_chance=False)[0]
    tell(3)
    rows += policy_rows([(name, _policy(district, name, read, tell)) for name in policies])
    return {
        "format": FORMAT, "curriculum": curriculum.version, "simulated": simulated, "learners": len(read.number),
        "answers": len(read.answers), "decisions": len(moments.at), "since": read.since, "until": now,
        "asked": {kind: sum(row.kind == kind for row in rows) for kind in KINDS},
        "told": {kind: sum(row.kind == kind and row.effect is not None for row in rows) for kind in KINDS},
        "rows": [_json(row) for kind in KINDS for row in _kept(rows, kind)],
        "cpu_seconds": round(time.process_time() - began, 3),
    }  # fmt: skip


def _hints(
    read: Read, items: Sequence[str], hard: np.typing.NDArray[np.float64], item: np.typing.NDArray[np.int64],
    learner: np.typing.NDArray[np.int64], at: np.typing.NDArray[np.float64],
) -> list[Row]:  # fmt: skip
    """Who asked for an item's hints beside who asked for others', given how hard the item was for them."""
    if not len(item):
        return []
    later = after(read.answers, learner, at, BROAD)
    known = np.column_stack([later.known[:, 0] - hard[item], later.known[:, 1:3]])
    found, why = beside(item, later.outcome, known, learner, len(items))
    return rows_of("hint", [(name, "") for name in items], found, why, by_chance=False)[0]


def _policy(district: UUID, name: str, read: Read, tell: Callable[[int], None]) -> Estimate | str:
    """A policy's estimate, or why there is none."""
    numbers = {str(key): number for key, number in read.number.items()}
    try:
        seen = seen_by(district, name, progress=lambda done: tell(3) if done % 20_000 == 0 else None)
        return evaluate(later_logs(seen, read.answers, numbers))
    except ValueError as problem:
        return str(problem)


def known_policies() -> list[str]:
    """Names of policies that can be asked."""
    return list(POLICIES)


def _kept(rows: Sequence[Row], kind: str) -> list[Row]:
    """Rows of a kind as they are listed: what stands first, the largest effect first; then what most is known of."""
    own = [row for row in rows if row.kind == kind]
    own.sort(key=lambda row: (not row.stands, -abs(row.effect or 0.0) if row.stands else row.error or 9.0, row.subject))
    standing = sum(row.stands for row in own)
    return own[: max(MOST, standing)]


def _json(row: Row) -> dict[str, Any]:
    out = asdict(row)
    out |= {
        "why": text_to_json(row.why),
        "word": row.word,
        "more": None if row.more == float("inf") else round(row.more, 2),
    }
    return {key: round(value, 5) if isinstance(value, float) else value for key, value in out.items()}
