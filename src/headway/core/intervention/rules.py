"""A district's written rules for tiers, as data: read from JSON, checked, and never run as code.

    {"name": "Mathematics, grades 6 to 8",
     "rules": [{"id": "into-2", "title": "Into tier 2", "from": [1], "to": 2,
                "when": {"all": [{"measure": "screening", "value": "percentile", "compare": "at-most", "cut": 25,
                                  "window": "fall", "within_weeks": 20}]}}]}

A rule moves a learner from one of the tiers ``from`` to the tier ``to`` ``when`` its clause holds. A clause is a condition,
or ``{"all": [clauses]}``, or ``{"any": [clauses]}``. Rules are tried in their order; the first that holds speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Comparison = Literal["below", "at-most", "at-least", "above", "is"]
COMPARISONS: tuple[Comparison, ...] = ("below", "at-most", "at-least", "above", "is")
TIERS = (1, 2, 3)
DEEPEST, MOST_RULES, MOST_CLAUSES = 4, 40, 12
LONGEST_NAME, LONGEST_WEEKS = 120, 104.0


class BadRule(ValueError):
    """The rules cannot be used as they are. ``where`` is the place in the JSON (``rules[0].when.all[1].cut``)."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{where}: {what}" if where else what)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison with what is on record.

    ``measure`` names what was measured (``screening``, a probe's name, ``sessions``) and ``value`` which figure of it
    (``percentile``, ``score``, ``decision``, ``share-held`` ...). ``cut`` is a number, or a word where ``compare`` is ``is``.
    Only figures of the last ``within_weeks`` count (0: of any age) and, where ``window`` is given, of that screening
    window. With ``for_weeks`` the condition must have held in every figure for that long, the newest included.
    """

    measure: str
    value: str
    compare: Comparison
    cut: float | str
    window: str = ""
    within_weeks: float = 0.0
    for_weeks: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Several clauses: ``every`` True asks for all of them, False for one."""

    every: bool
    clauses: tuple[Condition | Group, ...]


Clause = Condition | Group


@dataclass(frozen=True, slots=True)
class Rule:
    """From which tiers to which tier, when."""

    id: str
    title: str
    from_tiers: tuple[int, ...]
    to: int
    when: Clause


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of a district, in the order in which they are tried."""

    name: str
    rules: tuple[Rule, ...]


def rules_from_json(value: object) -> RuleBook:
    """Read rules from decoded JSON. Raises :class:`BadRule` with the place and how to mend it."""
    book = _object(value, "", ("name", "rules"))
    rows = _list(book["rules"], "rules", MOST_RULES)
    rules = tuple(_rule(row, f"rules[{n}]") for n, row in enumerate(rows))
    seen: set[str] = set()
    for number, rule in enumerate(rules):
        if rule.id in seen:
            raise BadRule(f"rules[{number}].id", f"two rules are called {rule.id!r}: give each a name of its own")
        seen.add(rule.id)
    return RuleBook(_text(book["name"], "name"), rules)


def rules_to_json(book: RuleBook) -> dict[str, object]:
    """Return what :func:`rules_from_json` reads."""
    return {"name": book.name, "rules": [_rule_json(rule) for rule in book.rules]}


def conditions(clause: Clause) -> list[Condition]:
    """Return every condition of a clause, in writing order."""
    if isinstance(clause, Condition):
        return [clause]
    return [condition for part in clause.clauses for condition in conditions(part)]


def _rule(value: object, where: str) -> Rule:
    row = _object(value, where, ("id", "title", "from", "to", "when"))
    tiers = tuple(_tier(each, f"{where}.from[{n}]") for n, each in enumerate(_list(row["from"], f"{where}.from", 3)))
    to = _tier(row["to"], f"{where}.to")
    if to in tiers:
        raise BadRule(f"{where}.to", f'a rule moves a learner: tier {to} stands in "from" too, take it out there')
    return Rule(
        _text(row["id"], f"{where}.id"), _text(row["title"], f"{where}.title"), tiers, to,
        _clause(row["when"], f"{where}.when", 1),
    )  # fmt: skip


def _clause(value: object, where: str, depth: int) -> Clause:
    if isinstance(value, Mapping) and len(value) == 1 and set(value) <= {"all", "any"}:
        if depth > DEEPEST:
            raise BadRule(where, f"clauses lie more than {DEEPEST} deep in each other: write two rules instead")
        key = "all" if "all" in value else "any"
        parts = _list(value[key], f"{where}.{key}", MOST_CLAUSES)
        clauses = tuple(_clause(part, f"{where}.{key}[{n}]", depth + 1) for n, part in enumerate(parts))
        return Group(key == "all", clauses)
    return _condition(value, where)


def _condition(value: object, where: str) -> Condition:
    optional = ("window", "within_weeks", "for_weeks")
    row = _object(value, where, ("measure", "value", "compare", "cut"), optional)
    compare = row["compare"]
    if compare not in COMPARISONS:
        raise BadRule(f"{where}.compare", f"{compare!r} is none of {', '.join(COMPARISONS)}")
    cut = row["cut"]
    if compare == "is":
        cut = _text(cut, f"{where}.cut")
    else:
        cut = _number(cut, f"{where}.cut", -1e6, 1e6)
    return Condition(
        measure=_text(row["measure"], f"{where}.measure"),
        value=_text(row["value"], f"{where}.value"),
        compare=compare,
        cut=cut,
        window=_text(row["window"], f"{where}.window") if row.get("window") else "",
        within_weeks=_number(row.get("within_weeks", 0), f"{where}.within_weeks", 0.0, LONGEST_WEEKS),
        for_weeks=_number(row.get("for_weeks", 0), f"{where}.for_weeks", 0.0, LONGEST_WEEKS),
    )


def _rule_json(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title,
        "from": list(rule.from_tiers),
        "to": rule.to,
        "when": _clause_json(rule.when),
    }


def _clause_json(clause: Clause) -> dict[str, object]:
    if isinstance(clause, Group):
        return {"all" if clause.every else "any": [_clause_json(part) for part in clause.clauses]}
    row: dict[str, object] = {
        "measure": clause.measure,
        "value": clause.value,
        "compare": clause.compare,
        "cut": clause.cut,
    }
    extra = {"window": clause.window, "within_weeks": clause.within_weeks, "for_weeks": clause.for_weeks}
    return row | {key: value for key, value in extra.items() if value}


def _object(value: object, where: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise BadRule(where, f"an object with {', '.join(needed)} belongs here, not {_kind(value)}")
    for key in needed:
        if key not in value:
            raise BadRule(where, f"{key!r} is missing")
    for key in value:
        if key not in (*needed, *optional):
            raise BadRule(f"{where}.{key}".lstrip("."), f"is not known here: use {', '.join((*needed, *optional))}")
    return value


def _list(value: object, where: str, most: int) -> list[object]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise BadRule(where, f"a list of 1 to {most} belongs here, not {_kind(value)}")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME:
        raise BadRule(where, f"1 to {LONGEST_NAME} characters belong here, not {_kind(value)}")
    return value.strip()


def _number(value: object, where: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise BadRule(where, f"a number from {low:g} to {high:g} belongs here, not {_kind(value)}")
    return float(value)


def _tier(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in TIERS:
        raise BadRule(where, f"a tier is 1, 2 or 3, not {_kind(value)}")
    return value


def _kind(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, Mapping):
        return "an object"
    return repr(value) if len(repr(value)) < 60 else f"{repr(value)[:57]}..."
