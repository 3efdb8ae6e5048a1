"""The second step of adults: a code from an app on their phone (TOTP, RFC 6238: SHA-1, six digits, half a minute), or one on
paper. A code is good once; wrong ones are counted."""

from __future__ import annotations

import base64
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db.models import Q

from headway.core.text import T, Text
from headway.school.exchange.sealing import seal, unseal
from headway.school.exchange.sign_on.models import RecoveryCode, SecondStep, SecondStepRule, SecondStepTry
from headway.school.exchange.sign_on.secrets import keyed_hash
from headway.school.exchange.sign_on.services import check_may_sign_on
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.models import Person, Role, RoleName
from headway.school.people.refusal import Refused

STAFF = (RoleName.TEACHER, RoleName.INTERVENTIONIST, RoleName.LEADER, RoleName.RESEARCHER)
HALF_MINUTE, DIGITS = 30, 6
SKEW = 1
"""Half minutes by which the phone's clock and ours may differ."""
MISSES, WINDOW = 5, 15 * 60.0
"""Wrong codes within the window (seconds) after which none is taken."""
PAPER_CODES, PAPER_LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"
PURPOSE = "second-step"
"""Names the key that encrypts what apps share with us."""
NO, ASK, SET_UP = "no", "ask", "set-up"
IN, PAPER = "in", "paper"

SAID: dict[str, Text] = {
    "wrong": T("That is not the code that the app shows now. Wait for the next one and try again."),
    "used": T("That code was used before. Wait for the next one."),
    "locked": T("That was not right too many times. Wait 15 minutes, then try again."),
}
"""Why a code was not taken."""


class CodeRefused(Refused):
    """A code opens nothing."""

    code = "second-step"

    def __init__(self, outcome: str) -> None:
        super().__init__(SAID[outcome])
        self.outcome = outcome


class NotReset(Refused):
    """A second step cannot be reset as asked."""

    code = "second-step-reset"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the district stands: the rule, how many of the staff there are, and how many of them have a second step."""

    needed: bool
    staff: int
    have: int


def new_secret() -> str:
    """160 random bits as an app takes them, in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, counter: int) -> str:
    """The code of a half minute since 1970 (RFC 6238, section 4.2)."""
    return _app(secret).generate(counter * HALF_MINUTE).decode()


def address_of(secret: str, person: Person, district: str) -> str:
    """What the QR code says to the app."""
    name = (person.email or person.name).replace(":", " ")
    return _app(secret).get_provisioning_uri(name, f"Headway {district}".replace(":", " "))


def asked_of(person: Person) -> str:
    """What is asked of somebody who has just signed in: ``no``, ``ask`` or ``set-up``. Learners and families: nothing."""
    if not Role.objects.filter(person=person, name__in=STAFF).exists():
        return NO
    if has_step(person):
        return ASK
    return SET_UP if needed() else NO


def has_step(person: Person) -> bool:
    """Whether somebody has an app."""
    return SecondStep.objects.filter(person=person, ended_at=None).exists()


def needed() -> bool:
    """Whether the district wants a second step of everybody of its staff."""
    newest = SecondStepRule.objects.order_by("-at", "-id").values_list("needed", flat=True).first()
    return bool(newest)


def begin(*, person: Person, secret: str, code: str, now: float) -> list[str]:
    """Tie an app to somebody, once it shows the right code; returns the codes on paper, which can be seen this once.

    Raises CodeRefused; one who has an app already keeps it.
    """
    counter = _matching(secret, code, now)
    if counter is None or has_step(person):
        raise CodeRefused("wrong")
    step = SecondStep.objects.create(
        district_id=person.district_id, person=person, secret=seal(PURPOSE, secret), last=counter, at=now
    )
    return _paper(step)


def check(*, person: Person, code: str, now: float) -> str:
    """Take a code of the app (``in``) or one on paper (``paper``). Each try is noted. Raises CodeRefused."""
    step = SecondStep.objects.select_for_update().filter(person=person, ended_at=None).first()
    if step is None:
        raise CodeRefused("wrong")
    outcome = _outcome(step, "".join(code.split()).lower().replace("-", ""), now)
    SecondStepTry.objects.create(district_id=step.district_id, step=step, at=now, outcome=outcome)
    if outcome in SAID:
        raise CodeRefused(outcome)
    return outcome


def new_paper(*, person: Person, code: str, now: float) -> list[str]:
    """New codes on paper in place of the old ones, for a code of the app. Raises CodeRefused."""
    check(person=person, code=code, now=now)
    step = SecondStep.objects.get(person=person, ended_at=None)
    RecoveryCode.objects.filter(step=step, used_at=None).update(used_at=now)
    return _paper(step)


