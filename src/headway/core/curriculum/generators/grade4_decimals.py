"""Grade 4: tenths and hundredths as fractions and decimals (4.NF.C.5, 4.NF.C.6)."""

from __future__ import annotations

from fractions import Fraction

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    decimal,
    latex_fraction,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, math

TENTH = T("One tenth is the same as ten hundredths.")
PLACES = T("The first place after the point counts tenths, the second one counts hundredths.")


def hundredths(n: int) -> str:
    """A number of hundredths as a decimal without trailing zeros."""
    return decimal(Fraction(n, 100))


@template("4.NF.C.5", "to-hundredths", level=1, difficulty=-0.7)
def to_hundredths(rng: Generator, interest: str) -> Draft:
    tenths = between(rng, 2, 59)
    tenths = tenths + 1 if tenths % 10 == 0 else tenths
    right = latex_fraction(r"\square", 100)
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(f"{latex_fraction(tenths, 10)} = {right}")),
        answer=number_key(tenths * 10),
        hints=(
            T("Into how many hundredths is a tenth cut?"),
            TENTH,
            T("Each of the {tenths} tenths makes as many hundredths.", tenths=tenths),
        ),
        solution=(
            TENTH,
            T("So the box holds {line}", line=math(rf"{tenths} \times 10 = {tenths * 10}")),
        ),
        wrong=wrong_numbers(
            tenths * 10,
            (tenths, "frac-one-number-changed"),
            (tenths + 90, "frac-added-to-both"),
            (tenths * 100, "zeros-miscounted"),
        ),
    )


@template("4.NF.C.5", "add", level=2, difficulty=0.1)
def add_tenths(rng: Generator, interest: str) -> Draft:
    tenths, rest = between(rng, 1, 9), between(rng, 1, 8) * 10 + between(rng, 1, 9)
    total = tenths * 10 + rest
    line = f"{latex_fraction(tenths, 10)} + {latex_fraction(rest, 100)}"
    return Draft(
        prompt=T("Find {sum}. Write it as a fraction.", sum=math(line)),
        answer=number_key(f"{total}/100"),
        hints=(
            T("Do the two fractions have parts of the same size?"),
            TENTH,
            T(
                "Write {fraction} with the bottom number 100, then add the parts.",
                fraction=math(latex_fraction(tenths, 10)),
            ),
        ),
        solution=(
            T("In hundredths: {line}", line=math(f"{latex_fraction(tenths, 10)} = {latex_fraction(tenths * 10, 100)}")),
            T(
                "Add: {line}",
                line=math(
                    f"{latex_fraction(tenths * 10, 100)} + {latex_fraction(rest, 100)} = {latex_fraction(total, 100)}"
                ),
            ),
        ),
        wrong=wrong_numbers(
            f"{total}/100",
            (f"{tenths + rest}/110", "frac-adds-both"),
            (f"{tenths + rest}/100", "frac-no-common"),
            (f"{tenths + rest}/10", "frac-no-common"),
        ),
    )


TWO_LENGTHS: Stories = {
    "art": T("A stick is {a} of a meter long. {name} glues on {b} of a meter. What fraction of a meter is it now?"),
    "nature": T("A plant grows {a} of a meter in May and {b} of a meter in June. What fraction of a meter is that?"),
    "trains": T(
        "A model track is {a} of a meter long. {name} adds {b} of a meter. What fraction of a meter is it now?"
    ),
    "cooking": T("A jug holds {a} of a liter. {name} pours in {b} of a liter more. What fraction of a liter is that?"),
    "fashion": T("A ribbon of {a} of a meter is sewn to one of {b} of a meter. What fraction of a meter is that?"),
    "animals": T("A snail crawls {a} of a meter and then {b} of a meter. What fraction of a meter is that?"),
}


@template("4.NF.C.5", "story", level=3, difficulty=0.5, uses_interest=True)
def tenths_story(rng: Generator, interest: str) -> Draft:
    tenths, rest = between(rng, 1, 9), between(rng, 1, 8) * 10 + between(rng, 1, 9)
    total = tenths * 10 + rest
    first, second = math(latex_fraction(tenths, 10)), math(latex_fraction(rest, 100))
    return Draft(
        prompt=tell(rng, interest, TWO_LENGTHS, a=first, b=second),
        answer=number_key(f"{total}/100"),
        hints=(
            T("Which operation puts the two amounts together?"),
            TENTH,
            T("Write {first} in hundredths. Then add the top numbers.", first=first),
        ),
        solution=(
            T("In hundredths: {first} is {new}", first=first, new=math(latex_fraction(tenths * 10, 100))),
            T("Together: {answer}", answer=math(latex_fraction(total, 100))),
        ),
        wrong=wrong_numbers(
            f"{total}/100",
            (f"{tenths + rest}/110", "frac-adds-both"),
            (f"{tenths + rest}/100", "frac-no-common"),
            (f"{abs(tenths * 10 - rest)}/100", "op-subtracted"),
        ),
    )


