"""STACK questions whose answers the coach can judge. A question's own tests decide: each must come out as its author expects.

Of a question that draws its numbers, one draw is brought in. Its response trees have to come down to comparisons that the coach
makes as well; what they compare with becomes the key. Then every test that the author wrote into the question (an answer, and the
score that it must get) is put to the check that learners meet. If one comes out otherwise, or none is there, it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import AnswerKind, AnswerSpec, Strictness, WrongAnswer
from headway.core.text import verbatim
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, mathematics, true_false
from headway.standards.content.neutral import Part
from headway.standards.content.stack.algebra import simplify, symbols
from headway.standards.content.stack.evaluate import Session
from headway.standards.content.stack.maxima import Node, NotMaxima, parse
from headway.standards.content.stack.shown import latex, written
from headway.standards.content.stack.text import words_of
from headway.standards.content.stack.tree import FULL, Compared, nodes_of, rewarded
from headway.standards.content.xml import text_at

DRAWS = 6
"""So many draws are tried; some come out as special cases that the author did not test."""
SAME, FORM = {"AlgEquiv", "Diff", "Equiv"}, {"EqualComAss", "CasEqual", "EqualComAssRules"}
FORMS = {"FacForm": "factored", "Expanded": "expanded", "LowestTerms": "simplest-fraction"}
TYPED = {"algebraic", "numerical"}
MOST_WRONG = 6


@dataclass(frozen=True, slots=True)
class Given:
    """A part with the input that it is typed into, and for choices what each of them stands for."""

    name: str
    part: Part
    stands: tuple[Node, ...] = ()


def stack_parts(desk: Desk, element: Element) -> tuple[str, tuple[Part, ...]]:
    """Body and parts of a question. Raises NotCarried with the reason."""
    tests = element.findall("qtest")
    for field in element.findall("input"):
        if text_at(field, "type") not in (*TYPED, "boolean", "radio", "dropdown"):
            raise NotCarried(f"Its input of the kind {text_at(field, 'type')} has no field here.")
    if not tests:
        raise NotCarried("It has no test of its own that shows how it is judged.")
    first: NotCarried | None = None
    name = text_at(element, "name/text")
    for draw in range(DRAWS if "rand" in text_at(element, "questionvariables/text") else 1):
        try:
            made = _drawn(desk, element, tests, f"{name}/{draw}")
        except (NotCarried, NotMaxima, ArithmeticError, RecursionError, IndexError, ValueError, TypeError) as problem:
            first = first or (problem if isinstance(problem, NotCarried) else NotCarried(_unknown(problem)))
            continue
        if "rand" in text_at(element, "questionvariables/text"):
            desk.loss("one-draw", "It draws its numbers anew each time; one draw of it was brought in.")
        desk.ledger.count("stack tests passed", len(tests))
        return made
    raise first or NotCarried("It cannot be read.")


def _unknown(problem: Exception) -> str:
    return (
        f"It needs {problem}, which is not known here."
        if isinstance(problem, NotMaxima)
        else "It cannot be worked out here."
    )


def _drawn(desk: Desk, element: Element, tests: list[Element], seed: str) -> tuple[str, tuple[Part, ...]]:
    session = Session(seed, simp=text_at(element, "questionsimplify") != "0")
    session.run(text_at(element, "questionvariables/text"))
    inputs = {text_at(field, "name"): field for field in element.findall("input")}
    given: dict[str, Given] = {}
    for prt in element.findall("prt"):
        one = _given(desk, session, prt, inputs)
        if one.name in {each.name for each in given.values()}:
            raise NotCarried("Two trees judge one answer.")
        given[text_at(prt, "name")] = one
    if {one.name for one in given.values()} != set(inputs):
        raise NotCarried("A tree of it judges several answers together.")
    for test in tests:
        _prove(session, test, given)
    order = {one.name: n for n, one in enumerate(given.values(), 1)}
    several = len(order) > 1
    kinds = {one.name: bool(one.stands) for one in given.values()}

    def blank(name: str) -> str:
        mark = f" ({order.get(name, 0)})" if several else ""
        return mark if kinds.get(name) else f" _____{mark} "

    body = words_of(desk, session, text_at(element, "questiontext/text"), blank)
    try:
        way = words_of(desk, session, text_at(element, "generalfeedback/text"))
    except NotCarried:
        way = ""
    parts = [replace(one.part, prompt=f"({order[one.name]})" if several else "") for one in given.values()]
    parts[0] = replace(parts[0], way=(*parts[0].way, *([way] if way else [])))
    return body.removesuffix("\n_____"), tuple(parts)


def _given(desk: Desk, session: Session, prt: Element, inputs: dict[str, Element]) -> Given:
    own = Session(session.seed + "prt", session.simp, dict(session.values))
    own.run(text_at(prt, "feedbackvariables/text"))
    own.simp = True
    first, nodes = nodes_of(prt)
    ways = rewarded(first, nodes)
    if not 1 <= len(ways) <= 6:
        raise NotCarried("No one way through its tree leads to the whole score.")
    names = {node.student for way in ways for node, holds in way if holds}
    if len(names) != 1 or next(iter(names)) not in inputs:
        raise NotCarried("Its tree compares something made of the answer.")
    name = next(iter(names))
    for node in nodes.values():
        if any(other in symbols(simplify(_read(node.teacher))) for other in inputs):
            raise NotCarried("Its tree compares something made of the answer.")
    field = inputs[name]
    if text_at(field, "type") in TYPED:
        specs = [_spec(own, way) for way in ways]
        if len({replace(spec, keys=()) for spec in specs}) != 1:
            raise NotCarried("Several ways through its tree lead to the whole score.")
        spec = replace(specs[0], keys=tuple(dict.fromkeys(spec.keys[0] for spec in specs)))
        made = mathematics(spec.kind, spec.keys, variables=spec.variables, form=spec.form)
        part = replace(made, answer=spec)
        return Given(name, replace(part, wrong=_wrong(desk, own, nodes, name, part.answer)))
    return _chosen(desk, own, field, ways, name)


def _read(text: str) -> Node:
    try:
        return parse(text)
    except NotMaxima as unknown:
        raise NotCarried(f"It needs {unknown}, which is not known here.") from None


def _spec(session: Session, way: list[tuple[Compared, bool]]) -> AnswerSpec:
    """What the comparisons on a way ask for, as a key."""
    holds = [node for node, wanted in way if wanted]
    known = [node for node in holds if node.test in SAME | FORM | set(FORMS) | {"NumAbsolute", "NumRelative"}]
    if len(known) < len(holds):
        other = next(node.test for node in holds if node not in known)
        raise NotCarried(f"Its comparison {other} is not known here.")
    values = [session.text(node.teacher) for node in holds]
    key = values[-1]
    if len({written(value) for value in values}) > 1 and any(node.test not in SAME for node in holds[:-1]):
        raise NotCarried("Its tree compares with several things.")
    kind = _kind(key)
    form = next((FORMS[node.test] for node in holds if node.test in FORMS), "")
    strictness: Strictness = "form" if any(node.test in FORM for node in holds) else "equivalent"
    off = 0.0
    for node in holds:
        if node.test.startswith("Num"):
            limit = session.text(node.options or "0.05", simp=True)
            value = simplify(key)
            if limit[0] != "num" or value[0] != "num":
                raise NotCarried("How far off is still right is no number.")
            off = float(limit[1]) * (abs(float(value[1])) if node.test == "NumRelative" else 1.0)
    letters = tuple(sorted(name for name in symbols(key) if len(name) == 1))
    return AnswerSpec(kind, (written(key),), strictness=strictness, variables=letters, form=form, tolerance=off)


def _kind(key: Node) -> AnswerKind:
    if key[0] == "rel":
        return "equation" if key[1] == "=" else "inequality"
    if key[0] in ("list", "set"):
        return "list" if key[0] == "list" else "set"
    if key[0] == "str":
        raise NotCarried("Its answer is words for a program.")
    return "number" if key[0] == "num" else "expression"


def _wrong(
    desk: Desk, session: Session, nodes: dict[str, Compared], name: str, spec: AnswerSpec
) -> tuple[WrongAnswer, ...]:
    """Wrong answers that the tree knows, with what it says to them."""
    found: dict[str, WrongAnswer] = {}
    for node in nodes.values():
        if (
            node.student != name
            or node.test not in SAME
            or node.true.score >= FULL
            or node.true.following
            or not node.true.says
        ):
            continue
        try:
            answer, says = written(session.text(node.teacher)), words_of(desk, session, node.true.says)
        except (NotMaxima, NotCarried):
            continue
        if says and not check(spec, answer).correct:
            found.setdefault(answer, WrongAnswer(answer, "", verbatim(says)))
    return tuple(list(found.values())[:MOST_WRONG])


def _chosen(desk: Desk, session: Session, field: Element, ways: list[list[tuple[Compared, bool]]], name: str) -> Given:
    if len(ways) != 1 or any(node.test not in SAME | FORM for node, holds in ways[0] if holds):
        raise NotCarried("Its choice is judged by several comparisons.")
    key = written(session.text(next(node.teacher for node, holds in ways[0] if holds)))
    if text_at(field, "type") == "boolean":
        if key not in ("true", "false"):
            raise NotCarried("It does not say which of true and false is right.")
        return Given(name, true_false(desk, key == "true"), (("sym", "true"), ("sym", "false")))
    rows = session.text(text_at(field, "tans"))
    stands, options = [], []
    for row in rows[1:]:
        if row[0] != "list" or len(row) < 3:
            raise NotCarried("Its choices are not a list of answers.")
        label = row[3] if len(row) > 3 else row[1]
        stands.append(row[1])
        shown = str(label[1]) if label[0] == "str" else f"$${latex(label)}$$"
        options.append(Option(desk.html(shown), float(written(row[1]) == key)))
    return Given(name, choice(desk, options), tuple(stands))


def _prove(session: Session, test: Element, given: dict[str, Given]) -> None:
    """Put a test to the check that learners meet. Raises NotCarried where it comes out otherwise than its author expects."""
    answers = {text_at(each, "name"): text_at(each, "value") for each in test.findall("testinput")}
    for expected in test.findall("expected"):
        one = given.get(text_at(expected, "name"))
        if one is None:
            raise NotCarried("A test of it speaks of a tree that is not there.")
        score = text_at(expected, "expectedscore")
        wanted = bool(score) and float(score) >= FULL
        typed = _typed(session, answers.get(one.name, ""), one)
        if check(one.part.answer, typed).correct != wanted:
            what = "is right" if wanted else "is not wholly right"
            raise NotCarried(
                f"By its own test the answer {typed[:60] or '(none)'} {what}, and the check here says otherwise."
            )


def _typed(session: Session, value: str, one: Given) -> str:
    if not value:
        return ""
    try:
        node = session.text(value, simp=False)
    except NotMaxima as unknown:
        if str(unknown).startswith("the function"):
            raise
        return value
    if one.stands:
        shown = written(simplify(node))
        return next((str(n) for n, each in enumerate(one.stands) if written(simplify(each)) == shown), "")
    return written(node)
