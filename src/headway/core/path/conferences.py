"""What a conference is about: one page drafted from the record, for a talk of ten minutes about one learner.

The draft is a function of what is on record and is the same for whoever draws it. It names what changed since the last talk, at
most three strengths, at most *one* worry (the first that holds of :func:`_worry`'s order, so that the talk has one subject),
questions that open the talk, and at most three choices, each with what it would do. Every line names the evidence behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import MasteryEntry
from headway.core.profile.views import SkillView
from headway.core.text import T, Text, text_from_json, text_to_json, verbatim

AGREED = T("Agreed in a conference")
"""The reason of what a conference wrote into the plan."""
QUIET = 14 * 86400.0
"""Seconds without any answer after which that is the worry."""
LATE = 0.4
"""Chance to reach the goal by its day, below which that is the worry."""
MOST_LINES, MOST_STRENGTHS, MOST_CHOICES = 6, 3, 3
SOUND = 0.7
"""Chance to solve a middle item of a prerequisite, below which it is tried first."""
MORE_MINUTES = 10.0
"""Minutes a school day that the choice of more time adds; it never more than doubles the day."""
MOST_A_DAY = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the evidence that it opens: ``kind`` is ``skill``, ``misconception``, ``mastery``, ``pace``, ``goal``,
    ``profile`` or "" for none, ``key`` names which."""

    said: Text
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to agree on with one tap. ``kind`` is ``goal`` (``value``: grade and domain), ``pin`` (a skill) or ``time``
    (problems a day); ``would`` says what it would do."""

    kind: str
    value: str
    said: Text
    would: Text


@dataclass(frozen=True, slots=True)
class Packet:
    """The page. ``since`` (seconds since 1970) is the last talk, or where the draft begins when there was none."""

    since: float
    changed: tuple[Line, ...] = ()
    strengths: tuple[Line, ...] = ()
    worry: Line | None = None
    goal: tuple[Line, ...] = ()
    questions: tuple[Text, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """The open goal in short: its name, how many skills are done, the chance to be in time (None where nothing can be said), and
    sentences about it that are finished already."""

    name: Text
    done: int
    count: int
    on_time: float | None = None
    over: bool = False
    said: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a draft rests on. ``ledger`` are the lines since ``since``, ``days`` and ``minutes`` practice since then, ``reached``
    the names of goals reached since then, ``stated`` strengths that people wrote down, ``muddles`` live misconceptions (key and
    name, the surest first), ``offers`` goals to choose (key, name, what each would do), ``last_at`` the last answer (0: none),
    ``daily`` the problems a day that are planned, ``pace`` minutes that one takes."""

    name: str
    since: float
    now: float
    views: Sequence[SkillView]
    ledger: Sequence[MasteryEntry] = ()
    days: int = 0
    minutes: int = 0
    reached: Sequence[Text] = ()
    stated: Sequence[Text] = ()
    muddles: Sequence[tuple[str, Text]] = ()
    goal: GoalFacts | None = None
    offers: Sequence[tuple[str, Text, Text]] = ()
    last_at: float = 0.0
    daily: int = 10
    pace: float = 1.0


def draft(facts: Facts, curriculum: Curriculum) -> Packet:
    """Draft the page of a conference."""
    kinds = _newest(facts.ledger)
    worry, about = _worry(facts, kinds, curriculum)
    return Packet(
        since=facts.since,
        changed=_changed(facts, kinds, curriculum),
        strengths=_strengths(facts, kinds, curriculum),
        worry=worry,
        goal=_goal(facts.goal),
        questions=_questions(facts, kinds, curriculum, about),
        choices=_choices(facts, curriculum, about),
    )


