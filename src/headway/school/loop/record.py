"""One short transaction for a batch of learners of one district: lock, read, step, write.

What a batch writes is byte for byte what its members would have written one by one: ``step`` is deterministic in each
turn, the rows of different learners do not touch, and ``now`` is given, not read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import psycopg
from psycopg.pq.abc import PGresult

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry, Response
from headway.core.loop import LAST_ATTEMPT, Outcome, Turn, step
from headway.core.path.plan import EffectivePlan, PlanRow, resolve
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import Profile, new_profile
from headway.core.text import NOTHING, T, Text, text_to_json
from headway.school.curriculum.queries import compiled, known
from headway.school.loop import sql
from headway.school.loop.prepare import Prepared
from headway.school.loop.values import Receipt, receipt_from_json, receipt_to_json
from headway.school.loop.wire import BEGIN, COMMIT, ROLLBACK, Connection, Talk, ask, settle
from headway.school.mastery.served import Fetch, reader, served
from headway.school.people.clock import day_offset
from headway.school.people.refusal import TAKEN, KeyReused, NotOpen, Refused, UnknownActivity, UnknownLearner


@dataclass(slots=True)
class Read:
    """What the transaction read under its locks."""

    curriculum: Curriculum
    time_zone: str
    profiles: dict[UUID, Profile]
    plans: dict[str | None, list[PlanRow]]
    earlier: dict[str, tuple[str, str, dict[str, Any]]]
    hints: dict[str, tuple[str, int, float, int]]


@dataclass(slots=True)
class Written:
    """One learner's share of what the transaction writes."""

    prepared: Prepared
    outcome: Outcome
    response: Response | None
    receipt: Receipt


def record(connection: Connection, batch: Sequence[Prepared], now: Sequence[float]) -> list[Receipt | Refused]:
    """Write a batch of one district, whose learners are distinct; return a receipt or a refusal for each.

    When this returns, the transaction is durable. Raises psycopg errors when the database fails: then nothing is written.
    """
    return settle(connection, recording(connection, batch, now))


def recording(connection: Connection, batch: Sequence[Prepared], now: Sequence[float]) -> Talk[list[Receipt | Refused]]:
    """Do as :func:`record`, but yield while the database works."""
    district = batch[0].submission.district
    try:
        read = yield from _begin(connection, district, batch, min(now))
        finished = _finished(connection, batch)
        fetch = reader(connection.execute)
        results: list[Receipt | Refused] = []
        written: list[Written] = []
        times: list[float] = []
        for prepared, at in zip(batch, now, strict=True):
            done = _one(prepared, at, read, finished, fetch)
            if isinstance(done, Written):
                written.append(done)
                times.append(at)
                results.append(done.receipt)
            else:
                results.append(done)
        yield from _finish(connection, district, written, times, read.curriculum.version)
    except BaseException:
        with suppress(psycopg.Error):
            settle(connection, ask(connection, ROLLBACK))  # the driver's own would forget what is prepared
        raise
    return results


def _one(
    prepared: Prepared, now: float, read: Read, finished: dict[tuple[UUID, str], int], fetch: Fetch
) -> Written | Receipt | Refused:
    submission = prepared.submission
    seen = read.earlier.get(str(submission.event))
    if seen is not None:
        if seen[:2] == (str(submission.learner), submission.digest().hex()):
            return receipt_from_json(seen[2])
        return KeyReused(TAKEN)
    profile = read.profiles.get(submission.learner)
    if profile is None:
        return UnknownLearner(T("There is no such learner in this district."))
    event, current = prepared.event, profile.current
    if isinstance(event, Response):
        if (current.activity, current.step) != (event.activity, event.step):
            return NotOpen(T("This problem is no longer open. Open practice to go on where you are."))
        opened = read.hints.get(event.learner)  # hints of another window count as well
        here = opened is not None and opened[:3] == (event.activity, event.step, current.since)
        shown = opened[3] if opened is not None and here else 0
        event = replace(event, attempt=current.attempt, hints=max(event.hints, shown))
    elif event.activity:
        wanted = read.curriculum.activity(event.activity)
        if wanted is None:
            return UnknownActivity(T("There is no such problem here. Choose another one."))
        last = finished.get((submission.learner, event.activity), -1)
        if last + 1 >= len(wanted.items) and event.activity != current.activity:
            return NotOpen(T("You have done this very problem already. Open practice for a fresh one."))
    rows = read.plans.get(None, []) + read.plans.get(str(submission.learner), [])
    plan = _plan(tuple(rows), now, read.time_zone)
    models = {plan.model: served(plan.model, fetch)}
    outcome = step([Turn(profile, plan, event, now)], read.curriculum, models)[0]
    response = event if isinstance(event, Response) else None
    return Written(prepared, outcome, response, _receipt(prepared, response, outcome))


