"""The data lead's page: what there is, in counts; nobody else comes in, and no record is read."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.cli import COMMANDS
from headway.core.mastery.models import MODELS
from headway.core.path.plan import DEFAULT_PLAN
from headway.pages.leader import data
from headway.school.models import AccessLog
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.maple import DATA_LEAD, OKAFOR, PRINCIPAL, MapleCast, make_maple
from tests.pages.adults.test_board import words


@pytest.fixture(scope="module")
def school(database: str) -> MapleCast:
    return make_maple()


def test_the_data_lead_lands_on_what_data_there_is(school: MapleCast) -> None:
    client = signed_in(school.person(DATA_LEAD))
    assert client.get("/").headers["Location"] == "/data"
    page = words(client, "/data")
    assert "0 answers on record" in page
    assert re.search(r"Maple Middle School 150 0 150", page)
    assert DEFAULT_PLAN.model in page
    assert DEFAULT_PLAN.policy in page
    with in_district(school.district):
        assert not AccessLog.objects.exists()


def test_it_is_nobody_elses_page(school: MapleCast) -> None:
    for who in (OKAFOR, PRINCIPAL, "s-mina"):
        assert signed_in(school.person(who)).get("/data").status_code == 404, who


def test_counts_are_kept_for_a_while(school: MapleCast) -> None:
    client = signed_in(school.person(DATA_LEAD))
    client.get("/data")
    with CaptureQueriesContext(connection) as counted:
        client.get("/data")
    assert len(counted) <= 10


def test_every_command_on_the_page_exists_and_every_model_has_its_card() -> None:
    for shown in data.COMMANDS:
        assert any(shown.line.startswith(f"headway {name} ") for name in COMMANDS), shown.line
    assert set(MODELS) <= set(data.MODELS)
