"""Who and what word problems are about: names, interests, and stories that are whole sentences.

A story table maps an interest to one finished sentence with named fields, so that a translator sees the whole
problem and no word is glued to another (no plural endings, no "a" or "an" to choose). :func:`tell` picks the
learner's own interest when the table has it, otherwise any other; the numbers of a seed stay the same either way.
Names are data and are not translated. Stories avoid "he" and "she".
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from headway.core.text import T, Text

Stories = Mapping[str, Text]
"""Interest -> whole problem. ``{name}`` and ``{friend}`` are filled in by :func:`tell`."""

INTERESTS: dict[str, Text] = {
    "soccer": T("Soccer"),
    "basketball": T("Basketball"),
    "music": T("Music"),
    "animals": T("Animals"),
    "space": T("Space"),
    "cooking": T("Cooking"),
    "art": T("Art"),
    "games": T("Games"),
    "nature": T("Nature"),
    "fashion": T("Fashion"),
    "trains": T("Trains"),
    "comics": T("Comics"),
}
"""What learners can name as an interest: the key that activities carry, and its name on screen."""

NAMES = (
    *("Aaliyah", "Amara", "Anaya", "Ángel", "Ayana", "Beatriz", "Bilal", "Camila", "Chidi", "Dae", "Daniel", "Diego"),
    *("Elena", "Emeka", "Emma", "Esperanza", "Farah", "Fatima", "Gabriel", "Grace", "Hana", "Hassan", "Ines"),
    *("Isaiah", "Jamal", "Jun", "Kai", "Kalani", "Keisha", "Khalil", "Lan", "Leila", "Liam", "Lucía", "Malik"),
    *("Marcus", "Mateo", "Mei", "Minh", "Nadia", "Naomi", "Nia", "Noah", "Olu", "Omar", "Paloma", "Priya", "Quinn"),
    *("Rafael", "Rania", "Ravi", "Rosa", "Sam", "Sana", "Santiago", "Sofia", "Tala", "Tariq", "Thanh", "Tomás"),
    *("Winona", "Ximena", "Yara", "Yusuf", "Zahra", "Zoe"),
)
"""First names from many homes."""


def name(rng: np.random.Generator) -> str:
    """One first name."""
    return NAMES[int(rng.integers(len(NAMES)))]


def two_names(rng: np.random.Generator) -> tuple[str, str]:
    """Two different first names."""
    first = int(rng.integers(len(NAMES)))
    return NAMES[first], NAMES[(first + 1 + int(rng.integers(len(NAMES) - 1))) % len(NAMES)]


def tell(rng: np.random.Generator, interest: str, stories: Stories, **fields: str | int | Text) -> Text:
    """Fill a story from ``stories`` that suits ``interest`` (or any, where the table has none of it).

    Always draws three times, so that the numbers drawn later do not depend on the interest.
    """
    keys = tuple(stories)
    drawn = keys[int(rng.integers(len(keys)))]
    story = stories[interest if interest in stories else drawn]
    person, friend = two_names(rng)
    return fill(story, name=person, friend=friend, **fields)


def fill(message: Text, **fields: str | int | Text) -> Text:
    """Give ``message`` those of ``fields`` that it names."""
    return Text(message.message, tuple((k, v) for k, v in fields.items() if "{" + k + "}" in message.message))


EQUAL_GROUPS: Stories = {
    "soccer": T("{name} packs {groups} bags for soccer practice. Each bag holds {each} balls. How many balls is that?"),
    "basketball": T("{groups} basketball teams sign up. Each team has {each} players. How many players sign up?"),
    "music": T("{name} practices {groups} songs. Each song has {each} lines. How many lines is that altogether?"),
    "animals": T("A shelter has {groups} cages with {each} kittens in each cage. How many kittens are there?"),
    "space": T("{name} builds {groups} model rockets. Each one needs {each} stickers. How many stickers are needed?"),
    "cooking": T("{name} fills {groups} trays with {each} tamales on each tray. How many tamales are there?"),
    "art": T("{name} buys {groups} boxes of crayons. Each box holds {each} crayons. How many crayons is that?"),
    "games": T("{name} clears {groups} levels of a game and finds {each} coins on each level. How many coins is that?"),
    "nature": T("{name} plants {groups} rows of beans with {each} plants in each row. How many plants are there?"),
    "fashion": T("{name} sews {each} buttons on each of {groups} jackets. How many buttons does {name} sew on?"),
    "trains": T("A toy train has {groups} cars. Each car carries {each} blocks. How many blocks does the train carry?"),
    "comics": T("{name} draws {groups} comic pages with {each} panels on each page. How many panels are there?"),
}
"""``{groups}`` groups of ``{each}``; asks for the total. Both 2 or more."""

SHARE: Stories = {
    "soccer": T(
        "A coach shares {total} practice cones equally among {groups} teams. How many cones does each team get?"
    ),
    "basketball": T("{total} players split into {groups} equal teams. How many players are on each team?"),
    "music": T("{name} puts {total} songs into {groups} equal playlists. How many songs are in each playlist?"),
    "animals": T("A zookeeper shares {total} carrots equally among {groups} rabbits. How many does each rabbit get?"),
    "space": T("{total} visitors ride to the planetarium in {groups} full vans. How many visitors are in each van?"),
    "cooking": T("{name} shares {total} dumplings equally onto {groups} plates. How many dumplings are on each plate?"),
    "art": T("{name} puts {total} brushes into {groups} jars, the same number in each. How many are in each jar?"),
    "games": T("{groups} players share {total} game cards equally. How many cards does each player get?"),
    "nature": T("{name} plants {total} bulbs in {groups} equal rows. How many bulbs are in each row?"),
    "fashion": T("{name} shares {total} beads equally among {groups} bracelets. How many beads are on each bracelet?"),
    "trains": T("{total} people sit in {groups} train cars, the same number in each. How many people are in each car?"),
    "comics": T("{name} puts {total} comic books into {groups} equal stacks. How many comic books are in each stack?"),
}
"""``{total}`` shared among ``{groups}``; asks how many each. Comes out even."""

PACK: Stories = {
    "soccer": T("{total} soccer balls go into bags of {each}. How many bags are needed?"),
    "basketball": T("{total} players form teams of {each}. How many teams are there?"),
    "music": T("{total} singers stand in rows of {each}. How many rows are there?"),
    "animals": T("{total} fish go into tanks with {each} fish in each tank. How many tanks are needed?"),
    "space": T("{name} puts {total} star stickers on cards, {each} on each card. How many cards does {name} fill?"),
    "cooking": T("{name} packs {total} empanadas into boxes of {each}. How many boxes does {name} fill?"),
    "art": T("{name} packs {total} markers into cases of {each}. How many cases does {name} fill?"),
    "games": T("{total} people play a game in groups of {each}. How many groups are there?"),
    "nature": T("{name} plants {total} trees in rows of {each}. How many rows are there?"),
    "fashion": T("{name} has {total} beads. One necklace takes {each} beads. How many necklaces can {name} make?"),
    "trains": T("A toy train carries {total} logs. Each car holds {each} logs. How many cars are needed?"),
    "comics": T(
        "{name} reads {each} pages of a comic each day. The comic has {total} pages. How many days does it take?"
    ),
}
"""``{total}`` in groups of ``{each}``; asks how many groups. Comes out even."""

JOIN: Stories = {
    "soccer": T("On Saturday {a} people watch the soccer match. On Sunday {b} watch. How many is that altogether?"),
    "basketball": T("A team scores {a} points in fall and {b} points in winter. How many points is that in all?"),
    "music": T("{a} people hear the first concert and {b} hear the second. How many people is that in all?"),
    "animals": T("An aquarium has {a} small fish and {b} large fish. How many fish does it have?"),
    "space": T("{name} counts {a} stars on one night and {b} on the next. How many stars is that in all?"),
    "cooking": T("A bakery sells {a} rolls in the morning and {b} in the afternoon. How many rolls is that?"),
    "art": T("A mosaic has {a} blue tiles and {b} green tiles. How many tiles does it have?"),
    "games": T("{name} scores {a} points in round one and {b} points in round two. How many points is that?"),
    "nature": T("A ranger counts {a} oak trees and {b} pine trees. How many trees is that?"),
    "fashion": T("A store sells {a} scarves in May and {b} scarves in June. How many scarves is that?"),
    "trains": T("A train carries {a} people north and {b} people back south. How many people is that?"),
    "comics": T("A library has {a} comic books and buys {b} more. How many comic books does it have now?"),
}
"""``{a}`` and ``{b}`` together, from tens to thousands."""

TAKE_AWAY: Stories = {
    "soccer": T("A stand holds {a} soccer fans. {b} seats are taken. How many seats are free?"),
    "basketball": T("A team wants to score {a} points this season. It has {b} so far. How many more does it need?"),
    "music": T("There are {a} tickets for a concert. {b} are sold. How many tickets are left?"),
    "animals": T("A farm has {a} hens. {b} of them are brown. How many hens are not brown?"),
    "space": T("A model rocket kit has {a} parts. {name} has put {b} in place. How many parts are left?"),
    "cooking": T("A bakery makes {a} rolls and sells {b} of them. How many rolls are left?"),
    "art": T("A mosaic needs {a} tiles. {name} has placed {b} of them. How many tiles are still needed?"),
    "games": T("{name} needs {a} points to win and has {b}. How many more points does {name} need?"),
    "nature": T("A park wants to plant {a} trees. {b} are in the ground. How many are left to plant?"),
    "fashion": T("A store has {a} shirts and sells {b} of them. How many shirts are left?"),
    "trains": T("{a} people are on a train. {b} get off. How many people are still on the train?"),
    "comics": T("A comic series has {a} pages. {name} has read {b}. How many pages are left to read?"),
}
"""``{a}`` less ``{b}``, from tens to thousands."""
