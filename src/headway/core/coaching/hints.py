"""Help that fits where the learner stands: notice, principle, this step's operation, and a twin with other numbers.

The next step is taken from the learner's own last sound line, not from a stored solution. A hint never contains the
final answer or something equal to it, except where that number stands in the problem itself.
"""

from __future__ import annotations

import numpy as np

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.render import to_latex
from headway.core.coaching.renumbering import renumbered
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.steps import NextStep, next_step, way
from headway.core.coaching.system_steps import between_step, solved, system_step
from headway.core.coaching.systems import conjunction
from headway.core.coaching.tasks import Task
from headway.core.coaching.tree import Call, Div, Expr, Group, Logic, Neg, Num, Relation, Sym, children, names
from headway.core.coaching.working import Working
from headway.core.text import T, Text, math

_NOTICE: dict[str, Text] = {
    "add": T("Look at the numbers that are added or subtracted. Which two can you put together?"),
    "multiply": T("There is a product here. Is there anything to work out before it?"),
    "divide": T("There is a division here. What is divided by what?"),
    "power": T("There is a power here. What does the small raised number say?"),
    "root": T("There is a root here. What stands under it?"),
    "percent": T("There is a percent here. What is it out of a hundred?"),
    "lowest": T("Look at top and bottom of the fraction. Do they share a factor?"),
    "expand": T("There are parentheses with something in front. Does it reach every term inside?"),
    "collect": T("Which terms are of the same kind?"),
    "cross": T("Two ratios are equal. Which numbers stand crosswise from each other?"),
    "subtract-term": T("The letter stands on both sides. On which side would you like it?"),
    "add-term": T("The letter stands on both sides. On which side would you like it?"),
    "subtract": T("What was done to the letter last? Undo that first."),
    "swap": T("The letter stands on the right. May you read the line from right to left?"),
    "divide-both": T("The letter is multiplied by a number. What undoes that?"),
    "multiply-both": T("The letter is divided by a number. What undoes that?"),
    "divide-turning": T("The letter is multiplied by a negative number. What undoes that, and what does it do to the sign?"),
    "vanish": T("What happens to the letter when you take the same term from both sides?"),
    "to-zero": T("There is a square in this equation. What do you want on one side before you factor?"),
    "factor": T("One side is zero. Can the other side be written as a product?"),
    "split": T("A product is zero. What does that say about its factors?"),
    "put-in": T("One equation says what a letter is worth. Where else does that letter stand?"),
    "put-value": T("One letter is known now. Which equation tells you the other one?"),
    "add-equations": T("Compare the two equations. Which terms are opposites of each other?"),
    "subtract-equations": T("Compare the two equations. Which terms are the same?"),
    "scale-equation": T("What would make one letter have the same number in both equations?"),
}  # fmt: skip
_PRINCIPLE: dict[str, Text] = {
    "add": T("Numbers of the same kind can be put together: ones with ones, tenths with tenths, like parts with like parts."),
    "multiply": T("Parentheses first, then powers, then products and quotients, then sums and differences."),
    "divide": T("Dividing asks how many times one number goes into the other."),
    "power": T("An exponent says how many times the base is a factor."),
    "root": T("A square root asks which number times itself gives what stands under it."),
    "percent": T("Percent means out of a hundred."),
    "lowest": T("Dividing top and bottom by the same number does not change a fraction."),
    "expand": T("A factor in front of parentheses multiplies every term inside, with its sign."),
    "collect": T("Only like terms can be put together. The letter stays as it is."),
    "cross": T("In equal ratios the crosswise products are equal."),
    "subtract-term": T("Whatever you do to one side, do to the other."),
    "add-term": T("Whatever you do to one side, do to the other."),
    "subtract": T("Subtracting undoes adding. Whatever you do to one side, do to the other."),
    "swap": T("An equals sign can be read in both directions."),
    "divide-both": T("Dividing undoes multiplying. Divide every term on both sides."),
    "multiply-both": T("Multiplying undoes dividing. Multiply every term on both sides."),
    "divide-turning": T("Dividing by a negative number turns the order of numbers around."),
    "vanish": T("When the letter vanishes, what is left is either true for every number or for none."),
    "to-zero": T("A product is easy to solve when it is zero, so bring everything to one side."),
    "factor": T("Look for two numbers whose product is the last number and whose sum is the middle one."),
    "split": T("A product is zero exactly when one of its factors is."),
    "put-in": T("Equal things may take each other's place."),
    "put-value": T("A value that fits both equations may be put into either of them."),
    "add-equations": T("Equal amounts may be added to equal amounts. Opposite terms then vanish."),
    "subtract-equations": T("Equal amounts may be taken from equal amounts. Equal terms then vanish."),
    "scale-equation": T("Both sides of an equation may be multiplied by the same number, every term of them."),
}  # fmt: skip
_UNDO_ADD = T("Adding undoes subtracting. Whatever you do to one side, do to the other.")
_UNDO_NOTICE = T("What was done to the letter last? Undo that first.")


