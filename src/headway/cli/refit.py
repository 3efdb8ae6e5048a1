"""``headway refit``: fit the served model anew on everybody's evidence, compare, and let a named leader decide."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from headway.cli.command import Command, Refused, Result, progress
from headway.cli.refit_content import KEYS, content_text
from headway.cli.refit_text import change_data, history_text, report_text
from headway.cli.school import find_district, open_school

if TYPE_CHECKING:
    from headway.school.mastery.models import ModelChange, RefitReport
    from headway.school.people.models import Person


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--district", default="", help="name or identifier (default: the only district)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--promote", action="store_true", help="promote the new model at once, if it passes")
    what.add_argument("--accept", type=UUID, metavar="REFIT", help="promote the model of a refit that is done")
    what.add_argument("--refuse", type=UUID, metavar="REFIT", help="decide against the model of a refit")
    what.add_argument("--rollback", action="store_true", help="let the model serve again that served before")
    what.add_argument("--history", action="store_true", help="what was decided, newest first")
    what.add_argument("--begun", type=UUID, metavar="REFIT", help="do the work of a refit that a page has begun")
    parser.add_argument("--by", default="", help="the leader who decides: email, roster identifier or identifier")
    parser.add_argument("--reason", default="", help="why; needed to refuse and to roll back")


def run(arguments: argparse.Namespace) -> Result:
    """Fit and compare, or decide. Refused, saying why, when there is nothing to fit or the decision is not allowed."""
    with open_school():
        district = find_district(arguments.district)
        from headway.school.curriculum.queries import NoCurriculum
        from headway.school.evidence.refit.running import NoRefit

        try:
            return _run(arguments, district)
        except NoRefit as problem:
            words = str(problem)
            raise Refused(f"{words[:1].lower()}{words[1:]}") from problem
        except NoCurriculum as problem:
            raise Refused(f"{problem}.") from problem


def _run(arguments: argparse.Namespace, district: UUID) -> Result:
    from headway.school.evidence.refit import actions
    from headway.school.evidence.refit.queries import history_of
    from headway.school.people.tenancy import in_district

    if arguments.history:
        with in_district(district):
            changes = history_of()
            return Result({"district": str(district), "history": _changes(changes)}, history_text(changes))
    decides = arguments.promote or arguments.accept or arguments.refuse or arguments.rollback
    by = _leader(district, arguments.by, needed=bool(decides))
    if arguments.accept or arguments.refuse or arguments.rollback:
        assert by is not None
        if arguments.rollback:
            change = actions.roll_back(by=by, reason=arguments.reason)
        elif arguments.accept:
            change = actions.promote(by=by, refit=arguments.accept, reason=arguments.reason)
        else:
            change = actions.refuse(by=by, refit=arguments.refuse, reason=arguments.reason)
        return Result({"district": str(district), **change_data(change)}, history_text([change]))
    report = _fit(district, by, arguments.begun)
    data: dict[str, Any] = {"district": str(district), "refit": str(report.refit_id), "digest": report.digest}
    data |= {**report.body, "content": report.content}
    text = f"{report_text(report)}\n{content_text(report.content)}"
    if arguments.promote and by is not None and report.verdict == "better":
        change = actions.promote(by=by, refit=report.refit_id, reason=arguments.reason)
        data |= {"promoted": True, "starts": change.starts}
        text += f"\n{history_text([change])}"
    return Result(data, text)


def _fit(district: UUID, by: Person | None, begun: UUID | None) -> RefitReport:
    from headway.school.evidence.refit.running import STEPS, begin, run

    refit = begun or begin(district=district, by=by.id if by else None, now=time.time())
    with progress() as bars:
        bar = bars.add_task("Refit", total=STEPS)
        report = run(district=district, refit=refit, progress=lambda done: bars.update(bar, completed=done))
        bars.update(bar, completed=STEPS)
    return report


def _leader(district: UUID, wanted: str, *, needed: bool) -> Person | None:
    from headway.school.evidence.refit.queries import leader_named
    from headway.school.people.tenancy import in_district

    if not wanted:
        if needed:
            raise Refused("a person decides about models: name the leader with --by (email or roster identifier).")
        return None
    with in_district(district):
        found = leader_named(wanted)
    if found is None:
        raise Refused(f"there is no leader {wanted!r} in this district, or there are several. Name one with --by.")
    return found


def _changes(changes: list[ModelChange]) -> list[dict[str, Any]]:
    return [change_data(change) for change in changes]


COMMAND = Command(
    help=(
        "Fit the served model anew on the district's evidence log and compare it, on later answers than it was fitted\n"
        "on, with the model that serves. Nothing that serves is changed unless a named leader promotes: with --promote\n"
        "at once, or later with --accept. --rollback takes the last promotion back. Replay still reproduces every old\n"
        "decision. Answers of children and of simulated learners are never mixed."
    ),
    example="headway refit --json",
    configure=configure,
    run=run,
    keys={
        "district, refit, digest": "identifiers of the district and the refit, and the hash of the report",
        "champion, challenger": "the model in force and the new one, by name",
        "verdict": "better, not-better, harms (some group) or too-little (evidence)",
        "harmed": "kind and name of the groups for which the new model is worse beyond noise",
        "card": "what the new model was fitted on: period, learners, responses, simulated; its limits",
        "comparison": "later answers: both models' log_loss, brier, auc, ece, bias and reliability; the differences a "
        "response with their intervals (below 0: the new one is better), in all and by group; hidden counts groups of "
        "fewer than ten learners",
        "changes": "parameters, skills and items that move, before and after, in logits",
        **KEYS,
        "promoted, starts": "with --promote: that it was promoted, and from when it serves (seconds since 1970)",
        "history": "with --history: kind, model, before, refit, digest, by, reason, at, starts of each decision",
        "kind, model, before, …": "with --accept, --refuse, --rollback: the decision as it was written down",
    },
)
