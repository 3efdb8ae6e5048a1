"""What the page of one pilot shows: the plan in words, how it goes, looks, milestones and what people did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.pilots.wwc import standing_of
from headway.core.mastery.kernels import DAY
from headway.core.text import text_from_json
from headway.pages.dates import date_said
from headway.pages.leader.pilot_choices import LOOK_SAID, UNITS, WORTH
from headway.pages.leader.pilot_newcomers import newcomers_of, planned
from headway.pages.leader.pilot_shown import arm_said
from headway.pages.render import plain
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.evidence.pilots.draft import LOOKS, Draft, draft_from_json
from headway.school.evidence.pilots.outcomes import KINDS, SCALES
from headway.school.evidence.pilots.queries import ArmSeen, Running, marks_of, running_of
from headway.school.evidence.pilots.standing import Pilot, PilotMark
from headway.school.people.clock import local_date, time_zone_of


@dataclass(frozen=True, slots=True)
class ArmRow:
    """A group as it goes, in words; ``few`` hides its figures. ``each``: problems chosen for one learner; ``gave_way``:
    percent of them."""

    name: str
    gets: str
    assigned: int
    few: bool
    exposed: int
    each: int
    gave_way: int
    measured: int
    balance: str


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: when it is due, and who said when that it is reached ("" if nobody)."""

    number: int
    what: str
    who: str
    due: str
    done: str


def frame_of(pilot: Pilot) -> dict[str, Any]:
    """What every page of a pilot shows: the plan in words, and what people did. Nothing of it names a learner."""
    zone = time_zone_of(pilot.district_id)
    draft = draft_from_json(pilot.question, pilot.body)
    curriculum = _taught(pilot)
    marks = marks_of(pilot)
    facts = _facts(draft, dealt=pilot.state == "draft" or "adaptive" in pilot.body)
    return {
        "pilot": pilot, "draft": draft, "facts": facts, "before": pilot.before, "marks": marks,
        "groups": [(arm.name, arm_said(arm, curriculum)) for arm in draft.arms],
        "deeds": [(date_said(local_date(zone, mark.at)), mark.by.name, deed_said(mark), mark.reason) for mark in marks
                  if mark.kind != "done"],
    }  # fmt: skip


def page_of(pilot: Pilot, now: float) -> dict[str, Any]:
    """The context of a pilot's page; one that has started comes with how it goes."""
    context = frame_of(pilot)
    if pilot.state not in ("running", "ended"):
        return context
    zone, curriculum = time_zone_of(pilot.district_id), _taught(pilot)
    running = running_of(pilot, context["marks"], now=now)
    frozen = running.frozen
    return context | {
        "running": running, "newcomers": newcomers_of(running, zone), "frozen": frozen, "verdict": running.verdict,
        "arms": [_arm(each, curriculum) for each in running.arms],
        "starts": date_said(local_date(zone, frozen.starts)), "ends": date_said(local_date(zone, frozen.ends)),
        "far": max(0, min(100, round(100 * (now - frozen.starts) / (frozen.ends - frozen.starts)))),
        "overdue": pilot.state == "running" and now >= frozen.ends,
        "due": running.due if running.verdict is None else None,
        "due_day": "" if running.due is None else date_said(local_date(zone, max(running.due.at, frozen.starts))),
        "ready": running.due is not None and now >= running.due.at and running.verdict is None,
        "steps": _steps(context["draft"], running, zone),
        "looks": [(each, date_said(local_date(zone, each.at))) for each in running.looks], "worths": WORTH,
    }  # fmt: skip


def _taught(pilot: Pilot) -> Curriculum | None:
    try:
        return curriculum_of(pilot.district_id)
    except NoCurriculum:
        return None


def _facts(draft: Draft, *, dealt: bool) -> list[tuple[str, str]]:
    """The plan in words; ``dealt``: newcomers are dealt a group, as in every pilot that began since they are."""
    looks = next((str(LOOK_SAID[key]) for key, shares in LOOKS.items() if shares == draft.looks), "")
    worth = next((str(words) for value, words in WORTH if float(value) == draft.worth), f"{draft.worth:.2f}")
    kind = plain(KINDS[draft.outcome.kind])
    about = draft.outcome.name or draft.outcome.subject
    rows = [
        (_("Why it should help"), draft.theory or _("not written down")),
        (_("What shall change"), f"{kind} ({about})" if about else kind),
        (_("How that is measured"), plain(SCALES[draft.outcome.kind])),
        (_("How chance decides"), str(UNITS[draft.unit])),
        *([(_("Who comes later"), planned(draft))] if dealt else ()),
        (_("How long"), _("{n} weeks").format(n=draft.weeks)),
        (_("When you look at the result"), looks),
        (_("Smallest gain worth its cost"), worth),
        (_("Who is in charge"), draft.owner or "–"),
    ]
    if draft.costs:
        rows.append((_("Costs"), "; ".join(f"{each.item} {each.amount * each.price:,.2f}" for each in draft.costs)))
    return rows


def _arm(each: ArmSeen, curriculum: Curriculum | None) -> ArmRow:
    said = {"alike": _("alike"), "adjust": _("a little apart"), "apart": _("far apart")}
    balance = "" if each.balance is None else f"{each.balance:+.2f} ({said[standing_of(each.balance)]})"
    return ArmRow(
        each.name, arm_said(each.arm, curriculum), each.assigned, each.few, each.exposed,
        round(each.decisions / max(each.asked, 1)), round(100.0 * each.gave_way / max(each.decisions, 1)), each.measured, balance,
    )  # fmt: skip


def _steps(draft: Draft, running: Running, zone: str) -> Sequence[Step]:
    done = {mark.body["number"]: mark for mark in running.marks if mark.kind == "done"}
    out = []
    for number, each in enumerate(draft.milestones):
        mark = done.get(number)
        due = date_said(local_date(zone, running.frozen.starts + each.week * 7 * DAY))
        said = f"{mark.by.name}, {date_said(local_date(zone, mark.at))}" if mark is not None else ""
        out.append(Step(number, each.what, each.who, due, said))
    return out


def steps_said() -> list[tuple[str, str]]:
    """What may follow from a verdict."""
    return [
        ("spread", _("Let more classes have it")),
        ("scale", _("Let everybody have it")),
        ("keep", _("Keep testing")),
        ("stop", _("Stop")),
    ]


def deed_said(mark: PilotMark) -> str:
    """What somebody did, in words."""
    if mark.kind == "override":
        return _("Started although the gate was shut: {missing}").format(missing=" ".join(mark.body["missing"]))
    if mark.kind == "change":
        return _("Changed the plan after the start: {field} is now {value}").format(
            field={"worth": _("the smallest gain worth its cost")}.get(mark.body["field"], mark.body["field"]),
            value=mark.body["value"],
        )
    if mark.kind == "ended":
        return _("Ended it before its day") if mark.body["early"] else _("Ended it")
    what = dict(steps_said()).get(mark.body["what"], mark.body["what"])
    if mark.body["missing"]:
        missing = " ".join(plain(text_from_json(each)) for each in mark.body["missing"])
        return _("Decided: {what}, although the gate was shut. {missing}").format(what=what, missing=missing)
    return _("Decided: {what}").format(what=what)
