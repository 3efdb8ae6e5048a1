"""The lines of the ledger that others wrote: rubric scores, work away from the screen, results from other systems; and what a
course asks projects to show."""

from __future__ import annotations

from collections.abc import Sequence

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.away import Away, sentence
from headway.core.mastery.outside import Outside
from headway.core.mastery.outside import sentence as outside_sentence
from headway.core.text import T, Text, verbatim
from headway.pages.dates import day
from headway.pages.milestones import said_once
from headway.school.environment.record import Record
from headway.school.mastery.credit.courses import Course, shown_by
from headway.school.measurement.projects.ledger import Scored
from headway.school.measurement.projects.rubrics import rubrics_offered
from headway.school.path.checks import Check

Line = tuple[float, Text, str]


def score_lines(scored: Sequence[Scored]) -> list[Line]:
    """Scores as they were given, contests among them: moment, sentence, tone."""
    out: list[Line] = []
    for each in scored:
        title = Text(said_once(each.criterion.title))
        for score in (each.standing.score, *each.standing.before):
            group = score.whose == "group"
            message = (
                T(
                    "In the project “{project}”, {by} saw for the whole group: {criterion}, step {n} of {of}.",
                    project=each.title, by=score.by, criterion=title, n=score.level, of=len(each.criterion.steps),
                )
                if group
                else T(
                    "In the project “{project}”, {by} saw: {criterion}, step {n} of {of}.",
                    project=each.title, by=score.by, criterion=title, n=score.level, of=len(each.criterion.steps),
                )
            )  # fmt: skip
            out.append((score.at, message, ""))
        for said in each.standing.contests:
            words = T(
                "{who} says that the step for “{criterion}” is wrong: “{words}”",
                who=said.by, criterion=title, words=said.words,
            )  # fmt: skip
            out.append((said.at, words, "contest"))
    return out


def away_lines(lines: Sequence[Away], record: Record) -> list[Line]:
    """Work away from the screen that counts."""
    numbers = record.curriculum.skill_number
    return [
        (line.at, sentence(line, Text(record.curriculum.skills[numbers[line.skill]].title)), "")
        for line in lines
        if line.state == "counts" and line.skill in numbers
    ]


def outside_lines(lines: Sequence[Outside], record: Record) -> list[Line]:
    """What other systems say, and who refused it."""
    out: list[Line] = []
    for line in lines:
        said = outside_sentence(line, outside_title(line, record.curriculum))
        if not line.counts:
            said = T("{said} {who} refused it: “{words}”", said=said, who=line.refused_by, words=line.words)
        out.append((line.happened, said, "" if line.counts else "contest"))
    return out


def check_lines(checks: Sequence[Check], record: Record) -> list[Line]:
    """What was looked at here because another system says so, and what came of it."""
    numbers, out = record.curriculum.skill_number, []
    for each in checks:
        if each.skill not in numbers:
            continue
        title = Text(record.curriculum.skills[numbers[each.skill]].title)
        if each.held is None:
            said = T(
                "{source} speaks of “{skill}”. One problem on the path will show it here.",
                source=each.source,
                skill=title,
            )
        elif each.held:
            said = T(
                "Shown here, after what {source} said: “{skill}”, right at the first try without help.",
                source=each.source,
                skill=title,
            )
        else:
            said = T(
                "Looked at here, after what {source} said: “{skill}” was not right at the first try.",
                source=each.source,
                skill=title,
            )
        out.append((each.at, said, "recheck"))
    return out


def outside_title(line: Outside, curriculum: Curriculum | None) -> Text:
    """The skill that a result belongs to; the name of what was done where it belongs to none."""
    number = curriculum.skill_number.get(line.skill) if curriculum is not None else None
    return Text(curriculum.skills[number].title) if curriculum and number is not None else verbatim(line.title)


def work_said(
    courses: Sequence[Course], scored: Sequence[Scored], record: Record
) -> dict[str, list[tuple[bool, Text]]]:
    """What each course (by code) asks projects to show: whether it is shown, and how in a sentence."""
    names = rubrics_offered() if any(course.work for course in courses) else {}
    out: dict[str, list[tuple[bool, Text]]] = {}
    for course in courses:
        for asked in course.work:
            found = shown_by(asked, scored)
            if found is not None:
                then = day(found.standing.score.at, record.at, record.time_zone)
                said = T(
                    "{competency}: shown in the project “{project}”, seen by {by}, {day}.",
                    competency=asked.competency, project=found.title, by=found.standing.score.by, day=then,
                )  # fmt: skip
            else:
                rubric = names.get(asked.rubric)
                criterion = rubric.criterion(asked.criterion) if rubric else None
                title = Text(said_once(criterion.title)) if criterion else Text(asked.criterion)
                said = T(
                    "{competency}: still to show in a project ({criterion}, step {n}).",
                    competency=asked.competency, criterion=title, n=asked.level,
                )  # fmt: skip
            out.setdefault(course.code, []).append((found is not None, said))
    return out
