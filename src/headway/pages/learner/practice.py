"""Practice: one problem after the other. Every view works without JavaScript; the script only makes it quicker."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from headway.core.coaching.checking import check
from headway.core.path.plan import DEFAULT_PLAN, EffectivePlan
from headway.core.path.screen import spent
from headway.core.profile.profile import Profile
from headway.core.text import Text
from headway.pages.learner.beside import beside_of
from headway.pages.learner.desk import Desk, desk_of
from headway.pages.learner.elsewhere import beside_problem
from headway.pages.learner.feedback import after, look_again, on_hint
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.opening import start
from headway.pages.learner.resting import rest
from headway.pages.learner.sheet import Asked, Sheet, sheet_of
from headway.pages.learner.subjects import choices_of
from headway.pages.outside import chosen_of
from headway.pages.render import said
from headway.school.coaching.held import opened_for
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.environment.actions import ask_for_help
from headway.school.evidence.pilots.newcomers import join
from headway.school.loop import Refused, Submission, submit
from headway.school.loop.prepare import said_of
from headway.school.loop.queries import Line, lines_of, turn_of
from headway.school.mastery.actions import note_hints
from headway.school.path.outside.queries import for_learner
from headway.school.path.queries import plans_of
from headway.school.path.subjects import keep_to_classes
from headway.school.people.clock import day_offset, time_zone_of
from headway.school.people.models import Person
from headway.school.people.refusal import NO_SUCH
from headway.school.profile.queries import Kept, profile_of

COUNTED = ("right", "wrong", "shown")
MOST_SECONDS = 6 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the card stands: the problem and step shown, the answers so far, whether the problem is over."""

    activity: str
    step: int
    lines: list[Line]
    done: bool = False
    turn: Line | None = None


@require_GET
@for_learners
def practice(request: HttpRequest, learner: Person) -> HttpResponse:
    """The open problem. ``?activity=`` asks whether a particular one shall be opened (a link must not change what a
    learner works on), ``?after=`` shows what came of an answer, ``?hints=`` how many hints are open."""
    now = clock()
    if keep_to_classes(learner, now) or join(learner, now):
        return redirect("pages:practice")  # the loop reads a plan that is committed
    kept = profile_of(learner.id)
    open_now = kept.profile.current.activity if kept else ""
    wanted = request.GET.get("activity", "")
    if wanted and wanted != open_now:
        return _ask(request, learner, wanted, open_now)
    try:
        if not open_now and (_spent(learner, now) or not start(learner, now).activity):
            return _nothing(request, learner)
    except Refused as refusal:
        return render(request, "learner/nothing.html", {"says": said(refusal.message)})
    asked = Asked(hints=_number(request.GET.get("hints", "")))
    return _page(request, learner, now, asked, kept if open_now else None)


def _ask(request: HttpRequest, learner: Person, activity: str, open_now: str) -> HttpResponse:
    """Ask before another problem is opened."""
    try:
        problem_of(learner.district_id, activity)
    except UnknownProblem:
        messages.warning(request, said(NO_SUCH))
        return redirect("pages:practice")
    topic = Desk.topic_of(learner.district_id, activity)
    return render(request, "learner/open.html", {"activity": activity, "topic": topic, "leaves": bool(open_now)})


@require_POST
@for_learners
def open_one(request: HttpRequest, learner: Person) -> HttpResponse:
    """Open a particular problem."""
    try:
        start(learner, clock(), request.POST.get("activity", ""))
    except Refused as refusal:
        messages.warning(request, said(refusal.message))
    return redirect("pages:practice")


@require_POST
@for_learners
def answer(request: HttpRequest, learner: Person) -> HttpResponse:
    """Take an answer (or the wish to see the way, ``shown``), through the same door as the API."""
    now = clock()
    sent = _submission(request, learner, now)
    try:
        receipt = submit(sent)
    except Refused as refusal:
        messages.warning(request, said(refusal.message))
        return redirect("pages:practice")
    if receipt.outcome not in COUNTED:
        opened = _number(request.POST.get("hints", ""))
        asked = Asked(hints=opened, value=sent.answer, feedback=look_again(receipt.message))
        return _page(request, learner, now, asked)
    opened = _number(request.POST.get("hints", ""))
    return redirect(f"/practice?{urlencode({'after': str(sent.event), 'hints': opened})}")


@require_POST
@for_learners
def scaffold(request: HttpRequest, learner: Person) -> HttpResponse:
    """Check the answer to the question inside a hint. It is help, not evidence: nothing is written."""
    now = clock()
    kept = profile_of(learner.id)
    if kept is None or not kept.profile.current.activity:
        return redirect("pages:practice")
    hints, number = _number(request.POST.get("hints", "")), _number(request.POST.get("rung", ""))
    place = _place(learner, kept.profile, None)
    sheet = _sheet(learner, place, now, Asked(hints=hints))
    if number >= len(sheet.rungs):
        return redirect("pages:practice")
    step = problem_of(learner.district_id, place.activity).steps[place.step]
    spec = next((hint.answer for hint in step.hints if hint.id == sheet.rungs[number].id), None)
    if spec is None:
        return redirect("pages:practice")
    given = ",".join(request.POST.getlist("answer"))[:2000]
    verdict = on_hint(check(spec, given))
    return _page(request, learner, now, Asked(hints, rung=number, rung_answer=given, rung_verdict=verdict))


@require_POST
@for_learners
def other(request: HttpRequest, learner: Person) -> HttpResponse:
    """Something else, please: the loop chooses again."""
    try:
        start(learner, clock())
    except Refused as refusal:
        messages.warning(request, said(refusal.message))
    return redirect("pages:practice")


