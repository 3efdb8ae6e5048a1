"""An instructional model: what a school's day is made of, as data that a page can edit and a file can carry.

Nothing of a model is in code: station rotation, a morning block with support, playlists with projects, a daily rotation through a
whole school and work cycles are five files of the same shape.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A slot of the day. ``begin`` is minutes after midnight. ``all`` names a modality in which everybody is together then (a
    project, a meeting); ``""`` leaves the block to the planner."""

    id: str
    name: str
    begin: int
    minutes: int
    all: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """A room or a part of the building: ``seats`` in all, ``zones`` in which a session each can meet at the same time."""

    id: str
    name: str
    seats: int
    zones: int = 1


@dataclass(frozen=True, slots=True)
class Crew:
    """Adults who can stand in for one another. ``names`` are shown; there are as many adults as names. ``blocks`` are the blocks
    in which they are there; empty means all."""

    id: str
    name: str
    names: tuple[str, ...]
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Modality:
    """A way of working. A session takes ``smallest`` to ``largest`` learners; ``run_by`` are crews of which one adult runs it,
    and with none of them ``at_once`` says how many such sessions can go on by themselves. ``device``: one learner, one device,
    no session. ``worth`` is what a block of it brings compared with the same minutes of a learner's own practice, and
    ``source`` says where the figure comes from. ``most`` is the most blocks of it in a learner's day; 0 is no limit, and
    ``most_week`` the most in any seven days."""

    id: str
    name: str
    smallest: int = 1
    largest: int = 1
    run_by: tuple[str, ...] = ()
    at_once: int = 0
    device: bool = False
    spaces: tuple[str, ...] = ()
    worth: float = 1.0
    source: str = ""
    most: int = 0
    most_week: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its parts, the ``devices`` there are, and ``screen_blocks``, the most blocks of a learner's day on a device.
    ``spare`` names what those do for whom no seat is free. ``shared``: people, spaces and devices are the school's, and all its
    classes with this model are planned together."""

    id: str
    name: str
    about: str
    blocks: tuple[Block, ...]
    spaces: tuple[Space, ...]
    crews: tuple[Crew, ...]
    modalities: tuple[Modality, ...]
    devices: int
    screen_blocks: int
    spare: str
    shared: bool = False

    def modality(self, key: str) -> Modality:
        """Return a modality. Raises KeyError for an unknown one."""
        for each in self.modalities:
            if each.id == key:
                return each
        raise KeyError(key)

    def planned(self) -> tuple[Block, ...]:
        """The blocks that the planner fills."""
        return tuple(block for block in self.blocks if not block.all)
