"""Is a model one that a day can be made of? Each fault is named with its place, so that a page or a file can be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from headway.core.environment.instruction.model import Block, Modality, Model
from headway.core.text import T, Text

MOST_BLOCKS, MOST_PARTS, MOST_SEATS = 12, 60, 400
MIDNIGHT = 24 * 60


def faults(model: Model) -> tuple[Text, ...]:
    """Return everything that is wrong with a model, in words; empty for a sound one."""
    return (*_sizes(model), *_names(model), *_times(model.blocks), *_modalities(model), *_references(model))


def _sizes(model: Model) -> Iterator[Text]:
    if not 1 <= len(model.blocks) <= MOST_BLOCKS:
        yield T("A day has 1 to {most} blocks; this one has {count}.", most=MOST_BLOCKS, count=len(model.blocks))
    if not model.modalities:
        yield T("There is no way of working yet: add at least one modality.")
    for parts in (model.spaces, model.crews, model.modalities):
        if len(parts) > MOST_PARTS:
            yield T("A list has {count} entries; at most {most} are taken.", count=len(parts), most=MOST_PARTS)
    if model.devices < 0 or model.screen_blocks < 0:
        yield T("Devices and blocks on a screen are 0 or more.")


def _names(model: Model) -> Iterator[Text]:
    lists = (model.blocks, model.spaces, model.crews, model.modalities)
    for keys in ([part.id for part in parts] for parts in lists):
        for key, count in Counter(keys).items():
            if count > 1:
                yield T("“{key}” stands twice in one list: give each entry a name of its own.", key=key)
            if not key.strip():
                yield T("An entry has no name.")
    if not model.name.strip():
        yield T("The model has no name.")


def _times(blocks: tuple[Block, ...]) -> Iterator[Text]:
    for block in blocks:
        if not 5 <= block.minutes <= 480 or not 0 <= block.begin <= MIDNIGHT - block.minutes:
            yield T("The block “{name}” lasts 5 to 480 minutes and ends before midnight.", name=block.name)
    ordered = sorted(blocks, key=lambda block: block.begin)
    for one, other in pairwise(ordered):
        if one.begin + one.minutes > other.begin:
            yield T("The blocks “{one}” and “{other}” overlap.", one=one.name, other=other.name)


def _modalities(model: Model) -> Iterator[Text]:
    for each in model.modalities:
        if not 1 <= each.smallest <= each.largest <= MOST_SEATS:
            yield T("“{name}” needs 1 to {most} learners, the fewest first.", name=each.name, most=MOST_SEATS)
        if not 0.0 < each.worth <= 10.0:
            yield T("What “{name}” is worth lies above 0 and is at most 10.", name=each.name)
        if min(each.at_once, each.most, each.most_week) < 0:
            yield T("Counts of “{name}” are 0 or more.", name=each.name)
        if not each.device and not each.run_by and each.at_once == 0 and not _everybody(model, each):
            yield T(
                "Nobody runs “{name}”: name a crew, or say how many such groups work by themselves.", name=each.name
            )


def _everybody(model: Model, modality: Modality) -> bool:
    return any(block.all == modality.id for block in model.blocks)


def _references(model: Model) -> Iterator[Text]:
    crews, spaces = {crew.id for crew in model.crews}, {space.id for space in model.spaces}
    modalities, blocks = {each.id for each in model.modalities}, {block.id for block in model.blocks}
    for block in model.blocks:
        if block.all and block.all not in modalities:
            yield T("The block “{name}” is for “{key}”, which is no modality here.", name=block.name, key=block.all)
    for crew in model.crews:
        if not set(crew.blocks) <= blocks:
            yield T("“{name}” is there in a block that the day does not have.", name=crew.name)
    for each in model.modalities:
        if not set(each.run_by) <= crews:
            yield T("“{name}” is run by a crew that is not in the list.", name=each.name)
        if not set(each.spaces) <= spaces:
            yield T("“{name}” meets in a space that is not in the list.", name=each.name)
    for space in model.spaces:
        if not (1 <= space.zones <= MOST_PARTS and 1 <= space.seats <= 2000):
            yield T("“{name}” has 1 to 2000 seats and 1 to {most} zones.", name=space.name, most=MOST_PARTS)
