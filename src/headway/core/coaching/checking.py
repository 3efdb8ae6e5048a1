"""Check a learner's answer against a key: right, wrong, or something the learner should be told first.

Only ``wrong`` counts against a learner. What cannot be read or judged, a right value in another form than asked
for, and a forgotten unit are told apart, because each needs another sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from headway.core.coaching.equivalence import SEPARATING, judge
from headway.core.coaching.numbers import number_value
from headway.core.coaching.parser import parse
from headway.core.coaching.shape import factor_count, has_form
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import Expr, Logic, ParseError, Relation, Sym, names
from headway.core.coaching.units import canonical, clean, split_unit
from headway.core.coaching.vocabulary import MONEY
from headway.core.coaching.wording import phrase, same_words
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, Text

Outcome = Literal["right", "wrong", "form", "unit", "unreadable", "unsure"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome`` ``form``: right value, not in the form asked for; ``unit``: right number, wrong or missing unit;
    ``unreadable`` and ``unsure`` (and these two) do not count against the learner."""

    correct: bool
    outcome: Outcome
    message: Text


RIGHT = Verdict(True, "right", T("That is right."))
WRONG = Verdict(False, "wrong", T("That is not right yet."))
EMPTY = Verdict(False, "unreadable", T("There is no answer yet."))
UNSURE = Verdict(
    False, "unsure", T("This answer could not be checked. Try to write it in a simpler way; it does not count.")
)
_WORST_FIRST = ("unreadable", "wrong", "unsure", "unit", "form", "right")
_TIMES = re.compile(r"(?<=\d)[xX](?=\d)|(?<=\d )[xX](?= \d)")
"""In a number the letter x between digits is a multiplication sign: ``3 x 10^8``."""
_POWER_OF_TEN = re.compile(r"(?<=\d)e(?=[+-]?\d)")
_SPACED_UNIT = re.compile(r"-?[\d.,/ ]+ [A-Za-z]{2}.*")
_SIMPLE = re.compile(r"(-?)(\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})(?:/(\d{1,15}))?")

_FORM_MESSAGES = {
    "simplest-fraction": T("The value is right. Now write it as a fraction in simplest form."),
    "fraction": T("The value is right. Now write it as a fraction."),
    "mixed": T("The value is right. Now write it as a mixed number in simplest form."),
    "decimal": T("The value is right. Now write it as a decimal."),
    "scientific": T("The value is right. Now write it in scientific notation."),
    "factored": T("The value is right. Now write it in factored form."),
    "expanded": T("The value is right. Now multiply it out and collect like terms."),
}
_OTHER_FORM = T("The value is right, but it is not written in the form that was asked for.")


def check(spec: AnswerSpec, given: str) -> Verdict:
    """Compare what a learner gave with the key. Never raises on any text; bounded in time; deterministic."""
    given = given.strip()
    if not given:
        return EMPTY
    if spec.kind == "number":
        given = _TIMES.sub("*", _POWER_OF_TEN.sub("E", given))
    match spec.kind:
        case "choice":
            return _check_choice(spec, given)
        case "choices":
            return _check_choices(spec, given)
        case "text":
            return RIGHT if any(same_words(key, given) for key in spec.keys) else WRONG
        case _:
            return _check_mathematics(spec, given)


def _check_choice(spec: AnswerSpec, given: str) -> Verdict:
    if given in spec.keys:
        return RIGHT
    if given.isdecimal() and len(given) < 6:
        return WRONG
    written = [str(choice) for choice in spec.choices]
    same = [i for i, choice in enumerate(written) if choice == given]
    same = same or [i for i, choice in enumerate(written) if same_words(choice, given)]
    if same:
        return RIGHT if any(str(index) in spec.keys for index in same) else WRONG
    return Verdict(False, "unreadable", T("Choose one of the answers."))


def _check_choices(spec: AnswerSpec, given: str) -> Verdict:
    parts = [part.strip() for part in given.split(",")]
    if not all(part.isdecimal() and len(part) < 6 for part in parts):
        return Verdict(False, "unreadable", T("Choose all the answers that are right."))
    picked = {int(part) for part in parts}
    rights = [{int(part) for part in key.split(",") if part.strip()} for key in spec.keys]
    return RIGHT if picked in rights else WRONG


def _simple_number(text: str) -> Fraction | None:
    """Read plain integers, decimals and fractions without the parser: most answers are no more."""
    found = _SIMPLE.fullmatch(text)
    if found is None:
        return None
    sign, top, bottom = found.groups()
    value = number_value(top)
    if value is None or (bottom is not None and int(bottom) == 0):
        return None
    value = value / int(bottom) if bottom else value
    return -value if sign else value


def _check_mathematics(spec: AnswerSpec, given: str) -> Verdict:
    if (
        spec.kind == "number"
        and spec.strictness == "equivalent"
        and not (spec.form or spec.unit_required or spec.unit == "%")
    ):
        number = _simple_number(given)
        if number is not None:
            tolerance = Fraction(repr(spec.tolerance)) if spec.tolerance else 0
            keys = [_simple_number(key) for key in spec.keys]
            if any(key is not None and abs(key - number) <= tolerance for key in keys):
                return RIGHT
            if None not in keys:
                return WRONG
    verdicts = (_against(spec, key, given) for key in spec.keys)
    best = WRONG if not spec.keys else None
    for verdict in verdicts:
        if verdict.correct:
            return verdict
        if best is None or _WORST_FIRST.index(verdict.outcome) > _WORST_FIRST.index(best.outcome):
            best = verdict
    assert best is not None
    return best


