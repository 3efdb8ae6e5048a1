"""STACK questions: one draw, with a key that the coach judges; and their own tests decide whether they are taken."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.standards.content.neutral import Package
from headway.standards.content.stack.algebra import expand, simplify
from headway.standards.content.stack.evaluate import Session
from headway.standards.content.stack.maxima import Node, NotMaxima, parse
from headway.standards.content.stack.shown import latex, written
from tests.standards.content.files import moodle, read


def node(
    name: str, test: str, teacher: str, true: tuple[str, str, str], false: tuple[str, str, str], student: str = "ans"
) -> str:
    """A node of a tree; ``true`` and ``false``: score, next node, feedback."""

    def branch(side: str, what: tuple[str, str, str]) -> str:
        score, following, says = what
        return (
            f"<{side}scoremode>=</{side}scoremode><{side}score>{score}</{side}score><{side}nextnode>{following}</{side}nextnode>"
            f"<{side}feedback><text>{says}</text></{side}feedback>"
        )

    return (
        f"<node><name>{name}</name><answertest>{test}</answertest><sans>{student}</sans><tans>{teacher}</tans><testoptions/>"
        f"{branch('true', true)}{branch('false', false)}</node>"
    )


def tried(value: str, score: str) -> str:
    return (
        f"<qtest><testinput><name>ans</name><value>{value}</value></testinput><expected><name>prt</name>"
        f"<expectedscore>{score}</expectedscore></expected></qtest>"
    )


def stack(variables: str, text: str, nodes: str, tests: str, kind: str = "algebraic", key: str = "ta") -> str:
    return moodle(
        '<question type="stack"><name><text>one</text></name><questiontext><text>'
        f"<![CDATA[{text} [[input:ans]] [[validation:ans]]]]>"
        f"</text></questiontext><questionvariables><text>{variables}</text></questionvariables><input><name>ans</name><type>{kind}"
        f"</type><tans>{key}</tans></input><prt><name>prt</name><feedbackvariables><text/></feedbackvariables>{nodes}</prt>"
        f"{tests}</question>"
    )


RIGHT, WRONG, NEXT = ("1.0", "-1", ""), ("0", "-1", ""), ("0", "1", "")
DIFF = stack(
    "n:2+rand(5); p:x^n; ta:diff(p,x);",
    "Differentiate \\({@p@}\\):",
    node("0", "Diff", "ta", RIGHT, NEXT) + node("1", "AlgEquiv", "x^(n-1)", ("0", "-1", "You lost a factor."), WRONG),
    tried("ta", "1.0") + tried("x^(n-1)", "0.0") + tried("p", "0.0"),
)
FACTOR = stack(
    "a:1+rand(9); ta:factor(expand((x+a)*(x-3)));",
    "Factor {@expand(ta)@}.",
    node("0", "FacForm", "ta", RIGHT, WRONG),
    tried("ta", "1") + tried("ev(expand(ta),simp)", "0"),
)


def only(package: Package) -> str:
    assert package.report.count("questions") == 1, package.report.defects
    return package.questions[0].body


def test_a_derivative_with_a_known_mistake() -> None:
    package = read(DIFF)
    (part,) = package.questions[0].parts
    n = int(only(package).split("^{")[1].split("}")[0])
    assert check(part.answer, f"{n}x^{n - 1}").correct
    assert [(each.answer, str(each.says)) for each in part.wrong] == [
        (f"x^{n - 1}" if n > 2 else "x", "You lost a factor.")
    ]
    assert (package.report.count("stack tests"), package.report.count("stack tests passed")) == (3, 3)
    assert package.report.by_kind() == {"one-draw": 1}
    assert read(DIFF).questions == package.questions


def test_a_form_that_was_asked_for() -> None:
    (part,) = read(FACTOR).questions[0].parts
    assert part.answer.form == "factored"
    first, last = part.answer.keys[0].strip("()").split(")*(")
    assert check(part.answer, f"({last})({first})").correct


@pytest.mark.parametrize(
    ("quiz", "says"),
    [
        (DIFF.replace("x^(n-1)</value>", "ta</value>"), "By its own test the answer"),
        (DIFF.replace(tried("ta", "1.0"), "").replace(tried("p", "0.0"), "").replace(tried("x^(n-1)", "0.0"), ""), "no test"),
        (DIFF.replace("diff(p,x)", "integrate(p,x)"), "the function integrate"),
        (DIFF.replace(">Diff<", ">PartFrac<"), "PartFrac is not known"),
        (DIFF.replace(">algebraic<", ">matrix<"), "of the kind matrix"),
        (DIFF.replace("<sans>ans<", "<sans>num(ans)<"), "made of the answer"),
        (DIFF.replace("[[validation:ans]]", "[[jsxgraph]]"), "jsxgraph"),
        (DIFF.replace("p:x^n;", "p:x^n)(;"), "where nothing more was expected"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_by_name(quiz: str, says: str) -> None:
    report = read(quiz).report
    assert (report.count("questions"), report.count("refused")) == (0, 1)
    assert says in report.defects[0].done


def test_true_or_false_and_a_list_of_choices() -> None:
    tests = tried("true", "1") + tried("false", "0")
    package = read(stack("ta:true;", "Is it?", node("0", "AlgEquiv", "ta", RIGHT, WRONG), tests, "boolean"))
    assert package.questions[0].parts[0].answer.keys == ("0",)
    rows = "ta:[[x,false],[2*x,true,&quot;twice&quot;]];"
    tests = tried("2*x", "1") + tried("x", "0")
    package = read(stack(rows, "Which?", node("0", "AlgEquiv", "2*x", RIGHT, WRONG), tests, "radio"))
    (part,) = package.questions[0].parts
    assert (part.answer.keys, [str(text) for text in part.answer.choices]) == (("1",), ["$$x$$", "twice"])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2*x+3*x-x", "4*x"),
        ("(x^2)^3*x/x^2", "x^5"),
        ("expand((x+1)*(x-2)^2)", "x^3-3*x^2+4"),
        ("factor(2*x^3-2*x)", "2*x*(x+1)*(x-1)"),
        ("factor(6*a*b-3*a)", "3*a*(2*b-1)"),
        ("diff(sin(2*x)*exp(x),x)", "2*cos(2*x)*exp(x)+exp(x)*sin(2*x)"),
        ("diff(sqrt(x^2+1),x)", "x/sqrt(x^2+1)"),
        ("ratsimp((x^2-1)/(x-1))", "x+1"),
        ("sqrt(12)", "2*sqrt(3)"),
        ("lcm(4,6)+gcd(8,12)", "16"),
        ("subst(3,x,x^2-1)", "8"),
        ("coeff((x+2)^2,x,1)", "4"),
        ("ev(a*x,a=3)", "3*x"),
        ("rhs(x=5)", "5"),
    ],
)
def test_what_is_worked_out(expression: str, value: str) -> None:
    assert written(Session("s").text(expression)) == value


def test_a_seed_draws_the_same_again_and_stays_in_its_bounds() -> None:
    text = "a:rand(6); b:rand([2,4,8]); c:rand_with_step(3,9,3); d:rand_with_prohib(-2,2,[0]);"
    for seed in map(str, range(30)):
        one, other = Session(seed), Session(seed)
        one.run(text)
        other.run(text)
        assert one.values == other.values
        a, b, c, d = (int(one.values[name][1]) for name in "abcd")
        assert 0 <= a < 6 and b in (2, 4, 8) and c in (3, 6, 9) and -2 <= d <= 2 and d


@pytest.mark.parametrize(
    "text", ["a[1]", "f(", "1/0", "9^9^9^9", "(" * 500 + "1" + ")" * 500, "rand(0)", "quit()", "x!!!!$"]
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises((NotMaxima, ArithmeticError)):
        Session("s").text(text)


LEAF = st.one_of(
    st.integers(-6, 6).map(lambda n: ("num", Fraction(n))), st.sampled_from("xy").map(lambda name: ("sym", name))
)


def _grow(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: ("+", *p)),
        pair.map(lambda p: ("*", *p)),
        inner.map(lambda a: ("^", a, ("num", Fraction(2)))),
    )


def worth(node_: Node, at: dict[str, Fraction]) -> Fraction:
    if node_[0] == "num":
        return Fraction(node_[1])
    if node_[0] == "sym":
        return at[node_[1]]
    parts = [worth(each, at) for each in node_[1:]]
    if node_[0] == "^":
        return parts[0] ** int(parts[1])
    total = Fraction(node_[0] == "*")
    for each in parts:
        total = total * each if node_[0] == "*" else total + each
    return total


@settings(max_examples=60)
@given(st.recursive(LEAF, _grow, max_leaves=6))
def test_nothing_that_is_done_changes_the_value(tree: Node) -> None:
    at = {"x": Fraction(3, 7), "y": Fraction(-5, 3)}
    value = worth(tree, at)
    assert worth(simplify(tree), at) == value
    assert worth(expand(tree), at) == value
    assert worth(simplify(parse(written(tree))), at) == value
    assert latex(tree)
