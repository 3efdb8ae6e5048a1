"""Grade 3: what multiplication and division mean, word problems, unknown numbers (3.OA.A)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import EQUAL_GROUPS, PACK, SHARE, fill, name, tell
from headway.core.curriculum.generators.numbers import (
    between,
    choice_key,
    distinct,
    number_key,
    pick,
    shuffled,
    wrong_choices,
    wrong_numbers,
)
from headway.core.text import T, Text, math

EQUAL = T("Every group has the same number. Which operation joins equal groups quickly?")


@template("3.OA.A.1", "expression", level=1, difficulty=-1.0, uses_interest=True)
def which_product(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 3, 9, 2)
    story = tell(rng, interest, EQUAL_GROUPS, groups=groups, each=each)
    right = rf"$${groups} \times {each}$$"
    added, less = f"$${groups} + {each}$$", f"$${max(groups, each)} - {min(groups, each)}$$"
    choices = shuffled(rng, [right, added, less, rf"$${groups} + {each} + {groups}$$"])
    return Draft(
        prompt=T("{story} Which expression answers the question?", story=story),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("How many groups are there, and how many are in each group?"),
            EQUAL,
            T("There are {groups} groups of {each}. Look for the expression that says so.", groups=groups, each=each),
        ),
        solution=(
            T("There are {groups} groups with {each} in each group.", groups=groups, each=each),
            T("Equal groups are multiplied: {expression}", expression=right),
        ),
        wrong=wrong_choices(
            choices.index(right), (choices.index(added), "op-added"), (choices.index(less), "op-subtracted")
        ),
    )


@template("3.OA.A.1", "repeated-addition", level=1, difficulty=-1.4)
def repeated_addition(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 2, 9, 2)
    line = " + ".join([str(each)] * groups)
    total = groups * each
    return Draft(
        prompt=T("Which number goes in the box? {equation}", equation=math(rf"{line} = \square \times {each}")),
        answer=number_key(groups),
        hints=(
            T("Look at the left side. The same number is added again and again."),
            T("A product tells how many equal groups there are and how many are in each group."),
            T("Count how many times {each} is written on the left side.", each=math(str(each))),
        ),
        solution=(
            T("The left side adds {each} again and again. Both sides are {total}.", each=each, total=total),
            T("It adds {each} this many times: {groups}", each=each, groups=math(str(groups))),
        ),
        wrong=wrong_numbers(
            groups, (total, "equals-as-answer"), (groups - 1, "mult-one-group-off"), (each, "equation-number-copied")
        ),
    )


@template("3.OA.A.1", "one-more-group", level=3, difficulty=0.3)
def one_more_group(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 3, 10, 2)
    known = math(rf"{groups} \times {each} = {groups * each}")
    total = (groups + 1) * each
    return Draft(
        prompt=T(
            "{name} knows that {known}. Use it to find {next}.",
            name=name(rng),
            known=known,
            next=math(rf"{groups + 1} \times {each}"),
        ),
        answer=number_key(total),
        hints=(
            T("What is the same in the two products, and what has changed?"),
            T("The first factor counts the groups. Now there is one group more."),
            T("Start from {known} and add one more group of {each}.", known=math(str(groups * each)), each=each),
        ),
        solution=(
            T("{known} is {groups} groups of {each}.", known=known, groups=groups, each=each),
            T("One more group of {each}: {line}", each=each, line=math(f"{groups * each} + {each} = {total}")),
        ),
        wrong=wrong_numbers(
            total, (groups * each + 1, "mult-one-for-group"), (groups * each + groups, "mult-close-fact")
        ),
    )


@template("3.OA.A.2", "expression", level=2, difficulty=-0.3, uses_interest=True)
def which_quotient(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 3, 9, 2)
    total = groups * each
    story = tell(rng, interest, SHARE, groups=groups, total=total)
    right = rf"$${total} \div {groups}$$"
    times, less = rf"$${total} \times {groups}$$", f"$${total} - {groups}$$"
    choices = shuffled(rng, [right, times, less, f"$${total} + {groups}$$"])
    return Draft(
        prompt=T("{story} Which expression answers the question?", story=story),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("Is the large number the total, or is it the size of one group?"),
            T("The total is split into equal groups. Which operation splits a total into equal groups?"),
            T("The total is {total} and there are {groups} equal groups.", total=total, groups=groups),
        ),
        solution=(
            T("{total} is the total. It is split into {groups} equal groups.", total=total, groups=groups),
            T("Splitting into equal groups is division: {expression}", expression=right),
        ),
        wrong=wrong_choices(
            choices.index(right), (choices.index(times), "op-multiplied"), (choices.index(less), "op-subtracted")
        ),
    )


@template("3.OA.A.2", "share", level=1, difficulty=-0.9, uses_interest=True)
def share_small(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 2, 8, 2)
    return _division(tell(rng, interest, SHARE, groups=groups, total=groups * each), groups, each)


MEANINGS: tuple[tuple[Text, Text, Text, Text], ...] = (
    (
        T("{name} puts {total} shells equally into {groups} bags. What does the {each} in {fact} tell?"),
        T("The number of shells in each bag"),
        T("The number of bags"),
        T("The number of shells in all"),
    ),
    (
        T("{name} puts {total} pencils into bundles of {groups}. What does the {each} in {fact} tell?"),
        T("The number of bundles"),
        T("The number of pencils in each bundle"),
        T("The number of pencils in all"),
    ),
    (
        T("{total} students sit equally at {groups} tables. What does the {each} in {fact} tell?"),
        T("The number of students at each table"),
        T("The number of tables"),
        T("The number of students in all"),
    ),
    (
        T("{name} reads {groups} pages each day until all {total} are read. What does the {each} in {fact} tell?"),
        T("The number of days"),
        T("The number of pages read each day"),
        T("The number of pages in all"),
    ),
)
"""Story, then what the quotient tells, what the divisor tells, what the total tells."""


@template("3.OA.A.2", "meaning", level=3, difficulty=0.4)
def quotient_meaning(rng: Generator, interest: str) -> Draft:
    divisor, quotient = distinct(rng, 3, 9, 2)
    total = divisor * quotient
    story, right, other, whole = pick(rng, MEANINGS)
    fact = math(rf"{total} \div {divisor} = {quotient}")
    choices = shuffled(rng, [right, other, whole])
    return Draft(
        prompt=fill(story, name=name(rng), total=total, groups=divisor, each=math(str(quotient)), fact=fact),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("Read the story again. What do the {total} and the {divisor} stand for?", total=total, divisor=divisor),
            T("A quotient tells either how many are in each group or how many groups there are."),
            T("The story gives the total and the {divisor}. What does it not give?", divisor=divisor),
        ),
        solution=(
            T("The story gives {total} in all, and it gives the {divisor}.", total=total, divisor=divisor),
            T("The quotient is what is still unknown. {meaning}.", meaning=right),
        ),
        wrong=wrong_choices(
            choices.index(right),
            (choices.index(other), "compare-reversed"),
            (choices.index(whole), "op-multiplied"),
        ),
    )


@template("3.OA.A.3", "groups", level=1, difficulty=-0.8, uses_interest=True)
def equal_groups(rng: Generator, interest: str) -> Draft:
    groups, each = between(rng, 3, 9), between(rng, 3, 9)
    total = groups * each
    return Draft(
        prompt=tell(rng, interest, EQUAL_GROUPS, groups=groups, each=each),
        answer=number_key(total),
        hints=(
            T("Draw a quick picture: one circle for each group, and the number that is inside."),
            EQUAL,
            T("Find {expression}.", expression=math(rf"{groups} \times {each}")),
        ),
        solution=(
            T("There are {groups} equal groups of {each}.", groups=groups, each=each),
            T("Multiply: {line}", line=math(rf"{groups} \times {each} = {total}")),
        ),
        wrong=wrong_numbers(
            total,
            (groups + each, "op-added"),
            (total - each, "mult-one-group-off"),
            (total + groups, "mult-close-fact"),
        ),
    )


@template("3.OA.A.3", "share", level=2, difficulty=-0.1, uses_interest=True)
def share_story(rng: Generator, interest: str) -> Draft:
    groups, each = distinct(rng, 3, 9, 2)
    return _division(tell(rng, interest, SHARE, groups=groups, total=groups * each), groups, each)


@template("3.OA.A.3", "pack", level=2, difficulty=0.1, uses_interest=True)
def pack_story(rng: Generator, interest: str) -> Draft:
    count, each = distinct(rng, 3, 9, 2)
    return _division(tell(rng, interest, PACK, each=each, total=count * each), each, count)


@template("3.OA.A.3", "equation", level=3, difficulty=0.8, uses_interest=True)
def which_equation(rng: Generator, interest: str) -> Draft:
    each, count = distinct(rng, 3, 9, 2)
    total = each * count
    right = rf"$${each} \times \square = {total}$$"
    times, added = rf"$${total} \times {each} = \square$$", rf"$$\square - {each} = {total}$$"
    choices = shuffled(rng, [right, times, added, rf"$${total} + {each} = \square$$"])
    return Draft(
        prompt=T(
            "{story} Which equation fits? The box stands for the number you are looking for.",
            story=tell(rng, interest, PACK, total=total, each=each),
        ),
        answer=choice_key(choices.index(right), choices),
        hints=(
            T("Say what the box stands for in your own words."),
            T("A number of equal groups, times the size of one group, makes the total."),
            T("The total is {total} and the size of one group is {each}.", total=total, each=each),
        ),
        solution=(
            T("Groups of {each} make {total} in all. The number of groups is unknown.", each=each, total=total),
            T("So the equation is {equation}", equation=right),
        ),
        wrong=wrong_choices(
            choices.index(right), (choices.index(times), "op-multiplied"), (choices.index(added), "op-added")
        ),
    )


def _division(story: Text, divisor: int, quotient: int) -> Draft:
    """A story that divides evenly; ``divisor`` is given in it."""
    total = divisor * quotient
    return Draft(
        prompt=story,
        answer=number_key(quotient),
        hints=(
            T("What is the total? What else do you know?"),
            T("Splitting a total equally, or into groups of one size, is division."),
            T(
                "Find {first}. Think: {second}.",
                first=math(rf"{total} \div {divisor}"),
                second=math(rf"{divisor} \times \square = {total}"),
            ),
        ),
        solution=(
            T("The total is {total}. Divide it by {divisor}.", total=total, divisor=divisor),
            T("Check: {line}", line=math(rf"{divisor} \times {quotient} = {total}")),
            T("So {line}", line=math(rf"{total} \div {divisor} = {quotient}")),
        ),
        wrong=wrong_numbers(
            quotient,
            (total - divisor, "op-subtracted"),
            (total * divisor, "op-multiplied"),
            (quotient + 1, "mult-close-fact"),
        ),
    )
