"""Grade 5: numerical expressions with grouping symbols, written and read (5.OA.A)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, fill, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    latex_whole,
    number_key,
    pick,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

INSIDE = T("Work out what is inside the parentheses first. Then multiply and divide, then add and subtract.")


@template("5.OA.A.1", "parentheses", level=1, difficulty=-0.6)
def parentheses(rng: Generator, interest: str) -> Draft:
    a, b, c = between(rng, 2, 9), between(rng, 3, 12), between(rng, 2, 11)
    answer = a * (b + c)
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(rf"{a} \times ({b} + {c})")),
        answer=number_key(answer),
        hints=(
            T("What do the parentheses tell you to do first?"),
            INSIDE,
            T("Find {inside}. Then multiply by {a}.", inside=math(f"{b} + {c}"), a=a),
        ),
        solution=(
            T("Inside: {line}", line=math(f"{b} + {c} = {b + c}")),
            T("Then multiply: {line}", line=math(rf"{a} \times {b + c} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer, (a * b + c, "order-parentheses-ignored"), (a + b + c, "op-added"), (b + c, "steps-first-only")
        ),
    )


@template("5.OA.A.1", "two-groups", level=2, difficulty=0.1)
def two_groups(rng: Generator, interest: str) -> Draft:
    c, d = between(rng, 2, 5), between(rng, 1, 4)
    times = between(rng, 2, 7)
    total = (c + d) * times
    b = between(rng, 3, max(4, total - 5))
    a = total - b if total - b > 1 else total + b
    sign = "+" if a + b == total else "-"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(rf"({a} {sign} {b}) \div ({c} + {d})")),
        answer=number_key(times),
        hints=(
            T("There are two pairs of parentheses. What is the value of each?"),
            INSIDE,
            T("Find {first} and {second}. Then divide.", first=math(f"{a} {sign} {b}"), second=math(f"{c} + {d}")),
        ),
        solution=(
            T(
                "Inside: {first} and {second}",
                first=math(f"{a} {sign} {b} = {total}"),
                second=math(f"{c} + {d} = {c + d}"),
            ),
            T("Then divide: {line}", line=math(rf"{total} \div {c + d} = {times}")),
        ),
        wrong=wrong_numbers(
            times,
            (total, "steps-first-only"),
            (total // c + d if total % c == 0 else None, "order-parentheses-ignored"),
            (total - c - d, "op-subtracted"),
            (total * (c + d), "op-multiplied"),
        ),
    )


@template("5.OA.A.1", "brackets", level=3, difficulty=0.8)
def brackets(rng: Generator, interest: str) -> Draft:
    a, b, c, d = between(rng, 2, 6), between(rng, 12, 20), between(rng, 2, 4), between(rng, 1, 2)
    inner = c + d
    answer = a * (b - inner * 2)
    expression = rf"{a} \times [{b} - 2 \times ({c} + {d})]"
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(expression)),
        answer=number_key(answer),
        hints=(
            T("Which part is innermost?"),
            T("Start with the parentheses inside the brackets and work outward."),
            T("Find {inside} first. Then finish the brackets.", inside=math(f"{c} + {d}")),
        ),
        solution=(
            T("Parentheses: {line}", line=math(f"{c} + {d} = {inner}")),
            T("Brackets: {line}", line=math(rf"{b} - 2 \times {inner} = {b - 2 * inner}")),
            T("Multiply: {line}", line=math(rf"{a} \times {b - 2 * inner} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer,
            (a * (b - 2) * inner, "order-left-to-right"),
            (a * (b - 2 * c + d), "order-parentheses-ignored"),
            (a * b - 2 * inner, "order-parentheses-ignored"),
            (b - 2 * inner, "steps-first-only"),
        ),
    )


@template("5.OA.A.1", "no-parentheses", level=2, difficulty=0.2)
def without(rng: Generator, interest: str) -> Draft:
    a, b, c = between(rng, 12, 40), between(rng, 2, 6), between(rng, 2, 6)
    plus = int(rng.integers(2)) == 1 or a <= b * c
    answer = a + b * c if plus else a - b * c
    sign = "+" if plus else "-"
    left = (a + b) * c if plus else (a - b) * c
    return Draft(
        prompt=T("Find the value of {expression}.", expression=math(rf"{a} {sign} {b} \times {c}")),
        answer=number_key(answer),
        hints=(
            T("There are no parentheses. Which operation comes first all the same?"),
            T("Multiplication and division come before addition and subtraction."),
            T("Find {product} first.", product=math(rf"{b} \times {c}")),
        ),
        solution=(
            T("Multiply first: {line}", line=math(rf"{b} \times {c} = {b * c}")),
            T("Then: {line}", line=math(f"{a} {sign} {b * c} = {answer}")),
        ),
        wrong=wrong_numbers(
            answer, (left, "order-left-to-right"), (b * c, "steps-first-only"), (a + b + c, "op-added")
        ),
    )


WORDS: tuple[tuple[Text, str, str, str], ...] = (
    (
        T("Add {a} and {b}, then multiply by {c}."),
        r"{c} \times ({a} + {b})",
        r"{c} \times {a} + {b}",
        r"{a} + {b} + {c}",
    ),
    (
        T("Subtract {b} from {a}, then multiply by {c}."),
        r"({a} - {b}) \times {c}",
        r"{a} - {b} \times {c}",
        r"({b} - {a}) \times {c}",
    ),
    (
        T("Multiply {a} by {c}, then subtract {b}."),
        r"{a} \times {c} - {b}",
        r"{a} \times ({c} - {b})",
        r"{b} - {a} \times {c}",
    ),
    (
        T("Add {b} to the product of {a} and {c}."),
        r"{a} \times {c} + {b}",
        r"{a} \times ({c} + {b})",
        r"{a} + {c} \times {b}",
    ),
)
"""What to do in words, the expression that says it, one with the wrong order, another wrong one."""


@template("5.OA.A.2", "from-words", level=1, difficulty=-0.5)
def from_words(rng: Generator, interest: str) -> Draft:
    words, *forms = pick(rng, WORDS)
    b, c = distinct(rng, 2, 9, 2)
    a = between(rng, 11, 20)
    said = fill(words, a=a, b=b, c=c)
    right, order, other = (
        math(form.replace("{a}", str(a)).replace("{b}", str(b)).replace("{c}", str(c))) for form in forms
    )
    choices = shuffled(rng, [right, order, other])
    key = choices.index(right)
    return Draft(
        prompt=T("Which expression says this? {words}", words=said),
        answer=choice_key(key, choices),
        hints=(
            T("Which step is done first? Which numbers belong to it?"),
            INSIDE,
            T("A sum or a difference that is worked out before a product needs parentheses."),
        ),
        solution=(
            T("Write the first step, and put it in parentheses if a product comes after it."),
            T("The expression is {expression}", expression=right),
        ),
        wrong=wrong_choices(
            key, (choices.index(order), "order-parentheses-ignored"), (choices.index(other), "order-left-to-right")
        ),
    )


@template("5.OA.A.2", "how-many-times", level=2, difficulty=0.2)
def how_many_times(rng: Generator, interest: str) -> Draft:
    a, b, times = between(rng, 1234, 9876), between(rng, 112, 987), between(rng, 3, 9)
    inner = f"{latex_whole(a)} + {latex_whole(b)}"
    return Draft(
        prompt=T(
            "Do not work it out. How many times as large as {small} is {large}?",
            small=math(inner),
            large=math(rf"{times} \times ({inner})"),
        ),
        answer=number_key(times),
        hints=(
            T("What is the same in both expressions?"),
            T("The parentheses are one number. Look at what is done with that number."),
            T("Compare one copy of the sum with the product."),
        ),
        solution=(
            T("The sum in the parentheses is the same in both."),
            T("It is multiplied, so the answer is {answer}", answer=math(str(times))),
        ),
        wrong=wrong_numbers(
            times, (a + b, "equals-as-answer"), (times * (a + b), "equals-as-answer"), (times + 1, "compare-additive")
        ),
    )


BUY_BOTH: Stories = {
    "soccer": T("{name} buys {n} tickets for ${a} each and {n} flags for ${b} each."),
    "music": T("{name} buys {n} albums for ${a} each and {n} posters for ${b} each."),
    "cooking": T("{name} buys {n} bowls for ${a} each and {n} spoons for ${b} each."),
    "art": T("{name} buys {n} brushes for ${a} each and {n} jars for ${b} each."),
    "games": T("{name} buys {n} games for ${a} each and {n} dice for ${b} each."),
    "fashion": T("{name} buys {n} scarves for ${a} each and {n} belts for ${b} each."),
    "comics": T("{name} buys {n} comics for ${a} each and {n} pens for ${b} each."),
    "trains": T("{name} buys {n} model trains for ${a} each and {n} signs for ${b} each."),
}


@template("5.OA.A.2", "story", level=3, difficulty=0.6, uses_interest=True)
def expression_story(rng: Generator, interest: str) -> Draft:
    n, b = distinct(rng, 2, 9, 2)
    a = between(rng, 11, 19)
    right, partly = rf"$${n} \times ({a} + {b})$$", rf"$${n} \times {a} + {b}$$"
    added, turned = f"$${n} + {a} + {b}$$", rf"$$({n} + {a}) \times {b}$$"
    choices = shuffled(rng, [right, partly, added, turned])
    key = choices.index(right)
    return Draft(
        prompt=T(
            "{story} Which expression gives the cost in dollars?", story=tell(rng, interest, BUY_BOTH, n=n, a=a, b=b)
        ),
        answer=choice_key(key, choices),
        hints=(
            T("What does one pair cost, one of each kind?"),
            T("The same number of both is bought, so the pair can be put in parentheses."),
            T("One pair costs {sum}. There are {n} pairs.", sum=math(f"{a} + {b}"), n=n),
        ),
        solution=(
            T("One of each costs {sum} dollars.", sum=math(f"{a} + {b}")),
            T("All pairs cost {expression}", expression=right),
        ),
        wrong=wrong_choices(
            key,
            (choices.index(partly), "order-parentheses-ignored"),
            (choices.index(added), "op-added"),
            (choices.index(turned), "order-left-to-right"),
        ),
    )
