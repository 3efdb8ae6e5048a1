"""Cards by which young learners sign in: made and ended by whoever teaches the class, used by scanning or by pictures.

What a card holds is seen once, on paper: a QR code with 192 random bits, of which the hash is kept, and a number with a
sequence of three pictures, of which a keyed hash is kept. One sequence in 1,320 is right, so wrong ones are counted.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.db.models import Max, QuerySet

from headway.core.text import T, Text
from headway.school.exchange.sign_on.models import CardTry, ClassCode, SignInCard
from headway.school.exchange.sign_on.secrets import keyed_hash
from headway.school.people.access import NotAllowed, Viewer, learners_in
from headway.school.people.models import District, Enrolment, Person, Role, RoleName, Section
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district
from headway.school.people.tokens import digest_of

PICTURES = ("sun", "moon", "star", "heart", "tree", "house", "fish", "boat", "flower", "cloud", "key", "cup")
LENGTH = 3
"""Pictures of a sequence, none of them twice."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of class codes: none that is taken for another."""
LASTS = (30, 90, 180)
"""Days for which a card may be made."""
DAY, WINDOW = 86_400.0, 15 * 60.0
MISSES, CLASS_MISSES = 5, 40
"""Wrong sequences within the window (seconds) after which a card, or all pictures of the class, rest."""
IN, QR, BY_PICTURES = "in", "qr", "pictures"

SAID: dict[str, Text] = {
    "wrong": T("That is not right. Look at your card and try again."),
    "locked": T("That was not right too many times. Wait 15 minutes, scan your card, or ask your teacher."),
    "ended": T("This card does not work any more. Ask your teacher for a new one."),
    "expired": T("This card is too old. Ask your teacher for a new one."),
    "left": T("This card does not open anything now. Ask your teacher."),
}
"""Why a card did not open anything, for whoever held it."""


class CardRefused(Exception):
    """A card opens nothing; ``outcome`` is a key of :data:`SAID`."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class NoCards(Refused):
    """Cards cannot be made as asked."""

    code = "no-cards"


@dataclass(frozen=True, slots=True)
class MadeCard:
    """A card as it is printed, this once."""

    name: str
    number: int
    token: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardLine:
    """A learner of a class with the card in force: ``state`` is none, ``fresh`` or ``expired``."""

    learner: UUID
    name: str
    state: str
    number: int
    expires_at: float
    used_at: float | None


@dataclass(frozen=True, slots=True)
class Held:
    """A card that was held before the camera: which, and the hash of what it said."""

    district: UUID
    card: UUID
    digest: bytes


def taught_section(viewer: Viewer, section: UUID) -> Section:
    """The class, if the viewer teaches it: a card opens all that is a learner's. Raises NotAllowed."""
    mine = Enrolment.objects.filter(person=viewer.person, role="teacher", section_id=section)
    found = Section.objects.filter(id=section, is_active=True).first() if mine.exists() else None
    if found is None or not viewer.has(RoleName.TEACHER):
        raise NotAllowed("Only who teaches a class makes cards for it.")
    return found


def make_cards(
    *, by: Viewer, section: UUID, learners: Collection[UUID], days: int, seen: float, now: float
) -> tuple[str, list[MadeCard]]:
    """Make new cards for some learners of a class; older ones of theirs end. Returns the class code and what is printed.

    ``seen`` is when the newest card that the page knew was made: a form that is sent twice must not end what was just
    printed. Raises NotAllowed, NoCards.
    """
    found = taught_section(by, section)
    code = _code_of(found, now)  # its row is locked from here on
    if not seen >= newest_card(section):  # which no number at all is not either
        raise NoCards(T("Cards of this class were made a moment ago. Look at the list before you make others."))
    people = [each for each in _only_learners(found) if each.id in learners]
    if days not in LASTS or not people:
        raise NoCards(T("Choose at least one student, and for how long the cards work."))
    _in_force(section).filter(learner__in=people).update(ended_at=now, ended_by=by.person)
    taken = set(_in_force(section).values_list("number", flat=True))
    free = (number for number in range(1, len(taken) + len(people) + 1) if number not in taken)
    made: list[MadeCard] = []
    for person, number in zip(people, free, strict=False):
        card = SignInCard(
            district_id=found.district_id, section=found, learner=person, number=number, by=by.person, at=now,
            expires_at=now + days * DAY,
        )  # fmt: skip
        secret, drawn = secrets.token_urlsafe(24), tuple(secrets.SystemRandom().sample(PICTURES, LENGTH))
        card.secret, card.pictures = digest_of(secret), keyed_hash(str(card.id), *drawn)
        card.save(force_insert=True)
        packed = urlsafe_b64encode(found.district_id.bytes + card.id.bytes).decode().rstrip("=")
        made.append(MadeCard(person.name, number, f"{packed}.{secret}", drawn))
    return code, made


def end_cards(*, by: Viewer, section: UUID, learners: Collection[UUID] | None, now: float) -> int:
    """End the cards of some learners of a class, or of all; how many. Whoever is in stays until they sign out."""
    rows = _in_force(taught_section(by, section).id)
    rows = rows if learners is None else rows.filter(learner_id__in=list(learners))
    return int(rows.update(ended_at=now, ended_by=by.person))


def newest_card(section: UUID) -> float:
    """When the newest card of a class was made, in force or not; 0 without one."""
    return float(SignInCard.objects.filter(section_id=section).aggregate(at=Max("at"))["at"] or 0)


