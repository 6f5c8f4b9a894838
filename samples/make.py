"""Makes the sample workspaces of this folder: five invented schools, one per regulation.

    python samples/make.py                     everything but the registers of links
    python samples/make.py links WORKSPACE     invented links for the register that the program wrote

`people.json` says who is in the lists, class by class and in their order: what a reader must find there (e-mail
addresses aside). A pupil who left is not in it.

Needs openpyxl 3.1, xlsxwriter 3.3, xlwt 1.3 and odfpy 1.4: other software than the program's own, as schools have it.
The same versions give the same bytes, so that a changed sample shows up as a changed file.

The register «ссылки.xlsx» is written by the program, because it decides which chats there are; the second command
fills it. In every sample one link is missing and one is wrong, each in another way.
"""

from pathlib import Path
import base64
import hashlib
import json
import sys

import openpyxl

sys.dont_write_bytecode = True

from making import rosters, schools, settings
from making.tables import plain_table, settle

HERE = Path(__file__).resolve().parent

ROSTERS = {
    "school-31": rosters.sheets_with_titles,
    "school-62": rosters.semicolons,
    "belomorsk": rosters.file_per_class,
    "school-50": rosters.row_per_parent,
    "school-65": rosters.section_rows,
}

# By workspace: the key of the chat whose link is missing, the key of the chat whose link is wrong, the wrong link.
# «{token}» stands for the token the chat would have.
FLAWS = {
    "school-31": ("7Б/ученики", "9А/учителя", "https://max.ru/u/EXAMPLE0000{token}00000"),
    "school-62": ("6В/родители", "8А/ученики", "https://chat.whatsapp.com/EXAMPLEexample00000000"),
    "belomorsk": ("8Б/ученики", "школа/учительская", "https://max.ru/joincall/{token}"),
    "school-50": ("6А/ученики", "3Б/учителя", "https://t.me/+EXAMPLEexample00"),
    # The «а» is Cyrillic.
    "school-65": ("4Б/ученики", "6А/учителя", "https://max.ru/join/EXаMPLE{tail}"),
}


def make(plan: schools.Plan) -> schools.School:
    """Writes one workspace."""
    school = schools.found(plan)
    folder = HERE / plan.preset
    lists = folder / "списки"
    lists.mkdir(parents=True, exist_ok=True)
    ROSTERS[plan.preset](lists, school.classes)
    plain_table(
        folder / "штат.xlsx",
        "Штат",
        ["ФИО", "Должность", "Роль", "E-mail", "Предметы", "Классное руководство"],
        [
            [one.name, one.post, one.role, one.email, ", ".join(one.subjects), one.homeroom]
            for one in school.staff
        ],
        [36, 52, 16, 32, 40, 16],
    )
    if plan.load:
        plain_table(
            folder / "нагрузка.xlsx",
            "Нагрузка",
            ["Класс", "Предмет", "Учитель", "Группа"],
            schools.load(school),
            [8, 28, 36, 10],
        )
    if plan.groups:
        plain_table(
            folder / "группы.xlsx",
            "Группы",
            ["Вид", "Название", "Руководитель", "Классы", "Участники"],
            schools.groups(school),
            [28, 40, 36, 16, 40],
        )
    if plan.old_chats:
        plain_table(
            folder / "старые_чаты.xlsx",
            "Старые чаты",
            ["Мессенджер", "Название", "Класс или группа", "Для кого", "Кто ведёт", "Участников", "До какого числа", "Состояние"],
            schools.old_chats(school),
            [16, 34, 22, 18, 34, 12, 16, 14],
        )
    (folder / "zavuch.toml").write_text(settings.text(school), encoding="utf-8", newline="\n")
    return school


def people(school: schools.School) -> list[dict]:
    """The pupils of a school with their parents, as they must be read."""
    return [
        {
            "class": one.name,
            "name": child.full,
            "birth_date": child.born.isoformat(),
            "parents": [
                {"name": parent.name, "phone": None if parent.phone is None else f"+7944000{parent.phone:04}"}
                for parent in child.guardians
            ],
        }
        for one in school.classes
        for child in one.children
        if child is not rosters.left(school)
    ]


def token(workspace: str, key: str) -> str:
    """43 characters that look like the token of an invitation and lead nowhere."""
    digest = hashlib.sha256(f"{workspace} {key}".encode()).digest()
    return "EXAMPLE" + base64.urlsafe_b64encode(digest).decode()[:36]


def made_by(workspace: str, key: str) -> str:
    """Where the electronic journal is connected, it creates the chats of a class with pupils and parents itself."""
    by_journal = workspace == "school-65" and key.endswith(("/ученики", "/родители"))
    return "создан Сферумом" if by_journal else "создан вручную"


def fill_links(folder: Path) -> None:
    """Fills the columns «Ссылка» and «Как создан» of the register, leaving one link out and one wrong."""
    path = folder / "ссылки.xlsx"
    missing, wrong, wrong_link = FLAWS[folder.name]
    book = openpyxl.load_workbook(path)
    page = book.active
    head = next(row for row in page.iter_rows(max_row=20) if any(cell.value == "Ключ чата" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    seen = set()
    for row in range(head[0].row + 1, page.max_row + 1):
        key = page.cell(row, columns["Ключ чата"]).value
        if not key:
            continue
        seen.add(key)
        secret = token(folder.name, key)
        link = f"https://max.ru/join/{secret}"
        if key == missing:
            link = None
        elif key == wrong:
            link = wrong_link.format(token=secret, tail=secret[7:])
        page.cell(row, columns["Ссылка"]).value = link
        if link:
            page.cell(row, columns["Как создан"]).value = made_by(folder.name, key)
    lost = {missing, wrong} - seen
    if lost:
        sys.exit(f"{path}: the register has no chat {', '.join(sorted(lost))}; mend FLAWS")
    book.save(path)
    settle(path)


def main(arguments: list[str]) -> None:
    match arguments:
        case []:
            known = {plan.preset: people(make(plan)) for plan in schools.PLANS}
            text = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
            (HERE / "people.json").write_text(text, encoding="utf-8", newline="\n")
        case ["links", workspace]:
            fill_links(Path(workspace).resolve())
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
