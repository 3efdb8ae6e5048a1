"""``python -m benchmarks [NAME …]``: run measurements; without a name, list them."""

from __future__ import annotations

import runpy
import sys

BENCHMARKS = {
    "loop": ("benchmarks.speed.loop", "the loop end to end over HTTP against its floor"),
    "step": ("benchmarks.speed.step", "core.loop.step, amortised"),
    "person": ("benchmarks.speed.person", "the pages around a learner with a year of evidence"),
    "board": ("benchmarks.speed.board", "the teacher's board at 35 and 1,000 learners"),
    "lines": ("benchmarks.speed.coach", "a line of working through the interface, usual and hard ones"),
    "cat": ("benchmarks.speed.cat", "adaptive testing beside catsim: speed, live decisions, exposure"),
    "irt": ("benchmarks.accuracy.irt", "calibration of items beside girth: cost, memory, accuracy, likelihood"),
    "judge": ("benchmarks.accuracy.judge", "comparative judgement: cost, published sessions, honest reliability"),
    "growth": ("benchmarks.accuracy.growth", "decisions about progress against rules of thumb; growth percentiles"),
    "pilot": ("benchmarks.speed.pilot", "a million learners by school beside statsmodels; a pilot of 100,000"),
    "reports": (
        "benchmarks.speed.reports",
        "pages of reports with 10,000 learners and a year of weeks; closing a week",
    ),
    "running": ("benchmarks.speed.running", "the page of a running pilot with 10,000 learners"),
    "statements": ("benchmarks.speed.statements", "xAPI statements over HTTP, checked and durable, singly and by 25"),
    "oneroster": ("benchmarks.speed.oneroster", "OneRoster's service through the server: objects and lists a second"),
    "rosters": ("benchmarks.speed.rosters", "a district's roster taken in beside a plain COPY of its rows"),
    "schedule": (
        "benchmarks.accuracy.schedule",
        "plans of a day: proven gap, room over greedy, time (needs ../shared)",
    ),
    "repair": ("benchmarks.accuracy.repair", "mornings repaired: who moves, what it costs (needs ../shared)"),
    "semester": ("benchmarks.accuracy.semester", "a class's planned days beside fixed, random and greedy groups"),
    "paths": ("benchmarks.paths.table", "policies against tuned baselines on learners from fitted generators"),
    "accuracy": ("benchmarks.accuracy.mastery", "learner models on real logs (needs ../shared)"),
    "deep": ("benchmarks.accuracy.deep", "the deep challenger beside what serves (needs ../shared and PyTorch)"),
    "content": (
        "benchmarks.accuracy.content",
        "the content report on real logs, and on keys turned in them (needs ../shared)",
    ),
    "coverage": ("benchmarks.accuracy.coverage", "do 90 % intervals of ability hold the truth"),
    "refitted": ("benchmarks.accuracy.refitted", "what a refit mends where learners are not as supposed"),
    "mastery-speed": ("benchmarks.speed.mastery", "learner models: updates a second, the step, beside peers"),
    "scale": ("benchmarks.speed.scale", "20 million responses fitted out of core, a million in memory"),
    "answers": ("benchmarks.accuracy.answers", "answer checking on five suites (needs ../shared)"),
    "detectors": (
        "benchmarks.accuracy.detectors",
        "detectors on planted habits and on public logs (logs need ../shared)",
    ),
    "coach": (
        "benchmarks.accuracy.coach",
        "lines of working judged and misconceptions named (parts of it need ../shared)",
    ),
}

if __name__ == "__main__":
    wanted = sys.argv[1:]
    unknown = [name for name in wanted if name not in BENCHMARKS]
    if unknown or not wanted:
        for name, (_, text) in BENCHMARKS.items():
            print(f"{name:<10} {text}")
        sys.exit(2 if unknown else 0)
    sys.argv[1:] = []
    for name in wanted:
        print(f"== {name}", flush=True)
        runpy.run_module(BENCHMARKS[name][0], run_name="__main__")
