"""Is this line sound? Each line of working is judged against the line before it and against the problem.

A line in an expression task is a value or a chain of equals signs; in an equation task it is a statement, a bare
value ("5" for "x = 5"), or a side calculation. One budget of work bounds every judgement (about a second at most);
when it is used up the line is ``unsure`` and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from headway.core.coaching import meant
from headway.core.coaching.algebra import rational
from headway.core.coaching.building import substituted
from headway.core.coaching.cases import as_case, finishing, opened
from headway.core.coaching.equivalence import same_value
from headway.core.coaching.facts import misses_by_one_number
from headway.core.coaching.letters import of_story, with_letter
from headway.core.coaching.moves import what_was_done
from headway.core.coaching.pairs import paired
from headway.core.coaching.shape import shape
from headway.core.coaching.solutions import Link, is_statement, relate
from headway.core.coaching.spoken import said
from headway.core.coaching.stories import judge_open
from headway.core.coaching.systems import conjunction
from headway.core.coaching.tasks import Task, read_math, stated
from headway.core.coaching.tree import Expr, Group, Logic, ParseError, Relation, Sym, Words, names
from headway.core.coaching.truths import (
    about,
    false_by_itself,
    is_part,
    part_of_statement,
    repeated,
    true_by_itself,
    written_right,
)
from headway.core.coaching.verdicts import MESSAGES, SOUND, Kind, LineVerdict, of_link
from headway.core.coaching.work import TooHard, Work
from headway.core.text import NOTHING, T

__all__ = ["MESSAGES", "SOUND", "Kind", "LineVerdict", "judge_line", "judge_tree", "premise"]

LINE_WORK = 150_000
"""Work for one line, about half a second on a slow machine."""


def judge_line(task: Task, previous: Sequence[LineVerdict], line: str) -> LineVerdict:
    """Judge one line. ``previous`` are the verdicts on the lines before it, oldest first: the line is held against
    the last of them that carries the problem on, sound or not, or against the problem. Never raises; bounded in time."""
    line = meant.trial(task, line)
    formed = about(line) or meant.divided(task, line) or paired(task, line)
    if formed is not None:
        return formed
    tree = said(task, line) or read_math(line)
    if isinstance(tree, ParseError):
        verdict = LineVerdict("unreadable", tree.message)
    else:
        verdict = judge_tree(task, previous, tree)
    if verdict.kind not in ("broken", "unreadable", "unsure") or isinstance(verdict.tree, Words):
        return verdict
    if task.goal == "open":
        return _without_unit(task, previous, line, verdict)
    return _as_meant(task, previous, line, verdict) if task.goal in ("value", "solve") else verdict


def _without_unit(task: Task, previous: Sequence[LineVerdict], line: str, verdict: LineVerdict) -> LineVerdict:
    """A line of a story with its unit or a few words: ``54 ml``, ``She pays $12``; or with a letter for what is asked."""
    if verdict.kind == "unsure" and verdict.tree is not None and of_story(task, verdict.tree):
        return LineVerdict("side", MESSAGES["side"], NOTHING, verdict.tree)
    bare = meant.without_unit(line)
    tree = read_math(bare)
    if bare == line or isinstance(tree, ParseError) or names(tree) - names(task.worked):
        return verdict
    return judge_tree(task, previous, tree)


def _as_meant(task: Task, previous: Sequence[LineVerdict], line: str, verdict: LineVerdict) -> LineVerdict:
    """A line that does not follow as it is written: look for what else it may mean, and blame only what is mathematics."""
    if verdict.kind == "broken" and meant.is_note(line):
        return LineVerdict("unsure", MESSAGES["unsure"])
    for text in meant.other_readings(task, line):
        tree = read_math(text)
        if not isinstance(tree, ParseError):
            other = judge_tree(task, previous, tree)
            faithful = other.kind == "broken" and text == meant.plain(task, line) and not meant.is_prose(task, text)
            if other.sound or other.kind == "loses" or (faithful and not meant.new_letters(task, tree)):
                return other
    if isinstance(verdict.tree, Words):
        return verdict
    if meant.is_prose(task, line):
        return LineVerdict("unsure", meant.PROSE)
    letters = meant.new_letters(task, verdict.tree) if verdict.tree is not None else ""
    return with_letter(task, previous, verdict.tree, letters) if letters and verdict.tree is not None else verdict


def judge_tree(task: Task, previous: Sequence[LineVerdict], tree: Expr) -> LineVerdict:
    """As :func:`judge_line`, for a line that is read already."""
    percents = meant.percent_asked(task, tree)
    if percents is not None:
        return LineVerdict("equivalent", MESSAGES["equivalent"], NOTHING, tree, percents)
    work = Work(LINE_WORK)
    try:
        kind = _kind(task, previous, tree, work)
    except TooHard:
        kind = "unsure"
    if kind == "unsure" and task.known and task.goal in ("value", "solve"):
        kind = _by_facts(task, tree)
    if kind in ("broken", "loses"):
        better = _better(task, previous, tree, kind)
        if better is not None:
            return better
    if kind == "unsure" and misses_by_one_number(task, tree):
        return LineVerdict("broken", T("One number in this line does not fit the problem."), NOTHING, tree)
    message = MESSAGES[kind]
    if kind == "broken" and false_by_itself(tree):
        message = T("The two sides of this line are not equal.")
    if kind not in SOUND or kind in ("no-progress", "side"):
        return LineVerdict(kind, message, NOTHING, tree)
    before = premise(task, previous)
    move = NOTHING if before is None else what_was_done(before, _main(task, tree), work)
    return LineVerdict(kind, message, move, tree)


def _better(task: Task, previous: Sequence[LineVerdict], tree: Expr, kind: Kind) -> LineVerdict | None:
    """What is kinder and truer of a line than that it does not follow: another case, a run-on, a rounded number."""
    before = premise(task, previous)
    if before is None or task.goal not in ("value", "solve"):
        return None
    work = Work(LINE_WORK // 2)
    try:
        if task.goal == "solve":
            line, first = stated(task, tree), opened(previous)
            done = finishing(previous[-1], line, tree, work) if previous else None
            if done is not None or first < 0:
                return done or (meant.going_on(task, before, tree, work) if kind == "broken" else None)
            base = premise(task, previous[:first])
            return None if base is None else as_case(base, first, before, line, tree, work)
        if kind != "broken":
            return None
        going = meant.going_on(task, before, tree, work)
        if going is not None:
            return going
        if meant.percent_of_whole(task, tree):
            return LineVerdict("side", MESSAGES["side"], tree=tree)
        exact = rational(before)
        if exact is not None and meant.is_rounded(exact, tree):
            return LineVerdict("unsure", meant.ROUNDED, tree=tree)
    except TooHard:
        return None
    return None


def _by_facts(task: Task, tree: Expr) -> Kind:
    """A line that the start does not decide may still be one of the item's own."""
    try:
        return judge_open(task, None, (), tree, Work(LINE_WORK // 2))
    except TooHard:
        return "unsure"


def premise(task: Task, previous: Sequence[LineVerdict]) -> Expr | None:
    """What the next line is held against: the last line that carries the problem on, or the problem itself."""
    for verdict in reversed(previous):
        tree = verdict.main or verdict.tree
        if tree is None or verdict.kind in ("unreadable", "unsure") or (verdict.kind == "side" and task.goal != "open"):
            continue
        if task.goal == "solve" or (task.goal == "open" and is_statement(tree)):
            if names(tree) or not names(task.worked) or isinstance(tree, Words):
                return stated(task, tree)
            continue
        return _main(task, tree)
    return None if task.start is None else task.worked


def _main(task: Task, tree: Expr) -> Expr:
    """The part of a line that the next one starts from: in a chain of equals signs the last value."""
    if task.goal == "solve":
        return stated(task, tree)
    if isinstance(tree, Relation) and set(tree.signs) == {"="} and task.goal != "compare":
        tree = tree.sides[-1]
    return substituted(tree, dict(task.values)) if task.values else tree


def _kind(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    if task.goal in ("compare", "write"):
        return _of_truth(written_right(task, tree, work))
    if task.goal == "solve":
        return _solving(task, previous, tree, work)
    if task.goal == "open":
        return judge_open(task, premise(task, previous), previous, tree, work)
    return _valuing(task, previous, tree, work)


def _of_truth(right: bool | None) -> Kind:
    return "unsure" if right is None else ("equivalent" if right else "broken")


def _solving(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    before = premise(task, previous)
    assert before is not None
    line = stated(task, tree)
    if not names(line) and isinstance(line, (Relation, Logic)):
        truth = relate(before, line, work) if isinstance(before, (Relation, Logic, Words)) else None
        if truth in ("same", "same-set"):
            return "equivalent"
        own = true_by_itself(line, work)
        return "unsure" if own is None else ("side" if own else "broken")
    if not is_statement(line) and not isinstance(line, Words):
        return part_of_statement(before, line, work)
    if repeated(task, previous, line):
        return "no-progress"
    if isinstance(line, Relation) and len(line.sides) > 2 and set(line.signs) == {"="}:
        return _chain_in_equation(task, previous, before, line, work)
    link = _linked(task, previous, before, line, work)
    if link is None and isinstance(line, Words):
        return "unsure"
    if link == "loses" and any(verdict.kind == "gains" for verdict in previous):  # what squaring brought in is left out
        link = "same" if relate(task.worked, line, work) in ("same", "same-set") else link
    return of_link(link)


def _linked(task: Task, previous: Sequence[LineVerdict], before: Expr, line: Expr, work: Work) -> Link | None:
    """Hold a line against the one before; in a system, against everything that is known by then."""
    several = conjunction(task.worked)
    if several is None or len(several) < 2:
        return relate(before, line, work)
    known = [e for v in previous if v.tree is not None and v.sound for e in (conjunction(v.tree) or [])]
    added = conjunction(line)
    if added is None or isinstance(line, Logic):
        return relate(before, line, work)
    whole = Group("", (*several, *known, *added), "")
    link = relate(Group("", (*several, *known), ""), whole, work)
    if link in ("same", "same-set"):
        return "same"
    direct = relate(before, line, work) if len(added) > 1 or link is None else None
    return direct if direct in ("same", "same-set") or link is None else link


def _chain_in_equation(task: Task, previous: Sequence[LineVerdict], before: Expr, line: Relation, work: Work) -> Kind:
    """``x = 7 - 1/3 = 6 2/3``: the chain must hold together and each link must follow. A formula in front whose
    letters the problem does not have (``b^2 - 4ac = ...``) is a name for what comes after it."""
    values = line.sides[1:]
    if names(line.sides[0]) - names(task.worked) and not any(names(side) for side in values):
        links = [same_value(a, b, work) for a, b in pairwise(values)]
        return "broken" if False in links else ("unsure" if None in links else "side")
    if any(same_value(a, b, work) is False for a, b in pairwise(values)):
        return "broken"
    return of_link(_linked(task, previous, before, Relation(("=",), (line.sides[0], line.sides[-1])), work))


def _valuing(task: Task, previous: Sequence[LineVerdict], tree: Expr, work: Work) -> Kind:
    before = premise(task, previous)
    assert before is not None
    if task.values:
        if not previous and task.start is not None and shape(tree) == shape(task.start):
            return "no-progress"
        tree = substituted(tree, dict(task.values))
    if isinstance(tree, Relation) and set(tree.signs) == {"="}:
        return _chain(task, before, previous, tree, work)
    if isinstance(tree, Words):
        return "unsure"
    if is_statement(tree):
        if names(tree):
            return "unsure"
        items = tree.items if isinstance(tree, Group) else (tree,)
        truths = [true_by_itself(item, work) for item in items]
        return "broken" if False in truths else ("unsure" if None in truths else "side")
    same = same_value(before, tree, work)
    if same:
        return "no-progress" if repeated(task, previous, tree) else "equivalent"
    if is_part(task, tree, work):
        return "side"
    return "unsure" if same is None else "broken"


def _chain(task: Task, before: Expr, previous: Sequence[LineVerdict], tree: Relation, work: Work) -> Kind:
    """``a = b = c`` in an expression task: the links must be equal, and the chain must belong to the problem."""
    sides = tree.sides
    label = isinstance(sides[0], Sym) and sides[0].name not in names(task.worked)
    if label and len(sides) > 1:
        sides = sides[1:]
    links = [same_value(a, b, work) for a, b in pairwise(sides)]
    if frozenset[str]().union(*(names(side) for side in sides)) - names(task.worked):
        return "unsure"
    if False in links:
        return "broken"
    if None in links:
        return "unsure"
    belongs = any(same_value(value, side, work) for value in (before, task.worked) for side in (sides[0], sides[-1]))
    if belongs:
        return "no-progress" if repeated(task, previous, sides[-1]) and len(sides) < 2 else "equivalent"
    if len(sides) == 1:
        return "unsure" if label else "broken"
    return "side"
