"""Bring in the fonts and scripts that pages use, as committed files with a lock of their hashes.

``python -m tools.vendor`` packs each pinned npm package, checks it against the lock, copies the files named below into
``src/headway/pages/static/vendor`` and writes ``lock.json`` there. ``--update`` accepts packages that the lock does
not know yet. It needs npm, and uv for the subset of the mathematics font; a school that runs Headway needs neither.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src/headway/pages/static/vendor"
LOCK = TARGET / "lock.json"
FONTTOOLS = "fonttools[woff]==4.60.1"

MATH_CHARACTERS = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0237,U+0300-0304,U+0307,U+0308,U+030A,U+030C,U+0338,U+20D7,"
    "U+0391-03C9,U+03D1,U+03D5,U+03F5,"
    "U+2010-2015,U+2018-201D,U+2020-2022,U+2026,U+2030,U+2032-2034,U+203E,U+2044,U+2057,U+2061-2064,"
    "U+2070-208E,U+20AC,U+2102,U+2115,U+211A,U+211D,U+2124,U+2190-2195,U+21D0-21D4,U+21A6,"
    "U+2200,U+2202-2205,U+2207-2209,U+220B,U+220F,U+2211-2213,U+2215-221E,U+2220,U+2223-222B,U+2234,U+2235,"
    "U+223C,U+2243,U+2245,U+2248,U+2260,U+2261,U+2264,U+2265,U+226A,U+226B,U+2282-2287,U+2295,U+2297,U+22A5,"
    "U+22C5,U+22EF,U+2308-230B,U+2329,U+232A,U+23B4,U+23B5,U+23DC-23DF,U+25A1,U+25B3,U+25CB,U+27E8,U+27E9,U+2A7D,"
    "U+2A7E,U+1D434-1D467,U+210E,U+1D6A4-1D6A5,U+1D6E2-1D71B"
)
"""Letters, Greek, operators, arrows, brackets, and italic letters (U+1D434 on), as single letters are set."""


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned package and what to take from it: path inside, or a pattern ending in ``/*``, to folder or name.

    ``subset`` is the file to cut down, ``keep`` which of :data:`SUBSETS` says to what.
    """

    name: str
    version: str
    files: tuple[tuple[str, str], ...]
    subset: str = ""
    keep: str = "mathematics"


def written_names() -> str:
    """The Chinese characters of GB 2312 and the common ones of Big5: what names are written with, in either script."""
    found: set[int] = set()
    for codec, highest in (("gb2312", 0xF8), ("big5", 0xC7)):
        for high in range(0xA1, highest):
            for low in range(0x40, 0xFF):
                found |= {ord(sign) for sign in bytes([high, low]).decode(codec, "ignore")}
    return ",".join(f"U+{code:04X}" for code in sorted(found) if code > 0x2E7F)


SUBSETS: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "mathematics": (
        lambda: MATH_CHARACTERS,
        ("--flavor=woff2", "--layout-features=kern,ssty,dtls,flac", "--no-hinting", "--desubroutinize"),
    ),
    "names": (written_names, ("--layout-features=", "--no-hinting")),
}
"""Which characters stay, with which options of pyftsubset."""


