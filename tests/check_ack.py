"""Fills in the table of acknowledgements with LibreOffice and openpyxl as people would, as a whole and class by class.

    check_ack.py ZAVUCH SAMPLE SCRATCH

Every row must come through both programs, every mark must be taken in once, and what is protected must stay protected.
"""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys

import openpyxl

MARKS = ["ознакомлен(а)", "отказ", "другой канал", "не вернул(а)"]
PROFILE = pathlib.Path(sys.argv[3]) / "profile"
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}


def call(zavuch, folder, *arguments, status=0):
    done = subprocess.run([zavuch, *arguments], cwd=folder, capture_output=True, text=True, env={}, check=False)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


def converted(table, target, form):
    """The table opened and saved by LibreOffice."""
    target.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation={PROFILE.absolute().as_uri()}", "--headless", "--convert-to", form,
               "--outdir", str(target), str(table)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=ENVIRONMENT)
    return target / f"{table.stem}.{form.split(':')[0]}"


def rows(table):
    """The cells of all sheets."""
    book = openpyxl.load_workbook(table)
    cells = {sheet.title: [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]
             for sheet in book.worksheets}
    return {name: [[str(cell) for cell in row[:10]] for row in sheet] for name, sheet in cells.items()}


# What the school fills in its own table, and whoever collects the signatures in that of a class.
COLLECTED = {"Отметка", "Дата"}
OWN = COLLECTED | {"Примечание"}


def check_form(table, to_fill):
    """Protected but for the cells to fill; the drop-down is there; nothing is a formula."""
    for sheet in openpyxl.load_workbook(table).worksheets:
        assert sheet.protection.sheet, "the sheet is not protected"
        header = [cell.value for cell in sheet[3]]
        for column, name in enumerate(header, start=1):
            assert sheet.cell(4, column).protection.locked == (name not in to_fill), name
        lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
        assert any(all(mark in one for mark in MARKS) for one in lists), lists
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), "a formula"


def fill(table, turn):
    """Marks each row, as a person does; answers how many."""
    book = openpyxl.load_workbook(table)
    number = 0
    for sheet in book.worksheets:
        header = [cell.value for cell in sheet[3]]
        mark, date = header.index("Отметка") + 1, header.index("Дата") + 1
        for row in range(4, sheet.max_row + 1):
            if sheet.cell(row, 1).value:
                sheet.cell(row, mark).value = MARKS[(number + turn) % 4]
                sheet.cell(row, date).value = datetime.date(2026, 9, 3 + number % 4) if number % 2 else "05.09.2026"
                number += 1
    book.save(table)
    return number


