"""The loop in one transaction: a response comes in; profile, decision and evidence are written together or not at all.

``submit`` is what pages and the API call: it checks the answer, joins the group commit of this process and returns
once the database has made everything durable. ``record`` writes a prepared batch of one district directly.
"""

from headway.school.loop.prepare import Prepared, prepare
from headway.school.loop.record import record
from headway.school.loop.values import Receipt, Submission
from headway.school.loop.warm import warm_up
from headway.school.loop.writer import submit, submit_soon
from headway.school.people.refusal import (
    KeyReused,
    Malformed,
    NotOpen,
    Refused,
    Unavailable,
    UnknownActivity,
    UnknownLearner,
)

__all__ = [
    "KeyReused",
    "Malformed",
    "NotOpen",
    "Prepared",
    "Receipt",
    "Refused",
    "Submission",
    "Unavailable",
    "UnknownActivity",
    "UnknownLearner",
    "prepare",
    "record",
    "submit",
    "submit_soon",
    "warm_up",
]
