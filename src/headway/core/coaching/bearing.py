"""Which generated items can show a misconception: somebody who holds it would answer them wrong in its way."""

from __future__ import annotations

from functools import lru_cache

from headway.core.coaching.items import task_of_step
from headway.core.coaching.malrules.rule import malrules
from headway.core.coaching.predictions import predictions
from headway.core.coaching.signatures import Signature, signature
from headway.core.coaching.tasks import read_math
from headway.core.coaching.tree import Call, ParseError
from headway.core.curriculum.generators.base import activity_id, generate, templates
from headway.core.curriculum.problems import Step

SEEDS = (1, 2, 3)
"""The instances that a template is judged by: it bears on a misconception that two of three show."""


@lru_cache(maxsize=65536)
def bears(item: str, misconception: str) -> bool:
    """Whether the template ``item`` bears on a misconception; False for imported items, of which it is not known."""
    if item not in templates():
        return False
    shown = 0
    for seed in SEEDS:
        step = generate(activity_id(item, seed)).steps[0]
        shown += bool(answers_of(step, (misconception,))[misconception])
    return shown * 2 > len(SEEDS)


def answers_of(step: Step, misconceptions: tuple[str, ...]) -> dict[str, tuple[Signature, ...]]:
    """What a holder of each misconception would answer: as the item's author says, else as the mal-rule works."""
    found: dict[str, list[Signature]] = {key: [] for key in misconceptions}
    for wrong in step.wrong:
        if wrong.misconception in found:
            found[wrong.misconception].append(answer_signature(step, wrong.answer))
    rules = malrules()
    missing = frozenset(key for key, answers in found.items() if not answers and key in rules)
    if missing and step.answer.kind not in ("choice", "choices", "text"):
        task = task_of_step(step)
        if task.start is not None:
            start = task.start if isinstance(task.start, Call) else task.worked
            for guess in predictions(start, states=3, only=missing):
                if guess.signature not in found[guess.rule]:
                    found[guess.rule].append(guess.signature)
    return {key: tuple(answers) for key, answers in found.items()}


def answer_signature(step: Step, answer: str) -> Signature:
    """What stands for an answer when answers are compared: its mathematics, or its words."""
    if step.answer.kind in ("choice", "choices", "text"):
        return ("given", answer)
    tree = read_math(answer)
    sign = () if isinstance(tree, ParseError) else signature(tree)
    return sign or ("given", "".join(answer.split()))
