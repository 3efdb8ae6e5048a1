"""The policies that can choose, by name. A superseded one stays here, so that its decisions can be replayed."""

from __future__ import annotations

from collections.abc import Mapping

from headway.core.path.frontier import Frontier
from headway.core.path.heeding import Heeding
from headway.core.path.policy import Policy
from headway.core.path.promise import Promise
from headway.core.path.returning import FINISHING, Returning, finishing, going_back
from headway.core.path.returning import NAME as RETURNING
from headway.core.path.sequence import Sequence
from headway.core.path.telling import Telling

GAINING = "frontier-4"
POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Frontier(),
        Telling(),
        Heeding(),
        Telling(name=GAINING, usual=Frontier(GAINING, temperature=0.05, floor=0.6, worth=Promise())),
        Telling(name=RETURNING, usual=Returning(), busy=going_back),
        Telling(name=FINISHING, usual=finishing(), busy=going_back),
        Sequence(),
    )
}
"""Every policy that a plan can name."""

Policies = Mapping[str, Policy]
"""Policies by the names that plans give them."""
