"""From a gap to the next cycle: where a strand of the vision stands, and what a verdict says about the theory behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from headway.core.text import T, Text

STEPS: dict[str, Text] = {
    "gap": T("The gap"),
    "theory": T("Why we think it is there"),
    "design": T("What we would do"),
    "pilot": T("Tried out"),
    "next": T("What comes next"),
}
"""The steps in their order."""
State = Literal["done", "now", "open"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A pilot of a strand: ``state`` is draft, running, ended or dropped; ``found`` is worked, harmed, nothing, unclear, or ""
    before its verdict; ``decided`` is what a leader decided then, "" before."""

    state: str
    found: str
    decided: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a strand: whether it is ``done``, is what is to be done ``now``, or still ``open``; ``said``: what came of it, or
    what to do."""

    kind: str
    state: State
    said: Text


TODO: dict[str, Text] = {
    "theory": T("Write down why you think that the gap is there."),
    "design": T("Write down what you would do about it, and for whom."),
    "pilot": T("Set up a pilot and link it here."),
    "next": T("A verdict comes first."),
}
PILOT: dict[str, Text] = {
    "draft": T("A pilot is being set up."),
    "running": T("A pilot is running."),
    "ended": T("A pilot has ended and waits for its verdict."),
    "dropped": T("The pilot was put aside. Set up another one and link it here."),
}
FOUND: dict[str, Text] = {
    "worked": T("It worked."),
    "nothing": T("It made no difference."),
    "harmed": T("It did harm."),
    "unclear": T("It is not clear yet whether it works."),
}
FOLLOWS: dict[str, Text] = {
    "worked": T("It worked: say who gets it next, and whether the gap closes."),
    "nothing": T("It made no difference: say what that tells about your theory, and change the theory or the design."),
    "harmed": T("It did harm: stop it, and say what that tells about your theory."),
    "unclear": T("It is not clear yet: plan the next cycle with more learners or more weeks."),
}
THEORY: dict[str, Text] = {
    "worked": T("A pilot speaks for it."),
    "nothing": T("A pilot speaks against it."),
    "harmed": T("A pilot speaks against it."),
    "unclear": T("A pilot left it open."),
}


def judged(pilots: Sequence[Tried]) -> str:
    """What the last pilot with a verdict found; "" before the first."""
    return next((each.found for each in reversed(pilots) if each.found), "")


def steps_of(written: Mapping[str, str], pilots: Sequence[Tried]) -> tuple[Step, ...]:
    """Return the five steps of a strand. ``written``: the newest words of theory, design and next, the last only where they were
    written after the last verdict; ``pilots`` in the order of their cycles."""
    out: list[Step] = [Step("gap", "done", T("It is measured again with each reading."))]
    found, last = judged(pilots), pilots[-1] if pilots else None
    for kind in ("theory", "design"):
        words = THEORY[found] if kind == "theory" and found else T("Written down.")
        out.append(Step(kind, "done", words) if written.get(kind) else Step(kind, "open", TODO[kind]))
    if last is None:
        out.append(Step("pilot", "open", TODO["pilot"]))
    elif last.found:
        out.append(Step("pilot", "done", FOUND[last.found]))
    else:
        out.append(Step("pilot", "open", PILOT[last.state]))
    if found and written.get("next"):
        out.append(Step("next", "done", T("Written down.")))
    else:
        out.append(Step("next", "open", FOLLOWS[found] if found else TODO["next"]))
    first = next((place for place, step in enumerate(out) if step.state == "open"), None)
    if first is not None:
        out[first] = Step(out[first].kind, "now", out[first].said)
    return tuple(out)
