"""What somebody says about mail: whether, in which language and where to. Nobody gets one who has not asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from headway.core.text import T, Text


class NotChosen(ValueError):
    """The choice cannot be kept as it is; ``text`` says to the person what is missing."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants; ``at`` is when they said so (seconds since 1970), 0 for never."""

    wanted: bool
    language: str
    email: str
    at: float = 0.0


def checked(*, wanted: bool, language: str, email: str, now: float) -> Choice:
    """The choice as it can be kept. Raises NotChosen for a language that Headway does not speak, and for mail without an
    address that can be one."""
    email = email.strip()[:254]
    if language not in dict(settings.LANGUAGES):
        raise NotChosen(T("Choose a language from the list."))
    if wanted or email:
        try:
            validate_email(email)
        except ValidationError:
            raise NotChosen(T("Write an e-mail address, such as name@example.org.")) from None
    return Choice(wanted, language, email, now)
