"""What to look at again, after a wrong answer that a known slip leads to. A nudge asks; it never gives the answer."""

from __future__ import annotations

from headway.core.text import NOTHING, T, Text

_NUDGES: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        T("What do you have to do with these numbers: add, subtract, multiply or divide?"),
        (
            "op-added",
            "op-subtracted",
            "op-multiplied",
            "op-divided",
            "product-as-sum",
            "sum-as-product",
        ),
    ),
    (
        T("You are on the way. Read the question again: is there one more thing to do?"),
        (
            "steps-first-only",
            "steps-last-dropped",
        ),
    ),
    (
        T("The sign = means that both sides are the same. Are they?"),
        (
            "equals-as-answer",
            "equation-number-copied",
        ),
    ),
    (
        T("Which part has to be worked out first?"),
        (
            "order-left-to-right",
            "order-parentheses-ignored",
            "sum-before-product",
        ),
    ),
    (
        T("Is this about how many more, or about how many times as many?"),
        (
            "compare-additive",
            "ratio-additive",
            "ratio-as-difference",
        ),
    ),
    (T("Which of the two is the larger one?"), ("compare-reversed",)),
    (
        T("What happens when a column makes ten or more?"),
        (
            "add-no-carry",
            "mult-no-carry",
        ),
    ),
    (
        T("Look at each column. Where do you have to trade one for ten, and what is left there?"),
        (
            "sub-smaller-from-larger",
            "sub-borrow-kept",
            "sub-borrow-zero",
        ),
    ),
    (
        T("Close! Count the groups once more."),
        (
            "mult-one-group-off",
            "mult-one-for-group",
            "mult-close-fact",
        ),
    ),
    (
        T("Did every digit get multiplied by every other one, each at its place?"),
        (
            "mult-no-shift",
            "mult-partial-missing",
        ),
    ),
    (
        T("Check the zeros: is every digit at its place?"),
        (
            "zeros-miscounted",
            "place-one-off",
            "place-zero-skipped",
            "div-zero-left-out",
        ),
    ),
    (
        T("Think about what is left over. What does the story do with it?"),
        (
            "remainder-dropped",
            "remainder-given",
            "remainder-rounded-up",
        ),
    ),
    (T("Do you need a number that divides this one, or one in its times table?"), ("factor-multiple-mixed",)),
    (
        T("Can you find a larger one that works too?"),
        (
            "factor-pair-missed",
            "common-factor-not-greatest",
        ),
    ),
    (T("That number is in both times tables. Is there a smaller one?"), ("common-multiple-not-least",)),
    (T("What is this digit worth at the place where it stands?"), ("place-face-value",)),
    (
        T("Which place are you rounding to, and what does the digit on its right say?"),
        (
            "round-always-down",
            "round-always-up",
            "round-wrong-place",
            "round-digits-kept",
        ),
    ),
    (
        T("Think of two pies. In which one are the pieces larger, and how many do you get?"),
        (
            "frac-bigger-bottom",
            "frac-bigger-top",
            "frac-bigger-numbers",
            "frac-gap",
        ),
    ),
    (
        T("Read it again: which part is asked for, and of what?"),
        (
            "frac-part-to-part",
            "frac-other-part",
            "ratio-part-to-whole",
            "percent-complement",
        ),
    ),
    (
        T("Which number belongs on top and which at the bottom?"),
        (
            "frac-upside-down",
            "wrong-factor-flipped",
            "ratio-turned-around",
            "rate-turned-around",
            "slope-turned-over",
        ),
    ),
    (T("Count the steps between the marks, not the marks."), ("frac-counts-marks",)),
    (
        T("Top and bottom have to change together. How?"),
        (
            "frac-one-number-changed",
            "frac-added-to-both",
        ),
    ),
    (
        T("Are the pieces of both fractions the same size? Make them so first."),
        (
            "frac-adds-both",
            "frac-subtracts-both",
            "frac-no-common",
            "denominators-kept",
        ),
    ),
    (T("Does the size of the pieces change, or only how many there are?"), ("frac-multiplies-both",)),
    (
        T("Do not forget the wholes: how many parts is one whole?"),
        (
            "frac-whole-count",
            "frac-whole-dropped",
            "frac-whole-added-to-top",
            "frac-wholes-and-parts",
        ),
    ),
    (
        T("Into how many parts do you cut one whole here?"),
        (
            "frac-borrows-ten",
            "frac-sub-smaller",
        ),
    ),
    (T("How many of these small parts fit? Think about what dividing by a fraction asks."), ("frac-divides-as-times",)),
    (
        T("Line the decimal points up. What is each digit worth?"),
        (
            "dec-longer-larger",
            "dec-shorter-larger",
            "dec-whole-thinking",
            "dec-zero-left-out",
            "decimals-not-aligned",
        ),
    ),
    (
        T("The digits look fine. Where does the decimal point go?"),
        (
            "dec-point-off",
            "exponent-sign-wrong",
            "power-of-ten-ignored",
        ),
    ),
    (
        T("Do you need the way around, or how much fits inside?"),
        (
            "area-perimeter-mixed",
            "surface-volume-mixed",
            "circle-formulas-mixed",
        ),
    ),
    (
        T("Did you count every side?"),
        (
            "perimeter-two-sides",
            "faces-counted-once",
            "volume-base-only",
        ),
    ),
    (T("How does a triangle compare to the rectangle around it?"), ("triangle-half-forgotten",)),
    (T("Is that the way across, or only to the middle?"), ("radius-diameter-mixed",)),
    (
        T("How many minutes are in one hour?"),
        (
            "time-hundred",
            "time-hour-kept",
        ),
    ),
    (
        T("Check the units. How many of the small one make the large one?"),
        (
            "unit-not-converted",
            "unit-reversed",
            "unit-wrong-factor",
        ),
    ),
    (
        T("How much is it for just one?"),
        (
            "unit-rate-skipped",
            "rates-not-compared",
            "rate-by-total",
        ),
    ),
    (
        T("Percent of what? Find the whole first."),
        (
            "percent-as-amount",
            "percent-as-divisor",
            "percent-added-back",
            "percent-of-new-value",
            "growth-factor-percent-only",
            "part-whole-swapped",
        ),
    ),
    (
        T("Does every term inside the parentheses get its share?"),
        (
            "distributes-to-first-only",
            "distributes-to-last-only",
            "factor-not-distributed",
            "divides-one-term-only",
            "factors-first-term-only",
        ),
    ),
    (
        T("Which of these terms are of the same kind?"),
        (
            "unlike-terms-combined",
            "letter-taken-as-cancelled",
            "like-terms-as-power",
        ),
    ),
    (
        T("A number right before a letter means times. Put the value in."),
        (
            "substitution-as-digits",
            "notation-as-product",
        ),
    ),
    (
        T("Which operation undoes this one?"),
        (
            "inverse-not-used",
            "inverse-subtracts-instead",
        ),
    ),
    (
        T("Which number comes first?"),
        (
            "subtraction-turned-around",
            "division-turned-around",
            "div-bigger-by-smaller",
        ),
    ),
    (
        T("The size is not the trouble. Look at each minus sign once more."),
        (
            "sign-lost-distributing",
            "sign-lost-dividing",
            "sign-lost-moving-terms",
            "sign-of-result-lost",
            "sign-of-term-lost",
            "sign-rule-of-products",
            "signs-ignored",
            "sign-of-second-ignored",
            "sign-of-last-ignored",
            "opposite-not-taken",
            "negative-sum-of-sizes",
            "sign-lost-factoring",
            "sign-in-power",
        ),
    ),
    (
        T("Try a number from your answer. Does it fit?"),
        (
            "inequality-not-flipped",
            "inequality-turned-around",
            "boundary-misjudged",
        ),
    ),
    (
        T("Is there more than one number that fits?"),
        (
            "inequality-as-equation",
            "one-solution-expected",
            "second-solution-forgotten",
            "negative-root-forgotten",
        ),
    ),
    (
        T("What does the little number tell you to do, and how often?"),
        (
            "exponent-as-factor",
            "exponent-as-addend",
            "base-exponent-swapped",
            "one-factor-short",
            "repeated-addition-as-power",
        ),
    ),
    (T("What does the exponent belong to: one number, or all of it?"), ("power-after-product",)),
    (
        T("Write the powers out in full. How many factors are there?"),
        (
            "exponents-multiplied",
            "exponents-added-in-quotient",
            "exponents-divided",
            "power-of-power-added",
        ),
    ),
    (
        T("Which number times itself gives this one?"),
        (
            "root-as-division",
            "root-not-taken",
            "root-ignored",
            "square-root-not-taken",
        ),
    ),
    (T("Put your number in for the letter. Are both sides equal?"), ("solution-not-checked",)),
    (T("Look at the key: what does each picture stand for?"), ("graph-scale-ignored",)),
    (T("You read one number well. The question asks to compare two."), ("graph-not-compared",)),
    (
        T("Try your rule on each number of the pattern."),
        (
            "pattern-step-off",
            "pattern-rule-last-two",
            "sequence-one-step-less",
            "sequence-one-step-more",
            "first-term-ignored",
        ),
    ),
    (
        T("Which of the two comes first?"),
        (
            "coordinate-swapped",
            "input-output-swapped",
        ),
    ),
    (
        T("How much does it go up, and how far across?"),
        (
            "rise-only",
            "slope-adds-coordinates",
            "slope-start-swapped",
        ),
    ),
    (
        T("What do these angles make together?"),
        (
            "angle-wrong-total",
            "angles-add-to-180",
            "angles-taken-as-equal",
        ),
    ),
)

NUDGES: dict[str, Text] = {key: text for text, keys in _NUDGES for key in keys}
"""Misconception -> what to say."""


def nudge(misconception: str) -> Text:
    """What to look at again after this slip; empty for an unknown one."""
    return NUDGES.get(misconception, NOTHING)
