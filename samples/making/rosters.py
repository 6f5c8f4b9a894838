"""Five rosters in five forms that occur in schools, each written with other software than the program uses."""

from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
import xlsxwriter
import xlwt

from .invented import Pupil
from .schools import School, SchoolClass
from .tables import settle


def spaced(phone: int | None) -> str:
    """«+7 944 000-01-23»."""
    return "" if phone is None else f"+7 944 000-0{phone // 100}-{phone % 100:02}"


def bracketed(phone: int | None) -> str:
    """«8 (944) 000-01-23»."""
    return "" if phone is None else f"8 (944) 000-0{phone // 100}-{phone % 100:02}"


def number(phone: int | None) -> int | str:
    """89440000123 as a number, the way a spreadsheet keeps it when nobody looks."""
    return "" if phone is None else 89440000000 + phone


def dotted(child: Pupil) -> str:
    return child.born.strftime("%d.%m.%Y")


def girls_and_boys(children: list[Pupil]) -> tuple[int, int]:
    girls = sum(child.patronymic.endswith("на") for child in children)
    return girls, len(children) - girls


def sheets_with_titles(folder: Path, classes: list[SchoolClass]) -> None:
    """One sheet per class: titles above the table, a header of two merged rows, totals and a signature below."""
    book = Workbook()
    book.remove(book.active)
    thin = Side(style="thin")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for order, one in enumerate(classes):
        page = book.create_sheet(one.name)
        titles = [
            "МБОУ «Средняя школа № 31»",
            f"Список обучающихся {one.quoted} класса",
            "на 2026/2027 учебный год",
            f"Классный руководитель: {one.homeroom}",
        ]
        for row, title in enumerate(titles[order % 2 :], 1):
            page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
            page.cell(row, 1, title).alignment = Alignment(horizontal="center")
            page.cell(row, 1).font = Font(bold="«" in title, size=12)
        top = 5 if order % 2 else 6
        upper = ["№ п/п", "ФИО обучающегося", "Дата рождения", "Мать", None, "Отец", None]
        lower = [None, None, None, "ФИО", "Телефон", "ФИО", "Телефон"]
        for column, (above, below) in enumerate(zip(upper, lower), 1):
            for row, text in ((top, above), (top + 1, below)):
                cell = page.cell(row, column, text)
                cell.font, cell.alignment, cell.border = Font(bold=True), middle, frame
        for span in (f"A{top}:A{top + 1}", f"B{top}:B{top + 1}", f"C{top}:C{top + 1}", f"D{top}:E{top}", f"F{top}:G{top}"):
            page.merge_cells(span)
        row = top + 2
        for ordinal, child in enumerate(one.children, 1):
            mother = child.guardian("мать", "бабушка, опекун")
            father = child.guardian("отец")
            note = " (бабушка, опекун)" if mother and mother.kinship != "мать" else ""
            values = [
                ordinal,
                child.full,
                child.born,
                mother and mother.name + note,
                mother and spaced(mother.phone),
                father and father.name,
                father and bracketed(father.phone),
            ]
            for column, value in enumerate(values, 1):
                cell = page.cell(row, column, value or None)
                cell.border = frame
            page.cell(row, 3).number_format = "DD.MM.YYYY"
            row += 1
        girls, boys = girls_and_boys(one.children)
        page.cell(row + 1, 2, f"Всего: {len(one.children)} чел., из них девочек {girls}, мальчиков {boys}")
        page.cell(row + 3, 2, f"Классный руководитель ______________ / {one.homeroom_initials} /")
        for letter, width in zip("ABCDEFG", (6, 42, 13, 56, 19, 36, 19)):
            page.column_dimensions[letter].width = width
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    path = folder / "Списки классов 2026-2027.xlsx"
    book.save(path)
    settle(path)


