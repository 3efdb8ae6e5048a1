"""Cards of young learners: made and ended by their teacher, used by scanning or by pictures, and every way that opens nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from headway.school.exchange.sign_on import cards
from headway.school.exchange.sign_on.cards import DAY, MISSES, WINDOW, MadeCard
from headway.school.models import CardTry, Enrolment, Role, SignInCard
from headway.school.people.access import viewer_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    yield found
    found.close()


def made(cast: Cast, *names: str, now: float | None = None) -> tuple[str, list[MadeCard]]:
    """The class code and new cards of some learners, as Ms. Okafor prints them."""
    with in_district(cast.district.id):
        code, found = cards.make_cards(
            by=viewer_of(cast["Okafor"]), section=cast.a.id, learners={cast[name].id for name in names}, days=30,
            seen=time.time(), now=now or time.time(),
        )  # fmt: skip
    by_name = {each.name.split()[0]: each for each in found}
    return code, [by_name[name] for name in names]


def scanned(token: str) -> tuple[Client, int, str]:
    """A browser that opened a card's address and tapped the button; the answer's status, and where it leads."""
    client = visitor()
    client.get(f"/sign-in/card/{token}")
    answer = client.post("/sign-in/card")
    return client, answer.status_code, answer.headers.get("Location", "")


def tapped(code: str, number: int, pictures: tuple[str, ...], client: Client | None = None) -> int:
    """The status that the last of the pictures brings."""
    client, taken, status = client or visitor(), "", 0
    for name in pictures:
        form = {"code": code, "number": number, "taken": taken, "picture": name}
        status = client.post("/sign-in/pictures", form).status_code
        taken = f"{taken} {name}".strip()
    return status


def outcomes(cast: Cast) -> list[str]:
    with in_district(cast.district.id):
        return list(CardTry.objects.order_by("at", "id").values_list("outcome", flat=True))


def test_a_teacher_prints_cards_and_a_learner_comes_in_by_both_ways(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[MadeCard] = []
    kept = cards.make_cards

    def noted(**asked: Any) -> tuple[str, list[MadeCard]]:
        code, made = kept(**asked)
        printed.extend(made)
        return code, made

    monkeypatch.setattr(cards, "make_cards", noted)
    teacher = signed_in(cast["Okafor"])
    shown = teacher.get(f"/teach/{cast.a.id}/cards").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen and shown.count("no card") == 4 and "End all" not in shown
    form = {"learner": [str(cast["Ana"].id), str(cast["Ben"].id)], "days": "30", "seen": seen[1]}
    sheet = teacher.post(f"/teach/{cast.a.id}/cards/make", form)
    assert sheet.content.startswith(b"%PDF") and sheet.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in sheet.headers["Cache-Control"]
    again = teacher.post(f"/teach/{cast.a.id}/cards/make", form, follow=True)
    assert "a moment ago" in again.content.decode(), "a form that is sent twice ends nothing"
    ana = next(each for each in printed if each.name.startswith("Ana"))
    with in_district(cast.district.id):
        row = SignInCard.objects.get(learner=cast["Ana"])
        assert ana.token.partition(".")[2].encode() not in bytes(row.secret), "only the hash is kept"
    client, status, onward = scanned(ana.token)
    assert (status, onward) == (302, "/") and "Ana" in client.get("/who-read").content.decode()
    shown = teacher.get(f"/teach/{cast.a.id}/cards").content.decode()
    code = re.search(r'<b class="num">(\w{4} \w{4})</b>', shown)
    assert code and tapped(code[1], ana.number, ana.pictures) == 302
    assert outcomes(cast) == ["in", "in"]
    used = teacher.get(f"/teach/{cast.a.id}/cards").content.decode()
    assert "card scanned" in used and "pictures tapped" in used
    assert ana.token not in used and "Ana" in used


def test_the_address_of_a_card_shows_nobody_and_is_no_page_to_go_back_to(cast: Cast) -> None:
    _, (card,) = made(cast, "Ana")
    client = signed_in(cast["Ben"])
    assert client.get(f"/sign-in/card/{card.token}").headers["Location"] == f"/sign-in/card/{card.token}", (
        "Ben is signed out"
    )
    assert client.get("/who-read").headers["Location"].startswith("/sign-in")
    assert client.get(f"/sign-in/card/{card.token}").headers["Location"] == "/sign-in/card"
    ready = client.get("/sign-in/card")
    assert "Come in" in ready.content.decode() and not re.search(r"Ana|Ben|Diaz", ready.content.decode())
    assert "camera=(self)" in ready.headers["Permissions-Policy"] and client.post("/sign-in/card").status_code == 302
    assert "camera=()" in visitor().get("/sign-in").headers["Permissions-Policy"]
    assert visitor().post("/sign-in/card").status_code == 403, "nobody comes in without a scan"
    here = visitor().post("/sign-in/card", {"token": f"https://learn.example/sign-in/card/{card.token}"})
    assert here.status_code == 302, "scanned on the page itself"


def test_only_who_teaches_the_class_makes_and_ends_its_cards(cast: Cast) -> None:
    other = make_cast(curriculum=False)
    made(cast, "Ana")
    form = {"learner": str(cast["Ana"].id), "days": "30", "seen": repr(time.time()), "what": "all"}
    strangers = [cast[name] for name in ("Lee", "Stone", "Pike", "Ines", "Dana", "Maria", "Ana")] + [other["Okafor"]]
    for person in strangers:
        client = signed_in(person)
        assert client.get(f"/teach/{cast.a.id}/cards").status_code == 404, person.given_name
        assert client.post(f"/teach/{cast.a.id}/cards/make", form).status_code == 404
        assert client.post(f"/teach/{cast.a.id}/cards/end", form).status_code == 404
    teacher = signed_in(cast["Okafor"])
    seats = {"learner": [str(cast["Eva"].id), str(cast["Lee"].id), "nonsense"], "days": "30", "seen": repr(time.time())}
    left = teacher.post(f"/teach/{cast.a.id}/cards/make", seats, follow=True)
    assert "Choose at least one student" in left.content.decode(), "nobody of another class, and no adult"
    for wrong in ({"days": "31"}, {"days": "x"}, {"seen": "x"}, {"seen": "nan"}):
        answer = teacher.post(f"/teach/{cast.a.id}/cards/make", {**form, **wrong})
        assert answer.status_code == 302, wrong
    with in_district(cast.district.id):
        assert SignInCard.objects.count() == 1


def test_an_adult_never_has_a_card_nor_comes_in_by_one_from_before(cast: Cast) -> None:
    code, (card,) = made(cast, "Ana")
    with in_district(cast.district.id):
        Role.objects.create(district=cast.district, person=cast["Ana"], school=cast.school, name="teacher")
    assert scanned(card.token)[1] == 403 and tapped(code, card.number, card.pictures) == 403
    assert outcomes(cast) == ["left", "left"]
    with pytest.raises(cards.NoCards):
        made(cast, "Ana")


def test_cards_that_are_ended_replaced_expired_or_of_who_left(cast: Cast) -> None:
    code, (ana, ben) = made(cast, "Ana", "Ben")
    _, (new,) = made(cast, "Ana", now=time.time() + 1)
    assert new.number == ana.number and scanned(ana.token)[1] == 403, "a new card ends the one before"
    assert scanned(new.token)[1] == 302
    with in_district(cast.district.id):
        Enrolment.objects.filter(person=cast["Ben"]).delete()
    assert scanned(ben.token)[1] == 403
    teacher = signed_in(cast["Okafor"])
    assert "End all cards" in teacher.get(f"/teach/{cast.a.id}/cards", {"end": "all"}).content.decode()
    said = teacher.post(f"/teach/{cast.a.id}/cards/end", {"what": "all"}, follow=True).content.decode()
    assert "2 cards ended." in said
    assert scanned(new.token)[1] == 403 and tapped(code, new.number, new.pictures) == 403
    assert outcomes(cast) == ["ended", "in", "left", "ended", "wrong"]
    with in_district(cast.district.id):
        SignInCard.objects.update(at=1.0)
    _, (late,) = made(cast, "Chi", now=time.time() - 31 * DAY)
    client = visitor()
    client.get(f"/sign-in/card/{late.token}")
    assert "This card is too old" in client.post("/sign-in/card").content.decode()


@pytest.mark.parametrize(
    "token", ["x", "a.b", "." * 90, "é.ü", "A" * 43 + ".", "A" * 43 + ".guess", "%00.x", "A" * 20_000]
)
def test_what_is_no_card_opens_nothing(cast: Cast, token: str) -> None:
    del cast
    client = visitor()
    client.get(f"/sign-in/card/{token}")
    assert client.post("/sign-in/card").status_code == 403


def test_a_guessed_secret_of_a_real_card_is_noted(cast: Cast) -> None:
    _, (card,) = made(cast, "Ana")
    assert scanned(card.token[:-3] + "xyz")[1] == 403
    assert outcomes(cast) == ["wrong"]


def test_wrong_pictures_rest_the_card_but_not_the_scan_nor_the_others(cast: Cast) -> None:
    code, (ana, ben) = made(cast, "Ana", "Ben")
    wrong = tuple(reversed(ana.pictures))
    assert [tapped(code, ana.number, wrong) for _ in range(MISSES)] == [403] * MISSES
    assert tapped(code, ana.number, ana.pictures) == 403, "also the right ones, now"
    form = {"code": code, "number": ana.number, "taken": " ".join(ana.pictures[:2]), "picture": ana.pictures[2]}
    assert "Wait 15 minutes" in visitor().post("/sign-in/pictures", form).content.decode()
    assert tapped(code, ben.number, ben.pictures) == 302 and scanned(ana.token)[1] == 302
    with in_district(cast.district.id):
        cards.come_by_pictures(code=code, number=ana.number, pictures=ana.pictures, now=time.time() + WINDOW + 1)
    assert outcomes(cast)[: MISSES + 1] == ["wrong"] * MISSES + ["locked"]


def test_a_class_rests_when_numbers_are_tried_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    code, (ana,) = made(cast, "Ana")
    monkeypatch.setattr(cards, "CLASS_MISSES", 3)
    assert [tapped(code, number, ana.pictures) for number in (2, 3, 4)] == [403] * 3
    assert tapped(code, ana.number, ana.pictures) == 403
    assert outcomes(cast) == ["wrong"] * 3 + ["locked"]


@pytest.mark.parametrize(
    "asked",
    [
        {"code": "AAAAAAAA", "number": "1"},
        {"code": "", "number": "1"},
        {"code": "\x00", "number": "1"},
        {"code": "RIGHT", "number": "0"},
        {"code": "RIGHT", "number": "²"},
        {"code": "RIGHT", "number": "-1"},
        {"code": "RIGHT", "number": "9" * 4000},
    ],
)
def test_a_code_or_number_that_is_none_asks_again(cast: Cast, asked: dict[str, str]) -> None:
    code, _ = made(cast, "Ana")
    form = {**asked, "code": asked["code"].replace("RIGHT", code)}
    page = visitor().get("/sign-in/pictures", form)
    assert page.status_code == 200 and 'role="alert"' in page.content.decode()
    assert (
        "picture" not in visitor().post("/sign-in/pictures", {**form, "picture": "../x", "taken": "x " * 999}).headers
    )
    assert outcomes(cast) == []


def test_the_pictures_have_words_and_name_nobody(cast: Cast) -> None:
    code, (ana,) = made(cast, "Ana")
    asked = {"code": f"{code[:4]} {code[4:].lower()}", "number": str(ana.number)}
    grid = visitor().get("/sign-in/pictures", asked).content.decode()
    assert grid.count('name="picture"') == len(cards.PICTURES) and all(
        f"<span>{name}</span>" in grid for name in cards.PICTURES
    )
    assert not re.search(r"Ana|Diaz|Math 6", grid)
    assert "I have a card" in visitor().get("/sign-in").content.decode()
