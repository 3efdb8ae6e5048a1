"""Writing on paper: the list of scores, the judges' report, what a class gets back, and a slip for each learner."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from headway.core.measurement.judgement.aspects import ASPECTS, Aspect
from headway.pages.dates import date_said
from headway.pages.documents import Block, Document, Facts, Heading, Passage, Points, Slip, Table, Words
from headway.pages.render import said
from headway.pages.sheets import photo_for_paper
from headway.pages.teacher.judgement_shown import judge_rows, own_class_said, place_said, scale_said, writer_rows
from headway.school.measurement.judgement.class_set import ClassSet, WriterSet
from headway.school.measurement.judgement.overview import Overview
from headway.school.measurement.judgement.queries import Feedback, Task, TextOf, pictures_of
from headway.school.measurement.judgement.standing import LEVELS
from headway.school.people.clock import date_of, day_of


def _paper(task: Task, title: str, lead: str, blocks: Sequence[Block], now: float, foot: str = "") -> Document:
    return Document(
        title=title,
        language=get_language() or "en",
        school=task.school.name,
        date=date_said(date_of(day_of(task.district_id, now))),
        lead=lead,
        blocks=blocks,
        foot=foot or task.title,
        author=task.by.name,
    )


def score_list(found: ClassSet, now: float, *, by_score: bool) -> Document:
    """Every learner with score, place and next step: a class on one sheet."""
    steps = {row.writer.learner.id: said(row.step.name) for row in found.writers if row.step is not None}
    rows = [
        [row.writer.learner.name, row.score or row.state, row.place, steps.get(row.writer.learner.id, "")]
        for row in writer_rows(found.found, by_score=by_score)
    ]
    head = [_("Learner"), _("Score"), _("Place"), _("Next step")]
    blocks: list[Block] = [
        Table(head, rows, [1.5, 0.8, 1.9, 1.5], dense=True),
        Words(_("500 is the middle, 50 is one step of strength; ± is one standard error"), kind="quiet"),
    ]
    foot = _("Confidential: about learners by name")
    return _paper(
        found.found.task,
        _("Scores: %(task)s") % {"task": found.found.task.title},
        _stand(found.found),
        blocks,
        now,
        foot,
    )


def _stand(found: Overview) -> str:
    texts = sum(writer.piece is not None for writer in found.writers)
    parts = [
        ngettext("%(n)d text", "%(n)d texts", texts) % {"n": texts},
        ngettext("%(n)d decision", "%(n)d decisions", found.decisions) % {"n": found.decisions},
    ]
    return f"{', '.join(parts)}. {scale_said(found).line}"


def judge_report(found: Overview, now: float) -> Document:
    """How sure the scale is and how each judge decides."""
    say = scale_said(found)
    blocks: list[Block] = [
        Words(line) for line in (say.more if found.task.closed_at is None else "", say.audit) if line
    ]
    rows = [
        [row.name, row.kind, str(row.decisions), row.seconds, row.agreement, " ".join(row.notes) or "–"]
        for row in judge_rows(found)
    ]
    head = [_("Who judged"), _("From"), _("Decisions"), _("Usual time"), _("As all together"), _("Worth a talk")]
    blocks.append(Table(head, rows, [1.5, 1.1, 0.9, 0.9, 1.1, 2.0], dense=True))
    if found.own_class:
        blocks.append(Words(own_class_said()))
    note = _(
        "“As all together” counts the decisions for the text that all judges together put first. Texts that lie close are "
        "decided either way, so nobody reaches all."
    )
    blocks.append(Words(note, kind="quiet"))
    return _paper(found.task, _("Judges: %(task)s") % {"task": found.task.title}, _stand(found), blocks, now)


def class_handout(found: ClassSet, focus: Aspect | None, language: str, now: float) -> Document:
    """What the class works with in the next lesson: no name, no level beside a text."""
    with override(language):
        blocks: list[Block] = [Words(found.found.task.prompt)]
        rows = [[said(ASPECTS[c.aspect].name), str(c.works), str(c.asked)] for c in found.counts]
        if rows:
            head = ["", _("Works in so many texts"), _("Next step for so many")]
            blocks += [Heading(_("What readers found")), Table(head, rows, [2, 1, 1], dense=True)]
        if focus is not None:
            title = _("What we practise: %(aspect)s") % {"aspect": said(focus.name)}
            blocks += [Heading(title), Points([said(each) for each in focus.lesson])]
        texts = found.for_lesson(focus)
        if texts:
            ask = _("Read each text. Which one is the strongest, and what makes it so? Write a sentence about each.")
            blocks += [Heading(_("Texts to compare")), Words(ask)]
        for number, shown in enumerate(texts, 1):
            blocks.append(passage(shown.piece, _("Text %(n)d") % {"n": number}))
        return _paper(found.found.task, found.found.task.title, _("For the class"), blocks, now)


def passage(piece: TextOf, label: str) -> Block:
    """A text as it goes on paper."""
    if piece.kind == "typed":
        return Passage(label, piece.text)
    kind, pictures = pictures_of(piece)
    if kind != "sheets":
        pictures = [drawn for each in pictures for drawn in photo_for_paper(each)]
    if not pictures:
        return Words(_("%(label)s is a picture that cannot be printed. Open it on the screen.") % {"label": label})
    return Passage(label, sheets=pictures)


def slips(found: ClassSet, language: str, now: float) -> Document:
    """A slip for each learner who handed in, to be cut off and given back."""
    with override(language):
        task = found.found.task
        blocks = [Slip(f"{row.writer.learner.name} · {task.title}", _slip(row)) for row in found.writers]
        return _paper(task, _("Slips: %(task)s") % {"task": task.title}, _("One for each learner"), blocks, now)


def _slip(row: WriterSet) -> list[Heading | Words | Points | Facts]:
    return feedback_blocks(place_said(row.writer.place), row.works, row.step, row.comments)


def feedback_blocks(
    place: str, works: Sequence[Aspect], step: Aspect | None, comments: Sequence[str]
) -> list[Heading | Words | Points | Facts]:
    """What readers found, in words for the writer."""
    blocks: list[Heading | Words | Points | Facts] = []
    facts = [(_("Place of your text"), place)] if place else []
    facts += [(_("What works") if k == 0 else "", said(each.works)) for k, each in enumerate(works)]
    facts += [(_("Your next step"), said(step.step))] if step else []
    if facts:
        blocks.append(Facts(facts))
    if comments:
        blocks += [Words(_("What readers wrote"), kind="quiet"), Points([f"“{comment}”" for comment in comments])]
    if not blocks:
        blocks.append(Words(_("Readers have not written anything about this text.")))
    return blocks


def feedback_sheet(task: Task, name: str, back: Feedback, now: float) -> Document:
    """What one learner gets back, with the texts that show each place; in the reader's language."""
    works = [ASPECTS[key] for key in back.works]
    blocks: list[Block] = [*feedback_blocks(place_said(back.place), works, ASPECTS.get(back.step), back.comments)]
    if back.examples:
        blocks.append(Heading(_("Texts that show each place")))
        blocks += [passage(piece, said(LEVELS[level])) for level, piece in back.examples]
    return _paper(task, task.title, name, blocks, now)
