"""Which person an adult of a class's model is: the same one may be written differently in two classes."""

from __future__ import annotations

from collections.abc import Sequence

from headway.core.environment.instruction.model import Model
from headway.school.environment.days.queries import adult_of
from headway.school.people.models import Person


def adults_by_person(model: Model, teachers: Sequence[Person], title: str = "") -> dict[str, str]:
    """Return, for each adult of a model, a name that is the same in every class: the full name of the teacher who is meant; as it
    is written for anybody else. What only names a role (a crew's own name) is of the class ``title`` alone."""
    names = [name for crew in model.crews for name in crew.names]
    roles = {name for crew in model.crews for name in crew.names if name.casefold() == crew.name.casefold()}
    found = {name: f"{name} ({title})" if name in roles else name for name in names}
    for person in teachers:
        meant = adult_of(names, person)
        if meant and found[meant] in (meant, f"{meant} ({title})"):
            found[meant] = person.name
    return found
