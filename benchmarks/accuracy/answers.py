"""How right the answer checker is: published suites, the keys of OATutor's authors, and the time of every call.

Run ``python -m benchmarks.accuracy.answers [folder]``; ``folder`` is the shared content (``../shared/content``).
Prints one line a suite with the best published rate of another checker beside ours, and exits 1 when a bar is missed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.accuracy import answers_oatutor, answers_stack, answers_suites
from benchmarks.accuracy.answers_suites import Case

from headway.core.coaching.checking import check
from headway.core.curriculum.problems import AnswerKind, AnswerSpec

BASELINES = {
    "oppia IsEquivalentTo": ("SymPy 1.14", 436 / 450),
    "oppia MatchesUpToTrivialManipulations": ("KAS 2.2.3", 433 / 450),
    "stack AlgEquiv": ("SymPy 1.14", 142 / 254),
}
"""Best rate of another checker on the full suite, from the README of the suites."""
KINDS: tuple[AnswerKind, ...] = (
    "number", "expression", "equation", "inequality", "set", "list", "interval", "coordinate", "text",
)  # fmt: skip


@dataclass
class Score:
    """What happened on one suite. ``slowest`` is in CPU seconds."""

    cases: int = 0
    right: int = 0
    slowest: float = 0.0
    false_accepts: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.right / self.cases if self.cases else 0.0


def cases(folder: Path, name: str) -> Iterator[Case]:
    with (folder / "answer-equivalence" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def suites(folder: Path) -> dict[str, Score]:
    """Return the score on every suite that has an adapter."""
    scores: dict[str, Score] = {}
    for case in cases(folder, "oppia_math_rules"):
        _run(scores.setdefault(f"oppia {case['rule']}", Score()), answers_suites.oppia, case)
    for name, judge in (("imathas_parser_tests", answers_suites.imathas), ("perseus_scoring", answers_suites.perseus),
                        ("math_verify_tests", answers_suites.math_verify)):  # fmt: skip
        for case in cases(folder, name):
            _run(scores.setdefault(name.rsplit("_", 1)[0], Score()), judge, case)
    scores["stack AlgEquiv"] = stack(folder)
    return scores


def _run(score: Score, judge: Callable[[Case], bool], case: Case) -> None:
    start = time.process_time()
    right = judge(case)
    score.slowest = max(score.slowest, time.process_time() - start)
    score.cases += 1
    score.right += right
    if not right:
        score.wrong.append(json.dumps(case, ensure_ascii=False)[:300])


def stack(folder: Path) -> Score:
    """AlgEquiv; a case counts as right only when both answers could be parsed."""
    score = Score()
    for case in cases(folder, "stack_answer_tests"):
        if case["test"] != "AlgEquiv":
            continue
        start = time.process_time()
        parsed, same = answers_stack.judged(case["student"], case["teacher"])
        score.slowest = max(score.slowest, time.process_time() - start)
        score.cases += 1
        right = parsed and (same is True) == (case["truth"] == "equal")
        score.right += right
        if same is True and case["truth"] != "equal":
            score.false_accepts.append(f"{case['student']} = {case['teacher']}")
        elif not right:
            score.wrong.append(f"{case['student']} | {case['teacher']} | {case['truth']}")
    return score


def strain(folder: Path) -> Score:
    """Give every text of every suite to the checker in every kind; "right" is to return at all within 2 s."""
    score = Score()
    for file in sorted((folder / "answer-equivalence").glob("*.jsonl")):
        for case in cases(folder, file.stem):
            for text in {str(value) for value in case.values()}:
                for kind in KINDS:
                    start = time.process_time()
                    check(AnswerSpec(kind, ("2x+1", text)), text + " ")
                    taken = time.process_time() - start
                    score.slowest = max(score.slowest, taken)
                    score.cases += 1
                    score.right += taken < 2.0
    return score


def speed() -> dict[str, float]:
    """Return CPU microseconds a call for everyday answers."""
    table = {
        "number": (AnswerSpec("number", ("3/4",)), "0.75"),
        "number with unit": (AnswerSpec("number", ("12",), unit="cm"), "12 cm"),
        "linear expression": (AnswerSpec("expression", ("2x+1",)), "1+2x"),
        "factored quadratic": (AnswerSpec("expression", ("(x+3)(x-5)",)), "x^2-2x-15"),
        "equation": (AnswerSpec("equation", ("y=2x+1",)), "2x-y=-1"),
        "inequality": (AnswerSpec("inequality", ("x>=-2",)), "-2<=x"),
    }
    result = {}
    for name, (spec, given) in table.items():
        check(spec, given)
        start = time.process_time()
        for _ in range(300):
            check(spec, given)
        result[name] = (time.process_time() - start) / 300 * 1e6
    return result


def main(folder: Path) -> int:
    """Print the table; return 1 when a bar is missed."""
    missed = []
    print(f"{'suite':42}{'cases':>7}{'right':>7}{'rate':>9}{'slowest':>10}  best other")
    for name, score in suites(folder).items():
        other, rate = BASELINES.get(name, ("", 0.0))
        shown = f"{other} {rate:.1%}" if other else ""
        print(f"{name:42}{score.cases:7}{score.right:7}{score.rate:9.1%}{score.slowest * 1e3:8.0f}ms  {shown}")
        if score.rate <= rate or score.false_accepts:
            missed.append(name)
        print(*(f"    false accept: {text}" for text in score.false_accepts), sep="\n", end="")
        if "--wrong" in sys.argv:
            print(*(f"    {text}" for text in score.wrong), sep="\n")
    strained = strain(folder)
    print(f"{'every text in every kind, under 2 s':42}{strained.cases:7}{strained.right:7}{strained.rate:9.1%}"
          f"{strained.slowest * 1e3:8.0f}ms")  # fmt: skip
    missed += ["strain"] if strained.right < strained.cases else []
    for archive in ("oatutor-k12-subset.zip", "oatutor-content-full.tar.xz"):
        counts = answers_oatutor.measure(folder / "oatutor" / archive)
        print(f"{archive:42}" + "  ".join(f"{key} {value}" for key, value in counts.items()))
        missed += [archive] if counts["accepted"] < 0.995 * counts["keys"] else []
    print("microseconds a call: " + ", ".join(f"{name} {value:.0f}" for name, value in speed().items()))
    print("bars missed: " + (", ".join(missed) or "none"))
    return 1 if missed else 0


if __name__ == "__main__":
    given = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
    sys.exit(main(Path(given[0] if given else "../shared/content")))
