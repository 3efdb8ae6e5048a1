"""``flood(template, seeds)``: every promise that a template makes, over many seeds.

``make test`` samples it; ``make prove`` runs a thousand seeds a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from headway.core.curriculum.generators.base import activity_id, generate, templates
from headway.core.curriculum.generators.contexts import INTERESTS, NAMES
from headway.core.curriculum.generators.misconceptions import misconceptions
from headway.core.curriculum.problems import AnswerSpec, Step

from .marking import check_marking
from .reading import numbers, unseparated
from .solvers import Answer, ask, solvers

TINY: dict[str, str] = {
    "3.MD.A.2/which-unit": "asks only about things whose weight children know, in four sizes each",
}
"""Templates that cannot have fifty instances in a thousand seeds, and why."""

NAME = re.compile("|".join(NAMES))
UNFILLED = re.compile(r"\{[A-Za-z_]\w*\}")


def flood(template_id: str, seeds: Iterable[int]) -> None:
    """Check every promise of one template for each seed, and that the seeds give enough different problems."""
    interests = ("", *INTERESTS) if templates()[template_id].uses_interest else ("",)
    seen, count, slips = set(), 0, 0
    for count, seed in enumerate(seeds, 1):  # noqa: B007 (the last count is wanted)
        activity = activity_id(template_id, seed, interests[seed % len(interests)])
        problem = generate(activity)
        assert generate(activity) == problem, f"{activity} gives two different problems"
        (step,) = problem.steps
        try:
            check_step(step)
        except AssertionError as error:
            raise AssertionError(f"{activity}: {error}\n{show(step)}") from error
        seen.add(signature(step))
        slips += len(step.wrong)
    assert slips, f"{template_id} never names a misconception"
    wanted = 1 if template_id in TINY else min(50, count // 3)
    assert len(seen) >= wanted, f"{template_id}: only {len(seen)} different problems in {count} seeds"


def check_step(step: Step) -> None:
    """One problem: wording, help, key, wrong answers, marking."""
    sentences = [step.prompt, *(h.text for h in step.hints), *step.solution, *step.answer.choices]
    for sentence in map(str, sentences):
        check_wording(sentence)
    check_key(step)
    check_help(step)
    key = step.answer.keys[0]
    assert len({w.answer for w in step.wrong}) == len(step.wrong), "a wrong answer is listed twice"
    for wrong in step.wrong:
        assert wrong.misconception in misconceptions(), f"unknown misconception {wrong.misconception}"
        assert wrong.answer != key, f"the key {key} is listed as wrong ({wrong.misconception})"
        if step.answer.kind == "choice":
            assert 0 <= int(wrong.answer) < len(step.answer.choices), f"no choice {wrong.answer}"
    check_marking(step)


def check_wording(sentence: str) -> None:
    """Nothing unfilled, nothing broken."""
    words = "x".join(sentence.split("$$")[0::2])
    assert sentence.strip() == sentence != "", "a sentence is empty or has loose spaces"
    assert sentence.count("$$") % 2 == 0, f"mathematics is not closed: {sentence}"
    assert not UNFILLED.search(words), f"a field is not filled in: {sentence}"
    assert "  " not in words, f"two spaces: {sentence}"
    assert not re.search(r"None|Fraction\(", sentence), f"a value is not written out: {sentence}"


def check_key(step: Step) -> None:
    """The key is what an independent solver finds; it is the only right choice."""
    spec = step.answer
    texts = [str(c) for c in spec.choices]
    assert len(set(texts)) == len(texts), f"two choices read the same: {texts}"
    assert step.item in solvers(), f"{step.item} has no independent solver: write one in solve_*.py"
    found = solvers()[step.item](ask(step))
    assert agrees(spec, found), f"the key is {spec.keys[0]!r}, an independent solver finds {found!r}"


def agrees(spec: AnswerSpec, found: Answer) -> bool:
    """Whether a solver's answer is the key."""
    key = spec.keys[0]
    if isinstance(found, bool):
        return found
    if spec.kind == "number":
        return isinstance(found, (int, Fraction)) and numbers(key) == [Fraction(found)]
    if spec.kind == "choice":
        return key == str(found)
    if spec.kind in ("choices", "set"):
        assert isinstance(found, set), "return a set"
        return set(numbers(key)) == {Fraction(n) for n in found}
    if spec.kind in ("list", "coordinate"):
        assert isinstance(found, tuple), "return a tuple"
        return numbers(key) == [Fraction(n) for n in found]
    return re.sub(r"\s", "", str(found)) in {re.sub(r"\s", "", k) for k in spec.keys}