def _against(spec: AnswerSpec, key: str, given: str) -> Verdict:
    """Compare with one key: phrases, the same writing, then units, then mathematics."""
    asked, said = phrase(key), phrase(given)
    if said and asked:
        return RIGHT if said == asked else WRONG
    if " ".join(key.split()) == " ".join(given.split()) and not (spec.unit_required or spec.form):
        return RIGHT
    if said:
        return WRONG
    key_number, key_unit = _unit_of_key(spec, key)
    wanted = canonical(spec.unit) if spec.unit else key_unit
    if not wanted and spec.kind != "number":
        return _compare(spec, key, given)
    number, unit = split_unit(given, spec.unit or key_unit)
    if not wanted and unit in ("%", "°"):
        return _compare(spec, key, given)
    verdict = _compare(spec, key_number if wanted else key, number)
    if verdict.outcome not in ("right", "form"):
        return _percent_or(verdict, spec, key_number, given, wanted, unit)
    if unit == wanted or (not unit and not spec.unit_required):
        return verdict
    if not wanted:
        return Verdict(False, "unit", T("The number is right. Write it without a unit."))
    if not unit:
        return Verdict(False, "unit", T("The number is right. Now add the unit."))
    return Verdict(False, "unit", T("The number is right, but check the unit."))


def _unit_of_key(spec: AnswerSpec, key: str) -> tuple[str, str]:
    """Cut a unit off the key. In an expression ``13 m`` is a product; only ``13 cm`` or ``$13`` can be meant as a unit."""
    if spec.kind not in ("number", "expression"):
        return key, ""
    number, unit = split_unit(key, spec.unit)
    plain = spec.kind == "number" or bool(spec.unit) or unit in MONEY
    return (number, unit) if plain or (len(unit) > 1 and _SPACED_UNIT.fullmatch(clean(key))) else (key, "")


def _percent_or(verdict: Verdict, spec: AnswerSpec, key: str, given: str, wanted: str, unit: str) -> Verdict:
    """For a percentage, the same amount as a decimal or fraction is right too: 0.5 for 50%."""
    if wanted == "%" and not unit and not spec.unit_required:
        return _compare(spec, f"({key})/100", given)
    return verdict


def _compare(spec: AnswerSpec, key: str, given: str) -> Verdict:
    reading = Reading(variables=spec.variables, separator=spec.kind in SEPARATING)
    wanted, answer = parse(key, reading), parse(given, reading)
    if isinstance(answer, ParseError):
        return Verdict(False, "unreadable", answer.message)
    if isinstance(wanted, ParseError):
        return UNSURE
    if spec.kind in ("number", "expression", "equation"):
        wanted, answer = _bare(wanted, answer), _bare(answer, wanted)
    same = judge(wanted, answer, kind=spec.kind, tolerance=spec.tolerance)
    if same is None:
        return UNSURE
    if same:
        return _formed(spec, wanted, answer)
    return _other_case(wanted, answer) or WRONG


def _other_case(wanted: Expr, answer: Expr) -> Verdict | None:
    """Tell a learner who wrote ``X`` for ``x`` instead of counting it."""
    asked, used = names(wanted), names(answer)
    if asked == used or {n.casefold() for n in asked} != {n.casefold() for n in used} or len(asked) != len(used):
        return None
    letters = ", ".join(sorted(asked))
    return Verdict(
        False, "unsure", T("Use the same letters as in the problem, big or small: {letters}.", letters=letters)
    )


def _bare(expr: Expr, other: Expr) -> Expr:
    """Take ``x =`` off an answer when the other side has none: ``x = 3`` answers "what is x?"."""
    if isinstance(expr, Relation) and not isinstance(other, (Relation, Logic)) and expr.signs == ("=",):
        left, right = expr.sides
        if isinstance(left, Sym) and left.name not in names(right):
            return right
    return expr


def _formed(spec: AnswerSpec, wanted: Expr, answer: Expr) -> Verdict:
    """The value is right: is the form?"""
    if spec.form and not has_form(answer, spec.form):
        return Verdict(False, "form", _FORM_MESSAGES.get(spec.form, _OTHER_FORM))
    if spec.form == "factored" and not _factored_as_far(wanted, answer):
        return Verdict(False, "form", T("The value is right, but it can be factored further."))
    if spec.strictness != "equivalent" and not judge(wanted, answer, kind=spec.kind, strictness=spec.strictness):
        return Verdict(False, "form", _OTHER_FORM)
    return RIGHT


def _factored_as_far(wanted: Expr, answer: Expr) -> bool:
    count, held = factor_count(answer)
    asked, may_hold = factor_count(wanted)
    return count >= asked and (may_hold or not held)
