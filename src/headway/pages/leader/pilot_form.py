"""The form of a pilot: what can be chosen, what was chosen, and the draft that follows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from headway.core.curriculum.catalogue import Curriculum
from headway.core.environment.means import together
from headway.core.evidence.pilots.arms import MOST_ARMS, Arm, Wish
from headway.core.evidence.pilots.costs import KINDS as COST_KINDS
from headway.core.evidence.pilots.costs import CostLine
from headway.core.text import T
from headway.pages.leader.pilot_choices import COSTS, GETS, LOOK_SAID, PER, UNITS, WORTH
from headway.pages.render import said
from headway.school.environment.means.queries import means_of
from headway.school.evidence.pilots.draft import LOOKS, Draft, Milestone
from headway.school.evidence.pilots.outcomes import KINDS, Outcome, tests_known
from headway.school.path.subjects import taught
from headway.school.people.access import Viewer, sections_of
from headway.school.people.company import teachers_by_section
from headway.school.people.models import RoleName, Section
from headway.school.people.refusal import Malformed
from headway.standards.instruction import shipped_models

SURE = "0.85"
PINNED = 3
"""Skills that a group of the form can be given first."""
GROUPS, LINES = MOST_ARMS - 1, 3
"""Groups beside the usual one, and lines of milestones and costs, that the form has."""
Option = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the form: its ``number``, ``name``, what it ``gets``, and the skills that come first."""

    number: int
    name: str
    gets: Sequence[Option]
    skills: Sequence[str]


@dataclass(frozen=True, slots=True)
class School:
    """A school's classes to choose from."""

    name: str
    classes: Sequence[Option]


def sections_led(viewer: Viewer) -> list[Section]:
    """The classes that somebody may put into a pilot, by school and title."""
    held = viewer.schools(RoleName.LEADER)
    rows = sections_of(viewer).select_related("school").order_by("school__name", "title", "period", "id")
    return [row for row in rows if None in held or row.school_id in held]


def first_sent(sections: Sequence[Section], viewer: Viewer) -> dict[str, list[str]]:
    """What the empty form has chosen: the classes of the subject that most have, half and half by learner, for eight weeks."""
    subjects = [each.subject for each in sections]
    usual = max(dict.fromkeys(subjects), key=subjects.count) if subjects else ""
    return {
        "section": [str(each.id) for each in sections if each.subject == usual], "unit": ["learner"], "weeks": ["8"],
        "looks": ["1"], "worth": ["0.1"], "outcome": [f"ability:{usual.strip().lower()}"], "subgroup": ["grade"],
        "owner": [viewer.person.name], **_usual_costs(sections),
    }  # fmt: skip


def _usual_costs(sections: Sequence[Section]) -> dict[str, list[str]]:
    """The budget lines of the schools as lines of costs, the money of a year."""
    lines = together(list(means_of(list({each.school_id for each in sections})).values())).of("budget")[:LINES]
    return {
        "cost-item": [line.name for line in lines],
        "cost-kind": [line.cost for line in lines],
        "cost-price": [f"{(line.number or 0.0) / line.years:.2f}" for line in lines],
        "cost-per": [line.per for line in lines],
    }


def sent_of(draft: Draft) -> dict[str, list[str]]:
    """A draft as the form would send it."""
    out = {
        "question": [draft.question], "theory": [draft.theory], "section": [str(key) for key in draft.sections],
        "unit": [draft.unit], "weeks": [str(draft.weeks)], "worth": [f"{draft.worth:g}"], "owner": [draft.owner],
        "looks": [next(key for key, shares in LOOKS.items() if shares == draft.looks)],
        "subgroup": list(draft.subgroups), "outcome": [_sent_outcome(draft.outcome)],
        "adaptive": ["1"] if draft.adaptive else [], "early": [_sent_outcome(draft.early) if draft.early else ""],
    }  # fmt: skip
    for number, arm in enumerate(draft.arms[1:], 1):
        pins = [wish.value for wish in arm.wishes if wish.effect == "pin-skill"]
        others = [wish for wish in arm.wishes if wish.effect != "pin-skill"]
        out[f"name-{number}"] = [arm.name]
        out[f"skill-{number}"] = pins
        out[f"get-{number}"] = [
            f"model:{arm.model}" if arm.model
            else ("support" if others else "skills") if pins
            else f"{others[0].effect}:{others[0].value}"
        ]  # fmt: skip
    for name in ("what", "who", "week"):
        out[f"milestone-{name}"] = [str(getattr(each, name)) for each in draft.milestones]
    for name in ("item", "kind", "price", "per"):
        out[f"cost-{name}"] = [
            f"{each.amount * each.price:g}" if name == "price" else str(getattr(each, name)) for each in draft.costs
        ]
    return out


