"""The editor of the district's rules: a form for what most districts write, JSON for the rest; whom it would move, first."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from headway.core.intervention.defaults import FIGURES, MEASURES
from headway.core.intervention.rules import (
    MOST_CLAUSES,
    BadRule,
    Condition,
    Rule,
    RuleBook,
    conditions,
    rules_from_json,
    rules_to_json,
)
from headway.core.intervention.tiers import VALUES, WORDS
from headway.pages.dates import day
from headway.pages.guard import page_for
from headway.pages.render import said
from headway.pages.support.home import STAFF
from headway.pages.support.said import PURPOSE
from headway.pages.support.team import Move, moves_of
from headway.school.intervention.actions import save_rules
from headway.school.intervention.evidence import outlook
from headway.school.intervention.queries import learners_of, rules_in_force, schools_of
from headway.school.people.access import Viewer, record_access
from headway.school.people.clock import time_zone_of

COMPARE: dict[str, Promise] = {
    "at-most": gettext_lazy("at most"),
    "below": gettext_lazy("below"),
    "at-least": gettext_lazy("at least"),
    "above": gettext_lazy("above"),
    "is": gettext_lazy("is"),
}
WINDOWS: dict[str, Promise] = {
    "": gettext_lazy("any time of year"),
    "fall": gettext_lazy("fall"),
    "winter": gettext_lazy("winter"),
    "spring": gettext_lazy("spring"),
}
WRONG: dict[str, Promise] = {
    "from": gettext_lazy("Tick the tier that learners come from."),
    "cut": gettext_lazy("Give every condition its cut: a number, or a word after “is”."),
    "within_weeks": gettext_lazy("Weeks are a number from 0 to 104."),
    "for_weeks": gettext_lazy("Weeks are a number from 0 to 104."),
    "(when|all|any)": gettext_lazy("Choose at least one condition."),
}
"""What is wrong in a field of the form; anything else is said as for JSON."""
SLOT = ("figure", "compare", "cut", "window", "within_weeks", "for_weeks")
"""Fields of a condition in the form, in the order of :class:`Slot`."""
SPARE = 1
"""Empty conditions that a rule offers beside its own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A condition of the form, filled in or empty."""

    number: int
    figure: str
    compare: str
    cut: str
    window: str
    within_weeks: str
    for_weeks: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rule of the form."""

    number: int
    id: str
    title: str
    from_tiers: tuple[int, ...]
    to: int
    every: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What new rules would change: who would move as now, who newly, and who not any more."""

    new: list[Move]
    same: list[Move]
    gone: list[Move]


@require_http_methods(["GET", "POST"])
@never_cache
@page_for(*STAFF)
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Show the rules; with POST say whom the changed ones would move, and save them where asked."""
    now, district = time.time(), viewer.person.district_id
    row, book = rules_in_force(district)
    problem, change, typed = "", None, ""
    if request.method == "POST":
        try:
            body = _typed(request.POST) if request.POST.get("how") == "json" else _entered(request.POST)
            book = rules_from_json(body)
            if request.POST.get("do") == "save":
                save_rules(by=viewer.person, body=body, note=request.POST.get("note", ""), now=now)
                messages.success(request, _("The rules are in force. They propose; a person decides."))
                return redirect("pages:support-rules")
            change = _change(viewer, book, now)
        except BadRule as refused:
            problem, typed = _said(refused, request.POST), request.POST.get("body", "")
    context = {
        "book": book,
        "name": request.POST.get("name", "") if problem and not typed else book.name,
        "note": request.POST.get("note", ""),
        "sheets": _sheets_kept(request.POST) if problem and not typed else sheets(book),
        "flat": all(_is_flat(rule) for rule in book.rules),
        "json": typed or json.dumps(rules_to_json(book), indent=1, ensure_ascii=False),
        "problem": problem,
        "change": change,
        "row": row,
        "since": day(row.at, now, time_zone_of(district)) if row else "",
        "figures": figures(book),
        "compares": COMPARE.items(),
        "windows": WINDOWS.items(),
        "words": [(word, said(text)) for word, text in WORDS.items()],
    }
    return render(request, "support/rules.html", context, status=422 if problem else 200)


def figures(book: RuleBook) -> list[tuple[str, str]]:
    """What a condition can ask for: Headway's own figures, then the measures that the rules name beside them."""
    out = [
        (f"{measure}.{value}", f"{said(MEASURES[measure])}: {said(VALUES[value])}")
        for measure, values in FIGURES.items()
        for value in values
    ]
    known = {key for key, _words in out}
    named = {f"{c.measure}.{c.value}": f"{c.measure}: {c.value}" for rule in book.rules for c in conditions(rule.when)}
    return [*out, *((key, words) for key, words in named.items() if key not in known)]


def _change(viewer: Viewer, book: RuleBook, now: float) -> Change:
    learners = learners_of(schools_of(viewer))
    people, keys = {str(person.id): person for person in learners}, [person.id for person in learners]
    before = {
        (m.learner.id, m.proposal.to_tier): m for m in moves_of(outlook(viewer.person.district_id, keys, now), people)
    }
    after = {
        (m.learner.id, m.proposal.to_tier): m
        for m in moves_of(outlook(viewer.person.district_id, keys, now, book=book), people)
    }
    record_access(viewer, {key for key, _tier in (*before, *after)}, purpose=PURPOSE, place="rule editor")
    return Change(
        new=[move for key, move in after.items() if key not in before],
        same=[move for key, move in after.items() if key in before],
        gone=[move for key, move in before.items() if key not in after],
    )