def _newest(ledger: Sequence[MasteryEntry]) -> dict[str, tuple[str, ...]]:
    """By skill the kinds of its lines, oldest first; the skills by their newest line, newest first."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in sorted(ledger, key=lambda each: each.at):
        found[entry.skill] = (*found.pop(entry.skill, ()), entry.kind)
    return dict(reversed(found.items()))


def _changed(facts: Facts, kinds: Mapping[str, tuple[str, ...]], c: Curriculum) -> tuple[Line, ...]:
    out = []
    for skill, told in kinds.items():
        if "reached" in told and "lost" not in told:
            out.append(Line(T("New and solid: “{skill}”.", skill=_title(skill, c)), "skill", skill))
    left = len(out) - MOST_LINES
    if left > 0:
        out = [*out[:MOST_LINES], Line(T("And {n} more that are new and solid.", n=left), "mastery")]
    out += [
        Line(T("Slipped, and solid again: “{skill}”.", skill=_title(skill, c)), "skill", skill)
        for skill, told in kinds.items()
        if "lost" in told and told[-1] != "lost"
    ][:3]
    out += [
        Line(T("Slipped, and in practice again: “{skill}”.", skill=_title(skill, c)), "skill", skill)
        for skill, told in kinds.items()
        if told[-1] == "lost"
    ][:3]
    out += [Line(T("Goal reached: {goal}.", goal=name), "goal") for name in facts.reached]
    if facts.days:
        said = T("Days with practice: {days}. Minutes in all: {minutes}.", days=facts.days, minutes=facts.minutes)
        out.append(Line(said, "pace"))
    else:
        out.append(Line(T("No practice in this time."), "pace"))
    return tuple(out)


def _strengths(facts: Facts, kinds: Mapping[str, tuple[str, ...]], c: Curriculum) -> tuple[Line, ...]:
    """What was won back, then what held in a later check, then what people wrote down, then what is solid."""
    back, held = [], []
    for skill, told in kinds.items():
        if "lost" in told and told[-1] != "lost":
            back.append(Line(T("Won back after it had slipped: “{skill}”.", skill=_title(skill, c)), "skill", skill))
        elif told[-1] == "confirmed":
            held.append(Line(T("Still there in a later check: “{skill}”.", skill=_title(skill, c)), "skill", skill))
    stated = [Line(T("Written in the profile: {words}", words=words), "profile") for words in facts.stated]
    used = {line.key for line in (*back, *held)}
    solid = sorted((v for v in facts.views if v.status == "mastered" and v.skill not in used), key=lambda v: -v.secure)
    sure = [Line(T("Solid: “{skill}”.", skill=_title(v.skill, c)), "skill", v.skill) for v in solid]
    return (*back[:1], *held[:1], *stated[:1], *back[1:], *held[1:], *sure)[:MOST_STRENGTHS]


def _worry(facts: Facts, kinds: Mapping[str, tuple[str, ...]], c: Curriculum) -> tuple[Line | None, str]:
    """The one worry and the skill it is about ("" for none): no practice, then a skill that is stuck, then one that slipped, then
    an idea in the way, then the goal's day."""
    if facts.last_at and facts.now - facts.last_at > QUIET:
        days = int((facts.now - facts.last_at) // 86400)
        return Line(T("{name} has not practiced for {days} days.", name=facts.name, days=days), "pace"), ""
    stuck = max(
        (v for v in facts.views if v.status == "stuck"), key=lambda v: (v.wrong_run, v.last_at, -v.number), default=None
    )
    if stuck is not None:
        said = T(
            "“{skill}”: the last {n} first answers were not right.", skill=_title(stuck.skill, c), n=stuck.wrong_run
        )
        return Line(said, "skill", stuck.skill), stuck.skill
    slipped = next((skill for skill, told in kinds.items() if told[-1] == "lost" and skill in c.skill_number), "")
    if slipped:
        said = T("“{skill}” was solid and has slipped.", skill=_title(slipped, c))
        return Line(said, "skill", slipped), slipped
    if facts.muddles:
        key, name = facts.muddles[0]
        return Line(T("An idea may be in the way: {name}", name=name), "misconception", key), ""
    goal = facts.goal
    if goal is not None and goal.done < goal.count and goal.on_time is not None and goal.on_time < LATE:
        return Line(T("The goal will probably not be reached by its day."), "goal"), ""
    return None, ""


def _goal(goal: GoalFacts | None) -> tuple[Line, ...]:
    if goal is None:
        return ()
    said = T("{goal}: {n} of {all} skills are solid.", goal=goal.name, n=goal.done, all=goal.count)
    return (Line(said, "goal"), *(Line(words, "goal") for words in goal.said))


def _questions(facts: Facts, kinds: Mapping[str, tuple[str, ...]], c: Curriculum, about: str) -> tuple[Text, ...]:
    proud = next((skill for skill, told in kinds.items() if told[-1] != "lost"), "")
    out = [
        T("You got “{skill}”. What helped you?", skill=_title(proud, c))
        if proud
        else T("What went well since we last talked?")
    ]
    if about:
        out.append(T("“{skill}” is hard right now. What happens when you try it?", skill=_title(about, c)))
    elif facts.last_at and facts.now - facts.last_at > QUIET:
        out.append(T("What has kept you from practice? What would make it easier?"))
    if facts.goal is None:
        out.append(T("What would you like to be able to do by the time we talk again?"))
    else:
        out.append(T("Is your goal still the right one for you?"))
    out.append(T("What should I do differently, so that it goes better for you?"))
    return tuple(out)


def _choices(facts: Facts, c: Curriculum, about: str) -> tuple[Choice, ...]:
    out = []
    first = _first(facts, c, about)
    if first:
        title = _title(first, c)
        would = T("The path turns to it next and stays with it until it is solid.")
        if first != about:
            would = T("“{skill}” builds on it. The path turns to it next.", skill=_title(about, c))
        out.append(Choice("pin", first, T("“{skill}” comes first.", skill=title), would))
    goal = facts.goal
    settled = goal is not None and not goal.over and goal.done < goal.count
    offers = [
        Choice("goal", key, T("A goal: {goal}, in six weeks.", goal=name), would) for key, name, would in facts.offers
    ]
    out += offers[: 0 if settled else MOST_CHOICES - 1 - len(out)]
    more = min(facts.daily + max(min(round(MORE_MINUTES / max(facts.pace, 0.2)), facts.daily), 1), MOST_A_DAY)
    if facts.daily < MOST_A_DAY and facts.views:
        said = T("{n} problems a day instead of {before}.", n=more, before=facts.daily)
        would = T(
            "That is about {minutes} minutes more on a school day.", minutes=round((more - facts.daily) * facts.pace)
        )
        out.append(Choice("time", str(more), said, would))
    out += offers[:1] if settled else []
    return tuple(out[:MOST_CHOICES])


def _first(facts: Facts, c: Curriculum, about: str) -> str:
    """Where to begin with a worry: the weakest prerequisite that was tried and is not sound, else the skill itself."""
    if not about or about not in c.skill_number:
        return ""
    number = c.skill_number[about]
    before = set(c.before[c.before_at[number] : c.before_at[number + 1]].tolist())
    weak = [v for v in facts.views if v.number in before and v.status != "mastered" and v.n and v.p_next < SOUND]
    return min(weak, key=lambda v: (v.p_next, v.number)).skill if weak else about


def _title(skill: str, c: Curriculum) -> Text:
    number = c.skill_number.get(skill)
    return Text(c.skills[number].title) if number is not None else verbatim(skill)


def packet_to_json(packet: Packet) -> dict[str, object]:
    """Encode a packet, to be kept as it was when the talk began."""
    return {
        "since": packet.since,
        "changed": [_line_to_json(line) for line in packet.changed],
        "strengths": [_line_to_json(line) for line in packet.strengths],
        "worry": _line_to_json(packet.worry) if packet.worry else None,
        "goal": [_line_to_json(line) for line in packet.goal],
        "questions": [text_to_json(text) for text in packet.questions],
        "choices": [[c.kind, c.value, text_to_json(c.said), text_to_json(c.would)] for c in packet.choices],
    }


def packet_from_json(value: Mapping[str, Any]) -> Packet:
    """Decode what :func:`packet_to_json` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    return Packet(
        since=float(value["since"]),
        changed=tuple(map(_line_from_json, value["changed"])),
        strengths=tuple(map(_line_from_json, value["strengths"])),
        worry=_line_from_json(value["worry"]) if value["worry"] else None,
        goal=tuple(map(_line_from_json, value["goal"])),
        questions=tuple(map(text_from_json, value["questions"])),
        choices=tuple(
            Choice(kind, key, text_from_json(said), text_from_json(would))
            for kind, key, said, would in value["choices"]
        ),
    )


def _line_to_json(line: Line) -> list[object]:
    return [text_to_json(line.said), line.kind, line.key]


def _line_from_json(value: Any) -> Line:
    said, kind, key = value
    return Line(text_from_json(said), kind, key)