def main():
    zavuch, sample, scratch = (pathlib.Path(argument).absolute() for argument in sys.argv[1:4])
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    school = scratch / "школа"
    shutil.copytree(sample, school, ignore=shutil.ignore_patterns("выдача", "zavuch.db", "ознакомление.xlsx"))
    call(zavuch, scratch, "применить", "школа", "--date", "2026-09-01")
    table = school / "ознакомление.xlsx"
    check_form(table, OWN)
    written = rows(table)
    for form in ["xlsx", "ods", "xls"]:
        saved = converted(table, scratch / f"открыто {form}", form)
        back = saved if form == "xlsx" else converted(saved, scratch / f"обратно {form}", "xlsx")
        assert rows(back) == written, f"{form}: rows are lost"

    # Class by class, each saved by another program and in another form.
    (scratch / "раздать").mkdir()
    call(zavuch, scratch, "ознакомление", "таблицы", "раздать", "школа")
    returned = scratch / "присланное"
    returned.mkdir()
    total = 0
    # With semicolons and in UTF-8, as a Russian spreadsheet program writes it.
    forms = ["xlsx", "ods", "csv:Text - txt - csv (StarCalc):59,34,76", "xls"]
    for turn, one in enumerate(sorted((scratch / "раздать").glob("*.xlsx"))):
        check_form(one, COLLECTED)
        total += fill(one, turn)
        form = forms[turn % len(forms)]
        shutil.copy(one, returned) if form == "xlsx" else converted(one, returned, form)
    take = ["ознакомление", "принять", "школа", "присланное", "--date", "2026-09-10", "--json"]
    answer = json.loads(call(zavuch, scratch, *take))
    assert (answer["new"], answer["refused"], answer["issues"]) == (total, 0, []), answer
    before = table.read_bytes()
    answer = json.loads(call(zavuch, scratch, *take))
    assert (answer["new"], answer["changed"]) == (0, 0), answer
    assert table.read_bytes() == before, "the same tables once more changed the own one"

    # The own table, saved by LibreOffice in its place, says the same.
    shutil.copy(converted(table, scratch / "сохранено", "xlsx"), table)
    answer = json.loads(call(zavuch, scratch, "ознакомление", "принять", "школа", "--date", "2026-09-11", "--json"))
    assert (answer["new"], answer["changed"], answer["refused"]) == (0, 0, 0), answer
    call(zavuch, scratch, "применить", "школа", "--date", "2026-09-11")
    call(zavuch, scratch, "проверить", "школа")

    # A wrong mark is corrected in its row, and one that should not be there is cleared; an older copy brings neither back.
    older = scratch / "старая копия.xlsx"
    shutil.copy(table, older)
    book = openpyxl.load_workbook(table)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[3]]
    mark, date = header.index("Отметка") + 1, header.index("Дата") + 1
    wrong, cleared = [row for row in range(4, sheet.max_row + 1) if sheet.cell(row, mark).value][:2]
    sheet.cell(wrong, mark).value = next(one for one in MARKS if one != sheet.cell(wrong, mark).value)
    sheet.cell(cleared, mark).value = sheet.cell(cleared, date).value = None
    book.save(table)
    shutil.copy(converted(table, scratch / "исправлено", "xlsx"), table)
    take = ["ознакомление", "принять", "школа", "--date", "2026-09-11", "--json"]
    answer = json.loads(call(zavuch, scratch, *take))
    assert (answer["corrected"], answer["withdrawn"], answer["new"], answer["refused"]) == (1, 1, 0, 0), answer
    for files in [["старая копия.xlsx"], ["присланное"]]:
        answer = json.loads(call(zavuch, scratch, *take[:3], *files, *take[3:]))
        news = [answer[key] for key in ["new", "changed", "corrected", "withdrawn"]]
        assert news == [0, 0, 0, 0], answer

    # The workbook of the state: a chart, no formula, and LibreOffice reads the same figures.
    state = json.loads(call(zavuch, scratch, "состояние", "школа", "--date", "2026-09-11", "--json"))
    call(zavuch, scratch, "состояние", "школа", "--date", "2026-09-11", "--xlsx", "состояние.xlsx")
    book = openpyxl.load_workbook(scratch / "состояние.xlsx")
    assert book.sheetnames[0] == "Сводка" and book.sheetnames[-1] == "Что сделать", book.sheetnames
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row), "a formula"
    through = openpyxl.load_workbook(converted(converted(scratch / "состояние.xlsx", scratch / "состояние ods", "ods"),
                                               scratch / "состояние обратно", "xlsx"))
    assert len(through["Сводка"]._charts) == 1 and len(book["Сводка"]._charts) == 1, "the chart is gone"
    sums = next(row for row in through["Классы"].iter_rows(values_only=True) if row[0] == "Всего")
    shares = [state["totals"][name] for name in ["chats", "links", "printed", "handed_out", "signed", "joined"]]
    assert [list(sums[at:at + 2]) for at in range(2, 20, 3)] == [[one["done"], one["of"]] for one in shares], sums
    print(f"the table of acknowledgements: {total} marks in {len(list(returned.iterdir()))} files, "
          f"{sum(len(sheet) - 3 for sheet in written.values())} rows kept")


main()
