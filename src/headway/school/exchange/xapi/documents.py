"""Documents of state, activities and agents: read, kept and deleted one at a time, whoever else writes at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from headway.school.exchange.xapi.models import XapiDocument
from headway.standards.xapi.documents import Address, Document, check_condition, posted


@dataclass(frozen=True, slots=True)
class Kept:
    """A document and when it was last changed, in seconds since 1970."""

    document: Document
    at: float


def read_document(address: Address) -> Kept | None:
    """The document of an address that names one."""
    row = XapiDocument.objects.filter(key=address.key()).first()
    return Kept(Document(row.kind, bytes(row.content)), row.at) if row is not None else None


def names_of(address: Address) -> tuple[list[str], float | None]:
    """The names of the documents of an address, and when the newest of them was changed."""
    rows = XapiDocument.objects.filter(place=address.place)
    if address.registration is not None:
        rows = rows.filter(registration=address.registration)
    if address.since is not None:
        rows = rows.filter(at__gt=address.since)
    found = list(rows.order_by("at", "name").values_list("name", "at"))
    return list(dict.fromkeys(name for name, _ in found)), max((at for _, at in found), default=None)


def write_document(
    *, district: UUID, resource: str, method: str, version: str, headers: Mapping[str, str], address: Address,
    sent: Document, now: float,
) -> None:  # fmt: skip
    """PUT or POST a document. Raises Invalid where a precondition fails, or where two documents cannot be merged."""
    before = _locked(address)
    check_condition(resource, method, version, headers, before)
    kept = posted(before, sent) if method == "POST" else sent
    XapiDocument.objects.update_or_create(
        district_id=district, key=address.key(),
        defaults={"place": address.place, "registration": address.registration or "", "name": address.name or "",
                  "kind": kept.kind, "content": kept.content, "at": now},
    )  # fmt: skip


def delete_documents(*, resource: str, version: str, headers: Mapping[str, str], address: Address) -> None:
    """DELETE the document that an address names, or all of an address that names none. Raises Invalid."""
    if address.name is None:
        rows = XapiDocument.objects.filter(place=address.place)
        if address.registration is not None:
            rows = rows.filter(registration=address.registration)
        rows.delete()
        return
    check_condition(resource, "DELETE", version, headers, _locked(address))
    XapiDocument.objects.filter(key=address.key()).delete()


def _locked(address: Address) -> Document | None:
    """The document of an address; nobody else writes at that address until the transaction ends, also where it is empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(address.key()[:8], signed=True)])
    kept = read_document(address)
    return kept.document if kept is not None else None
