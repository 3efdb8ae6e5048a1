"""What ``hybrid-1`` remembers of a learner and what it describes before a response: names and places of numbers.

Memory is constant: ``OWN`` numbers a learner, ``TRACE`` numbers a touched skill, the last ``RECENT_ITEMS`` items and the
transfer vector. All are float64, so that a stored memory goes on byte for byte.
"""

from __future__ import annotations

OWN_RATES = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
"""Decays a response of a learner's rates of success; skills have their own."""
SKILL_RATES = (0.6, 0.8, 0.9, 0.97)
OWN_SURPRISES = (0.7, 0.9, 0.98)
"""Decays of the mean surprise (outcome less the core's chance): success beyond what the items' difficulty explains."""
SKILL_SURPRISES = (0.8, 0.95)
RECENT_ITEMS = 32
SESSION = 7200.0
"""Seconds without a response after which a new session begins."""

# A learner's numbers. A rate or mean surprise takes two places: decayed sum and decayed weight.
TRIES, RIGHT, AT, LAST = 0, 1, 2, 3  # LAST: the five last outcomes, 1 right, -1 wrong, 0 none
RATES = 8
SURPRISES, SURPRISE = 22, 28
RUN_RIGHT, RUN_WRONG, PATTERN = 29, 30, 31
STAY, STAY_RIGHT = 32, 33  # responses since the skill changed
FIRSTS, FIRSTS_RIGHT, FIRSTS_SURPRISE = 34, 35, 36  # on items not met lately
AGAINS, AGAINS_RIGHT, AGAINS_SURPRISE = 37, 38, 39
HARD, HARD_SURPRISE, EASY, EASY_SURPRISE = 40, 41, 42, 43
PACE, PACE_WEIGHT, BREAK, SESSION_N, LAST_GAP = 44, 45, 46, 47, 48
HELP, HELP_WEIGHT = 49, 50
SECONDS, SECONDS_WEIGHT, LAST_SECONDS = 51, 52, 53
ITEM, ITEM_BEFORE, OUTCOME_BEFORE, SKILL, SKILLS = 54, 55, 56, 57, 58  # of the last two responses
LAST_CORE, LAST_EASE = 59, 60
OWN = 62

# A skill's numbers; the first eight as above.
T_RATES = 8
T_SURPRISES, T_SURPRISE = 16, 20
T_RUN_RIGHT, T_RUN_WRONG, T_PATTERN = 21, 22, 23
T_SEEN, T_LAST_SURPRISE = 24, 25
T_HELP, T_HELP_WEIGHT = 26, 27
TRACE = 28

# One of the recent items.
I_KEY, I_TRIES, I_RIGHT, I_LAST, I_SEEN, I_WRONG = 0, 1, 2, 3, 4, 5
RECENT = 6

CORE_NAMES = (
    *("constant", "all tries", "all right", "skill tries", "skill right", "item tries", "item right"),
    *("all recent 0.7", "all recent 0.9", "all recent 0.98"),
    *("skill recent 0.6", "skill recent 0.8", "skill recent 0.9", "skill recent 0.97"),
    *("last 1", "last 2", "last 3", "skill last 1", "skill last 2", "skill last 3", "skill last 4", "skill last 5"),
    *("gap", "skill gap", "same item", "same skill", "new skill"),
    *("help", "skill help"),
)
"""The columns of the additive core. Tries and right answers are ln(1 + count), recent rates log odds against 0.65, gaps
ln(1 + days), help the decayed share of responses given after hints."""

MORE_NAMES = (
    *("core", "transferred", "transfer short", "transfer middle", "transfer long", "transfer lasting"),
    *("item ease", "item seen", "item first try", "item again", "skill ease", "skill seen"),
    *("item after last outcome", "item after last item", "pair seen", "item after item before", "skill after skill"),
    *("rate 0.5", "rate 0.8", "rate 0.95", "rate 0.99"),
    *("surprise 0.7", "surprise 0.9", "surprise 0.98", "surprise all"),
    *("right run", "wrong run", "pattern", "stay", "stay right", "first rate", "again rate"),
    *("first surprise", "again surprise", "hard surprise", "easy surprise", "items met"),
    *("last core", "last ease", "item last", "item lag", "item wrong run"),
    *("skill rarest", "skill surprise 0.8", "skill surprise 0.95", "skill surprise all", "weakest rate", "best rate"),
    *("skill right run", "skill wrong run", "skill pattern", "skill lag", "skill last surprise"),
    *("pace", "last gap", "last break", "session", "seconds", "last seconds"),
)
"""What the corrector sees besides the core's columns."""

NAMES = CORE_NAMES + MORE_NAMES
CORE = len(CORE_NAMES)

OF_LEARNER = frozenset(
    (
        *("constant", "all tries", "all right", "all recent 0.7", "all recent 0.9", "all recent 0.98"),
        *("last 1", "last 2", "last 3", "gap", "help", "rate 0.5", "rate 0.8", "rate 0.95", "rate 0.99"),
        *("surprise 0.7", "surprise 0.9", "surprise 0.98", "surprise all", "right run", "wrong run", "pattern"),
        *(
            "first rate",
            "again rate",
            "first surprise",
            "again surprise",
            "hard surprise",
            "easy surprise",
            "items met",
        ),
        *("last core", "last ease", "pace", "last gap", "last break", "session", "seconds", "last seconds"),
    )
)
"""Columns that are the same whatever item comes next."""
