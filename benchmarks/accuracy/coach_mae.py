"""The published examples of algebra-readiness misconceptions (Otero et al. 2024): is the labelled one ranked first?

``LABELS`` says which of our rules each of their labels means. A case counts as symbolic when its label has a rule and
the case has no picture; the others ask for words, drawings or readings of graphs that no symbolic coach decides, and
are counted apart.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from headway.core.coaching.diagnosis import Diagnosis, Hypothesis, diagnose
from headway.core.coaching.lines import judge_line
from headway.core.coaching.pairs import paired
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.spoken import said
from headway.core.coaching.tasks import OPEN, Task, read_math, task_of
from headway.core.coaching.tree import ParseError, Words, contains
from headway.core.coaching.wording import judgement
from headway.core.coaching.working import Working, read_working

LABELS: dict[str, tuple[str, ...]] = {
    "MaE03": ("negative-exponent-as-ten",),
    "MaE04": ("square-as-difference", "exponent-for-factor"),
    "MaE05": ("dec-longer-larger",),
    "MaE06": ("frac-simplify-ignores-rest",),
    "MaE07": ("frac-simplify-one-part",),
    "MaE08": ("frac-adds-both",),
    "MaE09": ("frac-no-common",),
    "MaE10": ("frac-whole-count", "frac-part-kept"),
    "MaE11": ("mixed-parts-apart",),
    "MaE12": ("frac-cross-digits",),
    "MaE13": ("frac-multiplies-both",),
    "MaE14": ("frac-divides-parts",),
    "MaE15": ("wrong-factor-flipped",),
    "MaE16": ("dec-whole-thinking",),
    "MaE17": ("dec-extra-digits-kept",),
    "MaE18": ("sign-of-result-lost",),
    "MaE19": ("sign-of-second-ignored", "int-two-negatives-positive"),
    "MaE20": ("dec-product-from-left",),
    "MaE21": ("sub-smaller-from-larger",),
    "MaE23": ("unit-difference-once", "one-part-decides"),
    "MaE25": ("ratio-cross-wrong", "relation-not-seen"),
    "MaE27": ("ratio-one-for-group", "group-added-for-each", "number-joined-to-fraction"),
    "MaE28": ("ratio-as-two-numbers", "ratio-part-to-part", "relation-not-seen"),
    "MaE29": ("percent-part-over-whole",),
    "MaE30": ("percent-of-part-taken",),
    "MaE31": ("order-never-matters", "int-subtraction-commutes"),
    "MaE32": ("int-two-negatives-positive",),
    "MaE33": ("eq-subtraction-reversed", "sign-lost-moving-terms"),
    "MaE34": ("order-left-to-right",),
    "MaE42": ("difference-as-ratio", "fixed-part-left-out"),
    "MaE45": ("subtraction-turned-around", "compare-reversed"),
    "MaE47": ("letters-always-differ",),
    "MaE48": ("product-always-larger", "larger-number-decides"),
    "MaE49": ("eq-negative-avoided",),
    "MaE54": ("write-reversed",),
    "MaE55": ("letter-as-digit",),
}


@dataclass
class Ranks:
    """``text_only``: cases without pictures; ``read``: those of the symbolic ones whose problem could be read."""

    text_only: int = 0
    right_as_given: list[str] = field(default_factory=list)
    symbolic: int = 0
    read: int = 0
    first: int = 0
    top_three: int = 0
    correct_answers: int = 0
    alleged_on_correct: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def written(answer: str, task: Task = OPEN) -> list[str]:
    """The lines of mathematics in an answer: below a drawn line only the last one counts, in a line what it concludes. A
    sentence, or a row of a table, that the coach reads as a whole stays whole."""
    lines = [line.strip() for line in answer.replace("$", "").split("\n") if line.strip()]
    if any(set(line) <= set("- ") for line in lines):
        return lines[-1:]
    kept = []
    for line in lines:
        if said(task, line) is not None or paired(task, line) is not None:
            kept.append(line)
            continue
        so = re.search(r", (?:so|then|therefore) ([a-z] ?= ?-?[\d./]+)\.?$", line)
        line = so.group(1) if so is not None else line
        tree = read_math(line)
        word = judgement(line) or judgement(line.split(",")[0])
        if word:
            kept.append(word)
        elif isinstance(tree, (ParseError, Words)) or contains(tree, Words) or re.search("[A-Za-z]{3}", line):
            kept += _mathematics_in(line)
        else:
            kept.append(line)
    return kept


def _mathematics_in(line: str) -> list[str]:
    """A number with a unit, two numbers ("25 and 60"), what stands before a reason ("2n, because ..."), or the equations
    inside a sentence."""
    two = re.fullmatch(r"(\d[\d./]*) and (\d[\d./]*)", line)
    if two is not None:
        return [f"{two.group(1)}, {two.group(2)}"]
    found = re.fullmatch(r"(-?[\d./ ]+?)\s*[A-Za-z]*", line) or re.match(r"([^,]+), because\b", line)
    if found is not None and not isinstance(read_math(found.group(1)), (ParseError, Words)):
        return [found.group(1)]
    return re.findall(r"(?<![\w.])\d[-+*/\d.() ]*=[-+*/\d.() ]*\d", line)


def judged(question: str, answer: str) -> Diagnosis | None:
    """What the coach says of one answer; None when the problem or the answer cannot be read."""
    task = task_of(question)
    if not isinstance(task, Task):
        task = OPEN
    lines = written(answer, task)
    if not lines:
        return None
    whole = over_lines(read_working(task, lines, finished=True))
    return whole if whole.hypotheses and whole.misconceptions else diagnose(task, None, lines[-1])


def over_lines(working: Working) -> Diagnosis:
    """What all broken lines of a working speak for, as a published label is about the whole of it: each line is explained as
    on the page, and a cause keeps the largest probability that it has on any line. They need not sum to 1."""
    first = diagnose(working.task, working)
    found: dict[str, Hypothesis] = {h.id: h for h in first.hypotheses}
    for index, verdict in enumerate(working.verdicts):
        if index > working.named >= 0 and verdict.kind in ("broken", "loses"):
            head = Working(working.task, working.lines[: index + 1], working.verdicts[: index + 1], index)
            for other in diagnose(working.task, head).hypotheses:
                if other.id not in found or other.probability > found[other.id].probability:
                    found[other.id] = other
    return Diagnosis(first.line, tuple(sorted(found.values(), key=lambda h: (-h.probability, h.id))))


def _right(question: str, answer: str) -> bool:
    """Whether the answer that is called wrong is right: worth exactly what the problem is, or the larger of two as asked. A
    right answer shows no misconception, and the coach must not allege one."""
    task = task_of(question)
    lines = written(answer, task) if isinstance(task, Task) else []
    if not isinstance(task, Task) or task.goal not in ("value", "compare") or not lines:
        return False
    if said(task, lines[-1]) is not None:
        return judge_line(task, (), lines[-1]).kind == "equivalent"
    if task.goal == "compare":
        return False
    given = read_math(lines[-1].split("=")[-1])
    return not isinstance(given, ParseError) and same(signature(task.worked), signature(given))


def measure(folder: Path) -> Ranks:
    cases = json.loads((folder / "misconceptions" / "mae_misconceptions.json").read_text(encoding="utf-8"))
    ranks = Ranks()
    for case in cases:
        if any(case[key] for key in ("Question image", "Learner Answer image", "Correct Answer image")):
            continue
        ranks.text_only += 1
        name = f"{case['Misconception ID']}-{case['Example Number']}"
        right = judged(case["Question"], case["Correct Answer"])
        ranks.correct_answers += right is not None
        if right is not None and right.alleged is not None:
            ranks.alleged_on_correct.append(
                f"{name} {case['Question'][:60]} | {case['Correct Answer'][:60]}: {right.alleged.id}"
            )
        wanted = LABELS.get(case["Misconception ID"])
        if wanted is None:
            continue
        if _right(case["Question"], case["Incorrect Answer"]):
            ranks.right_as_given.append(name)
            continue
        ranks.symbolic += 1
        found = judged(case["Question"], case["Incorrect Answer"])
        ranks.read += found is not None
        ids = [h.id for h in found.misconceptions] if found is not None else []
        ranks.first += bool(ids) and ids[0] in wanted
        ranks.top_three += any(key in wanted for key in ids[:3])
        if not ids or ids[0] not in wanted:
            ranks.missed.append(f"{name} {case['Question'][:60]!r} | {case['Incorrect Answer'][:60]!r}: {ids[:3]}")
    return ranks
