"""How good the coach is: lines, misconceptions, slips, simulated holders, and the curriculum worked line by line.

Run ``python -m benchmarks.accuracy.coach [folder] [--full] [--calibration]``; ``folder`` is the shared content. Without
``--full`` it draws smaller samples. Prints the figures, lists what misses, and exits 1 when a bar is missed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from benchmarks.accuracy import coach_calibration, coach_lines, coach_mae, coach_runs, coach_stack


def _stack(folder: Path) -> bool:
    chains = coach_stack.measure(folder)
    print(f"STACK Equiv: {chains.parsed} of {chains.cases} parsed ({chains.parsed / chains.cases:.1%}, bar 75 %); "
          f"{chains.agreed} agree ({chains.agreed / chains.parsed:.1%}, bar 90 %); "
          f"slowest line {chains.slowest * 1e3:.0f} ms")  # fmt: skip
    print(*(f"    disagrees: {text}" for text in chains.disagreed), sep="\n")
    return chains.parsed >= 0.75 * chains.cases and chains.agreed >= 0.9 * chains.parsed


def _published(folder: Path) -> bool:
    ranks = coach_mae.measure(folder)
    print(f"Published misconceptions: {ranks.text_only} text-only cases, of which {len(ranks.right_as_given)} are right as "
          f"given ({', '.join(ranks.right_as_given)}); {ranks.symbolic} with a label that a rule stands for, {ranks.read} read; "
          f"first {ranks.first} ({ranks.first / ranks.symbolic:.1%}, bar 85 %), "
          f"in the first three {ranks.top_three} ({ranks.top_three / ranks.symbolic:.1%}, bar 95 %); "
          f"alleged on {len(ranks.alleged_on_correct)} of {ranks.correct_answers} correct answers (bar 0)")  # fmt: skip
    print(*(f"    missed: {text}" for text in ranks.missed), sep="\n")
    print(*(f"    alleged: {text}" for text in ranks.alleged_on_correct), sep="\n", end="")
    return ranks.first >= 0.85 * ranks.symbolic and ranks.top_three >= 0.95 * ranks.symbolic


def _own_rules(full: bool) -> bool:
    score = coach_runs.instances(200 if full else 4, 4000 if full else 12)
    print(f"Fresh instances: {score.drawn} drawn; of {score.alone} that one rule explains {score.first} first "
          f"({score.first / score.alone:.1%}, bar 95 % of each rule); "
          f"of {score.tied} that several explain {score.tied_together} with all of them on top")  # fmt: skip
    print(*(f"    below the bar: {text}" for text in score.below), sep="\n", end="")
    if full:
        print(f"    fewer than 200 instances: {', '.join(score.short)}")
    return not score.below


def _slips(full: bool) -> bool:
    drawn, alleged = coach_runs.slips(20_000 if full else 400)
    print(f"Random slips: {drawn} drawn, a misconception alleged in {alleged} ({alleged / drawn:.1%}, bar 5 %)")
    return alleged <= 0.05 * drawn


def _holders(full: bool) -> bool:
    found = coach_runs.holders(400 if full else 60)
    print("Simulated holders: items until known, " + ", ".join(f"{key} {value:.2f}" for key, value in found.items()))
    return found["chosen_median"] <= 2 and found["chosen_mean"] < found["random_mean"]


def _curriculum(full: bool) -> bool:
    score = coach_lines.measure(range(3 if full else 1))
    p95 = float(np.percentile(score.times, 95))
    print(f"Curriculum: {score.items} problems, {score.answer_only} with a choice or words for an answer; of the other "
          f"{score.worked} {score.followed} worked line by line ({score.followed / score.worked:.1%}, bar 98 %); of "
          f"{score.errors} workings with one error the line is named in {score.named} "
          f"({score.named / score.errors:.1%}, bar 98 %); "
          f"line p95 {p95 * 1e3:.1f} ms, slowest {max(score.times) * 1e3:.0f} ms")  # fmt: skip
    if "--wrong" in sys.argv:
        print(*(f"    not followed: {text}" for text in score.not_followed), sep="\n")
        print(*(f"    not named: {text}" for text in score.not_named), sep="\n")
    return score.followed >= 0.98 * score.worked and score.named >= 0.98 * score.errors


def _calibration() -> bool:
    drawn = coach_calibration.cases(5_000)
    score, priors = coach_calibration.crossed(drawn)
    print(f"Calibration, five-fold over rule families: error {score.error:.1%} (bar 5 %); fitted {priors[0]}")
    print(*(f"    {line}" for line in coach_calibration.lines(score)), sep="\n")
    return score.error <= 0.05


def main(folder: Path, full: bool) -> int:
    """Print the table; return 1 when a bar is missed."""
    bars = {
        "stack": _stack(folder), "published": _published(folder), "own rules": _own_rules(full), "slips": _slips(full),
        "holders": _holders(full), "curriculum": _curriculum(full),
    }  # fmt: skip
    if "--calibration" in sys.argv:
        bars["calibration"] = _calibration()
    missed = [name for name, met in bars.items() if not met]
    print("missed: " + (", ".join(missed) or "none"))
    return 1 if missed else 0


if __name__ == "__main__":
    places = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    sys.exit(main(Path(places[0] if places else "../shared/content"), "--full" in sys.argv))
