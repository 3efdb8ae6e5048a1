"""Grade 4: problems of several steps, and what to do with a remainder (4.OA.A.3)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import (
    between,
    distinct,
    number_key,
    wrong_numbers,
)
from headway.core.text import T, math

ROUND_UP: Stories = {
    "soccer": T("{total} players ride to a match in vans. Each van holds {each} players. How many vans are needed?"),
    "music": T("{total} singers ride in cars to a concert. Each car holds {each} singers. How many cars are needed?"),
    "cooking": T("{name} packs {total} muffins. Each box holds {each}. How many boxes are needed for all the muffins?"),
    "nature": T("{total} campers sleep in tents. Each tent holds {each} campers. How many tents are needed?"),
    "comics": T("{name} stores {total} comics. Each box holds {each}. How many boxes are needed for all of them?"),
    "trains": T("{total} people ride a small train. Each car holds {each} people. How many cars are needed?"),
    "art": T("{name} stores {total} brushes. Each case holds {each}. How many cases are needed for all of them?"),
}

ROUND_DOWN: Stories = {
    "fashion": T(
        "One bracelet takes {each} beads. {name} has {total} beads. How many whole bracelets can {name} make?"
    ),
    "cooking": T("One pizza takes {each} olives. {name} has {total} olives. How many whole pizzas is that enough for?"),
    "basketball": T("A team needs {each} players. {total} players come. How many full teams can they make?"),
    "space": T("One model rocket takes {each} parts. {name} has {total} parts. How many whole rockets can be built?"),
    "games": T("One game needs {each} cards. {name} has {total} cards. How many games can be set up at once?"),
    "art": T("One mosaic takes {each} tiles. {name} has {total} tiles. How many whole mosaics can {name} make?"),
    "nature": T(
        "One bird house takes {each} boards. {name} has {total} boards. How many bird houses can {name} build?"
    ),
}

LEFT_OVER: Stories = {
    "animals": T("{total} carrots are shared equally by {each} horses, and no carrot is cut. How many are left over?"),
    "games": T("{each} players share {total} cards equally. How many cards are left over?"),
    "soccer": T("A coach puts {total} balls into bags of {each}. How many balls are left over?"),
    "comics": T("{name} puts {total} comics into piles of {each}. How many comics are left over?"),
    "fashion": T("{name} sews {total} buttons on shirts, {each} on each shirt. How many buttons are left over?"),
    "trains": T("A toy train carries {total} logs in full loads of {each}. How many logs are left over?"),
}

THREE_STEPS: Stories = {
    "music": T(
        "A band sells {a} tickets for ${p} each and {b} shirts for ${q} each. It spends ${cost}. "
        "How many dollars are left?"
    ),
    "cooking": T(
        "A bakery sells {a} pies for ${p} each and {b} cakes for ${q} each. It spends ${cost} on flour and "
        "eggs. How many dollars are left?"
    ),
    "art": T(
        "{name} sells {a} cards for ${p} each and {b} prints for ${q} each. Paper costs ${cost}. "
        "How many dollars are left?"
    ),
    "comics": T(
        "{name} sells {a} comics for ${p} each and {b} posters for ${q} each. Printing costs ${cost}. "
        "How many dollars are left?"
    ),
    "animals": T(
        "A shelter sells {a} dog toys for ${p} each and {b} beds for ${q} each. It pays ${cost} for food. "
        "How many dollars are left?"
    ),
    "nature": T(
        "A garden club sells {a} flowers for ${p} each and {b} trees for ${q} each. It pays ${cost} for soil. "
        "How many dollars are left?"
    ),
}

REST = T("Divide, then think about what the story does with the rest.")


def _with_rest(rng: Generator) -> tuple[int, int, int]:
    """Size of a group, quotient and a rest that is not zero."""
    each, count = between(rng, 4, 9), between(rng, 6, 15)
    return each, count, between(rng, 1, each - 1)


@template("4.OA.A.3", "rest-needs-one-more", level=2, difficulty=0.3, uses_interest=True)
def round_up(rng: Generator, interest: str) -> Draft:
    each, count, rest = _with_rest(rng)
    total = each * count + rest
    return Draft(
        prompt=tell(rng, interest, ROUND_UP, total=total, each=each),
        answer=number_key(count + 1),
        hints=(
            T("Does everyone, or everything, have to find a place?"),
            REST,
            T(
                "Find {division}. Who or what is left when the full groups are made?",
                division=math(rf"{total} \div {each}"),
            ),
        ),
        solution=(
            T("{line}, and {rest} are left.", line=math(rf"{each} \times {count} = {each * count}"), rest=rest),
            T("Those that are left need one more: {line}", line=math(f"{count} + 1 = {count + 1}")),
        ),
        wrong=wrong_numbers(
            count + 1, (count, "remainder-dropped"), (rest, "remainder-given"), (total - each, "op-subtracted")
        ),
    )


@template("4.OA.A.3", "rest-is-not-used", level=2, difficulty=0.2, uses_interest=True)
def round_down(rng: Generator, interest: str) -> Draft:
    each, count, rest = _with_rest(rng)
    total = each * count + rest
    return Draft(
        prompt=tell(rng, interest, ROUND_DOWN, total=total, each=each),
        answer=number_key(count),
        hints=(
            T("Is a part of one enough, or must each one be whole?"),
            REST,
            T("Find {division}. Are those that are left enough for one more?", division=math(rf"{total} \div {each}")),
        ),
        solution=(
            T(
                "{total} is {count} groups of {each}, and {rest} are left.",
                total=total,
                count=count,
                each=each,
                rest=rest,
            ),
            T("{rest} are not enough for one more, so it is {answer}.", rest=rest, answer=math(str(count))),
        ),
        wrong=wrong_numbers(
            count, (count + 1, "remainder-rounded-up"), (rest, "remainder-given"), (total - each, "op-subtracted")
        ),
    )


@template("4.OA.A.3", "left-over", level=1, difficulty=0.0, uses_interest=True)
def left_over(rng: Generator, interest: str) -> Draft:
    each, count, rest = _with_rest(rng)
    total = each * count + rest
    return Draft(
        prompt=tell(rng, interest, LEFT_OVER, total=total, each=each),
        answer=number_key(rest),
        hints=(
            T("How far can you go in full groups?"),
            T("The remainder is what is left when no full group can be made any more."),
            T("Find the largest product of {each} that is not more than {total}.", each=each, total=total),
        ),
        solution=(
            T("Full groups use {line}", line=math(rf"{count} \times {each} = {count * each}")),
            T("Left over: {line}", line=math(f"{total} - {count * each} = {rest}")),
        ),
        wrong=wrong_numbers(
            rest, (count, "remainder-dropped"), (count + 1, "remainder-rounded-up"), (each - rest, "op-subtracted")
        ),
    )


@template("4.OA.A.3", "money", level=3, difficulty=1.0, uses_interest=True)
def three_steps(rng: Generator, interest: str) -> Draft:
    a, b = between(rng, 12, 40), between(rng, 4, 12)
    p, q = distinct(rng, 2, 9, 2)
    earned = a * p + b * q
    cost = between(rng, 11, earned - 20 if earned < 120 else 99)
    left = earned - cost
    return Draft(
        prompt=tell(rng, interest, THREE_STEPS, a=a, p=p, b=b, q=q, cost=cost),
        answer=number_key(left, unit="$"),
        hints=(
            T("Which amounts come in, and which one goes out?"),
            T("Write one number for each kind of thing that is sold. Then put the amounts together."),
            T(
                "Find {first} and {second}. Add them and take away {cost}.",
                first=math(rf"{a} \times {p}"),
                second=math(rf"{b} \times {q}"),
                cost=cost,
            ),
        ),
        solution=(
            T(
                "{first} and {second}",
                first=math(rf"{a} \times {p} = {a * p}"),
                second=math(rf"{b} \times {q} = {b * q}"),
            ),
            T("Together: {line}", line=math(f"{a * p} + {b * q} = {earned}")),
            T("Less the cost: {line}", line=math(f"{earned} - {cost} = {left}")),
        ),
        wrong=wrong_numbers(
            left, (earned, "steps-last-dropped"), (a * p - cost, "steps-last-dropped"), (earned + cost, "op-added")
        ),
    )