@require_POST
@for_learners
def raise_hand(request: HttpRequest, learner: Person) -> HttpResponse:
    """Ask an adult for help; the teacher's board shows it at once."""
    ask_for_help(learner=learner, activity=request.POST.get("activity", ""), now=clock())
    messages.success(request, _("Your hand is up. Your teacher can see it."))
    return redirect("pages:practice")


def _nothing(request: HttpRequest, learner: Person) -> HttpResponse:
    """Nothing may be practised now; another subject may be chosen."""
    now, kept = clock(), profile_of(learner.id)
    plan = _plan(learner, now)
    if kept is not None and spent(plan, kept.profile, now):
        return rest(request, learner, kept.profile, plan, now)
    return render(
        request, "learner/nothing.html", {"desk": choices_of(learner, plan), "chosen": chosen_of(for_learner(learner))}
    )


def _spent(learner: Person, now: float) -> bool:
    """Whether today's screen time is spent: then nothing is asked of the loop, which would write that down each time."""
    kept = profile_of(learner.id)
    return kept is not None and spent(_plan(learner, now), kept.profile, now)


def _plan(learner: Person, now: float) -> EffectivePlan:
    offset = day_offset(time_zone_of(learner.district_id), now)
    return plans_of([learner.id], now, offset).get(learner.id, DEFAULT_PLAN)


def _page(request: HttpRequest, learner: Person, now: float, asked: Asked, kept: Kept | None = None) -> HttpResponse:
    kept = kept or profile_of(learner.id)
    if kept is None or not kept.profile.current.activity:
        return _nothing(request, learner)
    turn = _turn(request, learner)
    try:
        place = _place(learner, kept.profile, turn)
        turn = turn or _last_try(place)
        if turn is not None and asked.feedback is None:
            hints = 0 if place.done else asked.hints
            asked = replace(asked, hints=hints, feedback=after(turn, moved_on=place.done, own=_says(learner, turn)))
        sheet = _sheet(learner, place, now, asked)
    except UnknownProblem:  # a problem that was taken away since: the loop gives another
        start(learner, now)
        return redirect("pages:practice")
    if sheet.rungs:
        since = kept.profile.current.since
        note_hints(learner=learner, activity=place.activity, step=place.step, since=since, shown=sheet.hints)
    desk = desk_of(learner, kept.profile, now, shown=place.activity, finished=place.done)
    turn, over = _about(place), place.done
    beside = beside_of(learner, kept.profile, place.activity, place.step, desk.skills, turn=turn, over=over)
    return render(
        request,
        "learner/practice.html",
        {
            "sheet": sheet,
            "desk": desk,
            "unfolded": "bench" in request.GET,
            "learn": [] if place.done else beside_problem(learner, desk.skill, desk.skills),
            **beside,
        },
    )


def _says(learner: Person, turn: Line) -> Text:
    """What the author of a problem says of a wrong answer."""
    return said_of(problem_of(learner.district_id, turn.activity).steps[turn.step], turn.answer)


def _turn(request: HttpRequest, learner: Person) -> Line | None:
    try:
        return turn_of(learner=learner.id, event=uuid.UUID(request.GET.get("after", "")))
    except ValueError:
        return None


def _place(learner: Person, profile: Profile, turn: Line | None) -> Place:
    """The card of an answer just given, if its problem is over; else the open step."""
    current = profile.current
    if turn is not None and turn.receipt.moved_on:
        lines = lines_of(learner=learner.id, activity=turn.activity, until=turn.number)
        return Place(turn.activity, turn.step, lines, True, turn)
    lines = lines_of(learner=learner.id, activity=current.activity)
    return Place(current.activity, current.step, [x for x in lines if x.now >= current.since - 1.0], False, turn)


def _last_try(place: Place) -> Line | None:
    """The last answer to the step that is open, where it was wrong: what was said of it stands until the next one."""
    last = place.lines[-1] if place.lines else None
    return last if last is not None and last.step == place.step and not (last.correct or last.shown) else None


def _about(place: Place) -> Line | None:
    """The answer just given, or the last one, where it was given to the step that is shown."""
    turn = place.turn or _last_try(place)
    return turn if turn is not None and (turn.activity, turn.step) == (place.activity, place.step) else None


def _sheet(learner: Person, place: Place, now: float, asked: Asked) -> Sheet:
    problem = problem_of(learner.district_id, place.activity)
    topic = Desk.topic_of(learner.district_id, place.activity)
    given = frozenset() if place.done else opened_for(learner=learner.id, problem=problem, step=place.step)
    return sheet_of(problem, place.step, place.lines, topic=topic, now=now, asked=asked, done=place.done, given=given)


def _submission(request: HttpRequest, learner: Person, now: float) -> Submission:
    sent = request.POST
    try:
        event = uuid.UUID(sent.get("event", ""))
    except ValueError:
        event = uuid.uuid4()
    opened = _seconds(sent.get("opened", ""), now)
    return Submission(
        district=learner.district_id,
        learner=learner.id,
        event=event,
        kind="response",
        activity=sent.get("activity", "") or "?",
        step=_number(sent.get("step", "")),
        answer=",".join(sent.getlist("answer"))[:2000].replace("\x00", ""),
        hints=_number(sent.get("hints", "")) + _number(sent.get("helped", "")),
        shown=sent.get("shown") == "1",
        seconds=min(max(now - opened, 0.0), MOST_SECONDS),
        at=now,
    )


def _number(value: str) -> int:
    return min(int(value), 99) if value.isascii() and value.isdecimal() and len(value) < 6 else 0


def _seconds(value: str, now: float) -> float:
    try:
        opened = float(value)
    except ValueError:
        return now
    return opened if opened == opened else now  # not a number is not equal to itself