def _finished(connection: Connection, batch: Sequence[Prepared]) -> dict[tuple[UUID, str], int]:
    """The last step that is over of each activity that a start of this batch names, by learner.

    A problem whose answer is known is no evidence of a skill: opened again and again it would raise mastery for ever.
    """
    named = [p.submission for p in batch if p.submission.kind == "start" and p.submission.activity]
    if not named:
        return {}
    found = connection.execute(sql.FINISHED, [[s.learner for s in named], [s.activity for s in named], LAST_ATTEMPT])
    return {(learner, activity): step for learner, activity, step in found.fetchall()}


def _plan(rows: tuple[PlanRow, ...], now: float, time_zone: str) -> EffectivePlan:
    return resolve(rows, now, day_offset=day_offset(time_zone, now))


def _receipt(prepared: Prepared, response: Response | None, outcome: Outcome) -> Receipt:
    decision, current = outcome.decision, outcome.profile.current
    message = prepared.message
    if response is not None and not response.correct and not response.shown and response.attempt >= LAST_ATTEMPT:
        message = T("{said} Here is one way to do it. The next one is a fresh start.", said=message)
    reason: Text = decision.reason if decision else NOTHING
    return Receipt(
        outcome=prepared.outcome,
        correct=bool(response and response.correct),
        message=message,
        activity=outcome.activity,
        step=outcome.step,
        attempt=current.attempt,
        moved_on=response is None or outcome.activity != response.activity,
        reason=reason,
        reason_code=decision.reason_code if decision else "",
        reached=tuple(entry.skill for entry in outcome.entries if entry.kind == "reached"),
    )


def _begin(connection: Connection, district: UUID, batch: Sequence[Prepared], since: float) -> Talk[Read]:
    """Open the transaction, set the tenant, lock the learners in a fixed order and read, in one round trip. Plan rows that
    ended before ``since`` stay where they are: a learner who changes often must not pay for it."""
    learners = sorted({prepared.submission.learner for prepared in batch})
    who = sql.array(learners)
    events = sql.array(prepared.submission.event for prepared in batch)
    _, _, locked, rest = yield from ask(
        connection,
        BEGIN,
        (b"tenant", [str(district)], False),
        (b"lock", [who], True),
        (b"known", [events, who, repr(since)], False),
    )
    profiles = _profiles(locked)
    if rest.ntuples == 0:
        raise UnknownActivity(
            T("This district has no curriculum yet. Ask the person who set Headway up to install one.")
        )
    version, time_zone, earlier, plans, opened = (rest.get_value(0, column) or b"" for column in range(5))
    used = version.decode()
    curriculum = known(used) or compiled(used, _curriculum_data(connection, used))
    if len(profiles) < len(learners):
        missing = [key for key in learners if key not in profiles]
        profiles |= yield from _new_profiles(connection, district, missing)
    by_learner: dict[str | None, list[PlanRow]] = {}
    for learner, *fields in json.loads(plans) if plans else ():
        by_learner.setdefault(learner, []).append(PlanRow(*fields))
    seen = {event: (learner, digest, outcome) for event, learner, digest, outcome in json.loads(earlier or "[]")}
    hints = {
        learner: (activity, step, since, shown) for learner, activity, step, since, shown in json.loads(opened or "[]")
    }
    return Read(curriculum, time_zone.decode(), profiles, by_learner, seen, hints)


