"""An activity elsewhere as pages show it: to its learner, and to the adult who chooses it. Titles are foreign words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from headway.core.curriculum.outside import GOOD_FOR, KINDS, Outside, frame_of, host_of
from headway.core.text import NOTHING, Text
from headway.school.path.outside.queries import ForLearner

ICONS = {"link": "i-map", "video": "i-eye", "tool": "i-door"}


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. ``host`` is the site that it leads to, ``frame`` where a video may be shown in a frame,
    ``language`` is said where it is not the reader's."""

    title: str
    kind: Text
    icon: str
    good_for: Text
    minutes: int
    host: str
    frame: str
    language: str
    licence: str
    source: str

    @property
    def origin(self) -> str:
        """The origin of the frame, for the policy of the page that shows it."""
        parts = urlsplit(self.frame)
        return f"{parts.scheme}://{parts.netloc}" if self.frame else ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A card on a learner's list: who chose it, what they said, whether it was opened or done."""

    id: UUID
    card: Card
    by: str
    why: str
    opened: bool
    done: bool


def card_of(what: Outside) -> Card:
    """The card of an activity. A video is shown in a frame only where its host is known."""
    foreign = what.language.split("-")[0] != (get_language() or "en").split("-")[0]
    return Card(
        what.title, KINDS.get(what.kind, NOTHING), ICONS.get(what.kind, "i-map"), GOOD_FOR.get(what.good_for, NOTHING),
        what.minutes, host_of(what.address), frame_of(what.address) if what.kind == "video" else "",
        language_said(what.language) if foreign else "", what.licence, what.source,
    )  # fmt: skip


def chosen_of(found: Iterable[ForLearner]) -> list[Chosen]:
    """Cards for a list; what is not done yet comes first."""
    cards = [
        Chosen(each.id, card_of(each.what), each.by, each.why, each.opened_at > 0, each.done_at > 0) for each in found
    ]
    return sorted(cards, key=lambda each: each.done)


def language_said(code: str) -> str:
    """A language by its name where it is among those that schools here use most, else its code."""
    names = {
        "en": _("English"), "es": _("Spanish"), "fr": _("French"), "de": _("German"), "zh": _("Chinese"), "ar": _("Arabic"),
        "pt": _("Portuguese"), "vi": _("Vietnamese"), "ht": _("Haitian Creole"), "so": _("Somali"), "ru": _("Russian"),
    }  # fmt: skip
    return names.get(code.split("-")[0], code)
