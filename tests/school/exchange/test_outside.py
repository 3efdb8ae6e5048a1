"""Addresses that others give us lead to the public internet, also when a name answers differently the second time."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.test import override_settings

from headway.school.exchange.outside import NoAnswer, ask, is_public

PUBLIC = "93.184.216.34"


class Names:
    """A server of names that gives each answer once, and the last one for ever; ``reached`` is where somebody then went."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.left, self.reached = list(answers), list[str]()
        real = socket.getaddrinfo

        def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
            if host != "tool.example":
                return real(host, port, *args, **kwargs)
            return real(self.left.pop(0) if len(self.left) > 1 else self.left[0], port, *args, **kwargs)

        def connect(_socket: socket.socket, address: Any) -> None:
            self.reached.append(address[0])
            raise ConnectionRefusedError("nothing is reached in this test")

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        monkeypatch.setattr(socket.socket, "connect", connect)


@override_settings(PRODUCTION=True)
def test_a_name_that_turns_inside_after_it_was_checked_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, PUBLIC, "127.0.0.1")
    with pytest.raises(NoAnswer):
        ask("GET", "https://tool.example/keys")
    assert names.reached == [PUBLIC]


@override_settings(PRODUCTION=True)
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "::ffff:127.0.0.1", "fd00:ec2::254",
     "fe80::1", "fec0::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::127.0.0.1", "64:ff9b:1::a00:1"],
)  # fmt: skip
def test_no_spelling_of_an_inner_address_is_reached(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, address)
    with pytest.raises(NoAnswer, match="own network"):
        ask("GET", "https://tool.example/keys")
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(NoAnswer, match="own network"):
        ask("GET", f"https://{literal}/keys")
    assert names.reached == []


@override_settings(PRODUCTION=True)
@pytest.mark.parametrize(
    "address", ["http://tool.example/", "gopher://tool.example/", "file:///etc/passwd", "https:///keys"]
)
def test_only_https_to_a_host(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, PUBLIC)
    with pytest.raises(NoAnswer):
        ask("GET", address)
    assert names.reached == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "64:ff9b::5db8:d822", "2002:5db8:d822::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)
