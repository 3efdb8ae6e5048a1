"""Runs proofs in parts. A part keeps what it has done in ``build/prove/NAME.json`` and ends itself in time."""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

PARTS = {
    "content": "planted faults of content found, sound content left alone: power and false discoveries by family",
    "dealing": "2,000 void and 2,000 planted adaptive pilots of two kinds: false alarms, and intervals of weighted estimates",
    "efficacy": "effects of problems and policies on later success, from logs, against simulation truth: 90 of 100 intervals",
    "interface": "schemathesis on OneRoster's 81 operations, CASE's 13 and our own (needs ../shared)",
    "lti": "LTI 1.3 Advantage in both directions: ltijs from npm as the tool, a platform by jose from npm",
    "ledger": "50 rounds of SIGKILL on web workers and database; no acknowledged response lost, doubled or torn",
    "generators": "1,000 seeds of every template",
    "hints": "no hint of the coach shows the answer, from any line of any template",
    "lines": "every template worked line by line, with one error at each possible line",
    "malrules": "200 fresh instances of every mal-rule, and 20,000 slips",
    "questions": "every question of the real content in ../shared: its counts, and banks in two formats alike (needs ../shared)",
    "peers": "answer checking beside KAS from npm, on the same cases in one run (needs Node and ../shared)",
    "offpolicy": "100 off-policy estimates from logs on each generator against letting the policy act",
    "pilots": "2,000 null studies of each of six designs and daily peeking; the power calculator against simulation",
    "refit": "refits of districts of known truth: killed in the middle, promoted by another process, harmful, void",
    "rosters": "50 times SIGKILL on the import of a roster or on the database under it; all or nothing",
    "scale": "a million responses: in memory, out of core, by two processes and by two workers of Dask, to 1e-6",
    "schedules": "1,000 random days: plans pass the checker, collisions are real, none takes over 5 s",
    "sign_on": "signing in against oidc-provider from npm: in, once, from the browser that began, by whom the roster knows",
    "trials": "100 planted and 100 void pilots in a generated two-site district: found as often as promised, few alarms",
    "whole": "all of what make test samples: the full archive of OATutor (needs ../shared)",
    "properties": "property tests of core and standards with 2,000 examples each",
}
STATE = Path("build/prove")
BUDGET_SECONDS = 8.5 * 60


def main(words: list[str]) -> int:
    """Run the named parts, or all; 0 when everything asked for is complete, 3 when there is more to do."""
    if words == ["list"]:
        for name, text in PARTS.items():
            print(f"{name:<12} {text} ({'complete' if _load(name).get('complete') else 'to do'})")
        return 0
    unknown = [word for word in words if word not in PARTS]
    if unknown:
        print(f"there is no part {unknown[0]!r}: use list, or one of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    ends = time.monotonic() + BUDGET_SECONDS
    for name in words or PARTS:
        state = _load(name)
        if state.get("complete"):
            print(f"{name}: complete since {state['completed']}; remove {STATE / name}.json to prove it anew")
            continue
        part = importlib.import_module(f"tests.prove.{name}")
        for progress in part.run(state, ends):
            print(f"{name}: {progress}", flush=True)
            _save(name, state)
        if not state.get("complete"):
            print(f"{name}: out of time for this part; run the same command again to go on")
            return 3
        state["completed"] = time.strftime("%Y-%m-%d %H:%M")
        _save(name, state)
    return 0


def _load(name: str) -> dict[str, object]:
    path = STATE / f"{name}.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _save(name: str, state: dict[str, object]) -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    (STATE / f"{name}.json").write_text(json.dumps(state))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