def hints(task: Task, working: Working | None = None) -> tuple[Text, ...]:
    """Up to four hints for the learner's next step, from a nudge to a worked twin; empty when nothing is left to do or
    the line is of a kind that is not stepped."""
    state = working.state if working is not None else None
    here = state if state is not None else (task.worked if task.start is not None else None)
    if here is None or task.goal == "open":
        return ()
    if task.goal in ("compare", "write"):
        return _of_comparison(task)
    together = _system(task, working)
    step = _next(here) if together is None else system_step(*together)
    if step is None:
        return ()
    if together is not None and step.kind in SYSTEM_KINDS:
        here = task.worked
    answer = final_value(task)
    found_by_now = (
        [] if together is None else [line.sides[-1] for line in together[1] if isinstance(line.sides[0], Sym)]
    )
    givens = _numbers(task.worked).union(*(_numbers(value) for value in found_by_now if not names(value)))
    on_sides = isinstance(here, Relation) and step.amount is not None
    notice = _UNDO_NOTICE if on_sides and step.kind == "add" else _notice(step)
    principle = _UNDO_ADD if on_sides and step.kind == "add" else _PRINCIPLE[step.kind]
    found = [notice, principle, operation(step, answer, givens, on_sides=on_sides)]
    twin = _twin(here, step.kind, answer, givens)
    return tuple([*found, twin] if twin is not None else found)


def _notice(step: NextStep) -> Text:
    """What to look at; for two numbers alone there is no choice which to take first."""
    numbers = children(step.part) if step.part is not None else ()
    if step.kind == "lowest" and step.part is not None:
        value = rational(step.part)
        return _NOTICE["divide" if value is not None and value.denominator == 1 else "lowest"]
    if step.kind != "add" or len(numbers) != 2:
        return _NOTICE[step.kind]
    plain = [n.arg if isinstance(n, Neg) else n for n in numbers]
    if all(isinstance(n, Num) and n.value.denominator == 1 and n.value >= 10 for n in plain):
        return T("Write the numbers one below the other, ones under ones. With which column do you begin?")
    if all(isinstance(n, Div) for n in plain) and len({n.bottom for n in plain if isinstance(n, Div)}) == 2:
        return T("Look at the bottoms of the fractions. Are the parts the same size?")
    return T("Look at the two numbers and the signs before them. Does the result get larger or smaller?")


SYSTEM_KINDS = ("put-in", "put-value", "add-equations", "subtract-equations", "scale-equation")


def _system(task: Task, working: Working | None) -> tuple[list[Relation], list[Relation]] | None:
    """The equations of a system and the learner's sound lines; None when the task is no system."""
    equations = conjunction(task.worked) if task.goal == "solve" else None
    if equations is None or len(equations) < 2:
        return None
    verdicts = () if working is None else working.verdicts
    stop = len(verdicts) if working is None or working.sound else working.first_broken
    lines = [
        e for v in verdicts[:stop] if v.tree is not None and v.sound for e in conjunction(v.tree) or [] if names(e)
    ]
    return equations, lines


_COMPARING: dict[str, tuple[Text, ...]] = {
    "compare": (
        T("Which of the two lies further to the right on the number line?"),
        T("Write both in the same form: with the same number of places, or with the same bottom number."),
    ),
    "truth": (
        T("Try it with numbers of your own first. Is it true for all of them?"),
        T("One number for which it is false is enough to show that it is not always true."),
    ),
    "larger": (
        T("Try a small number and a large one for the letter."),
        T("If the answer changes with the number, then nobody can tell which is larger."),
    ),
    "stronger": (
        T("More of one part does not decide it alone. How much of the other part is with it?"),
        T("Which part of the whole is it in each of the two? Write both as fractions and compare them."),
    ),
    "write": (
        T("Choose a number for the unknown and say what happens to it, one thing after the other."),
        T("Write the same with the letter in place of your number, and check the order."),
    ),
}


def _of_comparison(task: Task) -> tuple[Text, ...]:
    """Comparisons, statements and words into symbols have no steps: a nudge and a principle."""
    return _COMPARING.get(task.start.name, ()) if isinstance(task.start, Call) else ()


def final_value(task: Task) -> Expr | None:
    """The answer as the key has it, or as the solver finds it, or None."""
    if task.start is None:
        return None
    several = conjunction(task.worked) if task.goal == "solve" else None
    if several is not None and len(several) > 1:
        return solved(several) or next(iter(task.keys), None)
    if task.keys:
        return task.keys[0]
    steps = way(task.worked)
    return steps[-1].result if steps else None


def _next(tree: Expr) -> NextStep | None:
    between = isinstance(tree, Relation) and len(tree.sides) == 3 and "=" not in tree.signs
    return between_step(tree) if between and isinstance(tree, Relation) else next_step(tree)


