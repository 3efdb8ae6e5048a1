"""A fitted ``hybrid-1`` as a versioned artefact: numbers, names of items and skills, and a model card.

Layout: ``HM1`` and a zero byte, then zlib: the length of the head (uint32), the head as JSON (card, names, scalars,
each array's name, type and shape), the arrays' bytes, little-endian. The version is the hash of all of it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.mastery.frame import Frame
from headway.core.mastery.gaussian import GaussianParameters
from headway.core.mastery.hybrid.context import Context
from headway.core.mastery.hybrid.fitting import Hybrid, Layers
from headway.core.mastery.hybrid.row import Core
from headway.core.mastery.hybrid.transfer import Transfer
from headway.core.mastery.hybrid.trees import Forest
from headway.core.mastery.metrics import Metrics

MAGIC = b"HM1\0"
SERVED_SCALE = GaussianParameters()
"""The ability layer's parameters as ``gaussian-2`` serves them: changing models then changes no ability."""
SCALE = "gaussian-2"
"""The ability layer of what is fitted now. Artefacts from before say nothing and mean ``gaussian-1``."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model was fitted on and how good it is: ``data`` names the log, ``period`` its first and last second
    (equal where it has no times), ``test`` what it reached on ``test_learners`` learners that it had not seen, by
    ``groups`` of them; ``limits`` are sentences."""

    data: str
    period: tuple[float, float]
    learners: int
    responses: int
    test_learners: int
    test: Metrics
    groups: dict[str, Metrics] = field(default_factory=dict)
    limits: tuple[str, ...] = (
        "It predicts the next unaided first answer; it does not say what would happen under other teaching.",
        "Items and skills that the log lacks are predicted from their difficulty and the learner's history alone.",
        "The log has no backgrounds of learners, so that groups are those of their behaviour.",
    )


@dataclass(frozen=True, slots=True, eq=False)
class Artefact:
    """``model`` with its numbers' names: ``items`` and ``skills`` are identifiers in the model's order; ``gaussian`` are
    the parameters of the ability layer ``scale`` (``gaussian-1`` or ``gaussian-2``)."""

    model: Hybrid
    items: tuple[str, ...]
    skills: tuple[str, ...]
    card: ModelCard
    gaussian: GaussianParameters = SERVED_SCALE
    scale: str = SCALE


def artefact_of(
    model: Hybrid,
    frame: Frame,
    card: ModelCard,
    *,
    items: Sequence[str] = (),
    skills: Sequence[str] = (),
    gaussian: GaussianParameters = SERVED_SCALE,
) -> Artefact:
    """Name a model's numbers, by the log's own ids unless identifiers are given. Raises ValueError if there are too
    few or too many of them."""
    named = tuple(items) or tuple(str(each) for each in frame.item_ids.tolist())
    skilled = tuple(skills) or tuple(str(each) for each in frame.skill_ids.tolist())
    if (len(named), len(skilled)) != (frame.items, frame.skill_count):
        raise ValueError(
            f"{len(named)} item and {len(skilled)} skill identifiers for a log of {frame.items} items and "
            f"{frame.skill_count} skills: give one for each, in the order of the frame's ids"
        )
    return Artefact(model, named, skilled, card, gaussian)


def dump(artefact: Artefact) -> bytes:
    """Return the artefact as bytes; equal artefacts give equal bytes."""
    head, parts = _head(artefact), [array for _, array in _arrays(artefact.model)]
    body = b"".join(np.ascontiguousarray(part).astype(part.dtype.newbyteorder("<")).tobytes() for part in parts)
    return MAGIC + zlib.compress(len(head).to_bytes(4, "little") + head + body, 6)


def version_of(data: bytes) -> str:
    """Return the version of dumped bytes, twelve hexadecimal digits."""
    return blake2b(data, digest_size=6).hexdigest()


def load(data: bytes) -> Artefact:
    """Return the artefact that :func:`dump` wrote. Raises ValueError saying what is wrong with other bytes."""
    if data[:4] != MAGIC:
        raise ValueError("not a fitted hybrid-1: it does not begin with HM1")
    try:
        raw = zlib.decompress(data[4:])
        at = 4 + int.from_bytes(raw[:4], "little")
        head = json.loads(raw[4:at])
        arrays: dict[str, NDArray[np.generic]] = {}
        for name, kind, shape in head["arrays"]:
            size = int(np.prod(shape)) * np.dtype(kind).itemsize
            arrays[name] = np.frombuffer(raw[at : at + size], kind).reshape(shape)
            at += size
        card = head["card"]
        card["test"], card["period"] = Metrics(**card["test"]), tuple(card["period"])
        card["groups"] = {name: Metrics(**found) for name, found in card["groups"].items()}
        card["limits"] = tuple(card["limits"])
        found = {"forest.cover": np.full(len(arrays["forest.feature"]), 0.5)} | head["scalars"] | arrays
        layers = Layers(
            Core(*_values("core", Core._fields, found)),
            Transfer(*_values("transfer", Transfer._fields, found)),
            Context(*_values("context", Context._fields, found)),
        )
        model = Hybrid(layers, Forest(*_values("forest", Forest._fields, found)), *head["calibration"])
        gaussian = GaussianParameters(**head["gaussian"])
        scale = head.get("scale", "gaussian-1")
        return Artefact(model, tuple(head["items"]), tuple(head["skills"]), ModelCard(**card), gaussian, scale)
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"a damaged model artefact: {error}. Fit it again or fetch it from its source.") from error


def _values(group: str, fields: Sequence[str], found: Mapping[str, Any]) -> list[Any]:
    return [found[f"{group}.{name}"] for name in fields]


def _arrays(model: Hybrid) -> Iterator[tuple[str, NDArray[np.generic]]]:
    layers = model.layers
    parts: dict[str, Any] = {
        "core": layers.core,
        "transfer": layers.transfer,
        "context": layers.context,
        "forest": model.forest,
    }
    for group, values in parts.items():
        for name, value in zip(values._fields, values, strict=True):
            if isinstance(value, np.ndarray):
                yield f"{group}.{name}", value


def _head(artefact: Artefact) -> bytes:
    model = artefact.model
    scalars = {"context.items": model.layers.context.items, "context.skills": model.layers.context.skills}
    head = {
        "card": asdict(artefact.card),
        "gaussian": asdict(artefact.gaussian),
        **({"scale": artefact.scale} if artefact.scale != "gaussian-1" else {}),
        "items": artefact.items,
        "skills": artefact.skills,
        "calibration": [model.shift, model.slope],
        "scalars": scalars,
        "arrays": [[name, array.dtype.newbyteorder("<").str, array.shape] for name, array in _arrays(model)],
    }
    return json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
