"""A need in words: one concrete sentence with its evidence, and one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from headway.core.environment.attention import (
    MINUTE,
    RAPID_COUNT,
    SLIPPING_COUNT,
    SPINNING_COUNT,
    STUCK_COUNT,
    Code,
    Signal,
    Snapshot,
    rank,
    silent,
)
from headway.core.mastery.detectors.habits import guessed
from headway.core.mastery.detectors.odds import SLIP
from headway.core.text import NOTHING, T, Text


@dataclass(frozen=True, slots=True)
class Need:
    """Who, why (``reason``), how long (``label``, a few words), and what to do (``action``). ``urgency`` is 0 to 100;
    ``since`` is when it began in epoch seconds, 0 where the trouble has no beginning."""

    learner: str
    code: Code
    urgency: float
    since: float
    reason: Text
    label: Text
    action: Text


def who_needs_me(snapshots: Iterable[Snapshot], now: float) -> list[Need]:
    """Return the needs of a class, most urgent first (see :mod:`headway.core.environment.attention`)."""
    return [explain(snapshot, signal, now) for snapshot, signal in rank(snapshots, now)]


def explain(snapshot: Snapshot, signal: Signal, now: float) -> Need:
    """Put one learner's signal into words."""
    reason = _REASONS[signal.code](snapshot, signal, now)
    if signal.code == "stuck" and silent(snapshot, now):
        reason = T("{reason} Nothing for {minutes} min.", reason=reason, minutes=_minutes(snapshot.last_at, now))
    if snapshot.misconception != NOTHING and signal.code in ("asked", "stuck", "quiet", "slipping"):
        reason = T("{reason} It looks like “{misconception}”.", reason=reason, misconception=snapshot.misconception)
    return Need(
        snapshot.learner,
        signal.code,
        signal.urgency,
        signal.since,
        reason,
        _label(signal, now),
        _ACTIONS[signal.code],
    )


