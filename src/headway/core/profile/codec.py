"""A profile as bytes, to be kept in one database column: 64 bytes a touched skill, a few hundred for the rest.

Layout: ``HP1`` and a zero byte, the length of the head (uint32), the head as JSON, the recent activities, the
model's memory if it has one, the skills.
Numbers are little-endian, floats keep every bit, and equal profiles give equal bytes. ``HP2`` has the live misconceptions at the
end of its head; a profile without any is written as ``HP1``, so that older logs give the bytes that they gave. Habits stand at
the end of the behaviour where there are any, for the same reason. ``HP3`` has both and, at the end of its head, the number of
fact cards, which stand before the skills.
"""

from __future__ import annotations

import json

import numpy as np

from headway.core.mastery.cards import CARD, NO_CARDS
from headway.core.mastery.detectors.habits import Habits
from headway.core.mastery.state import NO_MEMORY, NO_SKILLS, SKILL_STATE, State
from headway.core.profile.profile import RECENT, Behaviour, Current, Profile, Today
from headway.core.profile.suspicion import Suspect

MAGIC = b"HP1\0"
SUSPECTING = b"HP2\0"
REMEMBERING = b"HP3\0"
_dump = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_load = json.JSONDecoder().decode


def encode(profile: Profile) -> bytes:
    """Return the bytes of a profile."""
    p, c, t, b = profile, profile.current, profile.today, profile.behaviour
    parts: list[object] = [
        [p.learner, p.grade, p.interests, p.responses, p.activities],
        [p.state.overall_mean, p.state.overall_variance, *([len(p.state.memory)] if len(p.state.memory) else [])],
        [c.activity, c.step, c.attempt, c.hints, c.since],
        [t.day, t.responses, t.tried, t.right, t.activities, t.seconds, t.hints, t.rapid, t.corrected, t.away],
        [b.skill, b.wrong_run, b.stuck_since, b.rapid_run, b.misconception, b.last_at, b.wrong, *_shown(b)],
        len(p.recent),
    ]
    if p.suspects or len(p.cards):
        parts.append([[s.id, s.probability, s.skill, s.item, s.at] for s in p.suspects])
    if len(p.cards):
        parts.append(len(p.cards))
    head = _dump(parts).encode()
    return b"".join(
        (
            REMEMBERING if len(p.cards) else SUSPECTING if p.suspects else MAGIC,
            len(head).to_bytes(4, "little"),
            head,
            p.recent.tobytes(),
            p.state.memory.tobytes(),
            p.cards.tobytes(),
            p.state.skills.tobytes(),
        )
    )


def _shown(behaviour: Behaviour) -> list[Habits]:
    return [behaviour.habits] if any(behaviour.habits) else []


def decode(data: bytes) -> Profile:
    """Return the profile that :func:`encode` wrote. Raises ValueError if the bytes are something else."""
    if data[:4] not in (MAGIC, SUSPECTING, REMEMBERING):
        raise ValueError("not an encoded profile: it begins with none of HP1, HP2 and HP3")
    end = 8 + int.from_bytes(data[4:8], "little")
    try:
        who, overall, current, today, behaviour, remembered, *more = _load(data[8:end].decode())
        recent = np.frombuffer(data, RECENT, remembered, end)
        end += recent.nbytes
        memory = np.frombuffer(data, np.float64, overall[2], end) if len(overall) > 2 else NO_MEMORY
        end += memory.nbytes
        cards = np.frombuffer(data, CARD, more[1], end) if len(more) > 1 else NO_CARDS
        end += cards.nbytes
        skills = np.frombuffer(data, SKILL_STATE, -1, end) if len(data) > end else NO_SKILLS
    except ValueError as error:
        raise ValueError(f"a damaged profile: {error}") from error
    learner, grade, interests, responses, activities = who
    return Profile(
        learner,
        grade,
        tuple(interests),
        State(overall[0], overall[1], skills, memory),
        Current(*current),
        Today(*today),
        Behaviour(*behaviour[:7], *[Habits(*bits) for bits in behaviour[7:]]),
        responses,
        activities,
        recent,
        tuple(Suspect(*suspect) for suspect in more[0]) if more else (),
        cards,
    )
