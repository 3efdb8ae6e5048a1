"""What the page of a writing task says, in words: how sure the scale is, where a text stands, how a judge decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.pages.render import said
from headway.school.measurement.judgement.overview import JudgeLine, Overview, Writer
from headway.school.measurement.judgement.standing import LEVELS


def place_said(place: tuple[int, ...]) -> str:
    """``Strong``, ``Between On the way and Strong``, or nothing."""
    names = [said(LEVELS[level]) for level in place]
    if len(names) == 2:
        return _("Between “{lower}” and “{upper}”").format(lower=names[0], upper=names[1])
    return names[0] if names else ""


@dataclass(frozen=True, slots=True)
class ScaleSaid:
    """``share``: how far the precision has come, 0 to 100, for the bar; ``line`` and ``more`` in words."""

    share: int
    line: str
    more: str
    ready: bool
    audit: str


def precision_said(now: float, wanted: float) -> str:
    """How far all judges together have come, for whoever runs a task and for its judges."""
    return _("Precision {now}; {wanted} is wanted.").format(now=f"{now:.2f}", wanted=f"{wanted:.2f}")


def scale_said(found: Overview) -> ScaleSaid:
    """How sure the scale is."""
    end = found.finish
    if end is None:
        return ScaleSaid(0, _("Nobody has decided anything yet."), "", False, "")
    line = precision_said(end.reliability, end.target)
    if end.ready:
        more = _("Precise enough: you can finish.")
    elif end.more is None:
        more = _("Too early to say how many decisions are still needed.")
    else:
        count = end.more
        more = ngettext(
            "About {count} more decision is needed.", "About {count} more decisions are needed.", count
        ).format(count=count)
    share = min(round(100 * end.reliability / end.target), 100)
    return ScaleSaid(share, line, more, end.ready, _audit(found))


def _audit(found: Overview) -> str:
    drawn = found.audit
    if drawn is None or drawn.decisions < 10:
        return ""
    return _("Of {count} pairs that were drawn at random, the other decisions foretold {right}.").format(
        count=drawn.decisions, right=round(drawn.agreement * drawn.decisions)
    )


@dataclass(frozen=True, slots=True)
class WriterRow:
    """A learner's line: ``state`` for those without a score."""

    writer: Writer
    state: str
    score: str
    place: str


def writer_rows(found: Overview, *, by_score: bool = False) -> list[WriterRow]:
    """The learners by name, or the strongest text first, with their texts and places."""
    rows, late = [], found.task.judging_at is not None
    writers = sorted(found.writers, key=lambda each: (each.learner.family_name, each.learner.given_name))
    if by_score:
        writers.sort(key=lambda each: (each.scaled is None, -(each.scaled or 0)))
    for writer in writers:
        if writer.piece is None:
            state = _("Nothing was handed in.") if late else _("Nothing handed in yet")
        elif writer.scaled is None:
            state = _("Handed in")
        else:
            state = ""
        score = (
            _("{score} ± {error}").format(score=writer.scaled, error=writer.give) if writer.scaled is not None else ""
        )
        rows.append(WriterRow(writer, state, score, place_said(writer.place)))
    return rows


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A judge's line: ``notes`` are worth a talk."""

    name: str
    kind: str
    decisions: int
    seconds: str
    agreement: str
    notes: tuple[str, ...]


def judge_rows(found: Overview) -> list[JudgeRow]:
    """The judges in the order in which they were asked."""
    return [_judge_row(line) for line in found.judges]


def _judge_row(line: JudgeLine) -> JudgeRow:
    kinds = {"teacher": _("Teacher"), "peer": _("Learner"), "guest": _("Other school")}
    notes = []
    if line.unlike:
        notes.append(_("Decides unlike the others."))
    if line.hasty:
        notes.append(_("Much quicker than the others."))
    if line.leans:
        notes.append(
            _("Leans to the text on the left.") if line.leans == "left" else _("Leans to the text on the right.")
        )
    seconds = _("{seconds} s").format(seconds=round(line.seconds)) if line.seconds is not None else "–"
    agreed = "–"
    if line.agreement is not None:
        agreed = _("{right} of {all}").format(right=round(line.agreement * line.decisions), all=line.decisions)
    return JudgeRow(line.person.name, kinds[line.kind], line.decisions, seconds, agreed, tuple(notes))


def own_class_said() -> str:
    """What to do where judges favour their own class."""
    return _(
        "Judges chose texts of their own class more often than the texts explain. Let more people from elsewhere judge."
    )
