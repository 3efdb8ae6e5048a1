"""The learner's goals: a wish, a goal chosen with what it would do, this week, and what changes on the path."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from headway.core.path.goals import WEEK
from headway.pages.learner.gate import clock, for_learners
from headway.pages.person.domains import domain_said
from headway.pages.person.going import TERMS, chosen_offer, forecast_of, goal_name, shown_goal, shown_offers
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum
from headway.school.environment.record import Record, record_of
from headway.school.path.goal_queries import goals_of, pace_of
from headway.school.path.goals import BadGoal, end_goal, set_goal
from headway.school.people.models import Person
from headway.school.profile.actions import NotKept, state_fact
from headway.school.profile.careers import Career, careers_in
from headway.school.profile.person import Whole, whole_of

USUAL = 6


@require_http_methods(["GET", "POST"])
@for_learners
def goals(request: HttpRequest, learner: Person) -> HttpResponse:
    """My goals; a POST sets, ends or wishes."""
    try:
        record = record_of(learner, clock())
    except NoCurriculum:
        return render(request, "learner/goals.html", {"none": True})
    careers, whole = careers_in(get_language() or "en"), whole_of(learner)
    wished = wished_career(whole, careers)
    if request.method == "POST":
        try:
            _do(request, learner, record, wished)
        except (BadGoal, NotKept) as refusal:
            messages.warning(request, said(refusal.text))
        return redirect("pages:goals")
    found, pace = goals_of(learner.id), pace_of(learner.id, record.at)
    goal = shown_goal(found, record, pace)
    pick = goal is None or goal.reached or goal.over or request.GET.get("choose") == "1"
    offered = shown_offers(record, pace, asked_by(wished), USUAL) if pick else []
    context = {
        "record": record,
        "goal": goal,
        "offers": [shown for _offer, shown in offered],
        "terms": TERMS,
        "usual": USUAL,
        "wishes": [
            careers[fact.career].title if fact.career in careers else fact.value
            for fact in whole.facts
            if fact.kind == "aspiration"
        ],
        "career": wished,
        "asks": [domain_said(domain) for domain in wished.asks] if wished else [],
        "careers": list(careers.values()),
        "earlier": [(goal_name(each.grade, each.domain), each.ended) for each in found if each.ended][:5],
    }
    return render(request, "learner/goals.html", context)


def _do(request: HttpRequest, learner: Person, record: Record, wished: Career | None) -> None:
    what, why = request.POST.get("do", ""), request.POST.get("why", "")
    if what == "wish":
        state_fact(
            learner=learner,
            by=learner,
            role="learner",
            kind="aspiration",
            value=request.POST.get("own", ""),
            career=request.POST.get("career", ""),
            now=record.at,
        )
        messages.success(request, _("Your wish is written down. You can change it at any time."))
    elif what == "set":
        _set(request, learner, record, wished, why)
    elif what in ("drop", "reached"):
        if end_goal(
            learner=learner, by=learner, kind="reached" if what == "reached" else "dropped", now=record.at, why=why
        ):
            messages.success(request, _("This goal is over. Your path is free again. What would you like next?"))
    else:
        raise Http404


def _set(request: HttpRequest, learner: Person, record: Record, wished: Career | None, why: str) -> None:
    offer = chosen_offer(record, asked_by(wished), request.POST.get("offer", ""))
    weeks = request.POST.get("weeks", "")
    due = record.at + int(weeks) * WEEK if weeks in map(str, TERMS) else 0.0
    skills = offer.skills if offer else ()
    goal = set_goal(
        learner=learner,
        by=learner,
        grade=offer.grade if offer else "",
        domain=offer.domain if offer else "",
        skills=skills,
        due=due,
        now=record.at,
        why=why,
        career=wished.code if wished else "",
        forecast=forecast_of(record, skills, pace_of(learner.id, record.at), due) if skills and due else None,
    )
    first = [_(record.curriculum.skills[n].title) for n in record.curriculum.skill_numbers(goal.weeks[0][2])]
    messages.success(
        request,
        _(
            "Your goal is set. From your next problem on, your path leans this way: {skills}. Reviews still come in between."
        ).format(skills=", ".join(f"“{title}”" for title in first)),
    )


def wished_career(whole: Whole, careers: dict[str, Career]) -> Career | None:
    """The career of the newest wish that names one."""
    codes = [fact.career for fact in whole.facts if fact.kind == "aspiration" and fact.career in careers]
    return careers[codes[-1]] if codes else None


def asked_by(career: Career | None) -> frozenset[str]:
    """The domains that a career asks for."""
    return frozenset(career.asks) if career else frozenset()
