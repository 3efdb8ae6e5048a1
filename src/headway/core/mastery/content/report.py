"""The content report: everything looked at, what stands, and one plain sentence for each finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.content.answers import answers_of, without
from headway.core.mastery.content.changes import Changed, changed
from headway.core.mastery.content.discovery import RATE
from headway.core.mastery.content.hints import Helped, helped
from headway.core.mastery.content.items import Rival, Turned, rivals, turned
from headway.core.mastery.content.prerequisites import Linked, contradicted, suggested
from headway.core.mastery.content.splits import Split, splits
from headway.core.mastery.content.standings import pairs_of
from headway.core.mastery.refit.log import Log
from headway.core.mastery.refit.stream import Tables
from headway.core.text import T, Text, verbatim

KINDS = (
    "key", "discrimination", "change", "hints-little", "contradicted", "split", "merge", "suggested", "hints-much",
)  # fmt: skip
"""Kinds of findings, the most urgent first."""
TRANSFER = 2
"""Where ``Tables.parameters`` has the share of a standing that is lent."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at. ``subject`` names it for good (``item:…``, ``skill:…``, ``skills:A>B``);
    ``item`` and ``skills`` by identifier, ``parts`` the two groups of items of a split; ``effect`` with its interval in
    ``unit`` (``share``, ``logits``, ``slope``, ``variance``), which holds 95 % among what was chosen; ``adjusted`` is the p value
    after all that was asked; ``numbers`` what the sentence rests on; ``since`` seconds since 1970 (0: not about time)."""

    kind: str
    subject: str
    item: str
    skills: tuple[str, ...]
    learners: int
    answers: int
    effect: float
    low: float
    high: float
    unit: str
    adjusted: float
    words: Text
    numbers: dict[str, float] = field(default_factory=dict)
    parts: tuple[tuple[str, ...], ...] = ()
    since: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the log says of the content, by number; ``asked`` counts by family what was looked at, ``rate`` is the share of
    false findings allowed in each."""

    rivals: tuple[Rival, ...]
    turned: tuple[Turned, ...]
    changed: tuple[Changed, ...]
    helped: tuple[Helped, ...]
    linked: tuple[Linked, ...]
    splits: tuple[Split, ...]
    asked: dict[str, int]
    learners: int
    answers: int
    rate: float = RATE


def look(log: Log, curriculum: Curriculum, tables: Tables) -> Found:
    """Look at everything in the log with a model's foresight; a few passes over it, seconds for a million answers.

    What broken items said of learners is wrong, and moves what is foreseen for their neighbours. So changes, hints, links and
    splits are looked for in a log without them.
    """
    a, items = answers_of(log, curriculum, tables), len(curriculum.items)
    keys, turns = rivals(a, items), turned(a, items)
    keyed = {one.item for one in keys[0]}
    broken = keyed | {one.item for one in turns[0]}
    sound = answers_of((without(chunk, broken) for chunk in log), curriculum, tables) if broken else a
    changes, hints = changed(sound, items), helped(sound, items)
    pairs = pairs_of(sound, curriculum, float(tables.parameters[TRANSFER]))
    against, links = contradicted(pairs), suggested(pairs, curriculum)
    cuts = splits(sound, curriculum, [one.item for one in changes[0]])
    asked = {
        "key": keys[1], "discrimination": turns[1], "change": changes[1], "hints": hints[1], "contradicted": against[1],
        "suggested": links[1], "split": cuts[1],
    }  # fmt: skip
    return Found(
        tuple(keys[0]),
        tuple(one for one in turns[0] if one.item not in keyed),
        tuple(changes[0]),
        tuple(hints[0]),
        (*against[0], *links[0]),
        tuple(cuts[0]),
        asked,
        len(set(a.learner[a.counted].tolist())),
        int(a.counted.sum()),
    )


def findings_of(found: Found, curriculum: Curriculum, given: Mapping[int, Text]) -> tuple[Finding, ...]:
    """Say it: the most urgent kind first, then the surest. ``given`` names the wrong answers of ``found.rivals``."""
    c = curriculum
    out = [
        *(_key(one, c, given.get(one.given, verbatim("?"))) for one in found.rivals),
        *(_turned(one, c) for one in found.turned),
        *(_changed(one, c) for one in found.changed),
        *(_helped(one, c) for one in found.helped),
        *(_linked(one, c) for one in found.linked),
        *(_split(one, c) for one in found.splits),
    ]
    return tuple(sorted(out, key=lambda each: (KINDS.index(each.kind), each.adjusted, each.subject)))


def _skills(c: Curriculum, item: int) -> tuple[str, ...]:
    return tuple(c.skills[n].id for n in c.item_skills[c.item_skills_at[item] : c.item_skills_at[item + 1]].tolist())


def _of_item(kind: str, c: Curriculum, item: int) -> tuple[str, str, str, tuple[str, ...]]:
    return kind, f"item:{c.items[item]}", c.items[item], _skills(c, item)


def _key(one: Rival, c: Curriculum, given: Text) -> Finding:
    words = T(
        "Of the {able} learners who know most, {gave} gave the answer {given}, and {keyed} gave what the key says. The "
        "key may be wrong.",
        able=one.able, gave=one.gave, given=given, keyed=one.keyed,
    )  # fmt: skip
    numbers: dict[str, float] = {"able": one.able, "gave": one.gave, "keyed": one.keyed}
    return Finding(
        *_of_item("key", c, one.item), one.learners, one.learners, one.share, one.low, one.high, "share", one.adjusted,
        words, numbers,
    )  # fmt: skip


