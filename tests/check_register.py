"""Fills in the register of links, and the tables of the moderators, with LibreOffice and openpyxl as people would.

    check_register.py ZAVUCH SAMPLE SCRATCH

Every row must come through both programs, every link must be taken in, and what is protected must stay protected.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import openpyxl

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PROFILE = pathlib.Path(sys.argv[3]) / "profile"
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}


def call(zavuch, folder, *arguments, status=0):
    done = subprocess.run([zavuch, *arguments], cwd=folder, capture_output=True, text=True, env={}, check=False)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


def link(number):
    code = "".join(ALPHABET[(number * 7 + at * 5 + at * at) % len(ALPHABET)] for at in range(39))
    return f"https://max.ru/join/{number:04}{code}"


def converted(table, target, form):
    """The table opened and saved by LibreOffice."""
    target.mkdir(parents=True, exist_ok=True)
    profile = PROFILE.absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(target), str(table)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=ENVIRONMENT)
    return target / f"{table.stem}.{form}"


def rows(table):
    """All cells of the rows below the header, and where the header is."""
    sheet = openpyxl.load_workbook(table).active
    cells = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    header = next(at for at, row in enumerate(cells) if row[0] == "Ключ чата")
    return header, cells


def check_form(table):
    """Protected but for the cells to fill; the drop-down is there."""
    sheet = openpyxl.load_workbook(table).active
    header, cells = rows(table)
    assert sheet.protection.sheet, "the sheet is not protected"
    open_columns = {"Как создан", "Ссылка", "Талоны розданы", "Вступили"}
    for column, name in enumerate(cells[header], start=1):
        locked = sheet.cell(header + 2, column).protection.locked
        assert locked == (name not in open_columns), (name, locked)
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any("создан вручную" in one and "создан Сферумом" in one for one in lists), lists


def fill(table, first):
    """Writes a link into each row, as a person does in a program of the own; answers how many."""
    book = openpyxl.load_workbook(table)
    sheet = book.active
    header, cells = rows(table)
    column = cells[header].index("Ссылка") + 1
    origin = cells[header].index("Как создан") + 1
    number = 0
    for row in range(header + 2, len(cells) + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, column).value = link(first + number)
            sheet.cell(row, origin).value = "создан вручную"
            number += 1
    book.save(table)
    return number


def main():
    zavuch, sample, scratch = (pathlib.Path(argument).absolute() for argument in sys.argv[1:4])
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    school = scratch / "школа"
    shutil.copytree(sample, school, ignore=shutil.ignore_patterns("выдача", "zavuch.db"))
    register = school / "ссылки.xlsx"
    register.unlink()
    date = ["--date", "2026-09-01"]
    call(zavuch, scratch, "применить", "школа", *date)
    check_form(register)
    _, planned = rows(register)

    # LibreOffice and openpyxl keep every row.
    for form in ["xlsx", "ods", "xls"]:
        saved = converted(register, scratch / f"открыто {form}", form)
        back = saved if form == "xlsx" else converted(saved, scratch / f"обратно {form}", "xlsx")
        assert rows(back)[1] == planned, f"{form}: rows are lost"
    again = scratch / "openpyxl.xlsx"
    book = openpyxl.load_workbook(register)
    book.save(again)
    assert rows(again)[1] == planned, "openpyxl: rows are lost"

    # The tables of the moderators come back, filled in by one program and saved by the other.
    tables = sorted(school.glob("выдача/*/* Ссылки.xlsx"))
    assert len(tables) > 1, "no table asks for links"
    returned = scratch / "присланное"
    returned.mkdir()
    total = 0
    for turn, table in enumerate(tables):
        check_form(table)
        copy = returned / table.name
        shutil.copy(table, copy)
        total += fill(copy, total)
        if turn % 2:
            converted(copy, returned / "ods", "ods")
            copy.unlink()
    answer = json.loads(call(zavuch, scratch, "ссылки", "принять", "школа", "присланное", *date, "--json"))
    assert (answer["new"], answer["refused"]) == (total, 0), answer
    before = register.read_bytes()
    answer = json.loads(call(zavuch, scratch, "ссылки", "принять", "школа", "присланное", *date, "--json"))
    assert (answer["new"], answer["same"]) == (0, total), answer
    assert register.read_bytes() == before, "the same tables once more changed the register"
    header, filled = rows(register)
    column = filled[header].index("Ссылка")
    assert sum(bool(row[column]) for row in filled[header + 1 :]) == total

    # The whole register, saved by LibreOffice in the place of the own one, says the same.
    shutil.copy(converted(register, scratch / "сохранено", "xlsx"), register)
    call(zavuch, scratch, "применить", "школа", *date)
    call(zavuch, scratch, "план", "школа", *date, "--check")
    answer = json.loads(call(zavuch, scratch, "ссылки", "список", "школа", *date, "--json"))
    assert all(chat["stage"] in ("printed", "link_received") for chat in answer["chats"]), answer["stages"]
    print(f"the register of links: {total} links in {len(tables)} tables, {len(planned) - header - 1} rows kept")


main()
