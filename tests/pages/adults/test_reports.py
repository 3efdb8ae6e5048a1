"""Who has reports, what their pages, tables, paper, letters and commands say, and that no child shows in them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import polars as pl
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.cli import main
from headway.core.evidence.reports.measures import MEASURES
from headway.school.evidence.reports.actions import close_weeks, monday_of
from headway.school.evidence.reports.queries import closed_weeks, weeks_missing
from headway.school.models import Person, ReportCell, Role, School
from headway.school.people.actions import make_district
from headway.school.people.clock import start_of
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.school.evidence.trial import START, Trial, make_trial, practise

WEEKS = 9


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    """Two classes in two schools with 24 learners each; a third school with nine."""
    del database
    made = make_trial(learners=48, classes=2, seed=7)
    with in_district(made.district):
        begin = start_of(made.district, monday_of(made.district, START))
        for language, people in (("es", made.people[24:36]), ("en", made.people[36:])):
            Person.objects.filter(id__in=[person.id for person in people]).update(language=language)
        small = School.objects.create(district_id=made.district, sourced_id="small", name="Tiny Hill")
        Role.objects.filter(person__in=made.people[:9], name="learner").update(school=small)
        pike = Person.objects.create(district_id=made.district, sourced_id="tiny", given_name="Tia", family_name="Hill")
        Role.objects.create(district_id=made.district, person=pike, school=small, name="leader")
        for name in ("teacher", "family", "interventionist"):
            person = Person.objects.create(
                district_id=made.district, sourced_id=name, given_name=name, family_name="Smith"
            )
            Role.objects.create(district_id=made.district, person=person, school=made.sections[0].school, name=name)
    practise(made, begin, begin + WEEKS * 7 * 86_400.0, each=90, rng=np.random.default_rng(8))
    close_weeks(district=made.district, now=begin + WEEKS * 7 * 86_400.0 + 3600.0)
    return made


def somebody(trial: Trial, sourced_id: str) -> Client:
    with in_district(trial.district):
        return signed_in(Person.objects.get(sourced_id=sourced_id))


PAGES = ("/reports", "/reports/explore", "/reports/measure/growth", "/reports/report.csv", "/reports/report.pdf")


@pytest.mark.parametrize("who", ["teacher", "family", "interventionist", "l0"])
def test_nobody_else_has_reports(trial: Trial, who: str) -> None:
    client = somebody(trial, who)
    assert {client.get(page).status_code for page in PAGES} == {404}
    assert {client.post(page).status_code for page in ("/reports/close", "/reports/mail")} == {404}


def test_a_principal_has_their_school_and_no_other(trial: Trial) -> None:
    client = somebody(trial, "Pike")
    text = client.get("/reports").content.decode()
    assert "Report: School 0" in text and "School 1" not in text and "Tiny Hill" not in text
    assert "Nothing is shown for “Support: dosage and fidelity”, “Screening”" in text, "an empty part says why"
    for page in PAGES:
        assert client.get(page, {"school": str(trial.sections[1].school_id)}).status_code == 404
        assert client.get(page, {"school": "' OR 1=1"}).status_code == 404


def test_a_leader_and_a_researcher_of_the_district_have_all_of_it_without_a_name(trial: Trial) -> None:
    for who in ("Dana", "Win"):
        client = somebody(trial, who)
        for page in PAGES[:3]:
            text = client.get(page, {"time": "year", "for": "research"}).content.decode()
            assert "School 1" in text and "L13 " not in text and str(trial.people[13].id) not in text
        assert client.get("/reports/report.pdf").content.startswith(b"%PDF")


def test_a_school_of_nine_learners_shows_nothing_and_is_in_no_sum(trial: Trial) -> None:
    text = somebody(trial, "tiny").get("/reports").content.decode()
    assert "There is nothing to tell yet" in text
    rows = explored(somebody(trial, "Dana"), measure="minutes", group="school", time="month")
    assert {row["group"] for row in rows if row["by"] == "school"} == {"School 0", "School 1"}
    assert [row["learners"] for row in rows if row["by"] == "all"] == ["39"]


def explored(client: Client, **asked: str) -> list[dict[str, str]]:
    answer = client.get("/reports/explore", {**asked, "format": "csv"})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_every_answer_of_the_explorer_stands_for_ten_learners(trial: Trial) -> None:
    client = somebody(trial, "Dana")
    seen = 0
    for key in {each.population: each.key for each in MEASURES.values()}.values():
        for group in ("grade", "language", "school"):
            for row in explored(client, measure=key, group=group, time="term"):
                assert int(row["learners"]) >= 10
                seen += 1
    assert seen > 40


def test_the_page_of_a_measure_says_what_of_whom_and_from_what(trial: Trial) -> None:
    text = somebody(trial, "Dana").get("/reports/measure/right", {"time": "term"}).content.decode()
    for words in (
        "What it counts",
        "Of whom",
        "From what evidence",
        "Week by week",
        "By group: Home language",
        "español",
    ):
        assert words in text
    assert somebody(trial, "Dana").get("/reports/measure/nothing").status_code == 404


def test_odd_choices_are_the_usual_ones(trial: Trial) -> None:
    client = somebody(trial, "Dana")
    odd = client.get("/reports", {"time": "ever", "for": "me"}).content.decode()
    assert '<option value="month" selected>' in odd and '<option value="lead" selected>' in odd
    assert client.get("/reports/explore", {"measure": "ability", "group": "name"}).status_code == 200
    assert client.get("/reports/explore", {"measure": "x" * 3000}).status_code == 404


def test_pages_ask_as_many_questions_however_much_there_is(trial: Trial) -> None:
    counts: dict[str, set[int]] = {}
    for who in ("Pike", "Dana"):
        client = somebody(trial, who)
        client.get("/reports")
        for page in ("/reports", "/reports/explore", "/reports/measure/minutes"):
            for time in ("month", "year"):
                with CaptureQueriesContext(connection) as asked:
                    client.get(page, {"time": time})
                counts.setdefault(page, set()).add(len(asked.captured_queries))
    assert all(len(each) == 1 for each in counts.values()), counts
    assert max(map(max, counts.values())) <= 20, counts


def test_a_report_goes_to_who_asked_for_it_once(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    client, mail.outbox = somebody(trial, "Pike"), []
    assert run(capsys, trial, "send")["letters"] == []
    answer = client.post("/reports/mail", {"wanted": "yes", "language": "es", "email": "nothing"}, follow=True)
    assert "Write an e-mail address" in answer.content.decode()
    client.post("/reports/mail", {"wanted": "yes", "language": "en", "email": "pike@example.org"})
    assert run(capsys, trial, "send", "--dry-run")["would_send"] == 1 and mail.outbox == []
    assert run(capsys, trial, "send")["sent"] == 1
    (letter,) = mail.outbox
    assert letter.to == ["pike@example.org"] and "School 0" in letter.body and "School 1" not in letter.body
    assert "Skills" in letter.body and "invented" not in letter.body
    assert run(capsys, trial, "send")["sent_before"] == 1
    client.post("/reports/mail", {"wanted": "no", "language": "en", "email": ""})
    assert run(capsys, trial, "send")["letters"] == []


def run(capsys: pytest.CaptureFixture[str], trial: Trial, *words: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["report", words[0], "--district", str(trial.district), *words[1:], "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_command_shows_what_the_page_shows(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, trial, "show", "--school", "School 1", "--time", "term")
    minutes = next(each for each in found["figures"] if each["measure"] == "minutes")
    page = somebody(trial, "Dana").get("/reports", {"school": str(trial.sections[1].school_id), "time": "term"})
    assert f'<b class="num">{minutes["value"]}</b>' in page.content.decode()
    assert found["schools"] == ["School 1"] and len(found["weeks"]) == WEEKS
    assert "no school" in run(capsys, trial, "show", "--school", "Nowhere", code=1)["error"]


def test_the_commands_close_and_check(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, trial, "check", "--last", "2") == {"weeks": 2, "difference": ""}
    assert "give a number" in run(capsys, trial, "check", "--last", "0", code=1)["error"]
    with in_district(trial.district):
        before = set(ReportCell.objects.values_list("week", "school", "population", "sorting"))
    run(capsys, trial, "close")  # it may be later than the last week by the clock; there is nothing in the log of then
    with in_district(trial.district):
        assert set(ReportCell.objects.values_list("week", "school", "population", "sorting")) == before


def test_the_button_begins_to_close_only_what_is_missing(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr("headway.school.people.beside._start", lambda words, _behind: begun.append(words))
    with in_district(trial.district):
        end = start_of(trial.district, closed_weeks()[-1].week + 7)
        assert not weeks_missing(trial.district, end + 3600.0) and weeks_missing(trial.district, end + 7 * 86_400.0)
    monkeypatch.setattr("headway.pages.leader.reports.weeks_missing", lambda *_: False)
    client = somebody(trial, "Win")
    assert "All weeks that are over" in client.post("/reports/close", follow=True).content.decode() and begun == []
    monkeypatch.setattr("headway.pages.leader.reports.weeks_missing", lambda *_: True)
    assert "Bring up to date" in client.get("/reports").content.decode()
    client.post("/reports/close")
    assert begun == [["report", "close", "--district", str(trial.district), "--json"]]


def test_a_district_without_schools_has_an_empty_report(database: str) -> None:
    del database
    district = make_district(name="Nowhere", id=uuid4()).id
    with in_district(district):
        dana = Person.objects.create(district_id=district, sourced_id="d", given_name="Dana", family_name="Low")
        Role.objects.create(district_id=district, person=dana, school=None, name="leader")
    for page in PAGES:
        assert signed_in(dana).get(page).status_code == 200


def test_a_research_export_has_a_twin_with_nobody_in_it(
    trial: Trial, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed, out, twin = tmp_path / "agreed.csv", tmp_path / "data", tmp_path / "twin"
    agreed.write_text("sourcedId\n" + "\n".join(person.sourced_id for person in trial.people))
    words = ["export", "research", str(out), "--consented", str(agreed), "--twin", str(twin), "--json"]
    assert main([*words, "--district", str(trial.district)]) == 0, capsys.readouterr().err
    found = json.loads(capsys.readouterr().out)
    assert found["twin"]["learners"] == found["learners"] > 30 and found["twin"]["answers"] > 1000
    real, drawn = (pl.read_parquet(folder / "answers.parquet") for folder in (out, twin))
    assert (twin / "dictionary.csv").read_text() == (out / "dictionary.csv").read_text()
    assert drawn["correct"].mean() == pytest.approx(real["correct"].mean(), abs=0.08)
    assert set(drawn["learner"]) & set(real["learner"]) == set()
    begun = [set(frame.group_by("learner").agg(pl.col("skill", "correct", "day").head(8)).drop("learner").map_rows(str)
                 .to_series()) for frame in (real, drawn)]  # fmt: skip
    assert begun[0] & begun[1] == set()
    assert pl.read_parquet(twin / "learners.parquet")["simulated"].all()
    assert main([*words[:-3], "--twin", str(out), "--district", str(trial.district)]) == 1
