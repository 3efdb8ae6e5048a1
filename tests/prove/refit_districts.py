"""What a refit promises, each with a district of its own or another process. ``make prove ARGS=refit`` runs them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.db import connections

from headway.school.evidence.refit.running import SILENT, NoRefit, begin
from headway.school.mastery.models import ModelChange, ModelVersion, Refit
from headway.school.path.models import PlanRow
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.school.evidence.planted import Planted, plant
from tests.school.evidence.refits import practise, promoted_twice_and_taken_back, proposed, refit


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def test_a_kill_in_the_middle_leaves_the_champion(database: str) -> None:
    off = plant()
    with in_district(off.district):
        before = list(ModelVersion.objects.values_list("name", flat=True))
        rows = list(PlanRow.objects.values_list("id", "ends"))
    words = [sys.executable, "-m", "headway.cli", "refit", "--district", str(off.district)]
    # It cannot write its result while the table is held, so that it is killed before it has done so, however fast it is.
    with in_district(off.district, using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("LOCK TABLE school_modelversion IN EXCLUSIVE MODE")
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            patient = time.monotonic() + 120.0
            while not _running(off) and time.monotonic() < patient:
                time.sleep(0.05)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
    with in_district(off.district):
        left = Refit.objects.order_by("-began_at")[0]
        assert left.state == "running"
        assert list(ModelVersion.objects.values_list("name", flat=True)) == before
        assert list(PlanRow.objects.values_list("id", "ends")) == rows
    with pytest.raises(NoRefit, match="under way"):
        begin(district=off.district, by=None, now=left.seen_at + 1.0)
    again = begin(district=off.district, by=None, now=left.seen_at + SILENT + 1.0)
    assert again != left.id


def _running(planted: Planted) -> bool:
    with in_district(planted.district):
        return Refit.objects.filter(state="running", step__gte=1).exists()


def test_a_promotion_in_another_process_serves_here_at_once(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert practise(cast, time.time() - 7200.0) == {"gaussian-2"}
    # In another process, as a page's server or the command line is: this one is not told and not restarted.
    words = [sys.executable, "-m", "headway.cli", "refit", "--json", "--district", str(cast.district.id)]
    done = subprocess.run(
        [*words, "--by", "Dana", "--accept", proposed(cast)], capture_output=True, text=True, check=True
    )
    promoted_twice_and_taken_back(cast, json.loads(done.stdout), capsys)


def test_nothing_to_find_is_not_promoted_even_when_asked(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    null = plant(off=0.0, learners=44, each=45)
    found = refit("--promote", "--by", "Dana", district=null.district, out=capsys)
    assert found["verdict"] == "not-better"
    assert "promoted" not in found
    refused = refit("--accept", found["refit"], "--by", "Dana", district=null.district, code=1, out=capsys)
    assert "it is not better beyond noise" in refused["error"]
    with in_district(null.district):
        assert not ModelChange.objects.exists()
        assert not PlanRow.objects.exists()


def test_a_harmed_group_blocks(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    mixed = plant(hurt=10)
    found = refit("--promote", "--by", "Dana", district=mixed.district, out=capsys)
    assert found["verdict"] == "harms"
    assert ["language", "es"] in found["harmed"]
    assert "promoted" not in found
    refused = refit("--accept", found["refit"], "--by", "Dana", district=mixed.district, code=1, out=capsys)
    assert "a group of learners would be harmed" in refused["error"]
