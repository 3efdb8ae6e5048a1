"""What the lists of a pilot's form offer, each with its words; pages of a pilot say them again."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

GETS: tuple[tuple[str, str | Promise], ...] = (
    ("target-success:0.7", lazy("Harder problems: about 7 of 10 right at the first try")),
    ("target-success:0.85", lazy("Easier problems: between 8 and 9 of 10 right at the first try")),
    ("policy:sequence-1", lazy("One skill after the other, as in a textbook")),
    ("policy:frontier-3", lazy("Back to what comes before as soon as somebody struggles")),
    ("policy:frontier-4", lazy("The problems from which most gain is expected")),
    ("daily-goal:15", lazy("A daily goal of 15 problems")),
    ("daily-goal:20", lazy("A daily goal of 20 problems")),
    ("skills", lazy("Certain skills first, until they are mastered")),
    ("support", lazy("Certain skills first, with easier problems, as in a support group")),
)
UNITS: dict[str, str | Promise] = {
    "learner": lazy("Learner by learner: chance decides for each one"),
    "class": lazy("Class by class: everybody in a class gets the same"),
    "school": lazy("School by school: everybody in a school gets the same"),
}
LOOK_SAID: dict[str, str | Promise] = {
    "1": lazy("Once, at the end"),
    "2": lazy("Twice: half-way and at the end"),
    "3": lazy("Three times"),
}
WORTH: tuple[tuple[str, str | Promise], ...] = (
    ("0", lazy("Any gain is welcome")),
    ("0.05", lazy("A small one: 2 places in 100 (0.05 standard deviations)")),
    ("0.1", lazy("A usual one: 4 places in 100 (0.10)")),
    ("0.2", lazy("A large one: 8 places in 100 (0.20)")),
    ("0.3", lazy("A very large one: 12 places in 100 (0.30)")),
)
PER: dict[str, str | Promise] = {
    "learner": lazy("for each learner"),
    "class": lazy("for each class"),
    "school": lazy("for each school"),
    "pilot": lazy("in all"),
}
COSTS: dict[str, str | Promise] = {
    "licences": lazy("licences"),
    "hours": lazy("hours of work"),
    "devices": lazy("devices"),
    "training": lazy("training"),
    "other": lazy("other"),
}