def check_help(step: Step) -> None:
    """Three hints or more, none with the answer; a worked solution that ends with it."""
    hints = [str(hint.text) for hint in step.hints]
    assert len(set(hints)) == len(hints) >= 3, "three different hints at least"
    for hint in hints:
        assert not gives_away(step, hint), f"a hint gives the answer away: {hint}"
    assert len(step.solution) >= 2, "a worked solution has two lines at least"
    last = str(step.solution[-1])
    assert mentions(step.answer, last), f"the solution does not end with the answer {step.answer.keys[0]}: {last}"


def gives_away(step: Step, hint: str) -> bool:
    """Whether a hint has the answer in it, other than as one of the problem's own numbers."""
    spec, prompt = step.answer, str(step.prompt)
    if spec.kind == "number":
        given = {*numbers(prompt), *(Fraction(n) for n in re.findall(r"\d+", unseparated(prompt)))}
        value = numbers(spec.keys[0])[0]
        return value not in given and value in numbers(hint)
    if spec.kind == "choice":
        right = str(spec.choices[int(spec.keys[0])])
        others = [str(c) for n, c in enumerate(spec.choices) if str(n) != spec.keys[0]]
        return right in hint and right not in prompt and not any(c in hint for c in others)
    return len(spec.keys[0]) > 1 and squeezed(spec.keys[0]) in squeezed(hint)


def mentions(spec: AnswerSpec, sentence: str) -> bool:
    """Whether a sentence has the answer in it."""
    key = spec.keys[0]
    if spec.kind == "number":
        return numbers(key)[0] in numbers(sentence)
    if spec.kind in ("choice", "choices"):
        return all(bare(str(spec.choices[int(n)])) in bare(sentence) for n in key.split(","))
    if spec.kind in ("list", "set", "coordinate"):
        return set(numbers(key)) <= set(numbers(sentence))
    plain, said = squeezed(key), squeezed(sentence)
    return plain in said or re.sub("[()]", "", plain) in re.sub("[()]", "", said)  # a fraction bar groups by itself


def bare(sentence: str) -> str:
    """A sentence without the marks around its mathematics and its last full stop."""
    return sentence.replace("$$", "").rstrip(".").casefold()


def squeezed(sentence: str) -> str:
    """Letters, digits and signs only, LaTeX reduced to plain typing."""
    plain = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", sentence)
    plain = plain.replace(r"\cdot", "*").replace(r"\le", "<=").replace(r"\ge", ">=").replace(r"\times", "*")
    plain = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", plain)
    plain = re.sub(r"\((-?\d+/\d+)\)", r"\1", plain)
    return re.sub(r"\\left|\\right|\\text|[\s${}\\*]", "", plain).casefold()


def signature(step: Step) -> tuple[object, ...]:
    """What makes a problem another problem: its words, numbers, choices and key, but not whom it is about."""
    choices = frozenset(str(c) for c in step.answer.choices)
    return (NAME.sub("", str(step.prompt)), choices, step.answer.keys if not choices else ())


def show(step: Step) -> str:
    """A problem in full, for a message or for reading."""
    lines = [f"  {step.prompt}"]
    lines += [f"    ({n}) {c}" for n, c in enumerate(step.answer.choices)]
    lines += [f"  = {' or '.join(step.answer.keys)} {step.answer.unit}".rstrip()]
    lines += [f"    {hint.id}: {hint.text}" for hint in step.hints]
    lines += [f"    > {line}" for line in step.solution]
    lines += [f"    x {wrong.answer}: {wrong.misconception}" for wrong in step.wrong]
    return "\n".join(lines)