def let_go(*, person: Person, code: str, now: float) -> None:
    """Untie one's own app, for a code of it or one on paper. Raises CodeRefused."""
    check(person=person, code=code, now=now)
    SecondStep.objects.filter(person=person, ended_at=None).update(ended_at=now, ended_by=person, why="")


def reset(*, by: Viewer, who: str, why: str, now: float) -> Person:
    """Untie the app of somebody who lost it, found by address or identifier, with the reason. Raises NotAllowed, NotReset."""
    check_may_sign_on(by)
    found = list(Person.objects.filter(Q(email__iexact=who) | Q(sourced_id=who))[:2]) if who else []
    if len(found) != 1:
        raise NotReset(
            T("Write the e-mail address or the roster’s identifier of one person, as they stand in the roster.")
        )
    if found[0].id == by.person.id:
        raise NotReset(T("Somebody else resets yours: that is what a second step is for."))
    if len(why.strip()) < 5:
        raise NotReset(T("Write why: it is kept with your name."))
    rows = SecondStep.objects.filter(person=found[0], ended_at=None)
    if not rows.update(ended_at=now, ended_by=by.person, why=why.strip()[:300]):
        raise NotReset(T("That person has no second step."))
    return found[0]


def set_rule(*, by: Viewer, needed: bool, now: float) -> None:
    """Want, or no longer want, a second step of everybody of the staff. Raises NotAllowed."""
    check_may_sign_on(by)
    SecondStepRule.objects.create(district_id=by.person.district_id, needed=needed, by=by.person, at=now)


def standing(viewer: Viewer) -> Standing:
    """How the district stands. Raises NotAllowed."""
    check_may_sign_on(viewer)
    staff = Role.objects.filter(name__in=STAFF, person__is_active=True).values("person").distinct()
    have = SecondStep.objects.filter(ended_at=None, person__in=staff.values("person"))
    return Standing(needed(), staff.count(), have.count())


def resets(viewer: Viewer, *, most: int = 20) -> list[SecondStep]:
    """Second steps that were reset, newest first, each with its person and by whom. Raises NotAllowed."""
    check_may_sign_on(viewer)
    rows = SecondStep.objects.exclude(why="").select_related("person", "ended_by")
    return list(rows.order_by("-ended_at")[:most])


def check_is_staff(viewer: Viewer) -> None:
    """Raise NotAllowed for whoever needs no second step: learners and families."""
    if not viewer.has(*STAFF):
        raise NotAllowed("A second step is for adults of the school.")


def _outcome(step: SecondStep, code: str, now: float) -> str:
    tries = SecondStepTry.objects.filter(step=step, at__gt=now - WINDOW)
    last = tries.filter(outcome__in=[IN, PAPER]).order_by("-at").values_list("at", flat=True).first() or 0
    if tries.filter(outcome__in=["wrong", "used"], at__gt=last).count() >= MISSES:
        return "locked"
    if len(code) > DIGITS:
        digest = keyed_hash(str(step.id), code)
        return (
            PAPER
            if RecoveryCode.objects.filter(step=step, digest=digest, used_at=None).update(used_at=now)
            else "wrong"
        )
    counter = _matching(unseal(PURPOSE, step.secret), code, now)
    if counter is None:
        return "wrong"
    if counter <= step.last:
        return "used"
    step.last = counter
    step.save(update_fields=["last"])
    return IN


def _app(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), HALF_MINUTE)  # noqa: S303 (what every app speaks: RFC 6238)


def _matching(secret: str, code: str, now: float) -> int | None:
    """The half minute whose code this is, of those that are near now."""
    middle = int(now // HALF_MINUTE)
    near = range(middle - SKEW, middle + SKEW + 1)
    given = "".join(code.split()).encode()
    found = [counter for counter in near if hmac.compare_digest(code_at(secret, counter).encode(), given)]
    return found[-1] if found else None


def _paper(step: SecondStep) -> list[str]:
    codes = ["".join(secrets.choice(PAPER_LETTERS) for _ in range(10)) for _ in range(PAPER_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(district_id=step.district_id, step=step, digest=keyed_hash(str(step.id), code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def owner(district: UUID, person: UUID) -> Person | None:
    """Somebody who is between the two steps, inside of their district; None when they have left."""
    return Person.objects.filter(id=person, district_id=district, is_active=True).first()