def _is_flat(rule: Rule) -> bool:
    clause = rule.when
    return isinstance(clause, Condition) or all(isinstance(part, Condition) for part in clause.clauses)


def sheets(book: RuleBook) -> list[Sheet]:
    """The rules as the form shows them, with an empty one at the end."""
    out = []
    for number, rule in enumerate(book.rules):
        if not _is_flat(rule):
            continue
        clause = rule.when
        parts = (clause,) if isinstance(clause, Condition) else clause.clauses
        slots = [_slot(n, part) for n, part in enumerate(parts) if isinstance(part, Condition)]
        slots += [Slot(len(slots) + n, "", "at-most", "", "", "", "") for n in range(SPARE)]
        every = isinstance(clause, Condition) or clause.every
        out.append(Sheet(number, rule.id, rule.title, rule.from_tiers, rule.to, every, tuple(slots)))
    blank = tuple(Slot(n, "", "at-most", "", "", "", "") for n in range(SPARE))
    return [*out, Sheet(len(book.rules), "", "", (1,), 2, True, blank)]


def _sheets_kept(entered: QueryDict) -> list[Sheet]:
    """The form as it was sent, right or wrong: nobody types rules twice because of one slip."""
    out = []
    for number, key in enumerate(entered.getlist("rule")):
        given = [[entered.get(f"{key}-{n}-{name}", "") for name in SLOT] for n in range(MOST_CLAUSES)]
        kept = [fields for fields in given if fields[0]] + [["", "at-most", "", "", "", ""]] * SPARE
        tiers = tuple(int(tier) for tier in entered.getlist(f"{key}-from") if tier in ("1", "2", "3"))
        to, title = entered.get(f"{key}-to", ""), entered.get(f"{key}-title", "")
        slots = tuple(Slot(n, *fields) for n, fields in enumerate(kept))
        every = entered.get(f"{key}-join") != "any"
        out.append(
            Sheet(
                number,
                entered.get(f"{key}-id", ""),
                title,
                tiers,
                int(to) if to in ("1", "2", "3") else 0,
                every,
                slots,
            )
        )
    return out


def _said(refused: BadRule, entered: QueryDict) -> str:
    """What is wrong; of a form the rule is named by its title, not by its place in the JSON."""
    number = re.match(r"rules\[(\d+)\]", refused.where)
    if entered.get("how") == "json" or number is None:
        return str(refused)
    title = _rows(entered)[int(number[1])]["title"]
    words = next((words for part, words in WRONG.items() if re.search(rf"\.{part}(\[|$)", refused.where)), refused.what)
    return _("Rule “{title}”: {words}").format(title=title, words=words)


def _slot(number: int, c: Condition) -> Slot:
    cut = c.cut if isinstance(c.cut, str) else f"{c.cut:g}"
    weeks = [f"{value:g}" if value else "" for value in (c.within_weeks, c.for_weeks)]
    return Slot(number, f"{c.measure}.{c.value}", c.compare, cut, c.window, *weeks)


def _typed(entered: QueryDict) -> object:
    try:
        return json.loads(entered.get("body", ""))
    except json.JSONDecodeError as problem:
        raise BadRule("", f"this is not JSON: {problem.msg} in line {problem.lineno}") from None
    except RecursionError:
        raise BadRule("", "clauses lie too deep in each other: write two rules instead") from None


def _entered(entered: QueryDict) -> dict[str, object]:
    """The form as JSON. A rule without a title and a condition without a figure are empty ones and left out."""
    return {"name": entered.get("name", ""), "rules": _rows(entered)}


def _rows(entered: QueryDict) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for key in entered.getlist("rule"):
        if not entered.get(f"{key}-title", "").strip() or entered.get(f"{key}-drop"):
            continue
        parts = [part for n in range(MOST_CLAUSES) if (part := _condition(entered, f"{key}-{n}"))]
        rows.append(
            {
                "id": entered.get(f"{key}-id") or f"rule-{key}",
                "title": entered.get(f"{key}-title", ""),
                "from": [int(tier) for tier in entered.getlist(f"{key}-from") if tier in ("1", "2", "3")],
                "to": _number(entered.get(f"{key}-to", "")),
                "when": parts[0] if len(parts) == 1 else {entered.get(f"{key}-join", "all"): parts},
            }
        )
    return rows


def _condition(entered: QueryDict, key: str) -> dict[str, object] | None:
    figure = entered.get(f"{key}-figure", "")
    if "." not in figure:
        return None
    measure, _dot, value = figure.partition(".")
    compare, cut = entered.get(f"{key}-compare", ""), entered.get(f"{key}-cut", "").strip()
    row: dict[str, object] = {
        "measure": measure,
        "value": value,
        "compare": compare,
        "cut": cut if compare == "is" else _number(cut),
    }
    for name in ("window", "within_weeks", "for_weeks"):
        given = entered.get(f"{key}-{name}", "").strip()
        if given:
            row[name] = given if name == "window" else _number(given)
    return row


def _number(value: str) -> float | str:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return value
    return int(number) if number.is_integer() else number
