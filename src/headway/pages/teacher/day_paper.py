"""The run sheet: a day on paper for the adults of a class. Whoever holds it can say of every adult and every learner where they
have to be, when, with whom and on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from headway.pages.documents import Block, Document, Heading, Table, Words
from headway.pages.render import plain
from headway.pages.teacher.day_shown import Shown, ShownDay, Slot, Who, with_whom
from headway.pages.teacher.papers import problem_said
from headway.school.environment.lesson import Task

ACROSS = 3
"""Blocks that stand beside each other in the table of learners: more cannot be read."""
TOGETHER, APART = 12, 6
"""Names in one row of a group that works together, and of one whose members have steps of their own. A row stays on one sheet and
says again where and on what, so that no name stands alone on top of the next sheet."""


def run_sheet(
    day: ShownDay, adults: Sequence[str], tasks: Mapping[str, Task], section: str, date: str, language: str
) -> Document:
    """Adults first, then the groups of each block with a box to tick, tasks with their exit checks, and every learner's day.
    ``tasks`` by skill as it is called on the page."""
    blocks: list[Block] = [*_adults(day, adults), *_groups(day), *_tasks(day, tasks), *_learners(day)]
    return Document(
        title=_("Run sheet"), language=language, school=section, date=date, blocks=blocks,
        foot=_("Names and what learners work on: for the adults of this class only"),
    )  # fmt: skip


def _time(slot: Slot) -> str:
    return f"{slot.begin}–{slot.end}"


def _what(group: Shown) -> str:
    """What a group works on; nothing where each line of a name says it."""
    if group.skill:
        return group.skill
    if group.spare:
        return "" if any(who.skill for who in group.who) else _("their own practice")
    return _("their own next step")


def _adults(day: ShownDay, adults: Sequence[str]) -> list[Block]:
    """One row an adult and block: with which group, where, on what, with whom."""
    rows = []
    for name in adults:
        for slot in day.slots:
            own = [group for group in slot.groups if group.adult == name]
            if slot.all:
                rows.append([name, _time(slot), slot.all, "", _("everybody")])
            for group in own:
                who = ", ".join(_called(each) for each in group.who)
                rows.append([name, _time(slot), " · ".join(filter(None, (group.way, group.space))), _what(group), who])
            if not own and not slot.all:
                rows.append([name, _time(slot), _("no group: free to walk round"), "", ""])
    head = [_("Adult"), _("When"), _("Where"), _("On what"), _("With")]
    return [Heading(_("Adults")), Table(head, rows, [0.9, 1.1, 1.4, 1.3, 1.7], whole=True)] if rows else []


def _groups(day: ShownDay) -> list[Block]:
    """The groups of each block; the head of the table says the time again on every sheet."""
    out: list[Block] = []
    for slot in day.slots:
        out.append(Heading(f"{_time(slot)} {slot.name}"))
        if slot.all:
            out.append(Words(_("Everybody: {what}").format(what=slot.all)))
            continue
        rows = []
        for group in slot.groups:
            where = "\n".join(filter(None, (group.way, group.adult, group.space)))
            size = APART if any(who.skill for who in group.who) else TOGETHER
            parts = [group.who[first : first + size] for first in range(0, len(group.who), size)]
            rows += [[where, _what(group), _names(group, part)] for part in parts]
        head = ["\n".join((_time(slot), _("Where and with whom"))), _("On what"), _("Who")]
        out.append(Table(head, rows, [1.2, 1.2, 2.1], whole=True))
    return out


def _called(who: Who) -> str:
    name = _("{name} (away)").format(name=who.name) if who.away else who.name
    return name.replace(" ", "\u00a0")  # a name is not broken at the end of a line


def _names(group: Shown, some: Sequence[Who]) -> str:
    """Names to tick; where each has a step of their own, with it."""
    said = []
    for who in some:
        box = f"☐\u00a0{_called(who)}"  # the box stays with its name
        own = who.skill or ("" if group.skill or group.spare else _("their own practice"))
        said.append(f"{box}: {own}" if own else box)
    return "\n".join(said) if any(who.skill for who in group.who) else ", ".join(said)


def _tasks(day: ShownDay, tasks: Mapping[str, Task]) -> list[Block]:
    """What each group with one skill does, and the one problem at the end that tells who has it."""
    rows = []
    for slot in day.slots:
        for group in slot.groups:
            task = tasks.get(group.skill)
            if task is None or not task.together:
                continue
            together = "\n".join(f"{problem_said(each)} → {plain(each.answer)}" for each in task.together)
            alone = f"{problem_said(task.alone)} → {plain(task.alone.answer)}" if task.alone is not None else ""
            whose = group.adult or ", ".join(_called(who) for who in group.who)
            rows.append([f"{slot.begin} {group.way}\n{whose}\n{group.skill}", together, alone])
    if not rows:
        return []
    head = [_("Group"), _("To begin with, together"), _("Exit check, alone")]
    return [Heading(_("Tasks and exit checks, with answers")), Table(head, rows, [1.2, 1.7, 1.4], whole=True)]


def _learners(day: ShownDay) -> list[Block]:
    """Every learner by name, the blocks beside each other."""
    names = sorted({who.name for slot in day.slots for group in slot.groups for who in group.who})
    if not names:
        return []
    out: list[Block] = [Heading(_("Every learner"))]
    for first in range(0, len(day.slots), ACROSS):
        part = day.slots[first : first + ACROSS]
        places = [{who.name: (group, who.skill) for group in slot.groups for who in group.who} for slot in part]
        rows = [
            [name, *(_place(slot, name, place.get(name)) for slot, place in zip(part, places, strict=True))]
            for name in names
        ]
        head = [_("Name"), *(f"{_time(slot)} {slot.name}" for slot in part)]
        out.append(Table(head, rows, [0.8, *(1.4 for _slot in part)], dense=True))
    return out


def _place(slot: Slot, name: str, found: tuple[Shown, str] | None) -> str:
    if found is None:
        return slot.all or "–"
    group, own = found
    if group.spare and own:
        return f"{group.way} · {own}"
    beside = with_whom(group, name)
    where = "\n".join((f"{group.way} · {beside}", group.space)) if beside else f"{group.way} · {group.space}"
    return "\n".join((where.strip(" \n·"), own or group.skill or _("their own practice")))