def semicolons(folder: Path, classes: list[SchoolClass]) -> None:
    """One cp1251 file for the school, with columns that the program must never use (invented values)."""
    header = (
        "№ п/п;Класс;Фамилия;Имя;Отчество;Дата рождения;СНИЛС;Адрес регистрации;Родитель 1 (ФИО);"
        "Телефон родителя 1;E-mail родителя 1;Родитель 2 (ФИО);Телефон родителя 2"
    )
    lines = [header]
    ordinal = 0
    for one in classes:
        for child in one.children:
            ordinal += 1
            parents = child.guardians + [None, None]
            first, second = parents[0], parents[1]
            address = f'"ул. Выдуманная, д. {ordinal}; кв. {ordinal % 40 + 1}"'
            mail = f"semya{ordinal:03}@example.org" if ordinal % 3 == 0 else ""
            cells = [
                str(ordinal),
                one.name,
                child.surname,
                child.given,
                child.patronymic or "-",
                dotted(child),
                f"000-000-{ordinal:03} 00",
                address,
                first.name,
                bracketed(first.phone),
                mail,
                second.name if second else "",
                bracketed(second.phone) if second else "",
            ]
            lines.append(";".join(cells))
    text = "\r\n".join(lines) + "\r\n"
    (folder / "обучающиеся.csv").write_bytes(text.encode("cp1251"))


def file_per_class(folder: Path, classes: list[SchoolClass]) -> None:
    """One BIFF8 file per class; the class stands only in the name of the file, or only in that of the sheet."""
    bold = xlwt.easyxf("font: bold on; align: wrap on, vert top")
    wrap = xlwt.easyxf("align: wrap on, vert top")
    day = xlwt.easyxf("align: vert top", num_format_str="DD.MM.YYYY")
    by_file, by_sheet = classes

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Лист1")
    page.write_merge(0, 0, 0, 5, "Список детей с телефонами родителей", bold)
    header = ["№", "Ф.И.О. ребёнка", "Д.р.", "Мама", "Папа", "Тел. мамы", "Тел. папы"]
    for column, text in enumerate(header):
        page.write(2, column, text, bold)
        page.col(column).width = 256 * (5, 34, 12, 36, 34, 17, 17)[column]
    for row, child in enumerate(by_file.children, 3):
        mother = child.guardian("мать", "бабушка, опекун")
        father = child.guardian("отец")
        note = " (бабушка, опекун)" if mother and mother.kinship != "мать" else ""
        page.write(row, 0, row - 2)
        page.write(row, 1, child.full)
        page.write(row, 2, child.born, day)
        page.write(row, 3, mother.name + note if mother else "")
        page.write(row, 4, father.name if father else "")
        page.write(row, 5, number(mother.phone) if mother else "")
        page.write(row, 6, number(father.phone) if father else "")
    page.portrait, page.fit_num_pages, page.fit_height_to_pages = False, 1, 0
    book.save(str(folder / f"{by_file.grade} {by_file.litera} класс.xls"))

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(f"{by_sheet.grade}-{by_sheet.litera.lower()}")
    header = ["№ п/п", "Фамилия Имя Отчество", "Дата рождения", "Родители (законные представители)", "Контактный телефон"]
    for column, text in enumerate(header):
        page.write(0, column, text, bold)
        page.col(column).width = 256 * (6, 34, 14, 40, 20)[column]
    for row, child in enumerate(by_sheet.children, 1):
        page.write(row, 0, row)
        page.write(row, 1, child.full)
        page.write(row, 2, dotted(child))
        page.write(row, 3, "\n".join(one.name for one in child.guardians), wrap)
        page.write(row, 4, "\n".join(spaced(one.phone) for one in child.guardians if one.phone is not None), wrap)
    page.portrait, page.fit_num_pages, page.fit_height_to_pages = False, 1, 0
    book.save(str(folder / "Список класса.xls"))


def leaver(classes: list[SchoolClass]) -> Pupil:
    """The pupil whom the export of the journal still has, marked as gone."""
    return classes[1].children[4]


