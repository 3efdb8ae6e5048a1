"""Support over HTTP: who may come in, what stands there, what is kept, and how many queries it takes."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.core.curriculum.generators.base import generate
from headway.core.intervention.plans import Dose, GoalLine
from headway.core.intervention.probes import digits_in
from headway.school.intervention.actions import start_group, start_plan
from headway.school.intervention.cases import circle_of
from headway.school.intervention.models import (
    MeetingNote,
    ProbeForm,
    ProbeScore,
    SupportSession,
    TierDecision,
    TierRules,
)
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.support.conftest import Supported

MOST = 27
"""Queries of a page, session, roles and access log included, however many learners and groups stand on it."""


def words(client: Client, path: str) -> str:
    """The visible words of a page."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    body = re.sub(r"(?s)<(script|style|svg|head).*?</\1>", " ", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def paths(s: Supported) -> list[str]:
    return [
        "/support?whose=all",
        "/support/overview",
        "/support/team",
        "/support/rules",
        f"/support/group/{s.group.id}",
        f"/support/plan/{s.ana.id}",
        f"/support/team/{s.cast['Ana'].id}",
        f"/support/team/{s.cast['Ana'].id}/plan",
    ]


def test_each_page_is_there_for_the_team_and_for_nobody_else(supported: Supported) -> None:
    for path in paths(supported):
        for name in ("Ines", "Pike", "Dana"):
            assert signed_in(supported.cast[name]).get(path).status_code == 200, (name, path)
        for name in ("Okafor", "Maria", "Ana", "Stone"):
            own = name in ("Okafor", "Stone") and path.startswith("/support?")
            assert signed_in(supported.cast[name]).get(path).status_code == (200 if own else 404), (name, path)


def test_a_teacher_who_leads_a_group_sees_and_logs_that_one_only(own: Supported) -> None:
    cast = own.cast
    with in_district(cast.district.id):
        group = start_group(
            school=cast.school, adult=cast["Lee"], name="Early birds", kind="tutoring", tier=2,
            dose=Dose(20, (0, 1, 2, 3, 4, 5, 6)), measure="equations", skills=[], now=time.time(),
        )  # fmt: skip
        today = own.today
        line = GoalLine(today, 4.0, today + 70, 9.0)
        start_plan(group=group, learner=cast["Eva"], by=cast["Ines"], why="Equations", goal=line, now=time.time())
    client = signed_in(cast["Lee"])
    page = words(client, "/support?whose=all")
    assert "Early birds" in page and "Red table" not in page
    client.post(f"/support/group/{group.id}/log", {"day": today, "do": "held"})
    assert "Held today" in words(client, f"/support/group/{group.id}")
    assert client.get(f"/support/group/{own.group.id}").status_code == 404
    assert client.get(f"/support/team/{cast['Eva'].id}").status_code == 404


def test_a_page_costs_few_queries(supported: Supported) -> None:
    client = signed_in(supported.cast["Ines"])
    for path in paths(supported):
        client.get(path)
        with CaptureQueriesContext(connection) as counted:
            client.get(path)
        assert len(counted) <= MOST, (path, len(counted))


def test_the_home_shows_who_comes_today_and_two_taps_keep_a_session(own: Supported) -> None:
    client = signed_in(own.cast["Ines"])
    page = words(client, "/support")
    assert "Red table" in page and "Small group" in page
    assert "The session today: who was there?" in page
    path = f"/support/group/{own.group.id}/log"
    client.post(path, {"day": own.today, "asked": "1", "present": [str(own.cast["Ana"].id)], "do": "held"})
    with in_district(own.cast.district.id):
        row = SupportSession.objects.filter(group=own.group).order_by("-id")[0]
        assert (row.day, row.held, row.minutes) == (own.today, True, 30)
        assert row.present == [str(own.cast["Ana"].id)]
    assert "Held today" in words(client, "/support")
    assert "Not there: Ben" in words(client, f"/support/group/{own.group.id}")


def test_a_session_of_tomorrow_or_with_a_stranger_is_not_kept(supported: Supported) -> None:
    client = signed_in(supported.cast["Ines"])
    path = f"/support/group/{supported.group.id}/log"
    with in_district(supported.cast.district.id):
        before = SupportSession.objects.count()
    client.post(path, {"day": supported.today + 1, "do": "held"})
    client.post(path, {"day": supported.today, "asked": "1", "present": [str(supported.cast["Eva"].id)], "do": "held"})
    assert client.post(path, {"day": "soon", "do": "held"}).status_code == 404
    with in_district(supported.cast.district.id):
        assert SupportSession.objects.count() == before


