"""Grade 3: time (3.MD.A.1)."""

from __future__ import annotations

from numpy.random import Generator

from headway.core.curriculum.generators.base import Draft, template
from headway.core.curriculum.generators.contexts import Stories, tell
from headway.core.curriculum.generators.numbers import between, number_key, wrong_numbers
from headway.core.curriculum.problems import AnswerSpec, WrongAnswer
from headway.core.text import T

HOUR = T("An hour has 60 minutes.")

LASTS: Stories = {
    "soccer": T("Soccer practice starts at {start} and ends at {end}. How many minutes does it last?"),
    "basketball": T("A basketball game starts at {start} and ends at {end}. How many minutes does it last?"),
    "music": T("A concert starts at {start} and ends at {end}. How many minutes does it last?"),
    "cooking": T("Bread goes into the oven at {start} and comes out at {end}. How many minutes does it bake?"),
    "art": T("{name} paints from {start} until {end}. How many minutes is that?"),
    "trains": T("A train leaves at {start} and arrives at {end}. How many minutes does the trip take?"),
    "nature": T("{name} hikes from {start} until {end}. How many minutes is that?"),
    "games": T("A game starts at {start} and ends at {end}. How many minutes does it last?"),
}

ENDS: Stories = {
    "soccer": T("Soccer practice starts at {start} and lasts {minutes} minutes. At what time does it end?"),
    "music": T("A music lesson starts at {start} and lasts {minutes} minutes. At what time does it end?"),
    "cooking": T("A pie goes into the oven at {start} and bakes for {minutes} minutes. At what time is it done?"),
    "trains": T("A train leaves at {start}. The trip takes {minutes} minutes. At what time does it arrive?"),
    "animals": T("A dog show starts at {start} and lasts {minutes} minutes. At what time does it end?"),
    "space": T("A planetarium show starts at {start} and lasts {minutes} minutes. At what time does it end?"),
}

STARTED: Stories = {
    "basketball": T("A game ends at {end}. It lasted {minutes} minutes. At what time did it start?"),
    "cooking": T("Rice is done at {end}. It cooked for {minutes} minutes. At what time did it start to cook?"),
    "trains": T("A train arrives at {end}. The trip took {minutes} minutes. At what time did it leave?"),
    "art": T("{name} stops drawing at {end} after {minutes} minutes. At what time did {name} start?"),
    "nature": T("{name} is back from a walk at {end}. It took {minutes} minutes. At what time did it start?"),
    "music": T("A concert ends at {end}. It lasted {minutes} minutes. At what time did it start?"),
}


def _clock(minutes: int) -> str:
    return f"{(minutes // 60 - 1) % 12 + 1}:{minutes % 60:02d}"


def _times(rng: Generator, *, over_the_hour: bool) -> tuple[int, int]:
    """A start in minutes after 0:00 and a length in minutes; the end is in the next hour if asked."""
    hour = between(rng, 1, 10)
    if over_the_hour:
        first = between(rng, 22, 52)
        return hour * 60 + first, between(rng, 64 - first, 57)
    first = between(rng, 2, 25)
    return hour * 60 + first, between(rng, 8, 58 - first)


@template("3.MD.A.1", "lasts", level=1, difficulty=-0.4, uses_interest=True)
def lasts(rng: Generator, interest: str) -> Draft:
    start, length = _times(rng, over_the_hour=int(rng.integers(3)) == 0)
    end = start + length
    over = start // 60 != end // 60
    to_hour, past = 60 - start % 60, end % 60
    return Draft(
        prompt=tell(rng, interest, LASTS, start=_clock(start), end=_clock(end)),
        answer=number_key(length),
        hints=(
            T("Draw a line with both times on it. Is a full hour between them?"),
            HOUR,
            T("First count from {start} to the full hour. Then count on.", start=_clock(start))
            if over
            else T("Both times are in the same hour. Count on from the first to the second."),
        ),
        solution=(
            T("To the full hour: {a} minutes. After it: {b} minutes.", a=to_hour, b=past)
            if over
            else T("Both times are in the same hour."),
            T("Together: {a} + {b} = {answer} minutes.", a=to_hour, b=past, answer=length)
            if over
            else T(
                "From {a} to {b} minutes past the hour there are {answer} minutes.",
                a=start % 60,
                b=end % 60,
                answer=length,
            ),
        ),
        wrong=wrong_numbers(
            length,
            (length + 40 if over else None, "time-hundred"),
            (abs(end % 60 - start % 60), "time-hour-kept"),
            (start % 60 + end % 60, "op-added"),
        ),
    )


def _time_answer(minutes: int, *slips: tuple[str, str]) -> tuple[AnswerSpec, tuple[WrongAnswer, ...]]:
    key = _clock(minutes)
    kept = {answer: slip for answer, slip in slips if answer != key}
    return AnswerSpec("text", (key,)), tuple(WrongAnswer(answer, slip) for answer, slip in kept.items())


@template("3.MD.A.1", "ends", level=2, difficulty=0.2, uses_interest=True)
def ends(rng: Generator, interest: str) -> Draft:
    start, length = _times(rng, over_the_hour=True)
    end = start + length
    to_hour = 60 - start % 60
    answer, wrong = _time_answer(
        end,
        (_clock(end - 60), "time-hour-kept"),
        (f"{_clock(start).split(':')[0]}:{start % 60 + length}", "time-hundred"),
    )
    return Draft(
        prompt=tell(rng, interest, ENDS, start=_clock(start), minutes=length),
        answer=answer,
        hints=(
            T("Draw a line and put {start} on it. Which full hour comes next?", start=_clock(start)),
            HOUR,
            T(
                "It is {part} minutes to the full hour. Take these from {all}, then count on from there.",
                part=to_hour,
                all=length,
            ),
        ),
        solution=(
            T("To the full hour: {part} minutes. {rest} minutes are left.", part=to_hour, rest=length - to_hour),
            T("So the time is {time}.", time=_clock(end)),
        ),
        wrong=wrong,
    )


@template("3.MD.A.1", "started", level=3, difficulty=0.8, uses_interest=True)
def started(rng: Generator, interest: str) -> Draft:
    start, length = _times(rng, over_the_hour=True)
    end = start + length
    answer, wrong = _time_answer(
        start,
        (_clock(start + 60), "time-hour-kept"),
        (_clock(end + length), "op-added"),
    )
    return Draft(
        prompt=tell(rng, interest, STARTED, end=_clock(end), minutes=length),
        answer=answer,
        hints=(
            T("Is the start before or after {end}?", end=_clock(end)),
            HOUR,
            T(
                "Go back to the full hour first: {part} minutes. Then go back the rest of the {all} minutes.",
                part=end % 60,
                all=length,
            ),
        ),
        solution=(
            T("Back to the full hour: {part} minutes. {rest} minutes are left.", part=end % 60, rest=length - end % 60),
            T("Go back {rest} more: {time}.", rest=length - end % 60, time=_clock(start)),
        ),
        wrong=wrong,
    )
