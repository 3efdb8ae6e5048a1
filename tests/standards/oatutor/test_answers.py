"""Keys as their authors wrote them, and what they become."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.standards.latex import plain_typing
from headway.standards.oatutor.answers import choice_spec, plain_key, split_items, typed_spec
from headway.standards.oatutor.hints import contains_key


@pytest.mark.parametrize(
    ("key", "prompt", "algebraic", "kind", "plain"),
    [
        ("$$41$$", "", True, "number", "41"),
        ("$$\\frac{-1}{25}$$", "", True, "number", "-1/25"),
        ("$$2\\frac{3}{4}$$", "", True, "number", "2 3/4"),
        ("$$\\$13.7\\$$$", "", True, "number", "13.7"),
        ("56.4**{\\circ}", "", True, "number", "56.4"),
        ("1,270", "", False, "number", "1270"),
        ("615,195", "enter the answer as child tickets,adult tickets", False, "list", "615,195"),
        ("$$3x^5 y-24x^4$$", "", True, "expression", "3x^5 y-24x^4"),
        ("b**5", "", False, "expression", "b^5"),
        ("$$\\frac{\\sqrt{3}}{2}$$", "", True, "expression", "sqrt(3)/2"),
        ("$$1.5$$ * $${10}^{-4}$$", "", True, "expression", "1.5 * 10^(-4)"),
        ("$$n=-50$$", "", True, "equation", "n=-50"),
        ("$$x \\geq -5$$", "", True, "inequality", "x>=-5"),
        ("(2,1)", "Write the answer as a coordinate pair.", False, "coordinate", "(2,1)"),
        ("(-5,2)", "Write your final answer in interval notation.", False, "interval", "(-5,2)"),
        ("[-9,6)", "", False, "interval", "[-9,6)"),
        ("(-inf,-4)U[3,inf)", "", False, "interval", "(-inf,-4) U [3,inf)"),
        ("(-inf,-3]&[4,inf)", "", False, "interval", "(-inf,-3] U [4,inf)"),
        ("2, -3", "Solve the quadratic equation.", False, "set", "2, -3"),
        ("(0,0),(1,1)", "Find the points.", False, "set", "(0,0),(1,1)"),
        ("7, 13, 31", "Write the first terms of the sequence.", False, "list", "7, 13, 31"),
        ("2,2,2,2,3", "Please factor 48.", False, "list", "2,2,2,2,3"),
        ("x=-7/5 or x=3", "", False, "set", "x=-7/5 or x=3"),
        ("q=6, q=1", "", False, "set", "q=6, q=1"),
        ("$$(0,8)$$ and $$(0,-8)$$", "", False, "set", "(0,8) and (0,-8)"),
        ("x=2, y=3", "", False, "text", "x=2, y=3"),
        ("No solution", "", True, "text", "No solution"),
        ("DNE", "", False, "text", "DNE"),
        ("np.arange(1,7)", "", False, "text", "np.arange(1,7)"),
        ("Zn(s) → Zn2+", "", True, "text", "Zn(s) → Zn2+"),
    ],
)
def test_a_key_is_read_for_what_it_is(key: str, prompt: str, algebraic: bool, kind: str, plain: str) -> None:
    spec = typed_spec(key, prompt, algebraic=algebraic)
    assert (spec.kind, spec.keys[0]) == (kind, plain)
    assert check(spec, plain).correct


@pytest.mark.parametrize(
    ("key", "prompt", "form", "question"),
    [
        ("$$4\\left(x+3\\right)$$", "Factor: $$4x+12$$", "factored", "4x+12"),
        ("$$4x+12$$", "Multiply: $$4(x+3)$$", "expanded", "4(x+3)"),
        ("$$\\frac{2}{3}$$", "Simplify the fraction.", "simplest-fraction", "4/6"),
    ],
)
def test_a_question_is_not_its_own_answer(key: str, prompt: str, form: str, question: str) -> None:
    spec = typed_spec(key, prompt, algebraic=True)
    assert spec.form == form
    assert check(spec, question).outcome == "form"
    assert check(spec, spec.keys[0]).correct


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        ("x^{\\frac{4}{3}}", "x^(4/3)"),
        ("x^\\frac{1}{2}", "x^(1/2)"),
        ("\\frac{3}{4} \\frac{8}{9}", "3/4*(8/9)"),
        ("x \\frac{3}{4}", "x*(3/4)"),
        ("5-2\\frac{1}{3}", "5-2 1/3"),
        ("2\\frac{x}{3}", "2*(x/3)"),
        ("\\sqrt[3]{x+1}", "(x+1)^(1/3)"),
        ("\\left(a+b\\right)^2", "(a+b)^2"),
        ("\\frac{x+1}{2}", "(x+1)/2"),
        ("3\\times{10}^4", "3*10^4"),
        ("{ab}^2", "(ab)^2"),
        ("\\begin{bmatrix} 1 \\end{bmatrix}", None),
        ("\\frac{1", None),
        ("x}", None),
    ],
)
def test_latex_becomes_plain_typing_or_stays(latex: str, plain: str | None) -> None:
    assert plain_typing(latex) == plain


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("So the answer is $$4x+12$$.", "$$4x+12$$", True),
        ("So the answer is 4x + 12.", "$$4x+12$$", True),
        ("So it is $$4x+120$$.", "$$4x+12$$", False),
        ("It is $$\\frac{3}{4}$$", "3/4", True),
        ("It is 3/40", "3/4", False),
        ("There are 12 of them", "$$2$$", False),
        ("There are 2.5 of them", "$$2$$", False),
        ("There are 2 of them", "$$2$$", True),
        ("Take 5-2 away", "-2", False),
        ("It is -2.", "-2", True),
        ("A choice is a choice", "A", True),
        ("Make a choice", "A", False),
        ("no solution at all", "No solution", True),
        ("", "4", False),
    ],
)
def test_a_hint_that_holds_the_key_is_noticed(text: str, key: str, found: bool) -> None:
    assert contains_key(text, key) is found


def test_choices_are_shown_once_and_the_key_is_found() -> None:
    spec, repeated = choice_spec("b", ("a", "a", "b"), {})
    assert (spec.keys, [str(choice) for choice in spec.choices], repeated) == (("1",), ["a", "b"], 1)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40), st.text(max_size=30), st.booleans())
def test_no_key_breaks_the_reading(key: str, prompt: str, algebraic: bool) -> None:
    spec = typed_spec(key, prompt, algebraic=algebraic)
    if spec.kind not in ("text", "number"):
        assert check(spec, spec.keys[0]).correct
    contains_key(prompt, key)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="\\{}[]()^_$,frac sqrtleft123xy+-/*", max_size=40))
def test_no_latex_breaks_the_reading(latex: str) -> None:
    plain_typing(latex)
    assert "$$" not in plain_key(f"$${latex.replace('$', '')}$$")


@given(st.lists(st.sampled_from(["1", "(2, 3)", "[4,5)", "x+1"]), min_size=1, max_size=5))
def test_items_split_only_outside_brackets(items: list[str]) -> None:
    assert split_items(", ".join(items)) == items
