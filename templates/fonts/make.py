"""Makes the fonts of the papers from PT Sans and PT Mono (Debian package fonts-paratype).

The faces are cut down to the characters that Russian papers need, without hinting, with the old `kern` table that
ttf-parser reads; each glyph keeps its shape. The licence forbids the original names for modified fonts, so the family
becomes «Zavuch Sans» and «Zavuch Mono». Run from this folder with fonttools 4.x at hand:

    python3 make.py /usr/share/fonts/truetype/paratype
"""

import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

UNICODES = ",".join([
    "0020-007E",          # ASCII
    "00A0-00FF",          # Latin-1: «», §, ·, °, ×, ½, accented letters
    "0100-017F",          # Latin Extended-A
    "018F,0259",          # the Latin schwa of Azerbaijani names
    "0400-052F",          # Cyrillic with the letters of the peoples of Russia
    "2010-2015",          # hyphens and dashes, the non-breaking hyphen among them
    "2018-201E",          # quotation marks
    "2020-2022,2026,2030,2032,2033,2039,203A",
    "2009,200A,202F",     # thin spaces
    "20BD",               # the rouble
    "2116,2122",          # the numero sign, the trade mark
    "2190-2193",          # arrows, where the face has them
    "2212,2260,2264,2265",
])

FACES = {
    "PTS55F.ttf": ("zavuch-sans-regular.ttf", "Zavuch Sans", "Regular"),
    "PTS75F.ttf": ("zavuch-sans-bold.ttf", "Zavuch Sans", "Bold"),
    "PTM55F.ttf": ("zavuch-mono-regular.ttf", "Zavuch Mono", "Regular"),
}

# The copyright and the licence stay; every other name is written anew.
KEPT_NAMES = {0, 13, 14}


def rename(path: Path, family: str, style: str) -> None:
    font = TTFont(path, recalcTimestamp=False)
    thin_out_kerning(font)
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in KEPT_NAMES and record.platformID == 3]
    full = f"{family} {style}"
    names = {1: family, 2: style, 3: f"1.0;ZVCH;{full}", 4: full, 5: "Version 1.0", 6: full.replace(" ", "")}
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font.save(path)


def thin_out_kerning(font: TTFont) -> None:
    """Keeps the pairs that Russian papers can hold: the whole table is three times as large as the glyphs."""
    if "kern" not in font:
        return
    common = set(map(chr, range(0x21, 0x7F))) | set("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ«»„“–—…·№")
    common |= {letter.lower() for letter in common}
    cmap = font.getBestCmap()
    glyphs = {cmap[ord(letter)] for letter in common if ord(letter) in cmap}
    for table in font["kern"].kernTables:
        table.kernTable = {
            pair: value for pair, value in table.kernTable.items()
            if abs(value) >= 4 and glyphs.issuperset(pair)
        }


def main(source: Path) -> None:
    here = Path(__file__).parent
    for name, (target, family, style) in FACES.items():
        path = here / target
        subprocess.run(
            [
                "pyftsubset", str(source / name), f"--output-file={path}", f"--unicodes={UNICODES}", "--no-hinting",
                "--legacy-kern", "--layout-features=kern", "--no-glyph-names",
                "--name-IDs=*", "--name-languages=0x409", "--drop-tables+=DSIG,VDMX,hdmx,LTSH,GPOS,GSUB,gasp",
                "--ignore-missing-unicodes", "--notdef-outline",
            ],
            check=True,
        )
        rename(path, family, style)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
