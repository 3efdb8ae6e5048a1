"""Grade 3: fractions as equal parts, on the number line, equivalent and compared (3.NF.A)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell, two_names
from headway.core.curriculum.generators.numbers import (
    between,
    latex_fraction,
    number_key,
    pick,
    wrong_numbers,
)
from headway.core.text import T, math

BOTTOM_TOP = T("The bottom number counts the equal parts of the whole. The top number counts the parts you mean.")
SPACES = T("Count the equal spaces between the marks, not the marks.")

PARTS: Stories = {
    "cooking": T("A pan of cornbread is cut into {parts} equal pieces. {taken} are eaten. What fraction is eaten?"),
    "art": T("{name} folds a poster into {parts} equal parts and paints {taken}. What fraction of it is painted?"),
    "nature": T("A garden has {parts} equal beds. {taken} have beans in them. What fraction of the garden has beans?"),
    "music": T("A song has {parts} parts of equal length. {name} knows {taken}. What fraction does {name} know?"),
    "games": T("A game board has {parts} equal areas. {taken} are blue. What fraction of the board is blue?"),
    "fashion": T("A scarf has {parts} equal stripes. {taken} are red. What fraction of the scarf is red?"),
    "trains": T("A train trip has {parts} equal parts. {taken} are done. What fraction of the trip is done?"),
    "comics": T("A comic page has {parts} equal panels. {name} has drawn {taken}. What fraction of the page is drawn?"),
    "soccer": T("A field is marked in {parts} equal strips. {taken} are mowed. What fraction of the field is mowed?"),
}

REST: Stories = {
    "cooking": T("A pie is cut into {parts} equal slices. {taken} are eaten. What fraction of the pie is left?"),
    "art": T("{name} folds a paper into {parts} equal parts and colors {taken}. What fraction is not colored?"),
    "nature": T("A trail has {parts} equal parts. {name} has walked {taken}. What fraction is still to walk?"),
    "games": T("A puzzle has {parts} equal rows. {taken} are done. What fraction of the puzzle is not done?"),
    "animals": T("A barn has {parts} equal stalls. {taken} have horses in them. What fraction of the barn is empty?"),
    "trains": T("A railroad bridge has {parts} equal parts. {taken} are painted. What fraction is not painted?"),
    "space": T("A rocket's tank has {parts} equal parts. {taken} are full. What fraction of the tank is empty?"),
}


def _parts(rng: Generator) -> tuple[int, int]:
    """Parts of the whole and parts meant, at least two of them and not half of all."""
    parts = pick(rng, (3, 4, 6, 8, 8))
    taken = between(rng, 2, parts - 1)
    return (parts, taken) if taken * 2 != parts else (parts, taken + 1)


@template("3.NF.A.1", "parts", level=1, difficulty=-1.0, uses_interest=True)
def parts(rng: Generator, interest: str) -> Draft:
    whole, taken = _parts(rng)
    return Draft(
        prompt=tell(rng, interest, PARTS, parts=whole, taken=taken),
        answer=number_key(f"{taken}/{whole}"),
        hints=(
            T("How many equal parts does the whole have?"),
            BOTTOM_TOP,
            T("The whole has {whole} equal parts, so that number goes at the bottom.", whole=whole),
        ),
        solution=(
            T("There are {whole} equal parts, and {taken} of them are meant.", whole=whole, taken=taken),
            T("So the fraction is {answer}", answer=math(latex_fraction(taken, whole))),
        ),
        wrong=wrong_numbers(
            f"{taken}/{whole}",
            (f"{taken}/{whole - taken}", "frac-part-to-part"),
            (f"{whole - taken}/{whole}", "frac-other-part"),
            (f"{whole}/{taken}", "frac-upside-down"),
        ),
    )


@template("3.NF.A.1", "rest", level=2, difficulty=-0.2, uses_interest=True)
def rest(rng: Generator, interest: str) -> Draft:
    whole, taken = _parts(rng)
    left = whole - taken
    return Draft(
        prompt=tell(rng, interest, REST, parts=whole, taken=taken),
        answer=number_key(f"{left}/{whole}"),
        hints=(
            T("Read the question again. Which parts does it ask about?"),
            BOTTOM_TOP,
            T(
                "Find how many parts are left: {line}. The whole has {whole} parts.",
                line=math(f"{whole} - {taken}"),
                whole=whole,
            ),
        ),
        solution=(
            T("Parts that are left: {line}", line=math(f"{whole} - {taken} = {left}")),
            T("Out of {whole} equal parts that is {answer}", whole=whole, answer=math(latex_fraction(left, whole))),
        ),
        wrong=wrong_numbers(
            f"{left}/{whole}",
            (f"{taken}/{whole}", "frac-other-part"),
            (f"{left}/{taken}", "frac-part-to-part"),
            (f"{whole}/{left}", "frac-upside-down"),
        ),
    )


@template("3.NF.A.1", "unit-count", level=2, difficulty=0.0)
def unit_count(rng: Generator, interest: str) -> Draft:
    bottom, top = _parts(rng)
    more = between(rng, 0, 5) * bottom + top
    unit, fraction = math(latex_fraction(1, bottom)), math(latex_fraction(more, bottom))
    return Draft(
        prompt=T("How many pieces of size {unit} make {fraction}?", unit=unit, fraction=fraction),
        answer=number_key(more),
        hints=(
            T("Each piece is one of the {bottom} equal parts of a whole.", bottom=bottom),
            BOTTOM_TOP,
            T("Look at the number that counts the parts in {fraction}.", fraction=fraction),
        ),
        solution=(
            T("{fraction} means parts of size {unit}.", fraction=fraction, unit=unit),
            T("The top number counts them: {count}", count=math(str(more))),
        ),
        wrong=wrong_numbers(more, (bottom, "frac-upside-down"), (more + bottom, "op-added")),
    )


@template("3.NF.A.1", "whose-share", level=3, difficulty=0.5)
def unequal_parts(rng: Generator, interest: str) -> Draft:
    whole = pick(rng, (4, 6, 8))
    each = between(rng, 2, 6)
    person, friend = two_names(rng)
    takes = between(rng, 2, whole - 1)
    total = whole * each
    return Draft(
        prompt=T(
            "A rope is {total} feet long. {name} cuts all of it into pieces of {each} feet. {friend} gets {takes} of "
            "the pieces. What fraction of the rope is that?",
            total=total,
            name=person,
            each=each,
            friend=friend,
            takes=takes,
        ),
        answer=number_key(f"{takes}/{whole}"),
        hints=(
            T("How many equal pieces are cut from the whole rope?"),
            BOTTOM_TOP,
            T("Find {division} for the number of equal pieces.", division=math(rf"{total} \div {each}")),
        ),
        solution=(
            T("The rope is cut into equal pieces: {line}", line=math(rf"{total} \div {each} = {whole}")),
            T("So the fraction is {answer}", answer=math(latex_fraction(takes, whole))),
        ),
        wrong=wrong_numbers(
            f"{takes}/{whole}",
            (f"{takes}/{total}", "unit-not-converted"),
            (f"{takes}/{each}", "frac-part-to-part"),
            (f"{whole}/{takes}", "frac-upside-down"),
        ),
    )


MARKS: Stories = {
    "": T("A number line has {marks} marks between 0 and 1, all equally far apart. Which number is at mark {which}?"),
    "nature": T(
        "A trail is 1 mile long. {marks} signs cut it into equal parts. At which part of a mile is sign {which}?"
    ),
    "trains": T(
        "A track is 1 mile long. {marks} posts cut it into equal parts. At which part of a mile is post {which}?"
    ),
    "soccer": T("{name} runs 1 mile. {marks} flags cut it into equal parts. At which part of a mile is flag {which}?"),
    "art": T("A strip is 1 foot long. {marks} lines cut it into equal parts. At which part of a foot is line {which}?"),
    "fashion": T(
        "A belt is 1 yard long. {marks} dots cut it into equal parts. At which part of a yard is dot {which}?"
    ),
}


@template("3.NF.A.2", "marks", level=1, difficulty=-0.7, uses_interest=True)
def marks_between(rng: Generator, interest: str) -> Draft:
    marks = pick(rng, (2, 3, 5, 7, 7))
    spaces = marks + 1
    which = between(rng, 1, marks)
    return Draft(
        prompt=tell(rng, interest, MARKS, marks=marks, which=which),
        answer=number_key(f"{which}/{spaces}"),
        hints=(
            T("Draw a line from 0 to 1 with the marks on it. How many equal spaces do you see?"),
            SPACES,
            T("With {marks} marks inside there is one space more than there are marks.", marks=marks),
        ),
        solution=(
            T("{marks} marks make {spaces} equal spaces.", marks=marks, spaces=spaces),
            T("Count {which} spaces from 0: {answer}", which=which, answer=math(latex_fraction(which, spaces))),
        ),
        wrong=wrong_numbers(
            f"{which}/{spaces}",
            (f"{which}/{marks}", "frac-counts-marks"),
            (f"{which}/{marks + 2}", "frac-counts-marks"),
            (f"{spaces}/{which}", "frac-upside-down"),
        ),
    )


JUMPS: Stories = {
    "": T("{name} starts at 0 on a number line and makes {top} jumps of {unit} to the right. Where is {name} now?"),
    "animals": T("A frog sits at 0 on a number line and makes {top} jumps of {unit} to the right. Where is it now?"),
    "games": T("A game piece starts at 0 on a number line and moves {unit} to the right {top} times. Where is it now?"),
    "space": T("A rover starts at 0 on a number line and rolls {unit} to the right {top} times. Where is it now?"),
}


@template("3.NF.A.2", "jumps", level=2, difficulty=0.0, uses_interest=True)
def jumps(rng: Generator, interest: str) -> Draft:
    bottom = pick(rng, (3, 4, 6, 8))
    top = between(rng, 2, 2 * bottom - 1)
    top = top + 1 if top == bottom else top
    return Draft(
        prompt=tell(rng, interest, JUMPS, top=top, unit=math(latex_fraction(1, bottom))),
        answer=number_key(f"{top}/{bottom}"),
        hints=(
            T("Draw the line. Where does the first jump end? Where does the second one end?"),
            T("Jumps of the same size add up: the top number counts them."),
            T("Count the jumps and keep the size of one jump as the bottom number."),
        ),
        solution=(
            T("Each jump is one part of {bottom}.", bottom=bottom),
            T("{top} jumps end at {answer}", top=top, answer=math(latex_fraction(top, bottom))),
        ),
        wrong=wrong_numbers(
            f"{top}/{bottom}",
            (f"{top + 1}/{bottom}", "frac-counts-marks"),
            (f"{bottom}/{top}", "frac-upside-down"),
            (top, "frac-whole-count"),
        ),
    )


@template("3.NF.A.2", "past-one", level=3, difficulty=0.7)
def past_one(rng: Generator, interest: str) -> Draft:
    bottom = pick(rng, (3, 4, 6, 8))
    whole, past = between(rng, 1, 3), between(rng, 1, bottom - 1)
    top = whole * bottom + past
    return Draft(
        prompt=T(
            "On a number line every whole is cut into {bottom} equal parts. A point is {past} parts to the right of "
            "{whole}. Write its number as one fraction.",
            bottom=bottom,
            past=past,
            whole=whole,
        ),
        answer=number_key(f"{top}/{bottom}"),
        hints=(
            T("How many parts are there from 0 to {whole}?", whole=whole),
            T("Count all the parts from 0 on. The size of a part stays the same."),
            T("Find {line}, then add {past} more parts.", line=math(rf"{whole} \times {bottom}"), past=past),
        ),
        solution=(
            T("Parts from 0: {line}", line=math(rf"{whole} \times {bottom} + {past} = {top}")),
            T(
                "Each part is one of {bottom}, so the point is at {answer}",
                bottom=bottom,
                answer=math(latex_fraction(top, bottom)),
            ),
        ),
        wrong=wrong_numbers(
            f"{top}/{bottom}",
            (f"{past}/{bottom}", "frac-whole-dropped"),
            (f"{whole + past}/{bottom}", "frac-whole-added-to-top"),
            (f"{top + 1}/{bottom}", "frac-counts-marks"),
        ),
    )
