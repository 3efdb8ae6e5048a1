"""Answer checking beside KAS 2.2.3 (npm), on the same cases in one run: right judgements, and microseconds a case.

Needs Node, npm and ../shared; a school needs none of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy.answers_suites import oppia

CASES = Path(__file__).resolve().parents[3] / "shared/content/answer-equivalence/oppia_math_rules.jsonl"
WORKSHOP = Path("build/prove/peers")
PEER = "@khanacademy/kas@2.2.3"
RULES = {"IsEquivalentTo": False, "MatchesUpToTrivialManipulations": True}


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """Both checkers on both rules; ours must be right at least as often."""
    del ends
    if shutil.which("npm") is None or not CASES.exists():
        raise SystemExit(f"this part needs npm and {CASES.name} beside the checkout")
    WORKSHOP.mkdir(parents=True, exist_ok=True)
    (WORKSHOP / "package.json").write_text('{"private": true}')
    subprocess.run(["npm", "install", "--silent", "--no-audit", PEER], cwd=WORKSHOP, check=True, capture_output=True)
    shutil.copy(Path(__file__).with_name("kas.cjs"), WORKSHOP / "kas.cjs")
    every = [json.loads(line) for line in CASES.read_text().splitlines()]
    for rule, form in RULES.items():
        cases = [case for case in every if case["rule"] == rule]
        peer, peer_time = _kas(cases, form)
        began = time.process_time()
        ours = sum(oppia(case) for case in cases)
        ours_time = time.process_time() - began
        yield (
            f"{rule}: ours {ours} of {len(cases)} right, {1e6 * ours_time / len(cases):.0f} µs a case; "
            f"KAS {peer} right, {1e6 * peer_time / len(cases):.0f} µs"
        )
        assert ours >= peer, f"KAS is right more often on {rule}"
    state["complete"] = True


def _kas(cases: list[dict[str, Any]], form: bool) -> tuple[int, float]:
    """How often KAS gives the expected judgement; what it cannot parse counts as not equal. Time without its start."""
    lines = [json.dumps({"student": c["student"], "key": c["key"], "form": form}) for c in cases]
    took = []
    for sent in ("", "\n".join(lines)):
        began = time.perf_counter()
        done = subprocess.run(["node", "kas.cjs"], cwd=WORKSHOP, input=sent, capture_output=True, text=True, check=True)
        took.append(time.perf_counter() - began)
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    right = sum((verdict is True) == bool(case["expected"]) for verdict, case in zip(verdicts, cases, strict=True))
    return right, took[1] - took[0]
