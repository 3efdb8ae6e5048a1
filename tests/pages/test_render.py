"""Sentences become safe HTML with MathML, whoever wrote them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.text import T, math, verbatim
from headway.pages.render import mathml, plain, render, render_block

TAGS = re.compile(r"<\s*/?\s*([a-zA-Z]+)")
KNOWN = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup"}
KNOWN |= {"munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "menclose", "mpadded", "mphantom"}
KNOWN |= {"p", "ul", "li", "span"}


def test_mathematics_becomes_mathml_and_words_stay_words() -> None:
    html = render(T("Solve {equation}.", equation=math("3x=6")))
    assert html == "Solve <math><mrow><mn>3</mn><mi>x</mi><mo>=</mo><mn>6</mn></mrow></math>."


@pytest.mark.parametrize(
    ("latex", "signs"),
    [("-6x-12=-6x+7", ". . p ."), ("3(-x)", "p"), ("5--2", ". p"), ("(3)-2", "."), ("|-3|-|2|", "p ."), ("x<-\\frac{1}{2}", "p"),
     ("\\frac{-1}{2}-4", ". ."), ("(-3)^2-1", "p ."), ("(2,-3)", "p"), ("4!-3", "."), ("2\\cdot-3", "p"),
     ("a=\\left|-b\\right|", "p")],
)  # fmt: skip
def test_a_sign_after_another_operator_stands_close_to_its_number(latex: str, signs: str) -> None:
    """Each + or − in turn: p is marked as a sign, a point is left to the browser."""
    found = re.findall(r"<mo( form=\"prefix\")?>[−+]</mo>", mathml(latex))
    assert " ".join("p" if mark else "." for mark in found) == signs


def test_prices_are_not_mathematics() -> None:
    assert render(verbatim("A bag costs $5, two cost $9.")) == "A bag costs $5, two cost $9."
    assert render(verbatim("It costs $$$x$$.")) == "It costs $<math><mrow><mi>x</mi></mrow></math>."
    assert "<mtext>5,600</mtext>" in render(verbatim(r"$$\$5,600$$"))


def test_lines_lists_and_pictures() -> None:
    html = render_block(verbatim("Look:\\n- one\n- two\n##figure1.gif##"))
    assert html.startswith('<p>Look:</p><ul><li>one</li><li>two</li></ul><p><span class="picture">')


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        r"$$\text{</math><script>alert(1)</script>}$$",
        r"$$\href{javascript:alert(1)}{x}$$",
        r'$$\color{red" onload="alert(1)}{y}$$',
        "&lt;img src=x onerror=alert(1)&gt;",
        "\ue0000\ue001<b onclick=alert(1)>x</b>",
    ],
)
def test_nothing_imported_becomes_markup(hostile: str) -> None:
    html = str(render_block(verbatim(hostile)))
    assert set(TAGS.findall(html)) <= KNOWN
    assert "onload" not in re.sub(r">[^<]*<", "><", html) and "href" not in re.sub(r">[^<]*<", "><", html)


@pytest.mark.parametrize("broken", [r"\frac{", "{" * 900, r"\frac{" * 400, "___", "x" * 5000, r"\begin{matrix}1"])
def test_bad_latex_is_shown_as_words(broken: str) -> None:
    assert mathml(broken).startswith(("<math>", '<span class="tex">'))


@settings(derandomize=True, max_examples=300)
@given(st.text(st.sampled_from("ab1 $\\{}<>&\"'^_#\n-frac/text()"), max_size=60))
def test_any_string_is_safe(string: str) -> None:
    html = str(render_block(verbatim(string)))
    assert set(TAGS.findall(html)) <= KNOWN
    assert html.count("<math>") == html.count("</math>")


@pytest.mark.parametrize(
    ("latex", "words"),
    [(r"\frac{3}{4}", "3/4"), (r"2\frac{1}{3}", "2 1/3"), (r"x\leq -2", "x≤-2"), (r"\frac{x+1}{2}", "(x+1)/(2)")],
)
def test_mathematics_in_words(latex: str, words: str) -> None:
    assert plain(verbatim(f"$${latex}$$")) == words