def _minutes(since: float, now: float) -> int:
    return int(max(now - since, 0.0) // MINUTE)


def _what(s: Snapshot) -> Text:
    """The problem itself where it is short enough to say, otherwise the skill that it belongs to."""
    return s.problem if s.problem != NOTHING else T("a problem in “{skill}”", skill=s.skill)


def _asked(s: Snapshot, signal: Signal, now: float) -> Text:
    wrong = max(s.wrong, s.tries)
    if wrong and s.hints:
        return T(
            "Raised a hand on {what}, after {wrong} and {hints}.",
            what=_what(s),
            wrong=_wrong(wrong),
            hints=_hints_opened(s.hints),
        )
    if wrong:
        return T("Raised a hand on {what}, after {wrong}.", what=_what(s), wrong=_wrong(wrong))
    if s.hints:
        return T("Raised a hand on {what}, after {hints}.", what=_what(s), hints=_hints_opened(s.hints))
    return T("Raised a hand on {what}.", what=_what(s))


def _stuck(s: Snapshot, signal: Signal, now: float) -> Text:
    wrong = max(s.wrong, s.tries)
    if s.wrong_run >= STUCK_COUNT:
        return _problems_in_a_row(s)
    if wrong < STUCK_COUNT:
        return T("No right answer for {minutes} min, on {what}.", minutes=_minutes(s.stuck_since, now), what=_what(s))
    if s.tries >= wrong:
        return T("{tries} on {what} and not there yet.", tries=_tries(s.tries), what=_what(s))
    return T("{count} wrong answers in a row, now on {what}.", count=wrong, what=_what(s))


def _problems_in_a_row(s: Snapshot) -> Text:
    if s.problem == NOTHING:
        return T("{count} problems in a row wrong at first try in “{skill}”.", count=s.wrong_run, skill=s.skill)
    return T(
        "{count} problems in a row wrong at first try in “{skill}”, now on {what}.",
        count=s.wrong_run,
        skill=s.skill,
        what=_what(s),
    )


def _quiet(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("Answered {what} wrong, then nothing for {minutes} min.", what=_what(s), minutes=_minutes(s.last_at, now))


def _guessing(s: Snapshot, signal: Signal, now: float) -> Text:
    if s.rapid_run < RAPID_COUNT:
        return T("{count} answers lately came faster than the problem can be read.", count=guessed(s.habits))
    return T(
        "{count} wrong answers in a row in “{skill}”, each faster than the problem can be read.",
        count=s.rapid_run,
        skill=s.skill,
    )


def _spinning(s: Snapshot, signal: Signal, now: float) -> Text:
    if s.practised < SPINNING_COUNT:
        return T(
            "{count} problems in “{skill}”, {right} right at first try. Going on alone is not likely to be enough.",
            count=s.practised,
            skill=s.skill,
            right=sum(s.recent),
        )
    return T(
        "{count} problems in “{skill}” so far and not secure: {right} of the last {last} right.",
        count=s.practised,
        skill=s.skill,
        right=sum(s.recent),
        last=len(s.recent),
    )


def _rushing(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("{count} of the last ten answers came before hints or the problem could be read.", count=signal.count)


def _alone(s: Snapshot, signal: Signal, now: float) -> Text:
    return T(
        "{count} wrong answers since they last looked at a hint. Now on {what}.", count=signal.count, what=_what(s)
    )


def _adrift(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("Seems to be far from the work: {count} of the last ten answers were hardly tried.", count=signal.count)


def _hints(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("Opened {count} hints on {what}.", count=s.hints, what=_what(s))


def _slipping(s: Snapshot, signal: Signal, now: float) -> Text:
    if s.slip >= SLIP and len(s.recent) > 1:
        return T("Probably a slip on {what}: they usually know this.", what=_what(s))
    if s.missed <= max(s.wrong_run, 1) and s.tried > s.missed:
        return T("Stuck for the first time today, on {what}.", what=_what(s))
    if s.tries >= SLIPPING_COUNT:
        return T("{tries} on {what}.", tries=_tries(s.tries), what=_what(s))
    return T("{count} wrong answers in a row, now on {what}.", count=max(s.wrong, s.wrong_run), what=_what(s))


def _coming(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("Waiting on {what}.", what=_what(s))


def _ready(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("Has reached “{skill}” and can go on to something new.", skill=s.reached[0] if s.reached else s.skill)


def _idle(s: Snapshot, signal: Signal, now: float) -> Text:
    return T("No answer for {minutes} min. Was on {what}.", minutes=_minutes(s.last_at, now), what=_what(s))


def _tries(count: int) -> Text:
    return T("1 try") if count == 1 else T("{count} tries", count=count)


def _wrong(count: int) -> Text:
    return T("a wrong answer") if count == 1 else T("{count} wrong answers", count=count)


def _hints_opened(count: int) -> Text:
    return T("1 hint") if count == 1 else T("{count} hints", count=count)


def _label(signal: Signal, now: float) -> Text:
    minutes = _minutes(signal.since, now)
    if signal.code in _TIMELESS:
        return _TIMELESS[signal.code]
    if minutes == 0:
        return _FRESH[signal.code]
    return Text(_LABELS[signal.code].message, (("minutes", minutes),))


_TIMELESS: dict[Code, Text] = {
    "spinning": T("many tries"),
    "rushing": T("in a hurry"),
    "alone": T("no hints yet"),
    "hints": T("many hints"),
    "adrift": T("needs a restart"),
}
_LABELS: dict[Code, Text] = {
    "asked": T("asked {minutes} min ago"),
    "stuck": T("stuck {minutes} min"),
    "quiet": T("quiet {minutes} min"),
    "guessing": T("{minutes} min"),
    "slipping": T("{minutes} min"),
    "coming": T("on the way {minutes} min"),
    "ready": T("ready for more, {minutes} min"),
    "idle": T("{minutes} min"),
}
_FRESH: dict[Code, Text] = {
    "asked": T("asked just now"),
    "stuck": T("stuck just now"),
    "quiet": T("quiet"),
    "guessing": T("just now"),
    "slipping": T("just now"),
    "coming": T("on the way"),
    "ready": T("ready for more"),
    "idle": T("idle"),
}
_ACTIONS: dict[Code, Text] = {
    "asked": T("Go over and ask what they have tried."),
    "stuck": T("Ask them to talk you through the first step."),
    "quiet": T("Look over: they stopped after a wrong answer."),
    "guessing": T("Ask them to read the problem aloud."),
    "spinning": T("Work one example together, or start from an earlier step."),
    "rushing": T("Sit down for one problem and read it together."),
    "alone": T("Show how a hint can help, on this problem."),
    "hints": T("Ask them to say the last hint in their own words."),
    "adrift": T("Ask how it is going, and agree on the next two problems."),
    "slipping": T("Give them a minute, then look over."),
    "coming": T("Mark it when you have been there."),
    "ready": T("Let them explain it to you, then give them something harder."),
    "idle": T("Ask what they need to start again."),
}
_REASONS: dict[Code, Callable[[Snapshot, Signal, float], Text]] = {
    "asked": _asked,
    "stuck": _stuck,
    "quiet": _quiet,
    "guessing": _guessing,
    "spinning": _spinning,
    "rushing": _rushing,
    "alone": _alone,
    "hints": _hints,
    "adrift": _adrift,
    "slipping": _slipping,
    "coming": _coming,
    "ready": _ready,
    "idle": _idle,
}