@template("4.NF.C.6", "fraction-to-decimal", level=1, difficulty=-0.6)
def to_decimal(rng: Generator, interest: str) -> Draft:
    bottom = pick(rng, (10, 100, 100))
    top = between(rng, 3, 99) if bottom == 100 else between(rng, 2, 39)
    top = top + 1 if top % 10 == 0 else top
    value = Fraction(top, bottom)
    misplaced = f"0.{top}" if bottom == 100 and top < 10 else None
    return Draft(
        prompt=T("Write {fraction} as a decimal.", fraction=math(latex_fraction(top, bottom))),
        answer=number_key(decimal(value), form="decimal"),
        hints=(
            T("Are the parts tenths or hundredths?"),
            PLACES,
            T("The last digit of {top} goes in the place of the tenths.", top=top)
            if bottom == 10
            else T("The last digit of {top} goes in the place of the hundredths.", top=top),
        ),
        solution=(
            T("The bottom number names the place: {bottom}.", bottom=bottom),
            T("So it is {answer}", answer=math(decimal(value))),
        ),
        wrong=wrong_numbers(
            decimal(value),
            (misplaced, "dec-zero-left-out"),
            (f"{top}.{bottom}", "dec-fraction-digits"),
            (decimal(value * 10), "dec-point-off"),
            (decimal(value / 10), "dec-point-off"),
        ),
    )


@template("4.NF.C.6", "decimal-to-fraction", level=2, difficulty=-0.1)
def to_fraction(rng: Generator, interest: str) -> Draft:
    n = between(rng, 1, 99)
    n = n + 1 if n % 10 == 0 else n
    shown = f"0.{n:02d}"
    return Draft(
        prompt=T("Write {decimal} as a fraction.", decimal=math(shown)),
        answer=number_key(f"{n}/100", form="fraction"),
        hints=(
            T("How many places are there after the point?"),
            PLACES,
            T("The last digit stands for hundredths, so the parts are hundredths. How many are there?"),
        ),
        solution=(
            T("The decimal counts hundredths."),
            T("So it is {answer}", answer=math(latex_fraction(n, 100))),
        ),
        wrong=wrong_numbers(
            f"{n}/100",
            (f"{n}/10", "dec-point-off"),
            (f"1/{n}" if n > 1 else None, "frac-upside-down"),
            (f"{n}/1000", "dec-point-off"),
        ),
    )


@template("4.NF.C.6", "number-line", level=3, difficulty=0.5)
def on_a_line(rng: Generator, interest: str) -> Draft:
    whole, tenth, more = between(rng, 0, 4), between(rng, 1, 8), between(rng, 1, 9)
    value = Fraction(whole * 100 + tenth * 10 + more, 100)
    low, high = Fraction(whole * 10 + tenth, 10), Fraction(whole * 10 + tenth + 1, 10)
    return Draft(
        prompt=T(
            "On a number line the space from {low} to {high} is cut into 10 equal parts. A point is at mark {more} after "
            "{low}. Write its number as a decimal.",
            low=decimal(low),
            high=decimal(high),
            more=more,
        ),
        answer=number_key(decimal(value), form="decimal"),
        hints=(
            T("How long is the whole space from {low} to {high}?", low=decimal(low), high=decimal(high)),
            TENTH,
            T(
                "Each of the 10 parts is one hundredth. Start at {low} and count {more} of them.",
                low=decimal(low),
                more=more,
            ),
        ),
        solution=(
            T("Each part is one hundredth, and {more} of them are counted.", more=more),
            T("So the number is {answer}", answer=math(decimal(value))),
        ),
        wrong=wrong_numbers(
            decimal(value),
            (decimal(low + Fraction(more, 10)), "dec-point-off"),
            (decimal(value + Fraction(1, 100)), "frac-counts-marks"),
            (decimal(Fraction(more, 100)), "steps-last-dropped"),
        ),
    )
