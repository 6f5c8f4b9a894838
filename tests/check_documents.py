"""Opens the school's own papers, and the table of old chats, in LibreOffice and openpyxl as people would.

    check_documents.py ZAVUCH SAMPLE SCRATCH

The text of the order and of its register must come through complete; the table of old chats must be taken in as each
program saves it.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import openpyxl

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}
STATES = ["не начат", "объявлено", "переехали", "закрыт"]


def call(zavuch, *arguments):
    done = subprocess.run([zavuch, *arguments], capture_output=True, text=True, env={}, check=False)
    assert done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout


def converted(file, scratch, form):
    """The file opened and saved by LibreOffice."""
    target = scratch / "converted"
    target.mkdir(parents=True, exist_ok=True)
    profile = (scratch / "profile").absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(target), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=ENVIRONMENT)
    made = target / f"{file.stem}.{form.split(':')[0]}"
    assert made.is_file(), f"LibreOffice has not opened {file.name}"
    return made


def words(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def texts(document):
    """Every paragraph and cell of a .docx, as it was written."""
    xml = zipfile.ZipFile(document).read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p>(.*?)</w:p>", xml, re.S)
    found = ("".join(re.findall(r"<w:t [^>]*>(.*?)</w:t>", one)) for one in paragraphs)
    unescaped = (one.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'") for one in found)
    return [words(one.replace("&amp;", "&")) for one in unescaped if one.strip()]


def check_order(order, scratch):
    expected = texts(order)
    assert len(expected) > 40, len(expected)
    shown = words(converted(order, scratch, "txt:Text (encoded):UTF8").read_text("utf-8-sig"))
    missing = [one for one in expected if one not in shown]
    # LibreOffice writes the cells of a table one below the other, in the same order.
    assert not missing, missing[:5]
    pdf = converted(order, scratch, "pdf")
    pages = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "A4" in pages, pages


def cells(table):
    book = openpyxl.load_workbook(table)
    return [[["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in book]


def check_register(register, scratch):
    before = cells(register)
    assert len(before) == 2, "the register and the move"
    assert before == cells(converted(register, scratch, "xlsx")), "LibreOffice shows another register"


def fill(table, rows):
    """Writes old chats into the blank table, as a person does; the drop-downs are there."""
    book = openpyxl.load_workbook(table)
    sheet = book.active
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any(all(state in one for state in STATES) for one in lists), lists
    assert any("родители" in one and "предмет" in one for one in lists), lists
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(table)


def check_old_chats(zavuch, school, scratch, rows):
    for form in ["xlsx", "ods", "csv"]:
        for old in school.glob("старые_чаты.*"):
            old.unlink()
        shutil.copy(scratch / "blank" / "старые_чаты.xlsx", school)
        table = school / "старые_чаты.xlsx"
        fill(table, rows)
        if form != "xlsx":
            saved = converted(table, scratch, "csv:Text - txt - csv (StarCalc):59,34,76" if form == "csv" else form)
            table.unlink()
            shutil.copy(saved, school)
        moving = json.loads(call(zavuch, "plan", str(school), "--json", "--date", "2026-09-01"))["moving"]
        found = [(row["old"], "new" in row, row["state"], row.get("until")) for row in moving["old_chats"]]
        assert found == [
            (f"WhatsApp «{rows[0][1]}»", True, "announced", "2026-09-15"),
            ("Telegram «Без класса»", False, "not_begun", moving["old_chats"][1].get("until")),
        ], (form, found)


def main():
    zavuch, sample, scratch = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    scratch.mkdir(parents=True)
    school = scratch / "school"
    shutil.copytree(sample, school, ignore=shutil.ignore_patterns("выдача", "zavuch.db"))
    call(zavuch, "init", str(scratch / "blank"), "--yes")
    plan = json.loads(call(zavuch, "plan", str(school), "--json", "--date", "2026-09-01"))
    name = plan["classes"][0]["name"]
    rows = [
        ["WhatsApp", f"Родители {name}", name, "родители", None, 27, "15.09.2026", "объявлено"],
        ["Telegram", "Без класса", None, None, None, None, None, None],
    ]
    check_old_chats(zavuch, school, scratch, rows)
    call(zavuch, "apply", str(school), "--date", "2026-09-01")
    folder = school / "выдача" / "Школа"
    check_order(folder / "Школа Приказ (проект).docx", scratch)
    check_register(folder / "Школа Реестр чатов и модераторов.xlsx", scratch)
    print("the order, its register and the table of old chats: as written in LibreOffice and openpyxl")


main()