def test_the_plan_says_the_decision_the_dose_and_the_numbers(supported: Supported) -> None:
    page = words(signed_in(supported.cast["Ines"]), f"/support/plan/{supported.ana.id}")
    with in_district(supported.cast.district.id):
        case = circle_of(supported.group, supported.today).cases[0]
    assert str(case.progress.said) in page
    assert "from 6 to 15 problems right by" in page
    assert "before the support" in page and "with the support" in page
    assert re.search(r"Came to \d+ of \d+ sessions held; \d+ planned\.", page)
    assert "(likely between" not in page, "two probes before the support are too few for an effect"


def test_without_enough_sessions_nobody_is_off_track(supported: Supported) -> None:
    with in_district(supported.cast.district.id):
        cases = circle_of(supported.group, supported.today).cases
    assert {case.learner.given_name for case in cases} == {"Ana", "Ben"}
    assert all(case.progress.verdict != "off-track" or case.given.share_held >= 0.8 for case in cases)


def test_a_probe_goes_from_the_form_to_the_score(own: Supported) -> None:
    client = signed_in(own.cast["Ines"])
    opened = client.post(f"/support/plan/{own.ben.id}/probe")
    form = opened.headers["Location"]
    page = words(client, form)
    assert "Tap each problem that is right" in page
    sheet = client.get(f"{form}/sheet.pdf")
    assert sheet.content.startswith(b"%PDF-")
    client.post(f"{form}/score", {"right": ["0", "1", "4"], "tried": "9"})
    assert "3 of 20" in words(client, f"/support/plan/{own.ben.id}")
    again = client.post(f"/support/plan/{own.ben.id}/probe").headers["Location"]
    with in_district(own.cast.district.id):
        forms = [set(f.activities) for f in ProbeForm.objects.filter(plan=own.ben)]
    assert again != form and not forms[0] & forms[1]


def test_typed_answers_are_marked_and_their_digits_counted(own: Supported) -> None:
    client = signed_in(own.cast["Ines"])
    address = client.post(f"/support/plan/{own.ben.id}/probe").headers["Location"]
    assert "Type what was written" in words(client, f"{address}?how=typed")
    with in_district(own.cast.district.id):
        form = ProbeForm.objects.get(id=address.rsplit("/", 1)[1])
    keys = [generate(activity).steps[0].answer.keys[0] for activity in form.activities]
    client.post(f"{address}/score", {"answer": [keys[0], "", keys[2], "-987654", *[""] * 16]})
    with in_district(own.cast.district.id):
        score = ProbeScore.objects.get(form=form)
    assert (score.right, score.tried, score.marks) == (2, 4, [0, 2])
    assert score.digits is not None and score.digits >= digits_in(keys[0]) + digits_in(keys[2])


def test_the_team_decides_with_a_name_and_a_reason(own: Supported) -> None:
    client, chi = signed_in(own.cast["Pike"]), own.cast["Chi"]
    path = f"/support/team/{chi.id}"
    client.post(f"{path}/decide", {"do": "decide", "tier": "2", "reason": ""})
    assert "Say in a few words why you decide otherwise." in words(client, path)
    client.post(f"{path}/decide", {"do": "decide", "tier": "2", "reason": "Asked for by her teacher"})
    client.post(f"{path}/decide", {"do": "note", "words": "Call the family on Monday."})
    page = words(client, path)
    assert "Pike Pison: from tier 1 to tier 2, the team’s own decision." in page
    assert "“Asked for by her teacher”" in page and "Call the family on Monday." in page
    with in_district(own.cast.district.id):
        line = TierDecision.objects.get(learner=chi)
        note = MeetingNote.objects.get(learner=chi)
    assert line.by_id == own.cast["Pike"].id
    for address in (
        f"/support/minutes/{note.meeting_id}.pdf",
        f"/support/letter/{line.id}.pdf?language=es",
        f"/support/plan/{own.ana.id}/report.pdf",
    ):
        made = client.get(address)
        assert made.content.startswith(b"%PDF-"), address
        assert signed_in(own.cast["Maria"]).get(address).status_code == 404
    assert client.get(f"/support/letter/{line.id}.pdf?language=es").headers["Content-Language"] == "es"


