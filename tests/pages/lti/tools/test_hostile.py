"""Every hostile doing is refused, and leaves nothing: no launch, no token, no score, nothing before a class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.school.exchange.tools.models import LtiColumn, LtiPlacement, LtiScore
from headway.school.exchange.tools.visiting import subject_of
from headway.school.people.tenancy import in_district
from tests.cast import make_cast
from tests.pages.lti.tools.attempts import Scene
from tests.pages.lti.tools.conftest import seated
from tests.pages.lti.tools.hostile import HOSTILE
from tests.pages.lti.tools.tool_peer import ToolPeer, tool_peer

DOCS = Path(__file__).resolve().parents[4] / "docs/explanation/launches.md"


@pytest.fixture(scope="module")
def scene(database: str, tool: ToolPeer) -> Iterator[Scene]:
    """One school for all of them."""
    del database
    cast, elsewhere = make_cast(curriculum=False), make_cast(curriculum=False)
    with tool_peer() as other:
        seat, second, foreign = seated(cast, tool), seated(cast, other), seated(elsewhere, tool)
        made = Scene(seat, second, seat.place(maximum=20.0), foreign)
        second.place(cast.b, by=cast["Lee"])
        with in_district(cast.district.id):
            second.tokens["ana"] = subject_of(second.tool, cast["Ana"].id)
            second.tokens["eva"] = subject_of(seat.tool, cast["Eva"].id)
        yield made
    for each in (cast, elsewhere):
        each.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused(scene: Scene, name: str) -> None:
    expected, attempt = HOSTILE[name]
    assert attempt(scene) == expected
    with in_district(scene.seat.cast.district.id):
        assert LtiPlacement.objects.count() == 2 and LtiColumn.objects.count() == 1 and not LtiScore.objects.exists()


def test_the_docs_list_them() -> None:
    listed = {line[2:] for line in DOCS.read_text().splitlines() if line.startswith("- ")}
    assert set(HOSTILE) <= listed and len(HOSTILE) >= 67