def reveals(shown: Expr, answer: Expr | None, givens: frozenset[object]) -> bool:
    """Whether a formula gives the answer away: equal to it, or with its value as a number that the problem does not
    have."""
    if answer is None:
        return False
    if same(signature(shown), signature(answer)) and not isinstance(shown, Relation):
        return True
    values = {rational(value) for value in answer_values(answer)} - {None}
    return bool((_numbers(shown) & values) - givens)


def answer_values(answer: Expr) -> list[Expr]:
    """The values that an answer is made of: ``x = 2``, ``(2, 3)``, ``x = 1 or x = 4``."""
    match answer:
        case Relation(_, sides):
            return [value for side in sides for value in answer_values(side)]
        case Group(_, items, _) | Logic(_, items):
            return [value for item in items for value in answer_values(item)]
        case _:
            return [answer]


def operation(step: NextStep, answer: Expr | None, givens: frozenset[object], *, on_sides: bool) -> Text:
    """This step's operation in one sentence, without numbers where they would give the answer away."""
    amount = step.amount
    if on_sides and amount is not None and not reveals(amount, answer, givens):
        shown = math(to_latex(amount))
        match step.kind:
            case "add" | "add-term":
                return T("Add {amount} to both sides.", amount=shown)
            case "subtract" | "subtract-term" | "vanish":
                return T("Subtract {amount} from both sides.", amount=shown)
            case "divide-both":
                return T("Divide both sides by {amount}.", amount=shown)
            case "multiply-both":
                return T("Multiply both sides by {amount}.", amount=shown)
            case "divide-turning":
                return T("Divide both sides by {amount} and turn the sign around.", amount=shown)
    part = step.part
    if part is not None and not reveals(part, answer, givens):
        shown = math(to_latex(part))
        match step.kind:
            case "expand":
                return T("Multiply out {part}.", part=shown)
            case "collect":
                return T("Combine the like terms in {part}.", part=shown)
            case "add" | "multiply" | "divide" | "power" | "root" | "percent":
                return T("Work out {part}.", part=shown)
            case "factor":
                return T("Write {part} as a product.", part=shown)
    return _WITHOUT_NUMBERS[step.kind]


_WITHOUT_NUMBERS: dict[str, Text] = {
    "add": T("Put the two numbers together."),
    "multiply": T("Work the product out."),
    "divide": T("Work the division out."),
    "power": T("Write the power as a product and work it out."),
    "root": T("Find the number whose square stands under the root."),
    "percent": T("Write the percent as a number out of a hundred and use it."),
    "lowest": T("Divide top and bottom by the largest number that goes into both."),
    "expand": T("Multiply each term in the parentheses by what stands in front."),
    "collect": T("Combine the like terms."),
    "cross": T("Multiply crosswise and set the two products equal."),
    "subtract-term": T("Subtract the term with the letter on the right from both sides."),
    "add-term": T("Add the opposite of the term with the letter on the right to both sides."),
    "subtract": T("Subtract the number beside the letter from both sides."),
    "swap": T("Write the line again with the sides swapped."),
    "divide-both": T("Divide both sides by the number in front of the letter."),
    "multiply-both": T("Multiply both sides by the number below the letter."),
    "divide-turning": T("Divide both sides by the number in front of the letter and turn the sign around."),
    "vanish": T("Take the same term from both sides and look at what is left."),
    "to-zero": T("Bring every term to one side, so that the other side is zero."),
    "factor": T("Write the side with the square as a product of two factors."),
    "split": T("Set each factor equal to zero."),
    "put-in": T("Put what the letter is worth into the other equation."),
    "put-value": T("Put the value that you found into one of the equations."),
    "add-equations": T("Add the two equations, side by side."),
    "subtract-equations": T("Subtract one equation from the other, side by side."),
    "scale-equation": T("Multiply every term of one equation by the same number."),
}


def _numbers(tree: Expr) -> frozenset[object]:
    """The values of all numbers written in a tree, parts such as fractions included."""
    return frozenset(rational(part) for _, part in parts(tree) if not children(part) or rational(part) is not None)


def _twin(here: Expr, kind: str, answer: Expr | None, givens: frozenset[object]) -> Text | None:
    """The same step on the same line with other numbers, neither of which gives the answer away."""
    if isinstance(here, Call):
        return None
    for seed in range(12):
        twin = renumbered(here, np.random.default_rng(seed))
        step = _next(twin)
        if step is None or step.kind != kind or twin == here:
            continue
        if any(reveals(tree, answer, givens) for tree in (twin, step.result)):
            continue
        return T(
            "Here is the same step with other numbers: {before} becomes {after}",
            before=math(to_latex(twin)), after=math(to_latex(step.result)),
        )  # fmt: skip
    return None
