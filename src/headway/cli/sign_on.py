"""``headway sign-on add``: the first service that people of a district come in by.

The page *Sign-on* does the same, but nobody can open it before there is a service: production has no other door.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from headway.cli.command import Command, Refused, Result
from headway.cli.school import find_district, open_school
from headway.standards.plain import plain

if TYPE_CHECKING:
    from headway.school.people.models import Person

SECRET = "HEADWAY_SIGN_ON_SECRET"  # noqa: S105 (the name of the variable)


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what stands on the button of the sign-in page")
    parser.add_argument(
        "--by", required=True, metavar="WHO",
        help="e-mail address or identifier of somebody in the roster with a part in the whole district, who answers for it",
    )  # fmt: skip
    parser.add_argument("--issuer", default="", metavar="URL", help="OpenID Connect: address of the provider")
    parser.add_argument("--client", default="", help="OpenID Connect: the client's identifier there")
    parser.add_argument(
        "--secret-file", type=Path, metavar="FILE", help=f"OpenID Connect: file with the client's secret, else {SECRET}"
    )
    parser.add_argument("--metadata", type=Path, metavar="XML", help="SAML instead: file with the provider's metadata")
    parser.add_argument("--claim", default="email", help="statement of the service to compare (default: email)")
    parser.add_argument(
        "--field", default="email", choices=("email", "sourced_id"),
        help="what to compare it with in the roster: the address, or the identifier (default: email)",
    )  # fmt: skip
    parser.add_argument(
        "--domains", default="", metavar="DOMAINS", help="only addresses in these, with commas between them"
    )
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    if bool(arguments.issuer) == bool(arguments.metadata):
        raise Refused("name the provider with --issuer (OpenID Connect) or --metadata (SAML), one of them.")
    metadata = _text(arguments.metadata, "metadata") if arguments.metadata else ""
    secret = "" if metadata else _secret(arguments.secret_file)
    with open_school():
        from headway.pages.sign_on.addresses import to_register
        from headway.school.exchange.sign_on.services import Draft, NoService, add_service, service_with_id
        from headway.school.people.tenancy import in_district

        domains = tuple(word.strip().lower() for word in arguments.domains.split(",") if word.strip())
        draft = Draft(
            kind="saml" if metadata else "oidc", name=arguments.name, issuer=arguments.issuer, client=arguments.client,
            secret=secret, metadata=metadata, claim=arguments.claim, field=arguments.field, domains=domains,
        )  # fmt: skip
        with in_district(find_district(arguments.district)):
            try:
                key = add_service(by=_answerable(arguments.by), draft=draft, now=time.time())
            except NoService as problem:
                raise Refused(str(problem.message)) from None
            service = service_with_id(key)
            assert service is not None
            address, entity = (_here() + path if path else "" for path in to_register(service))
    data = {"id": str(key), "name": service.name, "kind": service.kind, "register": address, "metadata": entity}
    lines = [f"{service.name} stands on the sign-in page. Register this address at the provider:", f"  {address}"]
    lines += [f"Our metadata, which is also our entity identifier:\n  {entity}"] if entity else []
    lines += [] if address.startswith("https") else ["Put the address of this school before it, as browsers call it."]
    return Result(data, "\n".join(lines))


def _answerable(who: str) -> Person:
    """The person in whose name the service is opened; they could do it on the page. Raises Refused."""
    from django.db.models import Q

    from headway.school.exchange.sign_on.services import check_may_sign_on
    from headway.school.people.access import NotAllowed, viewer_of
    from headway.school.people.models import Person

    same = Q(email__iexact=who) | Q(sourced_id=who)
    found = list(Person.objects.filter(same, is_active=True)[:2]) if plain(who) else []
    if len(found) != 1:
        raise Refused(
            f"{'two people have' if found else 'nobody in the roster has'} {who!r}. Name one person with --by."
        )
    try:
        check_may_sign_on(viewer_of(found[0]))
    except NotAllowed:
        raise Refused(
            f"{found[0].name} has no part in the whole district. Name a districtAdministrator of the roster, or let the "
            "student information system give somebody that role and import again."
        ) from None
    return found[0]


def _here() -> str:
    """How people reach this server: https and the first of its hosts. Nothing on a demonstration, whose port only it knows."""
    from django.conf import settings

    hosts = [each.strip() for each in settings.ALLOWED_HOSTS if each.strip() not in ("", "*")]
    return f"https://{hosts[0]}" if settings.PRODUCTION and hosts else ""


def _secret(path: Path | None) -> str:
    found = _text(path, "secret") if path else os.environ.get(SECRET, "")
    if not found.strip():
        raise Refused(f"put the secret into {SECRET}, or into a file named with --secret-file: never into the command.")
    return found.strip()


def _text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Refused(f"the {what} cannot be read from {path} ({error}).") from None


COMMAND = Command(
    help="Open a sign-on service (OpenID Connect or SAML) from the server, as the page Sign-on does. A new district needs it\n"
    "once: nobody can sign in, and open that page, before there is a service.",
    example="headway sign-on add 'School account' --by lead@maple.example --issuer https://accounts.google.com --client ID "
    "--secret-file secret.txt --domains maple.example",
    configure=_configure,
    run=_run,
    keys={
        "id": "of the service", "name": "on the button", "kind": "oidc or saml",
        "register": "the address to register at the provider", "metadata": "SAML: our metadata and entity identifier",
    },
)  # fmt: skip