def sent_in(post: QueryDict) -> dict[str, list[str]]:
    """What came."""
    return {key: [str(value) for value in values] for key, values in post.lists()}


def _sent_outcome(outcome: Outcome) -> str:
    return f"{outcome.kind}:{outcome.name or outcome.subject}"


def _outcome(sent: str) -> Outcome:
    kind, _colon, about = sent.partition(":")
    if kind not in KINDS:
        raise Malformed(T("Choose from the list what shall change."))
    return Outcome(kind, name=about) if kind == "measure" else Outcome(kind, subject=about)


def draft_from(sent: Mapping[str, Sequence[str]]) -> Draft:
    """The draft that a form means. Raises Malformed for what no form sends."""
    adaptive, early = _one(sent, "adaptive") == "1", _one(sent, "early")
    try:
        sections = tuple(dict.fromkeys(UUID(key) for key in sent.get("section", ())))
        weeks, worth = int(_one(sent, "weeks") or 0), float(_one(sent, "worth") or 0.0)
        looks = LOOKS[_one(sent, "looks")]
    except (ValueError, KeyError) as problem:
        raise Malformed(
            T("Something on the form is no number where one is needed. Look through it again.")
        ) from problem
    if _one(sent, "unit") not in UNITS:
        raise Malformed(T("Choose from the lists what gets an arm, and how often you look."))
    return Draft(
        question=_one(sent, "question"), theory=_one(sent, "theory"),
        outcome=_outcome(_one(sent, "outcome")), unit=_one(sent, "unit"), sections=sections,
        arms=(Arm(_("Business as usual")), *_arms(sent)), weeks=weeks, looks=looks,
        worth=worth, subgroups=() if adaptive else tuple(sent.get("subgroup", ())), owner=_one(sent, "owner"),
        milestones=_milestones(sent, weeks), costs=_costs(sent), adaptive=adaptive,
        early=_outcome(early) if adaptive and early else None,
    )  # fmt: skip


def _one(sent: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(sent.get(name, ())), "").strip()


def _arms(sent: Mapping[str, Sequence[str]]) -> Iterable[Arm]:
    for number in range(1, GROUPS + 1):
        gets, name = _one(sent, f"get-{number}"), _one(sent, f"name-{number}")[:60]
        if not gets:
            continue
        pins = tuple(
            Wish("pin-skill", words.split(" ")[0].strip()) for words in sent.get(f"skill-{number}", ()) if words.strip()
        )
        kind, _colon, value = gets.partition(":")
        name = name or _("New")
        if kind in ("skills", "support"):
            if not pins:
                raise Malformed(T("Choose at least one skill that comes first."))
            yield Arm(name, (*pins, *((Wish("target-success", SURE),) if kind == "support" else ())))
        elif kind == "model":
            yield Arm(name, (), value)
        else:
            yield Arm(name, (Wish(kind, value),))


def _milestones(sent: Mapping[str, Sequence[str]], weeks: int) -> tuple[Milestone, ...]:
    lines = zip(*(sent.get(f"milestone-{name}", ()) for name in ("what", "who", "week")), strict=False)
    return tuple(
        Milestone(what.strip()[:120], who.strip()[:80], int(week) if re.fullmatch(r"[0-9]{1,4}", week) else weeks)
        for what, who, week in lines
        if what.strip()
    )


def _costs(sent: Mapping[str, Sequence[str]]) -> tuple[CostLine, ...]:
    out = []
    for item, kind, price, per in zip(
        *(sent.get(f"cost-{n}", ()) for n in ("item", "kind", "price", "per")), strict=False
    ):
        if not item.strip():
            continue
        try:
            out.append(CostLine(item.strip()[:80], kind, 1.0, float(price or "nan"), per))
        except ValueError as problem:
            raise Malformed(
                T("What does “{item}” cost? Write a number, 0 or more.", item=item.strip()[:80])
            ) from problem
    return tuple(out)


