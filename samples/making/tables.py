"""Table files with the same bytes on every run, and the look that a secretary gives them."""

from pathlib import Path
import io
import re
import zipfile

import xlsxwriter

EPOCH = (2026, 8, 25, 9, 0, 0)


def settle(path: Path) -> None:
    """Takes the clock out of a zip-based file: times of its entries and of its properties."""
    with zipfile.ZipFile(path) as old:
        entries = [(entry, old.read(entry)) for entry in old.infolist()]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for entry, data in entries:
            if entry.filename in ("docProps/core.xml", "meta.xml"):
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", b"2026-08-25T09:00:00Z", data)
            fixed = zipfile.ZipInfo(entry.filename, EPOCH)
            fixed.compress_type = entry.compress_type
            fixed.external_attr = 0o644 << 16
            new.writestr(fixed, data)
    path.write_bytes(buffer.getvalue())


def plain_table(path: Path, sheet: str, header: list[str], rows: list[list], widths: list[int]) -> None:
    """A table with a bold header in its first row, as the program's own blanks have it."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    page.write_row(0, 0, header, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value != "":
                page.write(number, column, value)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
    book.close()
    settle(path)
