"""Judges the QR codes of finished papers with decoders other than the program's own tests use.

    python tests/check_codes.py BINARY SAMPLES SCRATCH

zxing-cpp is of the family of decoders that telephones have, zbar is another one. Every code on every paper of every
sample is read at 150 dpi, and what it says is the link that stands in clear on the same page. Slips of all four sizes are
read at 100 dpi by both. Then a round, opaque blot of 15 % of the area of the modules lies on each slip's code, black or
white, as ink or as a scratch: wherever it leaves the three finder patterns alone, nearly every code is read. No decoder
finds a code without its finder patterns, and error correction does not protect them: a blot at any place at all is held to
a lower figure, so that nothing gets worse unseen.

Needs zxing-cpp 3.1 and Pillow of the Python that runs it; poppler and zbar of the system.
"""

from collections import Counter
from pathlib import Path
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw
import zxingcpp

SIZES = (4, 6, 8, 10)
QUIET = 4
FINDER = 7
BLOT = 0.15
# Of the codes under a blot, per kind and place.
OFF_FINDERS = 0.95
ANYWHERE = 0.80
# Codes per size, kind and place of the blot.
CODES = 200


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def page_count(pdf: Path) -> int:
    return int(re.search(r"^Pages: +(\d+)", run("pdfinfo", pdf), re.M).group(1))


def picture(pdf: Path, page: int, dpi: int, scratch: Path) -> Image.Image:
    run("pdftoppm", "-r", dpi, "-f", page, "-l", page, "-gray", "-singlefile", pdf, scratch / "page")
    return Image.open(scratch / "page.pgm").copy()


def links(pdf: Path, page: int) -> Counter:
    """The links in clear on a page."""
    text = run("pdftotext", "-raw", "-f", page, "-l", page, pdf, "-")
    return Counter(re.findall(r"https://\S+", text))


def by_zxing(image: Image.Image) -> list:
    return zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)


def by_zbar(image: Image.Image, scratch: Path) -> list[str]:
    image.save(scratch / "code.png")
    done = subprocess.run(
        ["zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", scratch / "code.png"],
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def box(code, margin: float) -> tuple[int, int, int, int]:
    """The square of a code with a margin, as a part of its side."""
    corners = [code.position.top_left, code.position.top_right, code.position.bottom_left, code.position.bottom_right]
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    wider = (max(across) - min(across)) * margin
    return (
        int(min(across) - wider),
        int(min(down) - wider),
        int(max(across) + wider) + 1,
        int(max(down) + wider) + 1,
    )


def modules_in(code) -> int:
    """Modules on a side."""
    return 17 + 4 * int(code.extra["Version"])


def check_all_papers(folders: list[Path], scratch: Path) -> None:
    """Every code of every paper at 150 dpi."""
    codes = 0
    with_codes = ("Листы-приглашения.pdf", "Талоны.pdf", "Семейные листы.pdf")
    for pdf in sorted(pdf for folder in folders for pdf in folder.rglob("*.pdf") if pdf.name.endswith(with_codes)):
        for page in range(1, page_count(pdf) + 1):
            wanted = links(pdf, page)
            read = Counter(code.text for code in by_zxing(picture(pdf, page, 150, scratch)))
            if read != wanted:
                sys.exit(f"{pdf}, page {page}: zxing-cpp reads {read.total()} codes of {wanted.total()} at 150 dpi")
            codes += read.total()
    print(f"150 dpi: zxing-cpp reads all {codes} codes of {len(folders)} folders")


def slips(binary: Path, sample: Path, size: int, scratch: Path) -> list[Path]:
    """The slips of a sample in one of their sizes."""
    school = scratch / f"slips-{size}"
    shutil.copytree(sample, school)
    settings = school / "zavuch.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^slips_per_page.*$", f"slips_per_page = {size}", text), encoding="utf-8")
    run(binary, "run", school, "--date", "2026-09-01")
    return sorted((school / "выдача").rglob("*Талоны.pdf"))


