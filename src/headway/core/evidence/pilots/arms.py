"""What an arm changes for a learner, as wishes of the plan that the loop reads; nothing else steers anybody.

An arm without a wish is business as usual. Precedence is that of ``core.path.plan``: accommodations, a person's pin and a
tier's support stand above an arm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headway.core.path.plan import PlanRow, resolve
from headway.core.path.policies import POLICIES

EFFECTS = ("policy", "target-success", "daily-goal", "pin-skill", "block-skill")
"""Effects of the plan that an arm may ask for."""
MOST_ARMS, MOST_WISHES = 4, 24


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish of the plan (see ``core.path.plan``): an effect and its value as text."""

    effect: str
    value: str


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm: its name, its ``wishes``, and the instructional model of its classes by its id ("" leaves it as it is)."""

    name: str
    wishes: tuple[Wish, ...] = ()
    model: str = ""

    @property
    def usual(self) -> bool:
        """Whether nothing is changed."""
        return not self.wishes and not self.model

    def to_json(self) -> dict[str, object]:
        """The arm as it is frozen."""
        return {"name": self.name, "model": self.model, "wishes": [[each.effect, each.value] for each in self.wishes]}


def arm_from_json(body: dict[str, object]) -> Arm:
    """Decode what :meth:`Arm.to_json` wrote."""
    wishes = body["wishes"]
    assert isinstance(wishes, list)
    return Arm(
        str(body["name"]), tuple(Wish(str(effect), str(value)) for effect, value in wishes), str(body.get("model", ""))
    )


def check_arms(arms: Sequence[Arm], skills: Sequence[str] | frozenset[str]) -> None:
    """Refuse arms that cannot be told apart or that the loop could not obey; ``skills`` are those that are taught.

    Raises ValueError.
    """
    if not 2 <= len(arms) <= MOST_ARMS:
        raise ValueError(f"a pilot has 2 to {MOST_ARMS} arms, not {len(arms)}")
    names = [arm.name.strip() for arm in arms]
    if not all(names) or len(set(names)) < len(names):
        raise ValueError("each arm has a name of its own")
    asked = [(frozenset(arm.wishes), arm.model) for arm in arms]
    if len(set(asked)) < len(asked):
        raise ValueError("two arms ask for the same; then there is nothing to compare")
    for arm in arms:
        _check(arm, frozenset(skills))


def _check(arm: Arm, skills: frozenset[str]) -> None:
    if len(arm.wishes) > MOST_WISHES:
        raise ValueError(f"arm {arm.name!r} has {len(arm.wishes)} wishes; {MOST_WISHES} are the most")
    for wish in arm.wishes:
        if wish.effect not in EFFECTS:
            raise ValueError(f"arm {arm.name!r}: {wish.effect!r} is none of {', '.join(EFFECTS)}")
        if wish.effect == "policy" and wish.value not in POLICIES:
            raise ValueError(f"arm {arm.name!r}: there is no policy {wish.value!r}; there are {', '.join(POLICIES)}")
        if wish.effect.endswith("-skill") and wish.value not in skills:
            raise ValueError(f"arm {arm.name!r}: the skill {wish.value!r} is not taught")
        resolve([PlanRow(arm.name, "arm", wish.effect, wish.value)], 0.0)  # type: ignore[arg-type]  # one of EFFECTS
