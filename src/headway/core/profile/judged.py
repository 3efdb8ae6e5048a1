"""How a judged text changes a profile: it moves what we believe of the skill that its task named, and nothing else.

A score by comparison is an observation of ability with a known error, so it is folded in as one normal distribution into
another. What ties the two scales is an assumption: the middle of the task's texts is at the middle of the skill, and one
logit of judging is one logit of ability. :data:`TIE` is how far that may be off, so a text never counts for more than that.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Judged
from headway.core.mastery.kernels import find, with_rows
from headway.core.mastery.models import LearnerModel
from headway.core.mastery.state import State
from headway.core.mastery.tied import seen_alone
from headway.core.profile.profile import Profile

TIE = 0.5
"""Standard deviation in logits of the tie between the scale of judging and that of the skill."""
MOST_ATTEMPTS = 65_535


def fold_judged(profile: Profile, judged: Judged, curriculum: Curriculum, model: LearnerModel) -> Profile:
    """Return the profile after a judged text; unchanged where the curriculum does not know the skill.

    The skill's ability moves; overall ability, position, goals and the ledger stay, and no mastery is granted by it. The
    text counts among the skill's attempts, not among its first answers. Raises ValueError for an error that is not above
    0 and for a score that is not finite.
    """
    if not (judged.se > 0.0 and np.isfinite(judged.score) and np.isfinite(judged.se)):
        raise ValueError(f"judged text {judged.id}: a score of {judged.score} with error {judged.se} is no observation")
    number = curriculum.skill_number.get(judged.skill)
    if number is None:
        return profile
    state = profile.state
    belief = model.belief(state, curriculum, judged.at)
    before, spread = float(belief.mean[number]), float(belief.variance[number])
    share = spread / (spread + judged.se**2 + TIE**2)
    seen = float(curriculum.base[number]) + judged.score
    rows = with_rows(state.skills, curriculum.keys, np.array([number], np.int32))
    at = find(rows, curriculum.keys[number])
    row = rows[at]
    row["mean"], row["variance"] = before + share * (seen - before), spread * (1.0 - share)
    row["last_at"] = max(float(row["last_at"]), judged.at)
    row["attempts"] = min(int(row["attempts"]) + 1, MOST_ATTEMPTS)
    rows.flags.writeable = False
    memory = seen_alone(state.memory, state.skills, rows, at, share)
    return replace(profile, state=State(state.overall_mean, state.overall_variance, rows, memory))
