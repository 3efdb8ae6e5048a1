"""``headway caliper send``: what is recorded goes to a district's receiver of Caliper events."""

from __future__ import annotations

import argparse
import os

from headway.cli.command import Command, Refused, Result
from headway.cli.export import day
from headway.cli.school import find_district, open_school

KEY = "HEADWAY_CALIPER_KEY"


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="URL", help="address that takes envelopes")
    parser.add_argument("--key-variable", default=KEY, metavar="NAME", help=f"environment variable of its key ({KEY})")
    parser.add_argument(
        "--since", default="", metavar="DATE", help="only what was recorded from this day on (2026-09-01)"
    )
    parser.add_argument("--url", default="", help="address of this installation (default: the first of HEADWAY_HOSTS)")
    parser.add_argument("--dry-run", action="store_true", help="count what would be sent, and send nothing")
    parser.add_argument("--district", default="", help="name or identifier, where the database holds several")


def _run(arguments: argparse.Namespace) -> Result:
    since, dry = day(arguments.since), arguments.dry_run
    key = os.environ.get(arguments.key_variable, "").strip()
    if not key and not dry:
        raise Refused(f"put the receiver's key into {arguments.key_variable}: never into the command.")
    with open_school():
        from django.conf import settings

        from headway.cli.digest import address_of
        from headway.school.exchange.out.sending import NotSent, Receiver, fault_of, send_events

        fault = fault_of(arguments.to, None if dry else key)
        if fault:
            raise Refused(fault)
        home = address_of(arguments.url, settings.ALLOWED_HOSTS[0].lstrip(".")) + "/"
        district = find_district(arguments.district)
        try:
            sent = send_events(district=district, to=Receiver(arguments.to, key, home), since=since, dry=dry)
        except NotSent as problem:
            before = {"envelopes": problem.sent.envelopes, "events": problem.sent.events}
            raise Refused(f"{problem} Sent before that: {before['events']:,} events.", data=before) from None
    data = {"envelopes": sent.envelopes, "events": sent.events, "waiting": sent.waiting, "dry": dry, "home": home}
    if sent.waiting:
        return Result(data, "A write to the log has not ended: nothing was sent. Run it again.")
    would = "Would send" if dry else "Sent"
    return Result(data, f"{would} {sent.events:,} events in {sent.envelopes:,} envelopes to {arguments.to}.")


COMMAND = Command(
    help="Send what was recorded since the last time to a receiver of Caliper 1.2 events, in the order of the log. How far a\n"
    "receiver has confirmed is kept by its address, so a run that broke off goes on there. An envelope is tried five times\n"
    "while the receiver is busy; it may come twice, with the same identifiers. Run it by a timer.",
    example=f"{KEY}=... headway caliper send --to https://events.example.org/caliper --since 2026-09-01",
    configure=_configure,
    run=_run,
    keys={
        "envelopes, events": "how many were sent, or would be",
        "waiting": "whether a write to the log would not end, so that nothing was sent",
        "dry": "whether nothing was to be sent",
        "home": "address that identifiers begin with",
    },
)
