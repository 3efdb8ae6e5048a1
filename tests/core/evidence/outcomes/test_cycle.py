"""Where a strand of the vision stands, from what was written and what its pilots found."""

from __future__ import annotations

import pytest

from headway.core.evidence.outcomes.cycle import FOUND, STEPS, Tried, judged, steps_of

WRITTEN = {"theory": "Too few words.", "design": "Read aloud first."}


def test_the_first_thing_to_do_is_now_and_the_rest_later() -> None:
    assert [step.kind for step in steps_of({}, ())] == list(STEPS)
    assert [step.state for step in steps_of({}, ())] == ["done", "now", "open", "open", "open"]
    assert [step.state for step in steps_of({"design": "x"}, ())] == ["done", "now", "done", "open", "open"]
    assert [step.state for step in steps_of(WRITTEN, ())] == ["done", "done", "done", "now", "open"]
    for state in ("draft", "running", "ended", "dropped"):
        assert steps_of(WRITTEN, [Tried(state, "", "")])[3].state == "now"


@pytest.mark.parametrize("found", list(FOUND))
def test_a_verdict_flows_back_to_the_theory_and_asks_for_what_is_next(found: str) -> None:
    steps = steps_of(WRITTEN, [Tried("ended", found, "")])
    assert [step.state for step in steps] == ["done", "done", "done", "done", "now"]
    assert "pilot" in str(steps[1].said)
    assert str(steps[3].said) == str(FOUND[found])
    assert steps_of({**WRITTEN, "next": "All of grade 6."}, [Tried("ended", found, "spread")])[4].state == "done"


def test_the_next_cycle_begins_while_the_last_verdict_stands() -> None:
    pilots = [Tried("ended", "unclear", "keep"), Tried("running", "", "")]
    assert judged(pilots) == "unclear"
    steps = steps_of(WRITTEN, pilots)
    assert str(steps[3].said) == "A pilot is running."
    assert steps[3].state == "now"
    assert "left it open" in str(steps[1].said)
    assert judged([]) == ""
