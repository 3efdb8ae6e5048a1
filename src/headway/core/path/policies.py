"""The policies that can choose, by name. A superseded one stays here, so that its decisions can be replayed."""

from __future__ import annotations

from headway.core.path.frontier import Frontier
from headway.core.path.heeding import Heeding
from headway.core.path.policy import Policy
from headway.core.path.sequence import Sequence
from headway.core.path.telling import Telling

POLICIES: dict[str, Policy] = {policy.name: policy for policy in (Frontier(), Telling(), Heeding(), Sequence())}
"""Every policy that a plan can name."""
