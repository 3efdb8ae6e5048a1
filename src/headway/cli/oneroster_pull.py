"""``headway import oneroster --url``: the pulling part of it."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from headway.cli.command import Refused, progress
from headway.cli.files import refusing
from headway.cli.home import home
from headway.standards.oneroster.service.operations import BASES

if TYPE_CHECKING:
    from headway.school.exchange.roster.pull import Pull

SECRET = "HEADWAY_ONEROSTER_SECRET"  # noqa: S105 (the name of the variable)


def pull_from(district: UUID, arguments: argparse.Namespace) -> Pull:
    """Pull the roster into a folder of its own. Raises Refused for what is missing or goes wrong."""
    from headway.school.exchange.roster.pull import pull
    from headway.school.exchange.roster.remote import Remote

    base, token_url = addresses(arguments.url, arguments.token_url)
    if not arguments.client:
        raise Refused("give the identifier of the client with --client, as the other system shows it.")
    secret = _secret(arguments)
    with progress() as bars, refusing():
        remote = Remote(base, token_url, arguments.client, secret)
        bar = bars.add_task("pulling", total=None)
        return pull(
            remote, district=district, home=home(), changes=arguments.changes,
            tick=lambda kind, done: bars.update(bar, advance=done, description=f"pulling {kind}"),
        )  # fmt: skip


def addresses(url: str, token_url: str) -> tuple[str, str]:
    """The address of the rostering service, which may be given without its usual path, and that of tokens.

    >>> addresses("https://sis.example.org", "")
    ('https://sis.example.org/ims/oneroster/rostering/v1p2', 'https://sis.example.org/oauth2/token')
    """
    plain, parts = url.rstrip("/"), urlsplit(url)
    base = plain if parts.path.strip("/") else plain + BASES["rostering"]
    return base, token_url or f"{parts.scheme}://{parts.netloc}/oauth2/token"


def _secret(arguments: argparse.Namespace) -> str:
    if arguments.secret_file:
        try:
            return str(arguments.secret_file.read_text(encoding="utf-8")).strip()
        except (OSError, ValueError) as error:
            raise Refused(f"the secret cannot be read from {arguments.secret_file} ({error}).") from None
    if not os.environ.get(SECRET):
        raise Refused(f"put the secret into {SECRET}, or into a file named with --secret-file: never into the command.")
    return os.environ[SECRET]
