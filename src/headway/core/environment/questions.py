"""One question for each kind of misconception that makes a learner test it by themselves."""

from __future__ import annotations

from headway.core.text import T, Text

GENERAL = T("How could somebody who has never seen this problem find out which of the two answers is right?")

OF_FAMILY: dict[str, Text] = {
    "addition": T("About how large must the sum be? Which of the two answers is anywhere near?"),
    "subtraction": T("Add your answer and what was taken away. Are you back where you began?"),
    "subtraction_zeros": T("Add your answer and what was taken away. Are you back where you began?"),
    "multiplication": T("Round both numbers. About how large must the product be?"),
    "division": T("Multiply your answer by what you divided by. Are you back where you began?"),
    "integers": T("Start at the first number on a number line. Which way do you walk, and why?"),
    "order": T("Write a story for each of the two ways. Which story does the expression tell?"),
    "exponents": T("Write the power out as a long product. How many factors do you see?"),
    "powers": T("Write the powers out as long products, or put in 2 for the letter. Is it still true?"),
    "fraction_sums": T("Is the sum larger or smaller than each of the fractions? Draw them on one bar."),
    "fraction_products": T("Draw the rectangle, or say it as “how many of these fit into that”. What comes out?"),
    "mixed_numbers": T("Between which two whole numbers must the answer lie?"),
    "decimals": T("Which whole number is the answer close to? Where does the point have to stand?"),
    "comparing": T("Put both numbers on one number line. Which is further to the right?"),
    "expressions": T("Put 2 in for the letter, before and after. Are both worth the same?"),
    "products": T("Put 2 in for the letter, before and after. Are both worth the same?"),
    "equations": T("What was done to the left side, and what to the right side?"),
    "solving": T("Put your solution into the first equation. Are both sides worth the same?"),
    "inequalities": T("Pick a number that your answer allows. Does the first inequality allow it too?"),
    "stories": T("Tell the story in your own words. What is asked for, and what stays the same all the time?"),
    "ratios": T("How much for one? Does your answer keep that the same?"),
    "percents": T("What is 10 percent of it? Is your answer more or less than that, and should it be?"),
    "quadratics": T("Put every solution into the first equation. Is anything missing, or one too many?"),
    "writing": T("Choose a number for the letter and tell the story. Does your expression say the same?"),
    "judging": T("Try it with a fraction, with 0 and with a negative number. Is it always true?"),
}
"""By the module of the mal-rule."""

OF_WORD: tuple[tuple[str, Text], ...] = (
    ("frac", T("Draw it. What is the whole, and into how many equal parts is it cut?")),
    ("dec", T("What is each digit worth? Put both numbers on one number line.")),
    ("place", T("What is this digit worth? Show it with bundles of ten.")),
    ("round", T("Between which two of those numbers does it lie, and to which is it closer?")),
    ("time", T("Draw a line from the first time to the second. How many minutes are in the hour you pass?")),
    ("unit", T("Do you need more or fewer of the new unit, and why?")),
    ("area", T("What are you counting: squares that cover it, or steps along its edge?")),
    ("perimeter", T("What are you counting: squares that cover it, or steps along its edge?")),
    ("volume", T("How many cubes lie in one layer, and how many layers are there?")),
    ("surface", T("Unfold it. Which faces are there, and how often each?")),
    ("angle", T("What do all of these angles make together: a straight line, a right angle, a full turn?")),
    ("graph", T("What does one picture or one step of the scale stand for?")),
    ("scale", T("What does one picture or one step of the scale stand for?")),
    ("coordinate", T("Starting at zero, how far across and how far up is the point?")),
    ("ratio", T("For each one of these, how many of those? Is that the same in your answer?")),
    ("rate", T("How much for one? What does that number count, and per what?")),
    ("percent", T("What is the whole here, and is it the same whole before and after?")),
    ("slope", T("Go one step to the right. How far up or down does the line go?")),
    ("mean", T("If all of them had the same, how much would each have?")),
    ("median", T("Stand in order of size. Who is in the middle?")),
    ("remainder", T("What happens to those that are left over in this story?")),
    ("pattern", T("What changes from each one to the next? Does it always?")),
    ("sequence", T("How many steps is it from the first one to the one that is asked for?")),
    ("steps", T("What does the number that you have found answer? Is that what was asked?")),
    ("inequality", T("Pick a number that your answer allows. Does the first inequality allow it too?")),
    ("root", T("Multiply your answer by itself. What do you get?")),
    ("square", T("Multiply your answer by itself. What do you get?")),
    ("one-solution", T("Put in 0, then 1, then 10. For which of them is it true, and what does that tell you?")),
    ("exponent", T("Write the powers out as long products. What is left over?")),
    ("sign", T("Start at zero on a number line. Which way does each part go?")),
    ("op", T("Tell the story in your own words. Does it end with more or with less?")),
    ("compare", T("Draw a bar for each of them. Which bar is longer, and how many times?")),
)
"""By the first part of the identifier, for misconceptions without a mal-rule."""


def question_for(misconception: str, family: str = "") -> Text:
    """The question to ask; ``family`` is the mal-rule's, empty for a misconception without one."""
    found = OF_FAMILY.get(family)
    if found is not None:
        return found
    first = misconception.split("-", 1)[0]
    return next((text for word, text in OF_WORD if first.startswith(word)), GENERAL)