PACKAGES = (
    Package(
        "@fontsource-variable/atkinson-hyperlegible-next",
        "5.3.0",
        (
            ("files/atkinson-hyperlegible-next-latin-wght-normal.woff2", "fonts/atkinson-latin.woff2"),
            ("files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2", "fonts/atkinson-latin-ext.woff2"),
            ("LICENSE", "fonts/LICENSE.atkinson.txt"),
        ),
    ),
    Package(
        "@fontsource-variable/bricolage-grotesque",
        "5.3.0",
        (
            ("files/bricolage-grotesque-latin-wght-normal.woff2", "fonts/bricolage-latin.woff2"),
            ("files/bricolage-grotesque-latin-ext-wght-normal.woff2", "fonts/bricolage-latin-ext.woff2"),
            ("LICENSE", "fonts/LICENSE.bricolage.txt"),
        ),
    ),
    Package(
        "@fontsource/stix-two-math",
        "5.3.0",
        (
            ("files/stix-two-math-latin-400-normal.woff2", "fonts/stix-two-math.woff2"),
            ("LICENSE", "fonts/LICENSE.stix.txt"),
        ),
        subset="fonts/stix-two-math.woff2",
    ),
    Package(
        "@expo-google-fonts/noto-sans",
        "0.4.2",
        (
            ("400Regular/NotoSans_400Regular.ttf", "print/NotoSans-Regular.ttf"),
            ("700Bold/NotoSans_700Bold.ttf", "print/NotoSans-Bold.ttf"),
            ("LICENSE_FONT", "print/LICENSE.noto-sans.txt"),
        ),
    ),
    Package(
        "@expo-google-fonts/noto-sans-arabic",
        "0.4.3",
        (
            ("400Regular/NotoSansArabic_400Regular.ttf", "print/NotoSansArabic-Regular.ttf"),
            ("700Bold/NotoSansArabic_700Bold.ttf", "print/NotoSansArabic-Bold.ttf"),
            ("LICENSE_FONT", "print/LICENSE.noto-sans-arabic.txt"),
        ),
    ),
    Package(
        "@expo-google-fonts/noto-sans-sc",
        "0.4.3",
        (
            ("400Regular/NotoSansSC_400Regular.ttf", "print/NotoSansSC-Regular.ttf"),
            ("LICENSE_FONT", "print/LICENSE.noto-sans-sc.txt"),
        ),
        subset="print/NotoSansSC-Regular.ttf",
        keep="names",
    ),
    Package(
        "mathlive",
        "0.111.1",
        (
            ("mathlive.min.mjs", "mathlive/mathlive.min.mjs"),
            ("mathlive-fonts.css", "mathlive/mathlive-fonts.css"),
            ("fonts/*", "mathlive/fonts"),
            ("LICENSE.txt", "mathlive/LICENSE.txt"),
        ),
    ),
    Package(
        "htmx.org",
        "4.0.1",
        (
            ("dist/htmx.min.js", "htmx/htmx.min.js"),
            ("dist/ext/hx-sse.min.js", "htmx/hx-sse.min.js"),
            ("LICENSE", "htmx/LICENSE.txt"),
        ),
    ),
)


def digest(path: Path, algorithm: str = "sha256") -> str:
    """The hash of a file, in hexadecimal."""
    return hashlib.new(algorithm, path.read_bytes()).hexdigest()


def pack(package: Package, folder: Path) -> tuple[Path, str]:
    """Unpack the package into a fresh folder; return the folder and the SHA-512 of the archive."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / done.stdout.strip().splitlines()[-1]
    inside = folder / "inside" / package.name.replace("/", "-")
    with tarfile.open(archive) as tar:
        tar.extractall(inside, filter="data")
    return inside / "package", digest(archive, "sha512")


def take(package: Package, inside: Path, target: Path) -> None:
    """Copy the chosen files, and cut the fonts down that are to be cut."""
    for source, name in package.files:
        found = sorted((inside / source[:-2]).iterdir()) if source.endswith("/*") else [inside / source]
        for path in found:
            place = target / name / path.name if source.endswith("/*") else target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix in (".js", ".mjs"):  # a source map is not vendored, so do not point to one
                lines = path.read_text().splitlines()
                place.write_text("\n".join(x for x in lines if not x.startswith("//# sourceMappingURL")) + "\n")
            else:
                shutil.copyfile(path, place)
    if package.subset:
        subset(target / package.subset, package.keep)


def subset(path: Path, keep: str) -> None:
    """Cut a font down to one of :data:`SUBSETS`."""
    characters, options = SUBSETS[keep]
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    small, wanted = path.with_suffix(".small"), path.with_suffix(".txt")
    wanted.write_text(characters())
    command = [uv, "tool", "run", "--quiet", "--from", FONTTOOLS, "pyftsubset", str(path), f"--output-file={small}"]
    subprocess.run([*command, f"--unicodes-file={wanted}", *options], check=True)
    wanted.unlink()
    small.replace(path)


def main() -> int:
    """Vendor everything; exit 1 when an archive is not the one that the lock names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="accept archives that the lock does not name yet")
    arguments = parser.parse_args()
    known = json.loads(LOCK.read_text())["packages"] if LOCK.exists() else {}
    archives: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder, fresh = Path(temporary), Path(temporary) / "vendor"
        for package in PACKAGES:
            label = f"{package.name}@{package.version}"
            inside, archives[label] = pack(package, folder)
            if known.get(label) != archives[label] and not arguments.update:
                print(f"{label}: the archive is not the one in {LOCK.name}; check it, then run again with --update.")
                return 1
            take(package, inside, fresh)
            print(label)
        if TARGET.exists():
            shutil.rmtree(TARGET)
        shutil.copytree(fresh, TARGET)
    files = {str(p.relative_to(TARGET)): digest(p) for p in sorted(TARGET.rglob("*")) if p.is_file()}
    LOCK.write_text(json.dumps({"packages": archives, "files": files}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
