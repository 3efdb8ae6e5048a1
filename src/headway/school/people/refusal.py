"""What a room answers when it does not take what was sent. ``code`` is stable, the message says what to do."""

from __future__ import annotations

from headway.core.text import T, Text


class Refused(Exception):
    """What was sent is not taken, and nothing was written."""

    code = "refused"

    def __init__(self, message: Text) -> None:
        super().__init__(str(message))
        self.message = message


class Malformed(Refused):
    """A field is missing, of the wrong type or out of range."""

    code = "malformed"


class UnknownLearner(Refused):
    """No learner of that identifier in the district."""

    code = "unknown-learner"


class UnknownActivity(Refused):
    """No activity of that identifier in the curriculum."""

    code = "unknown-activity"


class KeyReused(Refused):
    """The idempotency key was used before, for something else."""

    code = "key-reused"


TAKEN = T("This key was used for another answer. Send a new answer under a new key.")
NO_SUCH = T("There is no such problem, or it has no such step. Open practice again.")


class NotOpen(Refused):
    """The answer is to an activity or step that the learner has left (another tab, a late retry under a new key)."""

    code = "not-open"


class Unavailable(Refused):
    """The database did not answer in time; nothing was written. Sending the same again is safe."""

    code = "unavailable"
