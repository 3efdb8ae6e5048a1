"""Fills the database of the ledger proof and prints the learners' tokens as JSON."""

from __future__ import annotations

import json
import sys
import uuid

from headway.cli.database import migrate

migrate()

from headway.school.curriculum.actions import install_shipped_curriculum  # noqa: E402 (after Django's set-up)
from headway.school.models import District, Person, Role  # noqa: E402
from headway.school.people.tenancy import in_district  # noqa: E402
from headway.school.people.tokens import issue_token  # noqa: E402

tokens = {}
for name in ("Maple", "Oak", "Pine"):
    key = uuid.uuid4()
    with in_district(key):
        district = District.objects.create(id=key, name=name)
        for n in range(int(sys.argv[1]) // 3):
            person = Person.objects.create(
                district=district, sourced_id=f"p{n}", given_name="L", family_name=str(n), grade="6"
            )
            Role.objects.create(district=district, person=person, name="learner")
            tokens[str(person.id)] = issue_token(person=person, name="proof", scopes=["respond"])[1]
    install_shipped_curriculum(district=key)
print(json.dumps(tokens))
