"""Writes a declared table with the software that is asked for."""

import csv
import datetime
import io
import json
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

import openpyxl
import xlsxwriter
import xlwt
from odf import opendocument, table as odf_table, text as odf_text
from openpyxl.utils import get_column_letter, range_boundaries

from .declare import Formula, Sheet

HERE = pathlib.Path(__file__).resolve().parent.parent
MOMENT = datetime.datetime(2026, 8, 25, 12, 0, 0)


def sheets_of(table):
    """Plain rows are a sheet of the usual name."""
    return table if isinstance(table[0], Sheet) else [Sheet("Лист1", table)]


def by_openpyxl(sheets, path, epoch_1904=False, **_):
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = MOMENT
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for y, row in enumerate(sheet.rows, 1):
            for x, value in enumerate(row, 1):
                if value is None:
                    continue
                if isinstance(value, Formula):
                    page.cell(y, x, value.text)
                    continue
                cell = page.cell(y, x, value)
                if isinstance(value, str):
                    cell.data_type = "s"
        for merge in sheet.merges:
            page.merge_cells(merge)
        for row in sheet.hidden_rows:
            page.row_dimensions[row].hidden = True
        if sheet.hidden:
            page.sheet_state = "hidden"
    book.save(path)


def by_xlsxwriter(sheets, path, epoch_1904=False, **_):
    book = xlsxwriter.Workbook(path, {"date_1904": epoch_1904, "strings_to_formulas": False})
    book.set_properties({"created": MOMENT})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for merge in sheet.merges:
            left, top, right, bottom = range_boundaries(merge)
            page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        for y, row in enumerate(sheet.rows):
            for x, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, Formula):
                    page.write_formula(y, x, value.text, None, value.value or 0)
                elif isinstance(value, datetime.date):
                    page.write_datetime(y, x, value, day)
                elif isinstance(value, str):
                    page.write_string(y, x, value)
                else:
                    page.write(y, x, value)
        for row in sheet.hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
    book.close()


def by_xlwt(sheets, path, epoch_1904=False, **_):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = epoch_1904
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for y, row in enumerate(sheet.rows):
            for x, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, Formula):
                    page.write(y, x, xlwt.Formula(value.text[1:]))
                elif isinstance(value, datetime.date):
                    page.write(y, x, value, day)
                else:
                    page.write(y, x, value)
        for merge in sheet.merges:
            left, top, right, bottom = range_boundaries(merge)
            page.merge(top - 1, bottom - 1, left - 1, right - 1)
        for row in sheet.hidden_rows:
            page.row(row - 1).hidden = True
        if sheet.hidden:
            page.visibility = 1
    book.save(path)


def by_odfpy(sheets, path, **_):
    book = opendocument.OpenDocumentSpreadsheet()
    for sheet in sheets:
        page = odf_table.Table(name=sheet.name)
        covered, spans = set(), {}
        for merge in sheet.merges:
            left, top, right, bottom = range_boundaries(merge)
            spans[top, left] = (bottom - top + 1, right - left + 1)
            covered |= {(y, x) for y in range(top, bottom + 1) for x in range(left, right + 1)} - {(top, left)}
        for y, row in enumerate(sheet.rows, 1):
            line = odf_table.TableRow(**({"visibility": "filter"} if y in sheet.hidden_rows else {}))
            for x, value in enumerate(row, 1):
                if (y, x) in covered:
                    line.addElement(odf_table.CoveredTableCell())
                    continue
                kind = {}
                if isinstance(value, datetime.date):
                    kind = {"valuetype": "date", "datevalue": value.isoformat()[:10]}
                elif isinstance(value, (int, float)):
                    kind = {"valuetype": "float", "value": repr(value)}
                elif value is not None:
                    kind = {"valuetype": "string"}
                if (y, x) in spans:
                    kind |= {"numberrowsspanned": spans[y, x][0], "numbercolumnsspanned": spans[y, x][1]}
                cell = odf_table.TableCell(**kind)
                if value is not None:
                    for paragraph in str(value).split("\n"):
                        element = odf_text.P()
                        element.addText(paragraph)
                        cell.addElement(element)
                line.addElement(cell)
            page.addElement(line)
        book.spreadsheet.addElement(page)
    book.save(path)


