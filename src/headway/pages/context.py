"""What the base template shows of the person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from headway.pages.menu import MENU, SCREENING, WHOLE, Line
from headway.school.exchange.sign_on.second import STAFF
from headway.school.measurement.screenings import open_sitting
from headway.school.people.access import Viewer, viewer_of
from headway.school.people.models import Person
from headway.school.people.shared import idle_seconds

TABS = 5
"""Places at the foot of a phone: with more of them their words break."""


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the main menu, for the page that is open."""

    name: str
    url: str
    icon: str
    here: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the bar on a wide page: one line, or several that open under a ``name``."""

    name: str
    lines: tuple[Section, ...]

    @property
    def here(self) -> bool:
        """Whether the open page is one of them."""
        return any(line.here for line in self.lines)


@dataclass(frozen=True, slots=True)
class Shown:
    """The signed-in person as the top bar needs them."""

    id: str
    name: str
    initials: str
    sections: tuple[Section, ...]
    staff: bool = False
    idle: int = 0

    @property
    def bar(self) -> tuple[Place, ...]:
        """What stands at the top of a wide page, each group where its first line would be."""
        places: dict[str, list[Section]] = {}
        for line in self.sections:
            places.setdefault(line.group or line.url, []).append(line)
        return tuple(Place(own[0].group if len(own) > 1 else own[0].name, tuple(own)) for own in places.values())

    @property
    def tabs(self) -> tuple[Section, ...]:
        """What stands at the foot of a phone: as many lines as can be read there."""
        return self.sections if len(self.sections) <= TABS else self.sections[: TABS - 1]

    @property
    def more(self) -> tuple[Section, ...]:
        """The other lines, which open from the last place at the foot."""
        return self.sections[len(self.tabs) :]


def viewer_in(request: HttpRequest) -> Viewer | None:
    """The signed-in person with their roles, looked up once a request; None when nobody is signed in."""
    found: Viewer | None = getattr(request, "headway_viewer", None)
    if found is None and isinstance(request.user, Person):
        found = viewer_of(request.user)
        request.headway_viewer = found  # type: ignore[attr-defined]
    return found


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``viewer`` for the top bar, or nothing."""
    if not hasattr(request, "user"):  # the error page of a request that never got as far as the session
        return {}
    viewer = viewer_in(request)
    if viewer is None:
        return {}
    person = viewer.person
    initials = (person.given_name[:1] + person.family_name[:1]).upper()
    return {
        "viewer": Shown(
            str(person.id),
            person.name,
            initials,
            sections(viewer, request.path),
            viewer.has(*STAFF),
            idle_seconds(request),
        )
    }


def sections(viewer: Viewer, path: str) -> tuple[Section, ...]:
    """The main menu of this person; the longest address that the path lies in is where they are."""
    lines = [line for line in MENU if viewer.has(*line.roles) and _stands(line, viewer, path)]
    lies = [
        (url, line) for line in lines for url in (line.url, *line.covers) if path == url or path.startswith(url + "/")
    ]
    here = max(lies, key=lambda each: len(each[0]), default=("", None))[1]
    return tuple(Section(str(line.name), line.url, line.icon, line is here, str(line.group)) for line in lines)


def _stands(line: Line, viewer: Viewer, path: str) -> bool:
    """Whether a line is in the menu now: a learner's screening while there is one to take, and what is the whole district's for
    somebody with a part in all of it."""
    if line.whole is not None and line.whole != (None in viewer.schools(*WHOLE)):
        return False
    if line.url != SCREENING or path.startswith(SCREENING):
        return True
    return open_sitting(viewer.person.id) is not None
