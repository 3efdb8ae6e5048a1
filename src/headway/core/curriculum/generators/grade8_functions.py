"""Grade 8: functions, and linear functions from points, tables and stories (8.F)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators import contexts, moves, stories_linear
from headway.core.curriculum.generators.algebra import (
    linear,
    nonzero,
    options,
    paren,
    plain,
    show,
    signed,
    slips,
    solution,
    work,
)
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, distinct
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import T, math

SLOPE = T("The slope is the change of {y} divided by the change of {x}.", y=math("y"), x=math("x"))
INPUT = T("A function gives exactly one output for each input.")
FORM = T(
    "A linear function has the form {equation}: slope {m} and start value {b}.",
    equation=math("y = mx + b"),
    m=math("m"),
    b=math("b"),
)


@template("8.F.A.1", "rule", level=1, difficulty=-0.4)
def apply_rule(rng: Generator, interest: str) -> Draft:
    a, b, x = nonzero(rng, -6, 9, but=(1, -1)), nonzero(rng, -12, 12), nonzero(rng, -9, 10)
    value = a * x + b
    line = f"y = {show(*linear(a, b))}"
    return Draft(
        prompt=T(
            "A function has the rule {rule}. What is the output for the input {input}?",
            rule=math(line),
            input=math(str(x)),
        ),
        answer=solution(value, "y"),
        hints=(
            T("The input is the number that goes in for {x}.", x=math("x")),
            INPUT,
            T("Multiply {x} by {a}; then add {b}.", x=math(str(x)), a=math(str(a)), b=math(str(b))),
        ),
        solution=work(rf"y = {a} \cdot {paren(x)} {signed(b)}", f"y = {a * x} {signed(b)}", f"y = {value}"),
        wrong=slips(
            value,
            (a * (x + b), "sum-before-product"),
            (a + x + b, "product-as-sum"),
            (a * x - b, "sign-of-last-ignored"),
            (-a * x + b, "sign-rule-of-products"),
        ),
    )


@template("8.F.A.1", "input", level=2, difficulty=0.2)
def find_input(rng: Generator, interest: str) -> Draft:
    a, b, x = nonzero(rng, -6, 9, but=(1, -1)), nonzero(rng, -12, 12), nonzero(rng, -9, 10)
    value = a * x + b
    line = f"y = {show(*linear(a, b))}"
    return Draft(
        prompt=T(
            "A function has the rule {rule}. Which input gives the output {output}?",
            rule=math(line),
            output=math(str(value)),
        ),
        answer=solution(x),
        hints=(
            T("Here the output is given. Where does it go in the rule?"),
            T("Set the rule equal to the output and solve for the input."),
            T("Solve {equation}.", equation=math(f"{show(*linear(a, b))} = {value}")),
        ),
        solution=(
            moves.given(f"{show(*linear(a, b))} = {value}"),
            moves.move_constant(b, f"{show((a, 'x'))} = {value - b}"),
            moves.divide_both(a, f"x = {x}"),
        ),
        wrong=slips(
            x,
            (a * value + b, "input-output-swapped"),
            (Fraction(value + b, a), "inverse-not-used"),
            (-x, "sign-lost-dividing"),
        ),
    )


@template("8.F.A.1", "is-function", level=3, difficulty=0.5)
def is_function(rng: Generator, interest: str) -> Draft:
    xs = sorted(distinct(rng, -5, 9, 4))
    ys = [between(rng, -6, 9) for _ in xs]
    good = [list(zip(xs, ys, strict=True))]
    bad = []
    for shift in (1, 2, 3):
        points = [(x, between(rng, -6, 9)) for x in xs]
        twin = points[shift]
        points[shift - 1] = (twin[0], twin[1] + shift)
        bad.append(points)
    texts = [", ".join(f"({x}, {y})" for x, y in points) for points in (*good, *bad)]
    spec, wrong = options(rng, texts[0], *((text, "function-two-outputs") for text in texts[1:]))
    return Draft(
        prompt=T("Which of these lists of pairs (input, output) belongs to a function?"),
        answer=spec,
        hints=(
            T("Look at the inputs: does one of them occur more than once?"),
            INPUT,
            T("Cross out every list in which the same input has two different outputs. Equal outputs are allowed."),
        ),
        solution=(
            T("In three of the lists, one input has two different outputs."),
            T("In this list each input has one output: {pairs}", pairs=math(texts[0])),
        ),
        wrong=wrong,
    )


@template("8.F.B.4", "table", level=1, difficulty=0.1)
def from_table(rng: Generator, interest: str) -> Draft:
    m, b = nonzero(rng, -6, 9, but=(1, -1)), nonzero(rng, -12, 15)
    pairs = ", ".join(f"({x}, {m * x + b})" for x in range(4))
    key = "y=" + plain(*linear(m, b))
    return Draft(
        prompt=T("A linear function goes through {pairs}. Write its equation.", pairs=math(pairs)),
        answer=AnswerSpec("equation", (key,), variables=("x", "y")),
        hints=(
            T("By how much does {y} change when {x} grows by 1?", y=math("y"), x=math("x")),
            FORM,
            T(
                "The start value belongs to {start}; the slope is the change from {first} to {second}.",
                start=math("x = 0"),
                first=math(str(b)),
                second=math(str(m + b)),
            ),
        ),
        solution=work(f"m = {m + b} - {paren(b)} = {m}", f"b = {b}", f"y = {show(*linear(m, b))}"),
        wrong=slips(
            key,
            ("y=" + plain(*linear(b, m)), "slope-start-swapped"),
            ("y=" + plain(*linear(m, m + b)), "start-not-at-zero"),
            ("y=" + plain(*linear(-m, b)), "sign-of-result-lost"),
        ),
    )


@template("8.F.B.4", "points", level=3, difficulty=0.9)
def from_points(rng: Generator, interest: str) -> Draft:
    m, b = nonzero(rng, -5, 6, but=(1, -1)), nonzero(rng, -12, 12)
    x = nonzero(rng, -5, 5)
    run = between(rng, 2, 5)
    p, q = (x, m * x + b), (x + run, m * (x + run) + b)
    key = "y=" + plain(*linear(m, b))
    return Draft(
        prompt=T(
            "Write the equation of the line through {first} and {second}.",
            first=math(f"({p[0]}, {p[1]})"),
            second=math(f"({q[0]}, {q[1]})"),
        ),
        answer=AnswerSpec("equation", (key,), variables=("x", "y")),
        hints=(
            FORM,
            SLOPE,
            T(
                "Find the slope from {rise} and {run}; then put one point in to find {b}.",
                rise=math(f"{q[1]} - {paren(p[1])}"),
                run=math(f"{q[0]} - {paren(p[0])}"),
                b=math("b"),
            ),
        ),
        solution=work(
            rf"m = \frac{{{q[1]} - {paren(p[1])}}}{{{q[0]} - {paren(p[0])}}} = {m}",
            rf"{p[1]} = {m} \cdot {paren(p[0])} + b",
            f"b = {b}",
            f"y = {show(*linear(m, b))}",
        ),
        wrong=slips(
            key,
            ("y=" + plain(*linear(m, p[1])), "start-not-at-zero"),
            ("y=" + plain(*linear(-m, b)), "sign-of-result-lost"),
            ("y=" + plain(*linear(Fraction(1, m), b)), "slope-turned-over"),
        ),
    )


@template("8.F.B.4", "story", level=2, difficulty=0.4, uses_interest=True)
def from_story(rng: Generator, interest: str) -> Draft:
    fee, each = distinct(rng, 3, 40, 2)
    key = "y=" + plain(*linear(each, fee))
    return Draft(
        prompt=contexts.tell(rng, interest, stories_linear.FEE_PLUS_RATE, fee=fee, each=each, x=math("x"), y=math("y")),
        answer=AnswerSpec("equation", (key,), variables=("x", "y")),
        hints=(
            T("What is paid only once, and what is paid again and again?"),
            FORM,
            T("The amount for each one is the slope; the amount paid once is the start value."),
        ),
        solution=work(f"m = {each}", f"b = {fee}", f"y = {show(*linear(each, fee))}"),
        wrong=slips(
            key,
            ("y=" + plain(*linear(fee, each)), "slope-start-swapped"),
            ("y=" + plain((fee + each, "x")), "fee-taken-each-time"),
            ("y=" + plain((each, "x")), "steps-last-dropped"),
        ),
    )