def left(school: School) -> Pupil | None:
    """The pupil who left a school, where its list has one."""
    return leaver(school.classes) if school.plan.preset == "school-50" else None


def row_per_parent(folder: Path, classes: list[SchoolClass]) -> None:
    """One row per legal representative, as an electronic journal exports it: the pupil repeats. One pupil of the
    second class has left."""
    path = folder / "Выгрузка из журнала.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Обучающиеся")
    bold = book.add_format({"bold": True, "bg_color": "#DDDDDD", "border": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    header = [
        "Класс",
        "ФИО учащегося",
        "Дата рождения",
        "Статус",
        "ФИО законного представителя",
        "Степень родства",
        "Телефон представителя",
        "E-mail представителя",
    ]
    page.write_row(0, 0, header, bold)
    row = 1
    gone = leaver(classes)
    for one in classes:
        for child in one.children:
            for parent in child.guardians:
                page.write(row, 0, f"{one.grade}-{one.litera}")
                page.write(row, 1, child.full)
                page.write_datetime(row, 2, child.born, day)
                page.write(row, 3, "выбыл" if child is gone else "обучается")
                page.write(row, 4, parent.name)
                page.write(row, 5, parent.kinship)
                page.write(row, 6, number(parent.phone) if row % 2 else spaced(parent.phone))
                if row % 4 == 0:
                    page.write_string(row, 7, f"predstavitel{row:03}@example.org")
                row += 1
    for column, width in enumerate((8, 36, 14, 12, 38, 18, 22, 32)):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, row - 1, len(header) - 1)
    book.close()
    settle(path)


def section_rows(folder: Path, classes: list[SchoolClass]) -> None:
    """One .ods sheet for the school; a row with the class and its homeroom teacher begins each section."""
    book = OpenDocumentSpreadsheet()
    bold = Style(name="bold", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    book.automaticstyles.addElement(bold)
    page = Table(name="Контингент")
    widths = ("1.2cm", "7.5cm", "3cm", "7.5cm", "4.2cm", "7.5cm", "4.2cm")
    for index, width in enumerate(widths):
        style = Style(name=f"column{index}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=width))
        book.automaticstyles.addElement(style)
        page.addElement(TableColumn(stylename=style))

    def add(values: list, style=None, span: int = 1) -> None:
        row = TableRow()
        for value in values:
            options = {"stylename": style} if style else {}
            if span > 1:
                options["numbercolumnsspanned"] = span
            if isinstance(value, int):
                cell = TableCell(valuetype="float", value=value, **options)
                cell.addElement(P(text=str(value)))
            elif value:
                cell = TableCell(valuetype="string", **options)
                cell.addElement(P(text=value))
            else:
                cell = TableCell(**options)
            row.addElement(cell)
        page.addElement(row)

    header = ["№", "Фамилия Имя Отчество", "Дата рождения", "Мать (ФИО)", "Телефон матери", "Отец (ФИО)", "Телефон отца"]
    add(["Контингент обучающихся на 01.09.2026"], bold, 7)
    add([])
    add(header, bold)
    for order, one in enumerate(classes):
        add([f"{one.quoted} класс (кл. рук. {one.homeroom})"], bold, 7)
        if order == 2:
            add(header, bold)
        for ordinal, child in enumerate(one.children, 1):
            mother = child.guardian("мать", "бабушка, опекун")
            father = child.guardian("отец")
            note = " (бабушка, опекун)" if mother and mother.kinship != "мать" else ""
            add(
                [
                    ordinal,
                    child.full.replace("-", " - "),
                    dotted(child),
                    mother.name + note if mother else "",
                    spaced(mother.phone) if mother else "",
                    father.name if father else "",
                    spaced(father.phone) if father else "",
                ]
            )
        add(["", f"Итого в классе: {len(one.children)}"])
    add([])
    add(["", f"Всего: {sum(len(one.children) for one in classes)} чел."])
    book.spreadsheet.addElement(page)
    path = folder / "Контингент.ods"
    book.save(str(path))
    settle(path)