def cards_of(viewer: Viewer, section: UUID, now: float) -> tuple[str, list[CardLine]]:
    """The class code ("" before the first cards), and who has which card. Raises NotAllowed."""
    found = taught_section(viewer, section)
    code = ClassCode.objects.filter(section=found).values_list("code", flat=True).first() or ""
    cards = {card.learner_id: card for card in _in_force(section)}
    used = CardTry.objects.filter(section=found, outcome=IN, card__in=[card.id for card in cards.values()])
    last = dict(used.values_list("card").annotate(at=Max("at")))
    lines = []
    for person in _only_learners(found):
        card = cards.get(person.id)
        state = "none" if card is None else "expired" if card.expires_at <= now else "fresh"
        until, number = (card.expires_at, card.number) if card else (0.0, 0)
        lines.append(CardLine(person.id, person.name, state, number, until, last.get(card.id) if card else None))
    return code, lines


def tries_of(viewer: Viewer, section: UUID, *, most: int = 30) -> list[CardTry]:
    """The newest tries with cards of a class, each with its card and learner. Raises NotAllowed."""
    rows = CardTry.objects.filter(section=taught_section(viewer, section)).select_related("card__learner")
    return list(rows.order_by("-at")[:most])


def held(token: str) -> Held | None:
    """What a QR code says, if it is of a card at all."""
    packed, _, secret = token.partition(".")
    try:
        raw = urlsafe_b64decode(packed + "==")
    except (BadBase64, ValueError):
        return None
    if len(raw) != 32 or not secret:
        return None
    return Held(UUID(bytes=raw[:16]), UUID(bytes=raw[16:]), digest_of(secret))


def come_by_scan(*, held: Held, now: float) -> Person:
    """Whose card was scanned, inside of its district. Each try is noted. Raises CardRefused."""
    card = SignInCard.objects.select_related("learner").filter(id=held.card).first()
    if card is None:
        raise CardRefused("ended")
    right = hmac.compare_digest(bytes(card.secret), held.digest)
    return _decided(card, QR, _standing(card, now) if right else "wrong", now)


def come_by_pictures(*, code: str, number: int, pictures: Sequence[str], now: float) -> Person:
    """Whose number and pictures these are, inside of the code's district. Each try is noted. Raises CardRefused."""
    named = ClassCode.objects.select_for_update().filter(code=code).first()  # one try of a class after the other
    if named is None:
        raise CardRefused("wrong")
    card = SignInCard.objects.select_related("learner").filter(
        section_id=named.section_id, number=number, ended_at=None
    ).first()  # fmt: skip
    wrong = CardTry.objects.filter(section_id=named.section_id, way=BY_PICTURES, outcome="wrong", at__gt=now - WINDOW)
    if wrong.count() >= CLASS_MISSES or (card is not None and _misses(card, now) >= MISSES):
        return _decided(card, BY_PICTURES, "locked", now, named)
    right = card is not None and hmac.compare_digest(bytes(card.pictures), keyed_hash(str(card.id), *pictures))
    return _decided(card, BY_PICTURES, _standing(card, now) if right and card else "wrong", now, named)


def districts_of(code: str) -> list[UUID]:
    """The districts whose class codes begin like this one: one, but for chance."""
    keys = District.objects.order_by("id").values_list("id", flat=True)
    return [key for key in keys if code[:3] == _tag(key)]


def has_code(district: UUID, code: str) -> bool:
    """Whether a class of the district has this code."""
    with in_district(district):
        return ClassCode.objects.filter(code=code).exists()


def _decided(card: SignInCard | None, way: str, outcome: str, now: float, code: ClassCode | None = None) -> Person:
    """Note the try; the learner, or CardRefused."""
    place = card or code
    assert place is not None
    CardTry.objects.create(
        district_id=place.district_id, section_id=place.section_id, card=card, way=way, at=now, outcome=outcome
    )
    if outcome != IN or card is None:
        raise CardRefused(outcome)
    return card.learner


def _standing(card: SignInCard, now: float) -> str:
    """Whether a card that was shown rightly opens anything: only for a learner who is in the class and is nothing else."""
    if card.ended_at is not None:
        return "ended"
    if card.expires_at <= now:
        return "expired"
    section = Section.objects.get(id=card.section_id)
    return IN if section.is_active and card.learner in _only_learners(section) else "left"


def _misses(card: SignInCard, now: float) -> int:
    """Wrong sequences of a card within the window, since it last opened."""
    tries = CardTry.objects.filter(card=card, way=BY_PICTURES, at__gt=now - WINDOW)
    last = tries.filter(outcome=IN).aggregate(at=Max("at"))["at"] or 0
    return tries.filter(outcome="wrong", at__gt=last).count()


def _only_learners(section: Section) -> list[Person]:
    """The learners of a class who are active and nothing but learners, by family name."""
    people = list(learners_in(section))
    more = Role.objects.filter(person__in=people).exclude(name=RoleName.LEARNER).values_list("person", flat=True)
    adults = set(more)
    return [person for person in people if person.id not in adults]


def _in_force(section: UUID) -> QuerySet[SignInCard]:
    return SignInCard.objects.filter(section_id=section, ended_at=None)


def _code_of(section: Section, now: float) -> str:
    """The code of a class, made with its first cards; its row is locked."""
    found = ClassCode.objects.select_for_update().filter(section=section).first()
    if found is None:
        word = _tag(section.district_id) + "".join(secrets.choice(LETTERS) for _ in range(5))
        found = ClassCode.objects.create(district_id=section.district_id, section=section, code=word, at=now)
    return found.code


def _tag(district: UUID) -> str:
    """Three letters that say in which district a class code is looked for."""
    raw = int.from_bytes(blake2b(district.bytes, digest_size=8, person=b"class-code").digest(), "big")
    return "".join(LETTERS[raw // len(LETTERS) ** place % len(LETTERS)] for place in range(3))
