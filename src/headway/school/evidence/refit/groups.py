"""Which groups of learners a new model must not harm, as far as the district has recorded them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from django.utils.translation import gettext_noop

from headway.core.mastery.refit.log import Longs
from headway.school.intervention.models import SupportPlan, TierDecision
from headway.school.path.models import PlanRow
from headway.school.people.models import Person

YES, NO = gettext_noop("yes"), gettext_noop("no")

Labels = Mapping[str, tuple[Longs, tuple[str, ...]]]


def groups_of(learners: Sequence[UUID], now: float) -> Labels:
    """Return by kind each learner's group and the groups' names. Kinds: home language, a support plan or tier, an
    accommodation (only where somebody has one). Call it inside of the district's transaction."""
    languages = dict(Person.objects.filter(id__in=learners).values_list("id", "language"))
    names = tuple(sorted(set(languages.values())))
    place = {name: number for number, name in enumerate(names)}
    found: dict[str, tuple[Longs, tuple[str, ...]]] = {
        "language": (np.array([place[languages[key]] for key in learners], np.int64), names)
    }
    tiers = TierDecision.objects.exclude(kind="refuse").order_by("learner_id", "-id").distinct("learner_id")
    supported = {key for key, tier in tiers.values_list("learner_id", "to_tier") if tier > 1}
    supported |= set(SupportPlan.objects.filter(ended=None).values_list("learner_id", flat=True))
    helped = set(
        PlanRow.objects.filter(source="accommodation", starts__lte=now)
        .exclude(ends__lte=now)
        .exclude(learner=None)
        .values_list("learner_id", flat=True)
    )
    for kind, members in (("support", supported), ("accommodation", helped)):
        if members:
            found[kind] = (np.array([int(key not in members) for key in learners], np.int64), (YES, NO))
    return found
