"""The family: the week in plain words, also an earlier one; teaching back; the mail, with consent and only with it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.cli import main
from headway.core.coaching.checking import check
from headway.core.mastery.kernels import DAY
from headway.school.curriculum.queries import curriculum_of, problem_of
from headway.school.environment.mailing import send_weeks
from headway.school.environment.week import monday_of
from headway.school.evidence.queries import replay_district
from headway.school.models import FamilyChoice, MasteryEntry, PlanRow, Profile, TeachBack, WeekSent
from headway.school.path.actions import wish
from headway.school.path.families.teaching import to_teach
from headway.school.people.clock import date_of, start_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in

SKILL = "6.NS.B.2"


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """Ana reached long division in the middle of last week."""
    cast, now = make_cast(), time.time()
    key = cast.district.id
    with in_district(key):
        at = start_of(key, monday_of(key, now) - 5) + DAY / 2
        wish(learner=cast["Ana"], by=cast["Okafor"], effect="pin-skill", skill=SKILL, reason="first", now=at - 60)
        activities = [a.id for a in curriculum_of(key).activities if a.skill == SKILL]
    for n in range(24):
        cast.begin("Ana", at + 60 * n, f"gen:{activities[n % len(activities)]}:{n}")
        cast.answer("Ana", True, at + 60 * n + 30)
        with in_district(key):
            if MasteryEntry.objects.filter(learner=cast["Ana"], skill=SKILL, kind="reached").exists():
                break
    yield cast
    cast.close()


def text(client: Client, page: str) -> str:
    return client.get(page, follow=True).content.decode()


def last_week(cast: Cast) -> date:
    with in_district(cast.district.id):
        return date_of(monday_of(cast.district.id, time.time()) - 7)


def test_a_week_is_read_in_plain_words_and_again_later(school: Cast) -> None:
    ana, client = school["Ana"].id, signed_in(school["Maria"])
    page = text(client, f"/family/{ana}")
    assert "This week" in page and "One thing to ask" in page and "The week before" in page
    before = text(client, f"/family/{ana}/week/{last_week(school)}")
    assert "Ana can now do this alone:" in before and "Ana practiced on 1 day." in before
    assert "%" not in before.split('class="card panel weekcard"')[1].split("</section>")[0]
    for day in ("1999-01-01", "2999-01-01", "nonsense", "2026-13-40"):
        assert client.get(f"/family/{ana}/week/{day}").status_code == 404
    for who in ("Okafor", "Ana", "Stone"):
        assert signed_in(school[who]).get(f"/family/{ana}/week/{last_week(school)}").status_code == 404
    assert client.get(f"/family/{school['Ben'].id}/week/{last_week(school)}").status_code == 404


def question(client: Client, ana: str) -> dict[str, str]:
    page = text(client, f"/family/{ana}/teach")
    return {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("skill", "activity")}


def test_teaching_back_is_kept_moves_nothing_and_brings_a_problem_later(school: Cast) -> None:
    ana, client, key = school["Ana"], signed_in(school["Maria"]), school.district.id
    page = f"/family/{ana.id}/teach"
    form = question(client, str(ana.id))
    assert form["skill"] == SKILL
    step = problem_of(key, form["activity"]).steps[0]
    answer = step.answer.keys[0]
    assert check(step.answer, answer).correct
    with in_district(key):
        before = bytes(Profile.objects.get(learner=ana).state)
    for wrong in (
        {"explained": "alone", "answer": "((("},
        {"answer": answer},
        {"answer": answer, "explained": "loudly"},
    ):
        assert client.post(page, form | wrong).status_code == 200
    assert client.post(page, form | {"answer": answer, "explained": "alone", "skill": "6.G.A.1"}).status_code == 302
    with in_district(key):
        assert not TeachBack.objects.filter(learner=ana).exists()
    done = {**form, "answer": answer, "explained": "alone", "words": "She drew boxes"}
    shown = client.post(page, done, follow=True).content.decode()
    assert "That is right." in shown and "One way to solve it" in shown
    assert "has been written down already" in client.post(page, done, follow=True).content.decode()
    with in_district(key):
        kept = TeachBack.objects.get(learner=ana)
        assert (kept.by, kept.correct, kept.explained) == (school["Maria"], True, "alone")
        row = PlanRow.objects.get(effect="pin-activity", learner=ana)
        assert row.id == kept.row and row.starts > time.time() + 2 * DAY and kept.check_activity == row.value
        assert bytes(Profile.objects.get(learner=ana).state) == before, "the grown-up's answer is not the child's"
        assert to_teach(ana, time.time()) == ()
    for who, where in (
        ("Ana", "/mastery"),
        ("Okafor", f"/profile/{ana.id}/mastery"),
        ("Maria", f"/profile/{ana.id}/mastery"),
    ):
        assert "Taught to Maria Diaz" in text(signed_in(school[who]), where)
    _later(school, kept)


def _later(school: Cast, kept: TeachBack) -> None:
    """Four days on the path brings the problem; it counts as any other, closes the row, and the ledger says that it held."""
    ana, at = school["Ana"], time.time() + 4 * DAY
    school.begin("Ana", at, f"gen:{kept.check_activity}:5")
    school.answer("Ana", True, at + 30)
    assert "Some days later it was still there." in text(signed_in(school["Maria"]), f"/profile/{ana.id}/mastery")
    with in_district(school.district.id):
        row = PlanRow.objects.get(effect="pin-activity", learner=school["Ana"])
        assert row.ends is not None and row.ends < row.starts + 5 * DAY
    assert replay_district(school.district.id).identical


def refuse(self: mail.EmailMessage, fail_silently: bool = False) -> int:
    raise OSError("the server is away")


def test_no_mail_without_consent_one_a_week_with_it_in_the_language_chosen(
    school: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, key, now = signed_in(school["Maria"]), school.district.id, time.time()
    monday = monday_of(key, now) - 7
    mail.outbox = []

    def send(dry: bool = False, before: int = 0) -> list[str]:
        week = monday - 7 * before
        letters = send_weeks(district=key, monday=week, address="https://h.example", now=now, dry_run=dry)
        return [letter.state for letter in letters]

    assert send() == []
    client.post("/family/mail", {"weekly": "yes", "language": "es", "email": "not an address"})
    client.post("/family/mail", {"weekly": "yes", "language": "xx", "email": "maria@example.org"})
    with in_district(key):
        assert not FamilyChoice.objects.exists()
    client.post("/family/mail", {"weekly": "yes", "language": "es", "email": "maria@example.org"})
    assert "Yes, to maria@example.org" in text(client, "/family/mail")
    assert send(dry=True) == ["would-send"] and mail.outbox == []
    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", refuse)
        assert send() == ["failed"], "it is not on record, so it is tried again"
    assert send() == ["sent"] and send() == ["sent-before"]
    assert send(before=3) == ["empty"], "a week in which nothing happened is not sent"
    (sent,) = mail.outbox
    assert sent.to == ["maria@example.org"] and f"https://h.example/family/{school['Ana'].id}" in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == "<https://h.example/family/mail>"
    with in_district(key):
        assert WeekSent.objects.get().to == school["Maria"]
    client.post("/family/mail", {"weekly": "no", "language": "es", "email": ""})
    assert send() == []
    with in_district(key):
        assert FamilyChoice.objects.filter(by=school["Maria"]).count() == 2


def test_the_command_refuses_what_it_cannot_do(school: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    district = ["--district", str(school.district.id)]
    assert main(["digest", "send", "--dry-run", *district]) == 0
    assert "weekly mail" in (said := capsys.readouterr().out) or "letters" in said
    for words, why in (
        (["--week", "2999-01-05"], "not over yet"),
        (["--week", "2001-01-01"], "more than a year ago"),
        (["--url", "nowhere"], "no address"),
        (["--district", "none"], "no district"),
    ):
        assert main(["digest", "send", "--dry-run", *district, *words]) == 1
        assert why in capsys.readouterr().err
    assert main(["digest", "send", "--week", "soon"]) == 2


def test_others_do_not_get_in(school: Cast) -> None:
    ana = school["Ana"].id
    for who in ("Ana", "Okafor", "Stone", "Ben"):
        client = signed_in(school[who])
        for page in (f"/family/{ana}/teach", f"/family/{ana}/teach/1", "/family/mail"):
            assert client.get(page).status_code == 404, (who, page)
        assert client.post(f"/family/{ana}/teach", {"skill": SKILL}).status_code == 404
    assert signed_in(school["Maria"]).get(f"/family/{school['Ben'].id}/teach").status_code == 404


def test_the_pages_take_a_fixed_number_of_queries(school: Cast) -> None:
    ana, client = school["Ana"].id, signed_in(school["Maria"])
    for page, most in (
        (f"/family/{ana}", 40),
        (f"/family/{ana}/week/{last_week(school)}", 24),
        (f"/family/{ana}/teach", 28),  # with closing what has been answered
        ("/family/mail", 14),
    ):
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        assert len(queries) <= most, page + "\n" + "\n".join(query["sql"][:120] for query in queries)
