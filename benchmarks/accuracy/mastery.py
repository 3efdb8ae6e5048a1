"""Learner models on real logs: every fitter on every split, one response ahead, with peers' figures beside ours.

``python -m benchmarks accuracy`` needs ../shared/data/kt. In all it takes about an hour and a half of CPU, in parts of under nine
minutes: each run goes on where the last one ended, prints what it fitted and the table so far, and ends with 3 while there
is more to do. ``python -m benchmarks.accuracy.mastery NAME ...`` does some scenarios, ``--all`` goes on to the end in one run.
What is judged is noted in benchmarks/accuracy/mastery_results.json, which the documentation cites.
"""

from __future__ import annotations

import sys
import time

from benchmarks.accuracy.mastery_fits import LOGS, SCENARIOS, Case, case_of, fit_and_keep, path_of
from benchmarks.accuracy.mastery_table import judge, print_scenario, table, verdict

PART_SECONDS = 8.5 * 60
SLOWEST = 240.0
"""Seconds that the slowest fit takes on an idle core; no fit is begun with less left."""


def complete(name: str, ends: float) -> bool:
    """Fit and judge what is missing of a scenario, as long as there is time; say whether all of it is there."""
    case: Case | None = None
    for model in SCENARIOS[name].models:
        if path_of(name, model).exists():
            continue
        if time.monotonic() > ends - SLOWEST:
            return False
        case = case or case_of(name)
        fit_and_keep(name, model, case)
        print(f"{name}: {model} fitted", flush=True)
    if verdict(name) is None:
        if time.monotonic() > ends - SLOWEST / 2:
            return False
        judge(name, case or case_of(name))
        print_scenario(name)
    return True


def main() -> int:
    """Do a part; 0 when everything asked for is there, 3 when there is more to do."""
    if not LOGS.is_dir():
        raise SystemExit(f"{LOGS} is absent: the logs are not shipped with Headway")
    words = [word for word in sys.argv[1:] if word != "--all"]
    unknown = [word for word in words if word not in SCENARIOS]
    if unknown:
        raise SystemExit(f"there is no scenario {unknown[0]!r}: use some of {', '.join(SCENARIOS)}")
    ends = time.monotonic() + (PART_SECONDS if "--all" not in sys.argv else 1e9)
    done = all(complete(name, ends) for name in words or SCENARIOS)
    print("\n".join(table()))
    if not done:
        print("There is more to fit: run the same command again to go on.")
    return 0 if done else 3


if __name__ == "__main__":
    code = main()
    if code:
        sys.exit(code)
