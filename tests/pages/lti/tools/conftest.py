"""Maple with a tool of another provider."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from headway.school.exchange.tools.register import Form, add_tool, client_of
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from tests.cast import Cast
from tests.pages.lti.platform_peer import HERE
from tests.pages.lti.tools.tool_peer import Seat, ToolPeer, tool_peer


@pytest.fixture(scope="package")
def tool() -> Iterator[ToolPeer]:
    with tool_peer() as found:
        yield found


@pytest.fixture
def seat(cast: Cast, tool: ToolPeer) -> Seat:
    return seated(cast, tool)


def seated(cast: Cast, tool: ToolPeer, **more: object) -> Seat:
    """Register the peer with a district."""
    values: dict[str, object] = {
        "name": "Number lines", "login_url": f"{tool.address}/login", "launch_url": f"{tool.address}/launch",
        "keys_url": f"{tool.address}/keys", "choose_url": f"{tool.address}/choose", "scopes": words.OFFERED, **more,
    }  # fmt: skip
    with in_district(cast.district.id):
        row = add_tool(by=cast["Dana"], form=Form(**values), base=HERE, now=time.time())  # type: ignore[arg-type]
    return Seat(tool, cast, row, client_of(row))
