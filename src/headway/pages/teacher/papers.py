"""The five-minute task on paper: one sheet for the teacher, one for the table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from headway.core.environment.regrouping import Exercise, Regrouping
from headway.core.text import NOTHING
from headway.pages.documents import Block, Document, Facts, Heading, Table, Words
from headway.pages.render import plain


def for_the_teacher(task: Regrouping, tables: Sequence[Sequence[str]], section: str, language: str) -> Document:
    """Names, board, question, problems with answers, exit check: in the order of the five minutes."""
    blocks: list[Block] = [Words(plain(task.teacher))]
    if tables:
        rows = [(_("Table {n}").format(n=n), ", ".join(table)) for n, table in enumerate(tables, 1)]
        blocks += [Heading(_("Who sits together")), Facts(rows)]
    if task.board is not None:
        blocks += [
            Heading(_("On the board (1 minute)")),
            Facts([
                (_("Problem"), problem_said(task.board)),
                (_("Somebody wrote"), plain(task.board.wrong)),
                (_("Right"), plain(task.board.answer)),
            ]),
            Words(_("Ask: is this right? How do you know?")),
        ]  # fmt: skip
    blocks += [Heading(_("A question to ask")), Words(plain(task.question))]
    if task.lead != NOTHING:
        blocks.append(Words(_("Where it should lead: {lead}").format(lead=plain(task.lead)), kind="quiet"))
    if task.exercises:
        head = [_("Problem"), _("Right"), _("Who still thinks so writes")]
        rows_ = [[problem_said(each), plain(each.answer), plain(each.wrong)] for each in task.exercises]
        blocks += [Heading(_("Try together (3 minutes)")), Table(head, rows_, [2.4, 1.0, 1.2])]
    if task.exit is not None:
        blocks += [
            Heading(_("Alone, before they go back (1 minute)")),
            Facts([
                (_("Problem"), problem_said(task.exit)),
                (_("Right"), plain(task.exit.answer)),
                (_("Who still thinks so writes"), plain(task.exit.wrong)),
            ]),
            Words(_("Whoever gets this right goes on. The others meet it again in their practice.")),
        ]  # fmt: skip
    return Document(
        title=_("Five minutes: {name}").format(name=plain(task.name)),
        language=language,
        school=section,
        date="",
        blocks=blocks,
        foot=_("For the teacher: names and answers"),
    )


def for_the_table(task: Regrouping, language: str) -> Document:
    """The problems alone, with room to write. It names neither learners nor what they are thought to believe."""
    every = [*task.exercises, *([task.exit] if task.exit is not None else [])]
    rows = [[f"{n}.", problem_said(each), ""] for n, each in enumerate(every, 1)]
    blocks: list[Block] = []
    if task.board is not None:
        blocks += [
            Words(_("Somebody worked this out. Is it right? How do you know?")),
            Facts([(_("Problem"), problem_said(task.board)), (_("Somebody wrote"), plain(task.board.wrong))]),
        ]
    blocks.append(Table(["", _("Problem"), _("Your lines")], rows, [0.2, 1.6, 2.2], tall=True))
    return Document(
        title=_("Look twice"),
        language=language,
        school=_("Name: ______________________________"),
        date="",
        blocks=blocks,
        lead=_("Do the last one alone."),
    )


def problem_said(exercise: Exercise) -> str:
    """The problem in words, with what there is to choose from."""
    said = plain(exercise.problem)
    return f"{said} ({' / '.join(plain(choice) for choice in exercise.choices)})" if exercise.choices else said
