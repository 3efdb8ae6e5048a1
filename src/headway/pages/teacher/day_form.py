"""How a class works, from the fields of its page: a row whose name is empty goes away, the empty last row adds one."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from headway.core.environment.instruction.model import Block, Crew, Modality, Model, Space
from headway.core.text import T
from headway.school.people.refusal import Malformed

MOST_ROWS = 20


def model_from(form: QueryDict, before: Model) -> Model:
    """Return the model that the form draws; what it has no field for stays as in ``before``. Raises Malformed."""
    blocks = tuple(_block(form, key, before) for key in _rows(form, "block"))
    return replace(
        before, id=before.id, name=form.get("name", before.name).strip(), blocks=tuple(sorted(blocks, key=lambda b: b.begin)),
        crews=tuple(_crew(form, key) for key in _rows(form, "crew")),
        spaces=tuple(_space(form, key) for key in _rows(form, "space")),
        modalities=tuple(_modality(form, key, before) for key in _rows(form, "way")),
        shared=bool(form.get("shared")), devices=_whole(form, "devices"), screen_blocks=_whole(form, "screen_blocks"),
        spare=form.get("spare", before.spare).strip() or before.spare,
    )  # fmt: skip


def _rows(form: QueryDict, part: str) -> list[str]:
    """The prefixes of a part's rows that have a name."""
    return [f"{part}-{n}" for n in range(MOST_ROWS) if form.get(f"{part}-{n}-name", "").strip()]


def _id(form: QueryDict, key: str) -> str:
    return form.get(f"{key}-id", "").strip() or key


def _name(form: QueryDict, key: str) -> str:
    return form.get(f"{key}-name", "").strip()[:80]


def _whole(form: QueryDict, field: str) -> int:
    text = form.get(field, "").strip()
    if not text.isdecimal() or len(text) > 4:
        raise Malformed(T("“{given}” is no whole number from 0. Write one, as 12.", given=text[:20]))
    return int(text)


def _block(form: QueryDict, key: str, before: Model) -> Block:
    hour, _, minute = form.get(f"{key}-begin", "").partition(":")
    if not (hour.isdecimal() and minute[:2].isdecimal() and int(hour) < 24 and int(minute[:2]) < 60):
        raise Malformed(T("Write when a block begins, as 09:05."))
    begin = int(hour) * 60 + int(minute[:2])
    everybody = form.get(f"{key}-all", "")
    known = {each.id for each in before.modalities}
    return Block(
        _id(form, key),
        _name(form, key),
        begin,
        _whole(form, f"{key}-minutes"),
        everybody if everybody in known else "",
    )


def _crew(form: QueryDict, key: str) -> Crew:
    names = tuple(dict.fromkeys(name.strip() for name in form.get(f"{key}-names", "").split(",") if name.strip()))
    return Crew(_id(form, key), _name(form, key), names, tuple(form.getlist(f"{key}-blocks")))


def _space(form: QueryDict, key: str) -> Space:
    return Space(_id(form, key), _name(form, key), _whole(form, f"{key}-seats"), _whole(form, f"{key}-zones"))


def _modality(form: QueryDict, key: str, before: Model) -> Modality:
    own = _id(form, key)
    was = next((each for each in before.modalities if each.id == own), Modality(own, ""))
    name = _name(form, key)
    week = _whole(form, f"{key}-week") if form.get(f"{key}-week", "").strip() else 0
    if was.device:
        return replace(was, name=name, most_week=week)
    runs = tuple(form.getlist(f"{key}-by"))
    return replace(
        was, name=name, smallest=_whole(form, f"{key}-smallest"), largest=_whole(form, f"{key}-largest"),
        run_by=runs, at_once=0 if runs else _whole(form, f"{key}-at_once"), most=_whole(form, f"{key}-most"),
        most_week=week,
    )  # fmt: skip