def by_csv(sheets, path, encoding="utf-8", delimiter=";", first="", newline="\r\n", bom=b"", quoting=csv.QUOTE_MINIMAL, **_):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    for row in sheets[0].rows:
        writer.writerow(["" if value is None else value for value in row])
    pathlib.Path(path).write_bytes(bom + (first + text.getvalue()).encode(encoding))


def plain(value):
    """A cell as SheetJS takes it."""
    if isinstance(value, datetime.date):
        return {"t": "d", "v": value.isoformat()[:10]}
    if isinstance(value, Formula):
        return {"t": "s", "v": value.value, "f": value.text[1:]}
    return value


class Later:
    """Files that other programs write: all of one program in one call."""

    def __init__(self):
        self.sheetjs, self.office = [], {}
        self.scratch = pathlib.Path(tempfile.mkdtemp())

    def add_sheetjs(self, sheets, path, kind, **how):
        self.sheetjs.append({
            "path": str(path), "type": kind,
            "sheets": [{"name": sheet.name, "rows": [[plain(v) for v in row] for row in sheet.rows],
                        "merges": sheet.merges, "hidden": sheet.hidden, "hiddenRows": sheet.hidden_rows} for sheet in sheets],
            **how,
        })

    def add_office(self, sheets, path, target, **how):
        """`target` is an extension and a filter of LibreOffice: «xls:MS Excel 95»."""
        jobs = self.office.setdefault(target, [])
        source = self.scratch / f"{abs(hash(target))}" / f"{len(jobs)}.xlsx"
        source.parent.mkdir(exist_ok=True)
        by_xlsxwriter(sheets, source, **how)
        jobs.append((source, path))

    def finish(self, node_modules):
        if self.sheetjs:
            subprocess.run(["node", HERE / "make.mjs"], input=json.dumps(self.sheetjs).encode(), check=True,
                           env={"PATH": "/usr/bin:/bin:/usr/local/bin", "CORPUS_XLSX": f"{node_modules}/xlsx"})
        for target, jobs in self.office.items():
            out = jobs[0][0].parent / "out"
            subprocess.run(["soffice", "--headless", "--convert-to", target, "--outdir", out, *(job[0] for job in jobs)],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for source, path in jobs:
                shutil.copy(out / f"{source.stem}.{target.split(':')[0]}", path)
        shutil.rmtree(self.scratch)


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    """An archive of («name», bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def cell_name(x, y):
    return f"{get_column_letter(x)}{y}"


USUAL = {"xlsx": by_openpyxl, "xls": by_xlwt, "ods": by_odfpy, "csv": by_csv, "tsv": by_csv, "txt": by_csv}
NAMED = {"openpyxl": by_openpyxl, "xlsxwriter": by_xlsxwriter, "xlwt": by_xlwt, "odfpy": by_odfpy, "csv": by_csv}


def write(case, later):
    """Writes one case."""
    path = HERE / case["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    table, by, how = case["table"], case["by"], case["how"]
    if isinstance(table, bytes):
        path.write_bytes(table)
    elif by and by.startswith("sheetjs:"):
        later.add_sheetjs(sheets_of(table), path, by.split(":")[1], **how)
    elif by and by.startswith("office:"):
        later.add_office(sheets_of(table), path, by.split(":", 1)[1], **how)
    else:
        writer = NAMED[by] if by else USUAL[path.suffix[1:]]
        writer(sheets_of(table), path, **how)
    expected = path.with_name(path.name + ".json")
    expected.write_text(json.dumps(case["expected"], ensure_ascii=False, indent=1) + "\n")