def test_a_decision_on_an_old_page_waits_until_the_newer_one_is_read(own: Supported) -> None:
    chi = own.cast["Chi"]
    path = f"/support/team/{chi.id}"
    pages = [signed_in(own.cast[name]) for name in ("Pike", "Ines")]
    seen = [re.findall(r'name="seen" value="(\d+)"', page.get(path).content.decode())[0] for page in pages]
    for page, number, tier in zip(pages, seen, ("3", "1"), strict=True):
        entered = {"do": "decide", "tier": tier, "reason": "Seen\x00 together", "seen": number}
        page.post(f"{path}/decide", entered)
    assert "Pike Pison has decided meanwhile." in words(pages[1], path)
    with in_district(own.cast.district.id):
        line = TierDecision.objects.filter(learner=chi).order_by("id").last()
    assert line is not None and (line.to_tier, line.reason) == (3, "Seen\ufffd together")


RULES = {
    "how": "form", "name": "Ours", "rule": ["0"], "0-id": "out", "0-title": "Out at twelve", "0-from": ["2"], "0-to": "1",
    "0-join": "all", "0-0-figure": "probe.score", "0-0-compare": "at-least", "0-0-cut": "10",
}  # fmt: skip


def test_the_rules_say_who_would_move_before_they_are_saved(own: Supported) -> None:
    client = signed_in(own.cast["Pike"])
    shown = client.post("/support/rules", {**RULES, "do": "preview"}).content.decode()
    assert "Ana Diaz" in shown and "Back to tier 1" in shown
    with in_district(own.cast.district.id):
        assert not TierRules.objects.filter(body__name="Ours").exists()
    client.post("/support/rules", {**RULES, "do": "save"})
    assert "In force today, written by Pike Pison." in words(client, "/support/rules")
    assert "Ana Diaz tier 2 to 1" in words(client, "/support/team")


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({**RULES, "0-0-cut": "many"}, "Rule “Out at twelve”: Give every condition its cut"),
        ({**RULES, "0-0-cut": "nan"}, "Rule “Out at twelve”: Give every condition its cut"),
        ({**RULES, "0-from": []}, "Rule “Out at twelve”: Tick the tier"),
        ({**RULES, "0-0-figure": ""}, "Rule “Out at twelve”: Choose at least one condition"),
        ({**RULES, "0-to": "x"}, "Rule “Out at twelve”: a tier is 1, 2 or 3"),
        ({"how": "json", "body": "[" * 200_000}, "clauses lie too deep"),
        ({"how": "json", "body": "{"}, "this is not JSON"),
        ({"how": "json", "body": '{"name": "x", "rules": [1]}'}, "rules[0]: an object with"),
    ],
)
def test_bad_rules_are_refused_with_their_place(supported: Supported, entered: dict[str, object], said: str) -> None:
    response = signed_in(supported.cast["Pike"]).post("/support/rules", {**entered, "do": "save"})
    assert response.status_code == 422
    page = unescape(response.content.decode())
    assert said in page
    assert entered["how"] == "json" or 'value="Out at twelve"' in page  # what was typed is still there


def test_a_plan_is_written_and_practice_follows_it(own: Supported) -> None:
    client, dev = signed_in(own.cast["Ines"]), own.cast["Dev"]
    path = f"/support/team/{dev.id}/plan"
    entered = {
        "why": "Signed numbers", "start_score": "5", "goal_score": "12", "goal_day": "2099-01-01", "group": "", "name": "Dev",
        "kind": "tutoring", "tier": "3", "weekdays": ["1", "3"], "minutes": "25", "measure": "computation-signed",
        "probe_every": "7", "skills": ["6.EE.B.7"],
    }  # fmt: skip
    assert client.post(path, {**entered, "goal_score": "4"}).status_code == 422
    made = client.post(path, entered)
    assert made.status_code == 302
    assert "Practice “One-step equations” next" in words(
        signed_in(own.cast["Okafor"]), f"/teach/{own.cast.a.id}/learner/{dev.id}"
    )
    client.post(f"{made.headers['Location']}/end", {"why": "Goal reached"})
    assert "Ended by Ines Inson: Goal reached" in words(client, made.headers["Location"])