def check_coarse(pdfs: list[Path], size: int, scratch: Path) -> None:
    """Slips at 150 and at 100 dpi by two decoders; zbar mixes up neighbours, so each code is cut out for it."""
    for dpi, least in ((150, 1.0), (100, 0.99)):
        total = zxing = zbar = 0
        for pdf in pdfs:
            for page in range(1, page_count(pdf) + 1):
                wanted = links(pdf, page)
                image = picture(pdf, page, dpi, scratch)
                # The places come from a finer picture: a code that is not found at all counts as not read.
                fine = by_zxing(picture(pdf, page, 200, scratch))
                total += wanted.total()
                zxing += (Counter(code.text for code in by_zxing(image)) & wanted).total()
                for code in fine:
                    cut = tuple(int(edge * dpi / 200) for edge in box(code, 0.1))
                    zbar += by_zbar(image.crop(cut), scratch) == [code.text]
        print(f"{size} slips on a page, {dpi} dpi: zxing-cpp {zxing} of {total}, zbar {zbar} of {total}")
        if min(zxing, zbar) < least * total or not total:
            sys.exit("too few")


def blots(side: int, dice: random.Random):
    """Places of a blot in modules, wholly on the code, and whether it leaves the finder patterns alone."""
    radius = math.sqrt(BLOT / math.pi) * side
    corners = [(0, 0), (side - FINDER, 0), (0, side - FINDER)]
    while True:
        x, y = dice.uniform(radius, side - radius), dice.uniform(radius, side - radius)

        def distance(corner) -> float:
            left, top = corner
            return math.hypot(max(left - x, 0, x - left - FINDER), max(top - y, 0, y - top - FINDER))

        yield x, y, radius, all(distance(corner) >= radius for corner in corners)


def check_blots(pdfs: list[Path], size: int, scratch: Path) -> None:
    """Slips with a blot, as a telephone held before them sees them: 200 dpi."""
    clean = []
    for pdf in pdfs:
        for page in range(1, page_count(pdf) + 1):
            image = picture(pdf, page, 200, scratch)
            for code in by_zxing(image):
                left, top, right, bottom = box(code, 0.0)
                margin = (right - left) // 10
                cut = image.crop((left - margin, top - margin, right + margin, bottom + margin))
                clean.append((cut, margin, right - left, modules_in(code), code.text))
    dice = random.Random(size)
    for ink, name in ((0, "black"), (255, "white")):
        for free, least in ((True, OFF_FINDERS), (False, ANYWHERE)):
            read = 0
            for number in range(CODES):
                cut, margin, width, side, text = clean[number % len(clean)]
                x, y, radius, _ = next(one for one in blots(side, dice) if one[3] or not free)
                step = width / side
                image = cut.copy()
                middle = (margin + x * step, margin + y * step)
                ends = [(middle[0] - radius * step, middle[1] - radius * step)]
                ends.append((middle[0] + radius * step, middle[1] + radius * step))
                ImageDraw.Draw(image).ellipse(ends, fill=ink)
                read += text in [code.text for code in by_zxing(image)]
            place = "off the finder patterns" if free else "anywhere"
            print(f"{size} slips on a page, {side} modules, a {name} blot of 15 % {place}: {read} of {CODES}")
            if read < least * CODES:
                sys.exit("too few")


def main(arguments: list[str]) -> None:
    if len(arguments) != 3:
        sys.exit(__doc__)
    binary, samples, scratch = (Path(argument).resolve() for argument in arguments)
    scratch.mkdir(parents=True)
    schools = []
    for sample in sorted(path.parent for path in samples.glob("*/zavuch.toml")):
        school = scratch / sample.name
        shutil.copytree(sample, school)
        run(binary, "run", school, "--date", "2026-09-01")
        schools.append(school / "выдача")
    # The invented people of the samples have a sister in another class.
    settings = schools[0].parent / "zavuch.toml"
    text = settings.read_text(encoding="utf-8").replace("[papers]\n", "[papers]\nfamily_sheets = true\n")
    settings.write_text(text, encoding="utf-8")
    run(binary, "papers", schools[0].parent, "--sample", scratch / "families", "--date", "2026-09-01")
    if not list((scratch / "families").glob("*Семейные листы.pdf")):
        sys.exit("no sheet of a family among the samples")
    schools.append(scratch / "families")
    with tempfile.TemporaryDirectory(dir=scratch) as pictures:
        check_all_papers(schools, Path(pictures))
        for size in SIZES:
            pdfs = slips(binary, samples / "school-65", size, scratch)
            check_coarse(pdfs[:2], size, Path(pictures))
            check_blots(pdfs[:2], size, Path(pictures))


if __name__ == "__main__":
    main(sys.argv[1:])
