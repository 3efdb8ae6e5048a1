"""Reading and writing: what is read is written back the same, spacing never matters, nothing hostile gets through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.core.coaching.equivalence import equivalent
from headway.core.coaching.numbers import number_value
from headway.core.coaching.parser import parse
from headway.core.coaching.render import to_latex, to_plain
from headway.core.coaching.shape import shape
from headway.core.coaching.tree import (
    Add,
    Call,
    Const,
    Div,
    Expr,
    Mixed,
    Mul,
    Neg,
    Num,
    ParseError,
    Pow,
    Relation,
    Root,
    Sym,
)  # fmt: skip
from headway.core.curriculum.problems import AnswerKind, AnswerSpec
from tests.timing import spent


def num(text: str) -> Num:
    value = number_value(text)
    assert value is not None
    return Num(value, text)


digits = st.integers(0, 999).map(lambda n: num(str(n)))
decimals = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda p: num(f"{p[0]}.{p[1]:02d}"))
mixed = st.tuples(st.integers(1, 9), st.integers(1, 5), st.integers(6, 9)).map(lambda p: Mixed(*p))
leaves: st.SearchStrategy[Expr] = st.one_of(
    digits, decimals, mixed, st.sampled_from("xyabn").map(Sym), st.just(Const("pi")), st.just(Sym("x_1"))
)


def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Add), several.map(Mul), inner.map(Neg), st.tuples(inner, inner).map(lambda p: Div(*p)),
        st.tuples(inner, st.integers(2, 4)).map(lambda p: Pow(p[0], num(str(p[1])))), inner.map(Root),
        inner.map(lambda e: Call("abs", (e,))), inner.map(lambda e: Call("sin", (e,))),
    )  # fmt: skip


trees = st.recursive(leaves, grow, max_leaves=8)
FAST = settings(max_examples=150, deadline=None, derandomize=True)


def read(text: str) -> Expr:
    tree = parse(text)
    assert not isinstance(tree, ParseError), (text, tree)
    return tree


@FAST
@given(trees)
def test_plain_typing_round_trip_keeps_the_form(tree: Expr) -> None:
    again = read(to_plain(tree))
    assert shape(again) == shape(tree)
    assert to_plain(read(to_plain(again))) == to_plain(again)


@FAST
@given(trees)
def test_latex_round_trip_keeps_the_form(tree: Expr) -> None:
    assert shape(read(to_latex(tree))) == shape(tree)


@FAST
@given(trees, trees)
def test_equivalence_is_reflexive_and_symmetric(first: Expr, second: Expr) -> None:
    a, b = to_plain(first), to_plain(second)
    assert equivalent(a, a) is True
    assert equivalent(a, b) == equivalent(b, a)


@FAST
@given(trees, st.integers(1, 9))
def test_adding_something_is_never_equivalent(tree: Expr, more: int) -> None:
    assert equivalent(to_plain(tree), to_plain(Add((tree, num(str(more)))))) is not True


@FAST
@given(trees)
def test_shuffling_terms_keeps_value_and_form(tree: Expr) -> None:
    turned = Add((num("7"), Neg(tree)))
    back = Add((Neg(tree), num("7")))
    assert equivalent(to_plain(turned), to_plain(back), strictness="form") is True


@FAST
@given(trees)
def test_spacing_never_matters(tree: Expr) -> None:
    text = to_plain(Relation(("=",), (Sym("y"), tree)))
    tight = "".join(c for i, c in enumerate(text) if c != " " or _between_digits(text, i))
    assert read(tight) == read(text.replace(" ", "   ")) == read(f"  {text} ")


def _between_digits(text: str, at: int) -> bool:
    """The space of a mixed number is its sign."""
    return text[at - 1].isdigit() and text[at + 1].isdigit()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x²+½", "x^2+1/2"), ("2·x÷3", "2*x/3"), ("√(x+1)", "sqrt(x+1)"), ("x ≤ 5", "x<=5"), ("π", "pi"),
        (r"\frac{x}{2}", "x/2"), (r"\sqrt[3]{x}", "root(3)(x)"), (r"\left(x+1\right)^{2}", "(x+1)^2"),
        (r"2\cdot x", "2x"), (r"x\le 5", "x<=5"), (r"\left|x\right|", "|x|"), ("x**2", "x^2"), (r"\pi r^2", "pi r^2"),
        (r"\sin\left(x\right)", "sin(x)"), ("sin 2x", "sin(2x)"), (r"x\in\left[1,2\right)", "x∈[1,2)"),
        (r"5\%", "5%"), (r"\exponentialE^{x}", "e^x"), (r"1\frac{1}{2}", "1 1/2"), ("xsin(y)", "x*sin(y)"),
        ("\\mleft(x\\mright)", "x"), ("sin^-1(x)", "arcsin(x)"), ("log_2(8)", r"\log_{2}8"),
    ],
)  # fmt: skip
def test_ways_to_type_the_same(text: str, same: str) -> None:
    assert read(text) == read(same)


def test_the_tree_keeps_form_and_place() -> None:
    tree = read("2*3 + 1 1/2")
    assert tree == Add((Mul((num("2"), num("3"))), Mixed(1, 1, 2)))
    assert isinstance(tree, Add)
    assert [term.span for term in tree.terms] == [(0, 3), (6, 11)]


KINDS: tuple[AnswerKind, ...] = (
    "number", "expression", "equation", "inequality", "set", "list", "interval", "coordinate", "text", "choice",
)  # fmt: skip
HOSTILE = {
    "nested": "(" * 10_000 + "1" + ")" * 10_000,
    "nested, short": "(" * 300 + "1" + ")" * 300,
    "tower": "9^9^9^9",
    "towers": "9^9^9^9^9^9^9^9+8^8^8^8",
    "tower of letters": "x^x^x^x",
    "long number": "9" * 5_000,
    "long, allowed number": "9" * 100 + "^" + "9" * 100,
    "100 kB": "x+" * 50_000 + "1",
    "null": "1\x002",
    "soup": "".join(chr(c) for c in range(0x200, 0x400)),
    "signs": "-" * 1_000 + "1",
    "big product": "*".join(f"(x{'+y' * 20}+{n})" for n in range(20)),
    "powers of sums": "(a+b+c+d+e+f+g)^39*(a-b-c-d-e-f-g)^39",
    "roots in roots": "sqrt(2+" * 35 + "x" + ")" * 35,
    "factorials": "170!!!!!!",
    "exp of exp": "e^e^e^e^e^x",
    "sines": "sin(" * 35 + "x" + ")" * 35,
    "fractions": r"\frac{1}{" * 38 + "x" + "}" * 38,
    "a thousand commas": ",".join("1" * 300),
    "commas of sums": ",".join(f"x+{n}" for n in range(120)),
    "surds": "+".join(f"sqrt({n})" for n in range(2, 90)),
    "product of surds": "*".join(f"(1+sqrt({n}))" for n in range(2, 60)),
    "tiny": "10^-300*10^-300",
    "zero": "1/(1-1)",
    "zero to zero": "0^0",
    "divisors": "x^12-9999999967*x+999999937>0",
    "bars": "|" * 500,
    "logs": "log_(log_(log_2(3))(4))(5)",
    "unclosed": r"\frac{\sqrt[",
    "words": r"\text{" * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answers_end_soon_and_are_never_right(name: str) -> None:
    for kind in KINDS:
        for key in ("2x+1", "x>3", "{1,2}"):
            with spent() as cost:
                verdict = check(AnswerSpec(kind, (key,)), HOSTILE[name])
            assert cost.seconds < 1.0
            assert not verdict.correct


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_against_a_near_copy(name: str) -> None:
    text = HOSTILE[name]
    with spent() as cost:
        equivalent(text, text + "+0*q")
        equivalent(text, f"({text})*1")
    assert cost.seconds < 1.5


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.sampled_from(KINDS))
def test_no_text_at_all_makes_it_fall_over(text: str, kind: AnswerKind) -> None:
    check(AnswerSpec(kind, ("2x+1", "{1,2}")), text)
    check(AnswerSpec(kind, (text,)), "x=1")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet=r"0123456789xyei+-*/^()[]{}|,.=<>\% $frac sqrt!_°½√", max_size=40))
def test_no_mathematical_soup_makes_it_fall_over(text: str) -> None:
    check(AnswerSpec("expression", (text,)), text + "+1")
    equivalent(text, text, kind="inequality")
