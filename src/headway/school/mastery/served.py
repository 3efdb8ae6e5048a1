"""Fitted models as they serve: read once a process, by a name that is the hash of what they are.

Which model serves is a row of the plan, which every transaction reads; so all processes change over at the same moment,
and none is restarted. An artefact that is damaged or gone is said loudly, and the model that served before it goes on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from headway.core.mastery.models import DEFAULT_MODEL, MODELS, LearnerModel, Models
from headway.core.mastery.refit.calibrated import Damaged, load
from headway.school.mastery.models import ModelVersion

log = logging.getLogger("headway.models")

STORED = (
    "SELECT (SELECT v.data FROM school_modelversion v WHERE v.name = %s),"
    " (SELECT c.before FROM school_modelchange c WHERE c.model = %s AND c.kind = 'promoted' ORDER BY c.id LIMIT 1)"
)
"""A model's artefact, and the model that it took over from."""
AGAIN = 30.0
"""Seconds after which a damaged artefact is looked at again: it may have been restored."""

Fetch = Callable[[str], tuple[bytes | None, str]]

_SERVED: dict[str, LearnerModel] = {}
_INSTEAD: dict[str, tuple[float, LearnerModel]] = {}


class DamagedModel(Exception):
    """A model that old decisions were made with cannot be read."""


def served(name: str, fetch: Fetch) -> LearnerModel:
    """Return the model of a name, reading its artefact when this process has not done so; ``fetch`` gives its bytes (None
    if they are gone) and the name of the model before it, which serves instead where the bytes are damaged."""
    model = MODELS.get(name) or _SERVED.get(name)
    if model is not None:
        return model
    until, instead = _INSTEAD.get(name, (0.0, None))
    if instead is not None and time.monotonic() < until:
        return instead
    data, before = fetch(name)
    try:
        if data is None:
            raise Damaged(f"the artefact of {name} is gone from the database")
        model = _SERVED[name] = load(data, name)[0]
    except Damaged as problem:
        instead = served(before if before not in ("", name) else DEFAULT_MODEL, fetch)
        log.error("%s; %s serves instead. Restore the row of school_modelversion or roll back.", problem, instead.name)
        _INSTEAD[name] = (time.monotonic() + AGAIN, instead)
        return instead
    _INSTEAD.pop(name, None)
    return model


def reader(execute: Callable[[str, list[str]], Any]) -> Fetch:
    """Return what fetches over a connection whose tenant is set."""

    def fetch(name: str) -> tuple[bytes | None, str]:
        data, before = execute(STORED, [name, name]).fetchone()
        return (bytes(data) if data is not None else None), before or ""

    return fetch


def stored(name: str) -> tuple[bytes | None, str]:
    """Fetch through Django, inside of the district's transaction."""
    with connection.cursor() as cursor:
        return reader(lambda query, values: (cursor.execute(query, values), cursor)[1])(name)


def models_for(names: Iterable[str]) -> Models:
    """Return what serves under these names, as plans have them. Call it inside of the district's transaction."""
    return {name: served(name, stored) for name in names}


def every_model() -> Models:
    """Return all models that decisions of the district can have been made with, for replay. Raises DamagedModel."""
    models = dict(MODELS)
    for name, data in ModelVersion.objects.values_list("name", "data"):
        try:
            models[name] = load(bytes(data), name)[0]
        except Damaged as problem:
            raise DamagedModel(
                f"{problem}. What was decided with it cannot be replayed: restore its row of school_modelversion "
                "from a backup."
            ) from problem
    return models


def is_well(name: str) -> bool:
    """Say whether a model can serve: it ships, or its artefact is what its name says."""
    if name in MODELS:
        return True
    data, _ = stored(name)
    try:
        load(data or b"", name)
    except Damaged:
        return False
    return True
