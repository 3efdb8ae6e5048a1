"""Everything of a learner: every row of every table that is theirs, found from the tables themselves, so that a table which is
added tomorrow is in it without anybody thinking of it."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from headway.school.exchange.models import RosterRecord
from headway.school.people.models import Person, RoleName
from headway.school.people.tenancy import Tenanted
from headway.standards.oneroster.tables import TABLES
from headway.standards.spreadsheet import safe_cell

OWNERS = ("learner", "person")
"""Names of the columns that say whose row it is."""
NOT_THEIRS = {
    "ApiToken": "a key of a program, not a record of the person",
    "CalendarFeed": "a secret address; what it shows is in the rows of its calendar",
    "LtiLaunch": "the trace of a launch on its way, deleted after a week; the link and the grades are in",
    "TaskJudge": "which adult judges a task",
    "SupportSession": "who else was in a group is about other children; the plan and its scores are in",
    "ProbeForm": "the sheet as printed; the scores on it are in",
}
"""Tables that have to do with a learner and are left out, each with its reason."""
SECRET = frozenset({"password", "digest", "district", "simulated"})
OTHERS = frozenset({"other", "left", "right", "winner", "loser"})
"""Columns that name other children, or their texts."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the export: its model and how its rows lead to the learner."""

    model: type[Model]
    path: str

    @property
    def name(self) -> str:
        """The name of its part in the export."""
        return self.model.__name__


@cache
def sources() -> tuple[Source, ...]:
    """Every table with a learner's own rows, and every table whose rows hang on one of those."""
    own: dict[type[Model], str] = {Person: "id"}
    models = [m for m in apps.get_models() if issubclass(m, Tenanted) and m.__name__ not in NOT_THEIRS]
    for model in models:
        names = [f.name for f in model._meta.fields if isinstance(f, ForeignKey) and f.related_model is Person]
        owner = next((name for name in OWNERS if name in names), None)
        if owner is not None:
            own[model] = owner
    hung: dict[type[Model], str] = {}
    for model in models:
        if model in own:
            continue
        for field in model._meta.fields:
            above = field.related_model
            if isinstance(field, ForeignKey) and above in own and above is not Person and field.name not in OTHERS:
                hung[model] = f"{field.name}__{own[above]}"
                break
    found = [Source(model, path) for model, path in (*own.items(), *hung.items())]
    return tuple(sorted(found, key=lambda each: (each.model is not Person, each.name)))


def everything(learner: Person) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Name of a table -> its rows of this learner, oldest first; tables without a row are left out. The district's transaction
    is open, and the caller has passed ``access_learner``."""
    names: dict[UUID, str] = {}
    for source in sources():
        rows = source.model._default_manager.filter(**{source.path: learner.id}).order_by("pk")
        fields = [f for f in source.model._meta.concrete_fields if f.name not in SECRET | OTHERS]
        found = [{field.name: _plain(row, field, learner, names) for field in fields} for row in rows.iterator(500)]
        if found:
            yield source.name, found
    record = RosterRecord.objects.filter(kind="users", sourced_id=learner.sourced_id).first()
    if record is not None:
        columns = TABLES["users"].names
        yield "RosterRecord", [{name: cell for name, cell in zip(columns, record.cells, strict=True) if cell}]


def as_json(learner: Person, *, at: float) -> bytes:
    """All of it as one JSON document; ``at`` is when it was made."""
    parts = dict(everything(learner))
    data = {"format": "headway-learner-1", "made_at": at, "left_out": NOT_THEIRS, "tables": parts}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False).encode()


def as_csv(learner: Person) -> bytes:
    """All of it as a zip with a CSV for each table, safe to open in a spreadsheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in everything(learner):
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(rows[0])
            writer.writerows([safe_cell(_cell(value)) for value in row.values()] for row in rows)
            archive.writestr(f"{name}.csv", text.getvalue())
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(row: Model, field: Field[Any, Any], learner: Person, names: dict[UUID, str]) -> Any:
    """A value as JSON has it: an adult by name, another child as such, bytes in base64, moments in ISO 8601."""
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey) and field.related_model is Person and value is not None:
        if value not in names:
            names[value] = _name_of(value, learner)
        return names[value]
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _name_of(key: UUID, learner: Person) -> str:
    if key == learner.id:
        return learner.name
    other = Person.objects.get(id=key)
    return "another learner" if other.roles.filter(name=RoleName.LEARNER).exists() else other.name