def _turned(one: Turned, c: Curriculum) -> Finding:
    h = one.halves
    less = T(
        "Learners who know more solve this problem less often: {able} of {of} among those who know most, {others} of {rest} "
        "among the others. Its key or its wording may be wrong."
    ).message
    same = T(
        "Knowing more does not help with this problem: {able} of {of} solved it among those who know most, {others} of "
        "{rest} among the others. Its key or its wording may be wrong."
    ).message
    fewer = h.right[1] * h.answers[0] < h.right[0] * h.answers[1]
    fields = {"able": h.right[1], "of": h.answers[1], "others": h.right[0], "rest": h.answers[0]}
    words = T(less if fewer else same, **fields)
    numbers = {
        "able": h.answers[1], "able_right": h.right[1], "able_foreseen": h.foreseen[1], "others": h.answers[0],
        "others_right": h.right[0], "others_foreseen": h.foreseen[0],
    }  # fmt: skip
    return Finding(
        *_of_item("discrimination", c, one.item), one.learners, one.answers, one.slope, one.low, one.high, "slope",
        one.adjusted, words, numbers,
    )  # fmt: skip


def _changed(one: Changed, c: Curriculum) -> Finding:
    harder = T(
        "From one day on learners solve this problem less often: {now} of {of} where about {foreseen} would be usual; "
        "before, {then} of {before}. It may have been changed, or be shown wrongly. A class that meets it in another way "
        "looks the same."
    ).message
    easier = T(
        "From one day on learners solve this problem more often: {now} of {of} where about {foreseen} would be usual; "
        "before, {then} of {before}. Its answer may have got round. A class that was just taught it looks the same."
    ).message
    fields = {
        "now": one.right[1], "of": one.answers[1], "foreseen": round(one.foreseen[1]), "then": one.right[0],
        "before": one.answers[0],
    }  # fmt: skip
    words = T(harder if one.effect > 0.0 else easier, **fields)
    numbers = {
        "before": one.answers[0], "before_right": one.right[0], "before_foreseen": one.foreseen[0], "after": one.answers[1],
        "after_right": one.right[1], "after_foreseen": one.foreseen[1],
    }  # fmt: skip
    return Finding(
        *_of_item("change", c, one.item), one.learners, sum(one.answers), one.effect, one.low, one.high, "logits",
        one.adjusted, words, numbers, since=one.since,
    )  # fmt: skip


def _helped(one: Helped, c: Curriculum) -> Finding:
    little = T(
        "After this problem’s hints {right} of {tries} tries were right. After other problems’ hints about {usual} would "
        "be. These hints may not help."
    ).message
    much = T(
        "After this problem’s hints {right} of {tries} tries were right. After other problems’ hints about {usual} would "
        "be. These hints help more than most."
    ).message
    few = one.effect < 0.0
    words = T(little if few else much, right=one.right, tries=one.tries, usual=round(one.usual))
    numbers = {
        "tries": one.tries, "right": one.right, "usual": one.usual, "later": one.later[0], "later_right": one.later[1],
        "later_foreseen": one.later[2],
    }  # fmt: skip
    kind, _, item, skills = _of_item("hints-little" if few else "hints-much", c, one.item)
    return Finding(
        kind, f"hints:{c.items[one.item]}", item, skills, one.learners, one.tries, one.effect, one.low, one.high, "logits",
        one.adjusted, words, numbers,
    )  # fmt: skip


LINKS = {
    "contradicted": T(
        "How learners stand in “{earlier}” says nothing of how they do in “{later}”, though the graph says that the one "
        "builds on the other."
    ).message,
    "suggested": T(
        "Learners who stand high in “{earlier}” do better in “{later}” than was foreseen, and the graph does not link "
        "the two. Which comes first, the log cannot say."
    ).message,
    "merge": T(
        "“{earlier}” and “{later}” behave like one skill: how a learner stands in the one is how they stand in the other."
    ).message,
}


def _linked(one: Linked, c: Curriculum) -> Finding:
    first, last = c.skills[one.earlier], c.skills[one.later]
    words = T(LINKS[one.kind], earlier=verbatim(first.title), later=verbatim(last.title))
    return Finding(
        one.kind, f"skills:{first.id}>{last.id}", "", (first.id, last.id), one.learners, one.answers, one.effect, one.low,
        one.high, "share" if one.kind == "contradicted" else "logits", one.adjusted, words, {"both": float(one.both)},
    )  # fmt: skip


def _split(one: Split, c: Curriculum) -> Finding:
    skill = c.skills[one.skill]
    words = T(
        "“{skill}” behaves like two skills. Its problems fall into groups of {one} and {other}, and success in the one "
        "says little of success in the other.",
        skill=verbatim(skill.title), one=len(one.parts[0]), other=len(one.parts[1]),
    )  # fmt: skip
    parts = tuple(tuple(c.items[item] for item in part) for part in one.parts)
    return Finding(
        "split", f"skill:{skill.id}", "", (skill.id,), one.learners, one.answers, one.effect, one.low, one.high,
        "variance", one.adjusted, words, {}, parts,
    )  # fmt: skip
