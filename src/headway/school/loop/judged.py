"""The end of a writing task: where it names a skill, each text is evidence of it in its writer's profile.

One transaction closes the task, folds every score into a profile through ``core.loop.step`` and appends it to the log, all or
nothing; so replay rebuilds the profiles.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b
from uuid import uuid5

from django.db import transaction

from headway.core.curriculum.catalogue import Curriculum
from headway.core.events import Judged
from headway.core.loop import Turn, step
from headway.core.path.plan import DEFAULT_PLAN
from headway.core.profile.codec import encode
from headway.school.curriculum.queries import curriculum_of
from headway.school.loop.screening import locked_profile
from headway.school.mastery.models import Evidence
from headway.school.mastery.served import models_for
from headway.school.measurement.judgement.models import Piece, TaskScale, WritingTask
from headway.school.measurement.judgement.tasks import close_task
from headway.school.path.queries import plans_of
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.people.live import announce
from headway.school.people.models import Person


@transaction.atomic
def finish_task(*, task: WritingTask, by: Person, now: float) -> int:
    """End the judging of a task; return how many profiles it moved. Doing it again changes nothing. Raises NotTaken when
    nothing has been decided."""
    close_task(task=task, by=by, now=now)
    row = WritingTask.objects.get(id=task.id)
    if not row.skill:
        return 0
    curriculum = curriculum_of(row.district_id)
    scores = TaskScale.objects.values_list("scores", flat=True).get(task=row)
    pieces = Piece.objects.filter(task=row, learner__isnull=False).select_related("learner").order_by("learner_id")
    return sum(_fold(row, piece, scores[str(piece.id)], curriculum, now) for piece in pieces if str(piece.id) in scores)


def _fold(task: WritingTask, piece: Piece, placed: Sequence[float], curriculum: Curriculum, now: float) -> bool:
    """``placed``: score and standard error."""
    learner, (score, error) = piece.learner, placed
    event = uuid5(piece.id, "judged")
    if learner is None or Evidence.objects.filter(event=event).exists():
        return False
    judged = Judged(
        str(event), str(learner.id), str(task.id), str(piece.id), task.skill, score, error, now, learner.simulated
    )
    kept, profile = locked_profile(learner)
    offset = day_offset(time_zone_of(task.district_id), now)
    plan = plans_of([learner.id], now, offset).get(learner.id, DEFAULT_PLAN)
    (outcome,) = step([Turn(profile, plan, judged, now)], curriculum, models_for([plan.model]))
    kept.state, kept.updated_at = encode(outcome.profile), max(now, kept.updated_at)
    kept.save(update_fields=["state", "updated_at"])
    said = judged_to_json(judged)
    Evidence.objects.create(
        district_id=task.district_id, event=event, learner=learner, kind="judged", answer=said, skills=[task.skill],
        simulated=learner.simulated, at=now, now=now, curriculum=curriculum.version,
        digest=blake2b(said.encode(), digest_size=16).digest(), outcome={},
    )  # fmt: skip
    announce("learner", learner.id)
    return True


def judged_to_json(judged: Judged) -> str:
    """The event as the log keeps it; numbers survive exactly."""
    return json.dumps(asdict(judged), separators=(",", ":"), sort_keys=True)


def judged_from_json(text: str) -> Judged:
    """Read what :func:`judged_to_json` wrote."""
    return Judged(**json.loads(text))
