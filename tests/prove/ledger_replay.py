"""Replays every district of the ledger proof's database; exit 1 with the difference if a profile is not what its log gives."""

from __future__ import annotations

import sys

from headway.cli.database import set_up

set_up()

from headway.school.evidence.queries import replay_district  # noqa: E402 (after Django's set-up)
from headway.school.models import District  # noqa: E402

for district in District.objects.all():
    report = replay_district(district.id)
    assert report.events, f"{district.name} has no events"
    print(f"{district.name}: {report}")
    if not report.identical:
        sys.exit(1)
