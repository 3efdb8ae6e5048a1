"""The smallest subject that can be taken in, to be spoilt by tests."""

from __future__ import annotations

SKILLS = """id,title,grade,subject,after
art.lines,Lines,5,art,
art.shade,Light and shade,5,art,art.lines
"""
ITEMS = """id,skill,question,answer,wrong_1,reveals_1,feedback_1,hint_1
one,art.lines,Which line is straight?,a ruler's edge,a coil,Takes a curve for a line,Does it bend?,Lay a ruler on it.
two,art.shade,Where is the shade?,behind the ball,in the lamp,,,Where does no light go?
"""


def tables(**changed: str) -> dict[str, bytes]:
    """The two tables; ``items=…`` puts another one in the place of items.csv, ``passages=…`` adds one."""
    found = {"skills": SKILLS, "items": ITEMS, **changed}
    return {f"{name}.csv": text.encode() for name, text in found.items()}