def context_of(
    sent: Mapping[str, Sequence[str]], sections: Sequence[Section], curriculum: Curriculum
) -> dict[str, object]:
    """Everything that the form shows."""
    chosen = {key: set(values) for key, values in sent.items()}
    by_school: dict[str, list[Option]] = {}
    titles = _titles(sections)
    for each, title in zip(sections, titles, strict=True):
        on = str(each.id) in chosen.get("section", set())
        by_school.setdefault(each.school.name, []).append((str(each.id), title, on))
    return {
        "question": _one(sent, "question"), "theory": _one(sent, "theory"), "weeks": _one(sent, "weeks"),
        "owner": _one(sent, "owner"), "schools": [School(name, rows) for name, rows in by_school.items()],
        "groups": [_group(number, sent) for number in range(1, GROUPS + 1)],
        "outcomes": _options(_outcomes(curriculum), chosen.get("outcome")),
        "adaptive": _one(sent, "adaptive") == "1",
        "earlies": _options([("", _("The result itself, as it stands then")), *_outcomes(curriculum)], {_one(sent, "early")}),
        "units": _options(UNITS.items(), chosen.get("unit")),
        "looks": _options(LOOK_SAID.items(), chosen.get("looks")), "worths": _options(WORTH, chosen.get("worth")),
        "subgroups": _options([("grade", _("grades")), ("language", _("home languages"))], chosen.get("subgroup")),
        "milestones": _lines(sent, "milestone", ("what", "who", "week")),
        "costs": [
            (item, _options(COSTS.items(), {kind or COST_KINDS[0]}), price, _options(PER.items(), {per or "pilot"}))
            for item, kind, price, per in _lines(sent, "cost", ("item", "kind", "price", "per"))
        ],
        "skills": [f"{each.id} {each.title}" for each in curriculum.skills],
    }  # fmt: skip


def _titles(sections: Sequence[Section]) -> list[str]:
    """What each class is called; where several of a school are called the same, with who teaches it."""
    titles = [
        " · ".join(part for part in (each.title, each.period and _("period {n}").format(n=each.period)) if part)
        for each in sections
    ]
    often = Counter((each.school_id, title) for each, title in zip(sections, titles, strict=True))
    named = [often[each.school_id, title] > 1 for each, title in zip(sections, titles, strict=True)]
    teach = teachers_by_section(each.id for each, also in zip(sections, named, strict=True) if also)
    return [
        " · ".join((title, *([", ".join(who.name for who in teach.get(each.id, []))] if each.id in teach else [])))
        for each, title in zip(sections, titles, strict=True)
    ]


def _options(pairs: Iterable[tuple[str, str | Promise]], chosen: set[str] | None) -> list[Option]:
    return [(value, str(words), value in (chosen or set())) for value, words in pairs]


def _group(number: int, sent: Mapping[str, Sequence[str]]) -> Group:
    ways = [
        (f"model:{key}", _("Way of working: {name}").format(name=_(model.name)))
        for key, model in shipped_models().items()
    ]
    skills = [words for words in sent.get(f"skill-{number}", ()) if words][:PINNED]
    return Group(
        number,
        _one(sent, f"name-{number}"),
        _options([*GETS, *ways], {_one(sent, f"get-{number}")}),
        [*skills, *[""] * (PINNED - len(skills))],
    )


def _outcomes(curriculum: Curriculum) -> list[tuple[str, str]]:
    subjects = taught(curriculum)
    out = [(f"ability:{one}", f"{said(KINDS['ability'])} ({_subject(one)})") for one in subjects]
    out.append(("screening:", said(KINDS["screening"])))
    out += [(f"mastered:{one}", f"{said(KINDS['mastered'])} ({_subject(one)})") for one in subjects]
    out.append(("attendance:", said(KINDS["attendance"])))
    return [*out, *((f"measure:{name}", f"{said(KINDS['measure'])}: {name}") for name in tests_known())]


def _subject(name: str) -> str:
    return _(name.replace("-", " ").capitalize())


def _lines(sent: Mapping[str, Sequence[str]], prefix: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The lines that were written, and empty ones to write more."""
    written = list(zip(*(sent.get(f"{prefix}-{name}", ()) for name in names), strict=False))[:LINES]
    return [*written, *[("",) * len(names)] * (LINES - len(written))]
