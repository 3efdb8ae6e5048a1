"""Oppia's explorations and questions: each state that asks something is a question, with what is said to each wrong answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from html import unescape
from typing import Any

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import WrongAnswer
from headway.core.text import verbatim
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, mathematics, number, order, words
from headway.standards.content.neutral import Package, Part, Question
from headway.standards.errors import ImportProblem

IMAGE = re.compile(r"<oppia-noninteractive-image\b([^>]*)>(?:</oppia-noninteractive-image>)?")
MATH = re.compile(r"<oppia-noninteractive-math\b([^>]*)>(?:</oppia-noninteractive-math>)?")
WITH = re.compile(r'([\w-]+)-with-value="([^"]*)"')
STORY = {"Continue": "It only goes on with a story.", "EndExploration": "It only ends a story."}
Rule = tuple[str, Mapping[str, Any]]


def states_of(value: object) -> dict[str, dict[str, Any]]:
    """The states of an exploration or of a list of questions; none for other JSON."""
    if not isinstance(value, dict):
        return {}
    held = value.get("exploration", value)
    states = held.get("states") if isinstance(held, dict) else None
    if isinstance(states, dict):
        return {key: state for key, state in states.items() if isinstance(state, dict) and "interaction" in state}
    dicts = value.get("question_dicts")
    if isinstance(dicts, list):
        rows = [each for each in dicts if isinstance(each, dict) and isinstance(each.get("question_state_data"), dict)]
        return {str(each.get("id", n)): each["question_state_data"] for n, each in enumerate(rows)}
    return {}


def read_oppia(files: Mapping[str, bytes], name: str) -> Package:
    """Read one file, or every one of an archive. Raises ImportProblem where nothing is asked."""
    desk, titles = Desk(files=files), []
    for path in sorted(files):
        try:
            value = json.loads(files[path]) if path.endswith(".json") or len(files) == 1 else None
        except (ValueError, RecursionError):
            continue
        states = states_of(value)
        if not states or not isinstance(value, dict):
            continue
        exploration = value.get("exploration") if isinstance(value.get("exploration"), dict) else value
        title = str((exploration or {}).get("title") or path.rsplit("/", 1)[-1].removesuffix(".json"))
        titles.append(title)
        desk.ledger.count("explorations")
        for key, state in states.items():
            interaction = state["interaction"]
            desk.ledger.count("answer groups", len(interaction.get("answer_groups") or ()))
            desk.ledger.count("hints", len(interaction.get("hints") or ()))
            form = str(interaction.get("id"))
            desk.take(form, f"{path}, {key}", partial(_question, desk, state, f"{path}/{key}", title))
    if not titles:
        raise ImportProblem("There is no exploration and no question in it.", name, "Give its JSON with states.")
    return desk.package("oppia", name.rsplit(".", 1)[0], titles[0] if len(titles) == 1 else "")


def _html(desk: Desk, html: object) -> str:
    if not isinstance(html, str):
        return ""

    def image(found: re.Match[str]) -> str:
        given = {key: _value(text) for key, text in WITH.findall(found[1])}
        return f'<img src="{_quoted(given.get("filepath", ""))}" alt="{_quoted(given.get("alt", ""))}">'

    def formula(found: re.Match[str]) -> str:
        given = {key: _value(text) for key, text in WITH.findall(found[1])}
        content = given.get("math_content") or given.get("raw_latex") or ""
        latex = content.get("raw_latex", "") if isinstance(content, dict) else content
        return f"\\({_quoted(latex)}\\)"

    return desk.html(MATH.sub(formula, IMAGE.sub(image, html)))


def _value(text: str) -> Any:
    try:
        return json.loads(unescape(unescape(text)))
    except ValueError:
        return unescape(text)


def _quoted(text: object) -> str:
    return str(text).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _question(desk: Desk, state: dict[str, Any], key: str, group: str) -> Question:
    interaction = state["interaction"]
    form = str(interaction.get("id"))
    if form in STORY:
        raise NotCarried(STORY[form])
    read = READERS.get(form)
    if read is None:
        raise NotCarried(f"Answers of the kind {form} cannot be checked here.")
    parts = read(desk, interaction)
    hints = tuple(_html(desk, (hint.get("hint_content") or {}).get("html")) for hint in interaction.get("hints") or ())
    solution = interaction.get("solution") or {}
    way = _html(desk, (solution.get("explanation") or {}).get("html"))
    first = replace(parts[0], hints=tuple(filter(None, hints)), way=(way,) if way else parts[0].way)
    body = _html(desk, (state.get("content") or {}).get("html"))
    return Question(id=key, form=form, body=body, parts=(first, *parts[1:]), group=group)


def _rules(desk: Desk, interaction: Mapping[str, Any]) -> Iterator[tuple[bool, Rule, str]]:
    """(is it right, rule, what is said), in the order of the groups."""
    for group in interaction.get("answer_groups") or ():
        outcome = group.get("outcome") or {}
        says = _html(desk, (outcome.get("feedback") or {}).get("html"))
        for rule in group.get("rule_specs") or group.get("rules") or ():
            yield bool(outcome.get("labelled_as_correct")), (str(rule.get("rule_type")), rule.get("inputs") or {}), says


def _choices(desk: Desk, interaction: Mapping[str, Any]) -> list[tuple[str, str]]:
    values = ((interaction.get("customization_args") or {}).get("choices") or {}).get("value") or []
    return [
        (str(v.get("content_id", n)), _html(desk, v.get("html"))) if isinstance(v, dict) else (str(v), _html(desk, v))
        for n, v in enumerate(values)
    ]


def _multiple_choice(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    right, says = set(), {}
    for good, (kind, given), said in _rules(desk, interaction):
        if kind == "Equals" and good:
            right.add(given.get("x"))
        elif kind == "Equals":
            says[given.get("x")] = said
    offered = _choices(desk, interaction)
    return (choice(desk, [Option(text, float(n in right), says.get(n, "")) for n, (_, text) in enumerate(offered)]),)


def _item_selection(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    offered = _choices(desk, interaction)
    sets = [
        set(map(str, given.get("x") or ()))
        for good, (kind, given), _ in _rules(desk, interaction)
        if good and kind == "Equals"
    ]
    if len(sets) != 1:
        raise NotCarried("No one set of its choices is right.")
    most = ((interaction.get("customization_args") or {}).get("maxAllowableSelectionCount") or {}).get("value")
    options = [Option(text, float(key in sets[0] or text in sets[0])) for key, text in offered]
    return (choice(desk, options, several=most != 1),)


def _strings(given: Mapping[str, Any]) -> list[str]:
    x = given.get("x")
    if isinstance(x, dict):
        return [str(text) for text in x.get("normalizedStrSet") or ()]
    return [str(x)] if x is not None else []


def _text(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    options, patterns = [], 0
    for good, (kind, given), said in _rules(desk, interaction):
        if kind in ("Equals", "CaseSensitiveEquals", "FuzzyEquals"):
            options += [Option(text, float(good), "" if good else said) for text in _strings(given)]
        else:
            patterns += good
    if patterns:
        desk.loss(
            "pattern", "Answers that only contain the right words were accepted; here the whole answer has to be right."
        )
    return (_told(words(desk, [option for option in options if option.worth]), options),)


def _told(part: Part, options: list[Option]) -> Part:
    """The part with what is said to wrong answers that are wrong by the check that learners meet, too."""
    wrong = (
        WrongAnswer(option.text, "", verbatim(option.says))
        for option in options
        if option.says and not option.worth and not check(part.answer, option.text).correct
    )
    return replace(part, wrong=tuple(wrong))


def _fraction(value: Mapping[str, Any]) -> str:
    whole, top, bottom = (int(value.get(name) or 0) for name in ("wholeNumber", "numerator", "denominator"))
    sign = "-" if value.get("isNegative") else ""
    if not bottom or (not top and whole):
        return f"{sign}{whole}"
    return f"{sign}{whole} {top}/{bottom}" if whole else f"{sign}{top}/{bottom}"


def _fractions(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    keys, options = [], []
    for good, (kind, given), said in _rules(desk, interaction):
        value = given.get("f")
        if not isinstance(value, dict) or kind not in (
            "IsExactlyEqualTo",
            "IsEquivalentTo",
            "IsEquivalentToAndInSimplestForm",
        ):
            continue
        if good:
            keys.append(_fraction(value))
        else:
            options.append(Option(_fraction(value), 0.0, said))
        if good and kind == "IsExactlyEqualTo":
            desk.loss("form", "This very fraction was asked for; here any fraction of the same value is right.")
    if not keys:
        raise NotCarried("No fraction is named as right.")
    simplest = ((interaction.get("customization_args") or {}).get("requireSimplestForm") or {}).get("value")
    part = mathematics(
        "number", keys, form="simplest-fraction" if simplest and "/" in keys[0] and " " not in keys[0] else ""
    )
    return (_told(part, options),)


def _numeric(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    answers = []
    for good, (kind, given), said in _rules(desk, interaction):
        if kind == "Equals":
            answers.append((f"{float(given.get('x', 0)):.12g}", 0.0, float(good), "" if good else said))
        elif kind == "IsWithinTolerance" and good:
            answers.append((f"{float(given.get('x', 0)):.12g}", float(given.get("tol", 0)), 1.0, ""))
        elif kind == "IsInclusivelyBetween" and good:
            low, high = float(given.get("a", 0)), float(given.get("b", 0))
            answers.append((f"{(low + high) / 2:.12g}", (high - low) / 2, 1.0, ""))
    return (number(desk, answers),)


def _ratio(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    keys = [
        ":".join(map(str, given.get("x") or ()))
        for good, (kind, given), _ in _rules(desk, interaction)
        if good and kind in ("Equals", "IsEquivalent")
    ]
    return (words(desk, [Option(key, 1.0) for key in keys]),)


def _expression(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    keys = [str(given.get("x")) for good, (_, given), _ in _rules(desk, interaction) if good and given.get("x")]
    if not keys:
        raise NotCarried("No answer of it is right.")
    equation = interaction.get("id") == "MathEquationInput"
    letters = ((interaction.get("customization_args") or {}).get("customOskLetters") or {}).get("value") or ()
    return (mathematics("equation" if equation else "expression", list(dict.fromkeys(keys)), variables=letters),)


def _sort(desk: Desk, interaction: Mapping[str, Any]) -> tuple[Part, ...]:
    offered = dict(_choices(desk, interaction))
    for good, (kind, given), _ in _rules(desk, interaction):
        rows = given.get("x")
        if good and kind == "IsEqualToOrdering" and isinstance(rows, list):
            if any(len(row) != 1 or str(row[0]) not in offered for row in rows):
                raise NotCarried("Several of its things stand at one place.")
            return order(desk, [offered[str(row[0])] for row in rows])
    raise NotCarried("It does not say the whole order.")


READERS: dict[str, Callable[[Desk, Mapping[str, Any]], tuple[Part, ...]]] = {
    "MultipleChoiceInput": _multiple_choice,
    "ItemSelectionInput": _item_selection,
    "TextInput": _text,
    "FractionInput": _fractions,
    "NumericInput": _numeric,
    "RatioExpressionInput": _ratio,
    "NumericExpressionInput": _expression,
    "AlgebraicExpressionInput": _expression,
    "MathEquationInput": _expression,
    "DragAndDropSortInput": _sort,
}
