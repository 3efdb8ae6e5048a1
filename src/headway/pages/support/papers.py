"""What goes on paper: the progress report, the minutes of the team, the letter to a family, the sheet of a probe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from headway.core.curriculum.problems import Problem
from headway.core.intervention.monitoring import effect_for, effect_said
from headway.core.intervention.probes import BLUEPRINTS
from headway.pages import dates
from headway.pages.documents import Block, Document, Facts, Heading, Picture, Signatures, Table, Words
from headway.pages.render import plain, said
from headway.pages.support.chart import chart, table, words
from headway.pages.support.said import (
    decided_said,
    dose_said,
    kind_said,
    sessions_said,
    text,
)
from headway.school.intervention.cases import Case, Circle
from headway.school.intervention.queries import Decided, MeetingNote, ProbeForm, TeamMeeting
from headway.school.people.clock import date_of, day_of
from headway.school.people.models import Person

SIGN = re.compile(r"\s*([×÷·])\s*")
"""Signs that stand free on paper."""


def date_said(day: int) -> str:
    """The date in full."""
    return dates.date_said(date_of(day))


def report(case: Case, circle: Circle, language: str) -> Document:
    """The progress report of a plan: the decision first, then the chart, what was given, and every number."""
    with override(language):
        plan, goal = case.plan, case.goal
        effect = effect_for(case.scores, goal.start_day)
        fields = {"a": goal.start, "b": goal.goal, "day": date_said(goal.goal_day)}
        blocks: list[Block] = [
            Words(text(case.progress.said)),
            Picture(str(chart(case, circle.today)), words(case)),
            Words(
                _("Dots are probes. The dashed line is the goal. The green line is the trend; the shade around it holds the "
                  "true score four times out of five."), kind="quiet",
            ),
            Heading(_("The plan")),
            Facts([
                (_("Why"), plan.why),
                (_("Support"), f"{kind_said(circle.group.kind)}, {dose_said(circle)}"),
                (_("By whom"), circle.group.adult.name),
                (_("Measured by"), said(case.probe.name)),
                (_("Goal"), _("from %(a)g to %(b)g problems right by %(day)s") % fields),
            ]),
            Heading(_("What was given")),
            Words(sessions_said(case)),
        ]  # fmt: skip
        if effect:
            blocks += [Heading(_("What changed")), Words(text(effect_said(effect)))]
        rows = [[row.day, row.right, row.goal, row.phase] for row in table(case)]
        if rows:
            head = [_("Day"), _("Problems right"), _("Goal line"), _("Phase")]
            blocks += [Heading(_("The numbers")), Table(head, rows, [1.3, 1.2, 0.8, 1.4])]
        return Document(
            title=_("Progress report: %(name)s") % {"name": case.learner.name},
            language=get_language() or "en",
            school=circle.group.school.name,
            date=date_said(circle.today),
            blocks=blocks,
            foot=_("Progress report, %(name)s") % {"name": case.learner.name},
            author=circle.group.adult.name,
        )


def minutes(meeting: TeamMeeting, notes: Sequence[MeetingNote], decided: Sequence[tuple[Person, Decided]]) -> Document:
    """The minutes of a team meeting: who was there, what was decided about whom and why, what was noted."""
    blocks: list[Block] = [
        Facts([(_("Present"), meeting.present or _("not written down")), (_("Minutes by"), meeting.by.name)])
    ]
    people = {note.learner_id: note.learner for note in notes if note.learner} | {p.id: p for p, _line in decided}
    blocks += [Words(f"{note.words} ({note.by.name})") for note in notes if note.learner_id is None]
    for person in sorted(people.values(), key=lambda each: (each.family_name, each.given_name)):
        blocks.append(Heading(person.name))
        for learner, line in decided:
            if learner.id == person.id:
                blocks.append(Words(decided_said(line)))
                if line.proposed is not None:
                    blocks.append(
                        Words(_("The rules had proposed: %(what)s") % {"what": text(line.proposed)}, kind="quiet")
                    )
                if line.reason:
                    blocks.append(Words(_("Reason: %(why)s") % {"why": line.reason}))
        blocks += [Words(f"{note.words} ({note.by.name})") for note in notes if note.learner_id == person.id]
    if not people:
        blocks.append(Words(_("Nothing was decided about a learner.")))
    blocks.append(Signatures([_("For the team"), _("Date")]))
    return Document(
        title=_("Team meeting"),
        language=get_language() or "en",
        school=meeting.school.name,
        date=date_said(day_of(meeting.district_id, meeting.at)),
        blocks=blocks,
        foot=_("Confidential: about learners by name"),
        author=meeting.by.name,
    )


def letter(
    learner: Person, line: Decided, case: Case | None, circle: Circle | None, school: str, language: str
) -> Document:
    """The letter to a family in its language: what was decided, why, what the school does now, what they can do."""
    with override(language):
        name = {"name": learner.given_name}
        blocks: list[Block] = [Words(_("Dear family of %(name)s,") % name), Words(_opening(line, name))]
        if line.reason:
            blocks.append(Words(_("Why: %(why)s") % {"why": line.reason}))
        if case is not None and circle is not None and line.to_tier > 1:
            fields = {"a": case.goal.start, "b": case.goal.goal, "day": date_said(case.goal.goal_day)}
            blocks += [
                Heading(_("What we do now")),
                Facts([
                    (_("Support"), kind_said(circle.group.kind)),
                    (_("When"), dose_said(circle)),
                    (_("With whom"), circle.group.adult.name),
                    (_("Goal"), _("from %(a)g to %(b)g problems right by %(day)s") % fields),
                ]),
                Words(_("A short test of %(n)d minutes shows how it goes. We send you the results.") % {"n": case.probe.minutes}),
            ]  # fmt: skip
        elif line.to_tier > 1 and line.kind != "refuse":
            blocks.append(
                Words(_("The plan is being written: who helps, when, and toward which goal. Ask us to see it."))
            )
        blocks += [
            Heading(_("What you can do")),
            Words(_("Ask us anything about this, in your language. Tell us what helps %(name)s at home.") % name),
            Words(_("You can ask for a full evaluation of your child at any time. This support does not delay it.")),
            Words(_("Kind regards,")),
            Signatures([line.by, _("Date")]),
        ]
        return Document(
            title=_("Support for %(name)s") % name,
            language=get_language() or "en",
            school=school,
            date=date_said(day_of(learner.district_id, line.at)),
            blocks=blocks,
            author=line.by,
        )


def _opening(line: Decided, name: dict[str, str]) -> str:
    if line.kind == "refuse":
        return _("We looked at how %(name)s is doing in mathematics. Nothing changes in the support for now.") % name
    if line.to_tier == 1 and line.kind != "accept":  # the team's own reasons; only the rules speak of a goal reached
        return _("The extra support in mathematics for %(name)s ends. %(name)s goes on with the class.") % name
    if line.to_tier == 1:
        return (
            _(
                "Good news: %(name)s has reached the goal of the extra support in mathematics and goes on with the class."
            )
            % name
        )
    if line.to_tier > line.from_tier:
        return _("We looked at how %(name)s is doing in mathematics and want to give more support.") % name
    if line.kind != "accept":
        return _("The support in mathematics for %(name)s gets smaller now.") % name
    return _("%(name)s is doing better in mathematics. The support gets smaller now.") % name


def probe_sheet(form: ProbeForm, problems: Sequence[Problem]) -> Document:
    """The sheet that the learner writes on. It names nobody: the adult writes the name."""
    probe = BLUEPRINTS[form.measure]
    rows = []
    half = (len(problems) + 1) // 2
    for place in range(half):
        row = []
        for number in (place, place + half):
            row += [f"{number + 1}.", _problem(problems[number]), "_______"] if number < len(problems) else ["", "", ""]
        rows.append(row)
    lead = ngettext("%(n)d minute. Skip what is too hard.", "%(n)d minutes. Skip what is too hard.", probe.minutes)
    return Document(
        title=said(probe.name),
        language=get_language() or "en",
        school=_("Name: ______________________________"),
        date=_("Date: ______________"),
        lead=lead % {"n": probe.minutes},
        blocks=[Table(["", _("Problem"), _("Answer")] * 2, rows, [0.25, 2.0, 0.9] * 2, tall=True)],
        foot=_("Form %(seed)s") % {"seed": form.seed},
    )


def _problem(problem: Problem) -> str:
    words = " ".join(part for part in (plain(problem.body), *(plain(step.prompt) for step in problem.steps)) if part)
    return SIGN.sub(r" \1 ", words).replace("-", "−")
