"""Grade 7: rational numbers, all four operations (7.NS.A.1.d, 7.NS.A.2.c, 7.NS.A.3)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from numpy.random import Generator

from headway.core.curriculum.generators.algebra import nonzero, paren, ratio_tex, slips, tex, work
from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.numbers import between, decimal, distinct, number_key, pick
from headway.core.text import T, math

PARTS = tuple((t, b) for b in (2, 3, 4, 5, 6, 8, 10) for t in range(1, b) if gcd(t, b) == 1)
OPPOSITE = T("Subtracting a number is the same as adding its opposite.")
SIGNS = T("Two numbers with the same sign have a positive product or quotient; with different signs it is negative.")
COMMON = T("Fractions need a common denominator before they are added or subtracted.")


@template("7.NS.A.1.d", "decimals", level=1, difficulty=-0.5)
def signed_decimals(rng: Generator, interest: str) -> Draft:
    a, b = (Fraction(nonzero(rng, -99, 99), 10) for _ in range(2))
    a = -abs(a)
    b += Fraction(1, 10) if abs(b) in (-a, -2 * a, -a / 2) else 0
    minus = between(rng, 0, 1) == 1
    value = a - b if minus else a + b
    second = f"({decimal(b)})" if b < 0 else decimal(b)
    line = f"{decimal(a)} {'-' if minus else '+'} {second}"
    flipped = f"({decimal(-b)})" if b > 0 else decimal(-b)
    key = decimal(value)
    return Draft(
        prompt=T("Work out: {expression}", expression=math(line)),
        answer=number_key(key),
        hints=(
            T("Are you going further away from zero, or back towards it?"),
            OPPOSITE
            if minus
            else T("Numbers with the same sign: add the sizes. With different signs: subtract the sizes."),
            T(
                "Compare the sizes {a} and {b}, and decide on the sign first.",
                a=math(decimal(abs(a))),
                b=math(decimal(abs(b))),
            ),
        ),
        solution=work(line, f"{decimal(a)} + {flipped}", key) if minus else work(line, key),
        wrong=slips(
            key,
            (decimal(a + b if minus else a - b), "opposite-not-taken"),
            (decimal(-value), "sign-of-result-lost"),
            (decimal(abs(a) + abs(b)), "signs-ignored"),
        ),
    )


@template("7.NS.A.1.d", "fractions", level=2, difficulty=0.2)
def signed_fractions(rng: Generator, interest: str) -> Draft:
    p, q = pick(rng, PARTS)
    r, s = pick(rng, [part for part in PARTS if part[1] != q])
    minus = between(rng, 0, 1) == 1
    a, b = Fraction(-p, q), Fraction(r, s)
    value = a - b if minus else a + b
    sign = "-" if minus else "+"
    line = f"{tex(a)} {sign} {tex(b)}"
    common = lcm(a.denominator, b.denominator)
    tops = int(a * common), int(b * common)
    same = f"{ratio_tex(tops[0], common)} {sign} {ratio_tex(tops[1], common)}"
    return Draft(
        prompt=T("Work out, and write the answer as a fraction in simplest form: {expression}", expression=math(line)),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("Will the answer be positive or negative?"),
            COMMON,
            T(
                "Write both with the denominator {common}; then work out {tops} on top.",
                common=common,
                tops=math(f"{tops[0]} {sign} {tops[1]}"),
            ),
        ),
        solution=work(line, same, tex(value)),
        wrong=slips(
            value,
            (-value, "sign-of-result-lost"),
            (abs(a) + abs(b), "signs-ignored"),
            (Fraction(a.numerator + (-r if minus else r), a.denominator + s), "frac-adds-both"),
        ),
    )


@template("7.NS.A.1.d", "chain", level=3, difficulty=0.7)
def signed_chain(rng: Generator, interest: str) -> Draft:
    a, b, c = -between(rng, 3, 20), between(rng, 3, 20), between(rng, 3, 20)
    half = pick(rng, (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)))
    first, last = a - half, b + half
    line = f"{decimal(first)} - ({-c}) - {decimal(last)}"
    value = first + c - last
    return Draft(
        prompt=T("Work out: {expression}", expression=math(line)),
        answer=number_key(decimal(value)),
        hints=(
            T("There are two subtractions. Look at each one by itself."),
            OPPOSITE,
            T(
                "Write it as a sum: {expression}. Then put the negative numbers together.",
                expression=math(f"{decimal(first)} + {c} + ({decimal(-last)})"),
            ),
        ),
        solution=work(
            line, f"{decimal(first)} + {c} + ({decimal(-last)})", f"{decimal(first - last)} + {c}", decimal(value)
        ),
        wrong=slips(
            decimal(value),
            (decimal(first - c - last), "opposite-not-taken"),
            (decimal(first + c + last), "sign-of-last-ignored"),
            (decimal(-value), "sign-of-result-lost"),
        ),
    )


@template("7.NS.A.2.c", "divide", level=1, difficulty=-0.7)
def divide_signed(rng: Generator, interest: str) -> Draft:
    a, b = nonzero(rng, -12, 12, but=(1,)), nonzero(rng, -12, 12, but=(1, -1))
    if a > 0 and b > 0:
        b = -b
    if a == -1:
        a = -11
    line = rf"{a * b} \div {paren(b)}"
    return Draft(
        prompt=T("Divide: {expression}", expression=math(line)),
        answer=number_key(a),
        hints=(
            T("Decide on the sign first. Then divide as usual."),
            SIGNS,
            T("Divide {a} by {b} and put the right sign in front.", a=abs(a * b), b=abs(b)),
        ),
        solution=work(line, rf"-({abs(a * b)} \div {abs(b)})" if a < 0 else rf"{abs(a * b)} \div {abs(b)}", str(a)),
        wrong=slips(a, (-a, "sign-rule-of-products"), (a * b - b, "op-subtracted")),
    )


@template("7.NS.A.2.c", "fraction-product", level=2, difficulty=0.1)
def fraction_product(rng: Generator, interest: str) -> Draft:
    (p, q), (r, s) = pick(rng, PARTS), pick(rng, PARTS)
    a = Fraction(nonzero(rng, -1, 1) * p, q)
    b = Fraction(-r, s)
    value, line = a * b, rf"{tex(a)} \cdot {paren(b)}"
    sign = "-" if value < 0 else ""
    return Draft(
        prompt=T("Multiply, and write the answer as a fraction in simplest form: {expression}", expression=math(line)),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("Decide on the sign first."),
            SIGNS,
            T("Multiply the tops {p} and {r}, and the bottoms {q} and {s}; then simplify.", p=p, q=q, r=r, s=s),
        ),
        solution=work(line, rf"{sign}\frac{{{p} \cdot {r}}}{{{q} \cdot {s}}}", tex(value)),
        wrong=slips(value, (-value, "sign-rule-of-products"), (a + b, "op-added"), (a / b, "wrong-factor-flipped")),
    )


@template("7.NS.A.2.c", "fraction-quotient", level=3, difficulty=0.6)
def fraction_quotient(rng: Generator, interest: str) -> Draft:
    (p, q), (r, s) = pick(rng, PARTS), pick(rng, PARTS)
    a, b = Fraction(-p, q), Fraction(nonzero(rng, -1, 1) * r, s)
    if abs(a) == abs(b):
        a -= 1
    value = a / b
    shown, turned = paren(b), paren(1 / b)
    line = rf"{tex(a)} \div {shown}"
    return Draft(
        prompt=T("Divide, and write the answer as a fraction in simplest form: {expression}", expression=math(line)),
        answer=number_key(value, form="simplest-fraction"),
        hints=(
            T("Decide on the sign first."),
            T("Dividing by a fraction is the same as multiplying by its reciprocal, which has the same sign."),
            T("Multiply {first} by {second}.", first=math(tex(a)), second=math(tex(1 / b))),
        ),
        solution=work(line, rf"{tex(a)} \cdot {turned}", tex(value)),
        wrong=slips(
            value, (-value, "sign-rule-of-products"), (a * b, "frac-divides-as-times"), (b / a, "wrong-factor-flipped")
        ),
    )


@template("7.NS.A.3", "temperature", level=1, difficulty=-0.5)
def temperature(rng: Generator, interest: str) -> Draft:
    start, rise = -between(rng, 2, 15), between(rng, 3, 25)
    fall = between(rng, 2, 20)
    value = start + rise - fall
    return Draft(
        prompt=T(
            "In the morning it is {start} °C. By noon the temperature rises by {rise} degrees, and by midnight it "
            "falls by {fall} degrees. What is the temperature at midnight, in °C?",
            start=math(str(start)),
            rise=rise,
            fall=fall,
        ),
        answer=number_key(value),
        hints=(
            T("Follow the temperature through the day, one change after the other."),
            T("A rise is added, a fall is subtracted."),
            T("Work out {expression}.", expression=math(f"{start} + {rise} - {fall}")),
        ),
        solution=work(f"{start} + {rise} - {fall}", f"{start + rise} - {fall}", str(value)),
        wrong=slips(
            value,
            (-start + rise - fall, "signs-ignored"),
            (start - rise + fall, "change-turned-around"),
            (start + rise + fall, "op-added"),
        ),
    )


@template("7.NS.A.3", "mean-change", level=2, difficulty=0.2)
def mean_change(rng: Generator, interest: str) -> Draft:
    days, mean = between(rng, 3, 6), nonzero(rng, -9, 9, but=(1, -1))
    start = between(rng, 10, 80)
    end = start + days * mean
    return Draft(
        prompt=T(
            "The water level of a lake goes from {start} centimeters to {end} centimeters in {days} days. What is "
            "the mean change per day, in centimeters? A fall is negative.",
            start=math(str(start)),
            end=math(str(end)),
            days=days,
        ),
        answer=number_key(mean),
        hints=(
            T("Does the level rise or fall? What does that say about the sign?"),
            T("The change is the last level minus the first one. The mean change shares it equally among the days."),
            T("Work out {change}, then divide by {days}.", change=math(f"{end} - {start}"), days=days),
        ),
        solution=work(f"{end} - {start} = {end - start}", rf"{end - start} \div {days} = {mean}"),
        wrong=slips(
            mean,
            (-mean, "sign-of-result-lost"),
            (end - start, "steps-first-only"),
            (Fraction(end + start, days), "op-added"),
        ),
    )


@template("7.NS.A.3", "order", level=3, difficulty=0.7)
def order_signed(rng: Generator, interest: str) -> Draft:
    a, b, c = -between(rng, 2, 9), -between(rng, 2, 9), between(rng, 2, 6)
    low, high = sorted(distinct(rng, 1, 12, 2))
    inner = low - high
    value = a * b - c * inner
    line = rf"{a} \cdot ({b}) - {c} \cdot ({low} - {high})"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(line)),
        answer=number_key(value),
        hints=(
            T("Which part has to be done first, and which one last?"),
            T("Parentheses first, then products, then the difference. Watch the sign of each part."),
            T("Find the two products; then subtract the second from the first."),
        ),
        solution=work(
            line,
            rf"{a} \cdot ({b}) - {c} \cdot ({inner})",
            f"{a * b} - ({c * inner})",
            f"{a * b} + {-c * inner}",
            str(value),
        ),
        wrong=slips(
            value,
            (a * b + c * inner, "opposite-not-taken"),
            (-a * b - c * inner, "sign-rule-of-products"),
            ((a * b - c) * inner, "order-left-to-right"),
        ),
    )
