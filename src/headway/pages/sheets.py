"""A handed-in PDF as pictures of its pages: a judge on a phone reads them at once, and they carry neither an author nor links.
And a photo as it goes on paper.

A file comes from anywhere, so it is drawn in a process of its own with little memory and time, and nothing of it is shown but
the points that come out. ``python -m headway.pages.sheets pdf`` is that process (or ``photo``): file in, PNG pictures out, each
with its length.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from headway.standards.handed_in import MEDIA_TYPES, read_handed_in

MOST = 10
"""Pages of a text; what learners write by hand or type for one task has fewer."""
SECONDS, MEMORY = 40, 2_000_000_000
SHARPNESS = 120
"""Points an inch of a page that is 612 points wide."""
DRAWING = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#let number = int(sys.inputs.page)
#context {
  let size = measure(image("text.pdf", page: number))
  let share = calc.min(612pt / size.width, 1400pt / size.height)
  image("text.pdf", page: number, width: size.width * share)
}
"""
PHOTO = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {
  let photo = read("text.pdf", encoding: none)
  let size = measure(image(photo))
  image(photo, width: size.width * calc.min(612pt / size.width, 1000pt / size.height))
}
"""
NO_SUCH_PAGE = "does not exist"
TOO_MANY, UNREADABLE = 3, 4


class NotDrawn(ValueError):
    """The PDF cannot be shown; the message says why and what to do."""


def sheets_of(data: bytes) -> list[bytes]:
    """Return the pages of a PDF as PNG pictures. Raises NotDrawn."""
    code, pictures = _draw(data, "pdf")
    if code is None:
        raise NotDrawn(_("This PDF takes too long to draw. Print it to PDF again, or take photos of it."))
    if code == TOO_MANY:
        raise NotDrawn(_("This PDF has more than {n} pages. Hand in fewer.").format(n=MOST))
    if not pictures:
        raise NotDrawn(_("This PDF cannot be read. Print it to PDF again, or take photos of it."))
    return pictures


def photo_for_paper(data: bytes) -> list[bytes]:
    """A photo, the right way up and as large as a sheet needs, as a list of one PNG picture; none if it cannot be drawn."""
    return _draw(data, "photo")[1]


def _draw(data: bytes, kind: str) -> tuple[int | None, list[bytes]]:
    """The process's exit code (None: it took too long) and its pictures."""
    command = [sys.executable, "-m", "headway.pages.sheets", kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None, []
    pictures, place = [], 0
    while done.returncode == 0 and place + 4 <= len(done.stdout):
        size = int.from_bytes(done.stdout[place : place + 4], "big")
        pictures.append(done.stdout[place + 4 : place + 4 + size])
        place += 4 + size
    return done.returncode, pictures


def drawn(file: bytes | None) -> list[bytes]:
    """The pages of a file that is a PDF and may be kept; nothing for another. Raises ImportProblem, NotDrawn."""
    return sheets_of(file) if file is not None and read_handed_in(file).kind == "pdf" else []


def shut_in(kind: str, data: bytes) -> HttpResponse:
    """A handed-in file, or a page of one, under the type that its content has, shut in a sandbox: it is never a page of ours."""
    response = HttpResponse(data, content_type=next(v for k, v in MEDIA_TYPES.items() if k == kind))
    response["Content-Disposition"] = f'inline; filename="text.{kind}"'
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def main() -> int:
    """Draw the file that comes in."""
    import resource

    import typst

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with tempfile.TemporaryDirectory() as folder:
        main_file, pictures = Path(folder, "main.typ"), []
        Path(folder, "text.pdf").write_bytes(sys.stdin.buffer.read())
        photo = sys.argv[1:] == ["photo"]
        main_file.write_text(PHOTO if photo else DRAWING)
        for page in range(1, 2 if photo else MOST + 2):
            try:
                made = typst.compile(
                    str(main_file), root=folder, format="png", ppi=SHARPNESS, sys_inputs={"page": str(page)}
                )
            except typst.TypstError as error:
                if page > 1 and NO_SUCH_PAGE in str(error):
                    break
                return UNREADABLE
            pictures.append(made)
    if len(pictures) > MOST:
        return TOO_MANY
    for picture in pictures:
        sys.stdout.buffer.write(len(picture).to_bytes(4, "big") + picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