def _profiles(locked: PGresult) -> dict[UUID, Profile]:
    """The profiles of LOCK_PROFILES' rows, which come in binary."""
    rows = ((locked.get_value(row, 0), locked.get_value(row, 1)) for row in range(locked.ntuples))
    return {UUID(bytes=key): decode(state) for key, state in rows if key is not None and state is not None}


def _curriculum_data(connection: Connection, version: str) -> bytes:
    row = connection.execute(sql.CURRICULUM_DATA, [version]).fetchone()
    assert row is not None
    return bytes(row[0])


def _new_profiles(connection: Connection, district: UUID, missing: list[UUID]) -> Talk[dict[UUID, Profile]]:
    """Give learners who practise for the first time a profile; others who are not learners get none."""
    who = sql.array(missing)
    for learner, grade, interests in connection.execute(sql.NEWCOMERS, [who]).fetchall():
        fresh = new_profile(str(learner), grade=grade or "6", interests=tuple(interests))
        connection.execute(sql.ADD_PROFILE, [district, learner, encode(fresh)])
    (locked,) = yield from ask(connection, (b"lock", [who], True))
    return _profiles(locked)


def _finish(
    connection: Connection, district: UUID, written: list[Written], times: list[float], version: str
) -> Talk[None]:
    """Write everything and commit, in one round trip; the transaction is durable when this returns."""
    if not written:
        yield from ask(connection, COMMIT)
        return
    learners = sql.array(w.prepared.submission.learner for w in written)
    states = sql.array(encode(w.outcome.profile).hex() for w in written)
    evidence = [_evidence(w, at, version) for w, at in zip(written, times, strict=True)]
    decisions = [_decision(w) for w in written if w.outcome.decision]
    entries = [_entry(entry) for w in written for entry in w.outcome.entries]
    rows = [json.dumps(each) for each in (evidence, decisions, entries)]
    write = (b"write", [learners, states, sql.array(map(repr, times)), str(district), *rows], False)
    yield from ask(connection, write, COMMIT)


def _evidence(written: Written, now: float, version: str) -> dict[str, Any]:
    s, r = written.prepared.submission, written.response
    return {
        "event": str(s.event),
        "learner_id": str(s.learner),
        "kind": s.kind,
        "activity": s.activity,
        "step": s.step,
        "item": r.item if r else "",
        "skills": list(r.skills) if r else [],
        "answer": s.answer,
        "correct": bool(r and r.correct),
        "attempt": r.attempt if r else 1,
        "hints": r.hints if r else s.hints,
        "shown": s.shown,
        "seconds": s.seconds,
        "misconception": r.misconception if r else "",
        "suspects": list(r.suspects) if r else [],
        "simulated": s.simulated,
        "at": s.at,
        "now": now,
        "curriculum": version,
        "digest": "\\x" + s.digest().hex(),
        "outcome": receipt_to_json(written.receipt),
    }


def _decision(written: Written) -> dict[str, Any]:
    d = written.outcome.decision
    assert d is not None
    return {
        "learner_id": d.learner,
        "after": d.after,
        "activity": d.activity,
        "skill": d.skill,
        "reason": text_to_json(d.reason),
        "reason_code": d.reason_code,
        "alternatives": [[a.activity, a.skill, a.value, a.probability] for a in d.alternatives],
        "propensity": d.propensity,
        "predicted": d.predicted,
        "model": d.model,
        "policy": d.policy,
        "curriculum": d.curriculum,
        "seed": str(d.seed),
        "overrides": list(d.overrides),
        "at": d.at,
    }


def _entry(entry: MasteryEntry) -> dict[str, Any]:
    return {
        "learner_id": entry.learner,
        "skill": entry.skill,
        "kind": entry.kind,
        "response": entry.response,
        "probability": entry.probability,
        "threshold": entry.threshold,
        "evidence_count": entry.evidence_count,
        "model": entry.model,
        "at": entry.at,
    }
