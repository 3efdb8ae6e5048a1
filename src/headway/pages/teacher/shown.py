"""A board as the templates need it: names for identifiers, words for cells."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.environment.attention import Code
from headway.core.environment.needs import Need
from headway.core.environment.praise import GoodWord
from headway.core.environment.readiness import Cell, Group
from headway.core.profile.views import Status
from headway.core.text import Text
from headway.pages.render import plain
from headway.school.environment.queries import Board, title_of
from headway.school.environment.signals import Hand

GROUPS: dict[Group, Promise] = {
    "ready": gettext_lazy("Ready for more"),
    "today": gettext_lazy("On today’s step"),
    "earlier": gettext_lazy("Needs an earlier step"),
    "elsewhere": gettext_lazy("On another branch"),
    "unknown": gettext_lazy("No answers yet"),
}
WORDS: dict[Status, Promise] = {
    "mastered": gettext_lazy("Mastered"),
    "near": gettext_lazy("Nearly there"),
    "learning": gettext_lazy("Learning"),
    "starting": gettext_lazy("Just starting"),
    "stuck": gettext_lazy("Stuck"),
    "new": gettext_lazy("Not started"),
}
TONES: dict[Code, str] = {
    "asked": "clay",
    "stuck": "clay",
    "quiet": "clay",
    "guessing": "sun",
    "spinning": "iris",
    "rushing": "sun",
    "alone": "iris",
    "hints": "sun",
    "adrift": "leaf",
    "slipping": "leaf",
    "coming": "leaf",
    "ready": "leaf",
    "idle": "plain",
}
"""The colour of the avatar; the words beside it say the same."""
MOST_PRAISE = 5
"""More is a list to scroll, not a word to say."""
URGENT = frozenset({"asked", "stuck", "quiet"})


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """A need with its names. ``verb`` and ``do`` are what its button says and sends; ``aloud`` is what is announced; ``held``
    counts the hints that are held back, ``opens`` is what the button sends that opens them."""

    need: Need
    name: str
    initials: str
    tone: str
    urgent: bool
    coming: str
    verb: str
    do: str
    aloud: str
    held: int = 0
    opens: str = ""


@dataclass(frozen=True, slots=True)
class ShownPraise:
    """A good word to say; ``state`` is ``said`` or ``seen`` once it has been."""

    word: GoodWord
    name: str
    state: str
    do: str


@dataclass(frozen=True, slots=True)
class Column:
    """A skill of the table."""

    key: str
    title: Text
    today: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """``look`` names the style, ``sign`` is what is seen and ``words`` what is read aloud."""

    look: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A learner of the table."""

    learner: str
    name: str
    cells: tuple[ShownCell, ...]


def shown(board: Board, names: dict[str, str]) -> dict[str, object]:
    """Return the context of the board's templates; ``names`` by learner."""
    table = board.readiness
    columns = [
        Column(board.curriculum.skills[number].id, title_of(board.curriculum, number), number == table.today)
        for number in table.columns
        if board.curriculum is not None
    ]
    groups = [
        (
            group,
            GROUPS[group],
            [ShownRow(row.learner, names[row.learner], tuple(map(_cell, row.cells))) for row in rows],
        )
        for group, rows in table.groups
    ]
    return {
        "board": board,
        "needs": [_need(need, board, names) for need in board.needs],
        "idle": [(names[need.learner], need) for need in board.idle],
        "unreadable": [names[learner] for learner in board.unreadable],
        "praise": [_praise(word, board, names) for word in board.good_words[:MOST_PRAISE]],
        "columns": columns,
        "width": len(columns) + 1,
        "groups": groups,
    }


def _need(need: Need, board: Board, names: dict[str, str]) -> ShownNeed:
    name = names[need.learner]
    coming = board.hands[need.learner].coming if need.code == "coming" else ""
    if need.code == "coming":
        verb, do = _("Mark visited"), "visited"
    else:
        verb, do = _("I’m on my way"), "coming"
    held = board.held.get(need.learner)
    return ShownNeed(
        need=need,
        name=name,
        initials="".join(word[:1] for word in name.split()[:2]).upper(),
        tone=TONES[need.code],
        urgent=need.code in URGENT,
        coming=coming,
        verb=verb,
        do=f"{do}:{need.code if need.code != 'coming' else 'asked'}:{need.learner}",
        aloud=f"{name}. {plain(need.reason)}",
        held=len(held.hints) if held else 0,
        opens=f"hints:{held.code}:{need.learner}" if held else "",
    )


def _praise(word: GoodWord, board: Board, names: dict[str, str]) -> ShownPraise:
    said = dict(board.hands.get(word.learner, Hand()).words)
    state = "" if word.code not in said else "seen" if said[word.code] else "said"
    return ShownPraise(word, names[word.learner], state, f"word:{word.code}:{word.learner}")


def _cell(cell: Cell) -> ShownCell:
    word = str(WORDS[cell.status])
    if cell.status in ("mastered", "new"):
        return ShownCell(cell.status, "", word)
    if cell.status == "stuck":
        return ShownCell(cell.status, "!", word)
    number = round(100 * cell.chance)
    return ShownCell(cell.status, str(number), _("%(word)s, %(number)d out of 100") % {"word": word, "number": number})
