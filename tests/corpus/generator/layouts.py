"""§ 1: every layout that occurs, and the habits of each system."""

import datetime

from .declare import *

DAY = datetime.date.fromisoformat


def born(people):
    return [{**person, "birth_date": day} for person, day in zip(people, BORN)]


def full(person):
    return " ".join(filter(None, (person["surname"], person["given"], person["patronymic"])))


A, B = pool("7А", 4), pool("7Б", 4, 4)
A_BORN, B_BORN = born(A), born(B)


def listed(people):
    return [[number, full(person), person["birth_date"] and DAY(person["birth_date"])] for number, person in enumerate(people, 1)]


HEAD = ["№", "ФИО", "Дата рождения"]

# One sheet per class, or one for the school.
for extension in ("xlsx", "xls", "ods"):
    case(f"layouts/лист_на_класс.{extension}", [Sheet("7А", [HEAD, *listed(A_BORN)]), Sheet("7Б", [HEAD, *listed(B_BORN)])], A_BORN + B_BORN)
    case(f"layouts/один_лист_на_школу.{extension}",
         [["№", "ФИО", "Дата рождения", "Класс"], *([*row, "7А"] for row in listed(A_BORN)), *([*row, "7Б"] for row in listed(B_BORN))], A_BORN + B_BORN)
case("layouts/лист_класса_словами.xlsx", [Sheet("7 «А» класс", [HEAD, *listed(A_BORN)]), Sheet("класс 7Б", [HEAD, *listed(B_BORN)])], A_BORN + B_BORN)
case("layouts/лист_класса_и_сводный_без_людей.xlsx",
     [Sheet("Сводка", [["Класс", "Количество"], ["7А", 4], ["7Б", 4], ["Итого", 8]]),
      Sheet("7А", [HEAD, *listed(A_BORN)]), Sheet("7Б", [HEAD, *listed(B_BORN)])], A_BORN + B_BORN)
case("layouts/пустые_листы_по_умолчанию.xlsx", [Sheet("7А", [HEAD, *listed(A_BORN)]), Sheet("Лист2", [[None]]), Sheet("Лист3", [[None]])], A_BORN)

# The class only in the name of the file or of the sheet.
for name in ("7А.xlsx", "Список 7А.xlsx", "7 А класс.xlsx", "список_7а_2026-2027.xlsx", "7-А (новый).xlsx", "Копия 7А.xlsx", "класс 7«А».xlsx"):
    case(f"layouts/класс_в_имени_файла/{name}", [HEAD, *listed(A_BORN)], A_BORN)
case("layouts/класс_в_имени_файла/7а.csv", [HEAD[:2], *(row[:2] for row in listed(A_BORN))], A)
case("layouts/класс_в_имени_листа.xls", [Sheet("7а", [HEAD, *listed(A_BORN)])], A_BORN)

# Title rows above the table; the header as low as row 7.
TITLES = [["МБОУ «Средняя общеобразовательная школа № 12»"], ["Список 7А класса"], ["на 2026-2027 учебный год"], ["Количество обучающихся: 4"],
          [f"Классный руководитель: {TEACHER}"], []]
for extension in ("xlsx", "xls", "ods", "csv"):
    rows = [*TITLES, HEAD[:2], *(row[:2] for row in listed(A))]
    case(f"layouts/шапка_в_седьмой_строке.{extension}", rows, A, homeroom={"7А": TEACHER})
for number, title in enumerate(["7 «А» класс", "Список учащихся 7 А класса", "Класс: 7А", "7А", "СПИСОК ОБУЧАЮЩИХСЯ 7 «А» КЛАССА НА 01.09.2026", "7А класс (4 чел.)",
                                "Список класса 7-А", "Список обучающихся 7А класса МБОУ СОШ № 5 г. Энска", "Утверждаю. Список 7 “А” класса 2026/2027 уч. г."], 1):
    case(f"layouts/название_{number}.xlsx", [[title], HEAD, *listed(A_BORN)], A_BORN)
case("layouts/класс_в_соседней_ячейке.xlsx", [["Класс:", "7А"], ["Классный руководитель:", TEACHER], [], HEAD, *listed(A_BORN)], A_BORN, homeroom={"7А": TEACHER})
case("layouts/название_объединено.xlsx", [Sheet("Лист1", [["Список 7А класса"], HEAD, *listed(A_BORN)], merges=["A1:C1"])], A_BORN)
case("layouts/руководитель_инициалы.xlsx", [["Список 7А класса, кл. рук. Петрова О.С."], HEAD, *listed(A_BORN)], A_BORN, homeroom={"7А": "Петрова О.С."})

# A row per representative.
PARENTS = [guardian(MOTHERS[0], phone(1), "inna@example.org"), guardian(FATHERS[0], phone(2))]
ROWS = [["ФИО обучающегося", "Класс", "ФИО представителя", "Тип представителя", "Телефон", "E-mail"],
        [POOL[0], "7А", MOTHERS[0], "Мать", typed(1), "inna@example.org"], [POOL[0], "7А", FATHERS[0], "Отец", typed(2), None],
        [POOL[1], "7А", MOTHERS[1], "Мать", typed(3), None], [POOL[4], "7Б", FATHERS[4], "Отец", typed(4), None]]
for extension in ("xlsx", "xls", "ods", "csv"):
    case(f"layouts/мэш_строка_на_представителя.{extension}", ROWS,
         [pupil("7А", POOL[0], parents=PARENTS), pupil("7А", POOL[1], parents=[guardian(MOTHERS[1], phone(3))]), pupil("7Б", POOL[4], parents=[guardian(FATHERS[4], phone(4))])])

# Parents in columns.
for name, head in {
    "родитель_1_и_2": ["Родитель 1", "Телефон родителя 1", "E-mail родителя 1", "Родитель 2", "Телефон родителя 2", "E-mail родителя 2"],
    "мать_и_отец": ["ФИО матери", "Телефон матери", "Эл. почта матери", "ФИО отца", "Телефон отца", "Эл. почта отца"],
    "мама_и_папа": ["Мама (ФИО)", "Мама (телефон)", "Мама (e-mail)", "Папа (ФИО)", "Папа (телефон)", "Папа (e-mail)"],
    "телефон_справа_от_родителя": ["Мать", "Телефон", "Почта", "Отец", "Телефон", "Почта"],
}.items():
    case(f"layouts/родители_{name}.xlsx",
         [["ФИО", "Класс", *head], [POOL[0], "7А", MOTHERS[0], typed(1), "inna@example.org", FATHERS[0], typed(2), None], [POOL[1], "7А", MOTHERS[1], typed(3), None, None, None, None]],
         [pupil("7А", POOL[0], parents=PARENTS), pupil("7А", POOL[1], parents=[guardian(MOTHERS[1], phone(3))])])

# Several parents in one cell.
TWO = [guardian(MOTHERS[0], phone(1)), guardian(FATHERS[0], phone(2))]
ONE = [guardian(MOTHERS[1], phone(3))]
case("layouts/родители_в_одной_ячейке_строками.xlsx",
     [["ФИО", "Класс", "Родители", "Телефон"], [POOL[0], "7А", f"{MOTHERS[0]}\n{FATHERS[0]}", f"{typed(1)}\n{typed(2)}"], [POOL[1], "7А", MOTHERS[1], typed(3)]],
     [pupil("7А", POOL[0], parents=TWO), pupil("7А", POOL[1], parents=ONE)])
case("layouts/родители_в_одной_ячейке_с_телефонами.xlsx",
     [["ФИО", "Класс", "Родители"], [POOL[0], "7А", f"{MOTHERS[0]}, {typed(1)}\n{FATHERS[0]}, {typed(2)}"], [POOL[1], "7А", f"{MOTHERS[1]} {typed(3)}"]],
     [pupil("7А", POOL[0], parents=TWO), pupil("7А", POOL[1], parents=ONE)])
case("layouts/родители_в_одной_ячейке_с_ролью.xlsx",
     [["ФИО", "Класс", "Родители"], [POOL[0], "7А", f"мать: {MOTHERS[0]}, {typed(1)}\nотец: {FATHERS[0]}, {typed(2)}"], [POOL[1], "7А", f"Мать - {MOTHERS[1]}, тел. {typed(3)}"]],
     [pupil("7А", POOL[0], parents=TWO), pupil("7А", POOL[1], parents=ONE)])
case("layouts/родители_через_запятую.csv",
     [["ФИО", "Класс", "ФИО родителей"], [POOL[0], "7А", f"{MOTHERS[0]}, {FATHERS[0]}"], [POOL[1], "7А", f"{MOTHERS[1]}; {FATHERS[1]}"]],
     [pupil("7А", POOL[0], parents=[guardian(MOTHERS[0]), guardian(FATHERS[0])]), pupil("7А", POOL[1], parents=[guardian(MOTHERS[1]), guardian(FATHERS[1])])])

# «10А, Иванова Мария Петровна».
JOINED = [pupil("10А", POOL[0]), pupil("10А", POOL[1]), pupil("11Б", POOL[2])]
case("layouts/класс_и_имя_в_ячейке.xlsx", [["№", "Ученик"], *([number, f"{person['class']}, {full(person)}"] for number, person in enumerate(JOINED, 1))], JOINED)
case("layouts/класс_и_имя_в_ячейке.csv", [["Обучающийся", "Телефон родителя"], *([f"{person['class']}, {full(person)}", typed(number)] for number, person in enumerate(JOINED, 1))],
     [{**person, "parents": [guardian(None, phone(number))]} for number, person in enumerate(JOINED, 1)])

# Two-row headers with merged cells.
DOUBLE = Sheet("7А", [
    ["№", "ФИО", "Мать", None, "Отец", None], [None, None, "ФИО", "Телефон", "ФИО", "Телефон"],
    [1, POOL[0], MOTHERS[0], typed(1), FATHERS[0], typed(2)], [2, POOL[1], MOTHERS[1], typed(3), None, None]],
    merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"])
for extension in ("xlsx", "xls", "ods"):
    case(f"layouts/шапка_в_две_строки.{extension}", [DOUBLE], [pupil("7А", POOL[0], parents=TWO), pupil("7А", POOL[1], parents=ONE)])
case("layouts/шапка_в_две_строки_без_объединения.csv", [["Список 7А класса"], *DOUBLE.rows], [pupil("7А", POOL[0], parents=TWO), pupil("7А", POOL[1], parents=ONE)])
case("layouts/шапка_ученик_над_частями.xlsx", [Sheet("Лист1", [
    ["Обучающийся", None, None, "Класс", "Представитель", None], ["Фамилия", "Имя", "Отчество", None, "ФИО", "Телефон"],
    *([*full(person).split(), "7А", MOTHERS[i], typed(i)] for i, person in enumerate(A))], merges=["A1:C1", "D1:D2", "E1:F1"])],
    [{**person, "parents": [guardian(MOTHERS[i], phone(i))]} for i, person in enumerate(A)])
case("layouts/шапка_в_две_строки_части_имени_матери.xlsx", [Sheet("7А", [
    ["ФИО ученика", "Мать", None, None, None], [None, "Фамилия", "Имя", "Отчество", "Телефон"],
    *([full(person), *MOTHERS[i].split(), typed(i)] for i, person in enumerate(A))], merges=["A1:A2", "B1:E1"])],
    [{**person, "parents": [guardian(MOTHERS[i], phone(i))]} for i, person in enumerate(A)])

# A header repeated inside, section rows, totals, signatures, page footers.
for name, first, second in (("простые", "7А класс", "7Б класс"), ("класс_двоеточие", "Класс: 7 «А»", "Класс: 7 «Б»"), ("только_класс", "7А", "7Б"), ("слово_впереди", "Класс 7-А", "Класс 7-Б")):
    case(f"layouts/разделы_{name}.xlsx", [HEAD, [first], *listed(A_BORN), [second], *listed(B_BORN)], A_BORN + B_BORN)
case("layouts/разделы_с_руководителем.xlsx", [
    HEAD, ["Класс: 7 «А» (кл. рук. Петрова О.С.)"], *listed(A_BORN), ["Класс: 7 «Б» (кл. рук. Сомов И.Н.)"], *listed(B_BORN)],
    A_BORN + B_BORN, homeroom={"7А": "Петрова О.С.", "7Б": "Сомов И.Н."})
case("layouts/разделы_до_шапки.xlsx", [["7А класс"], HEAD, *listed(A_BORN), [], ["7Б класс"], HEAD, *listed(B_BORN)], A_BORN + B_BORN)
case("layouts/разделы_объединены.xls", [Sheet("Лист1", [HEAD, ["7А класс"], *listed(A_BORN), ["7Б класс"], *listed(B_BORN)], merges=["A2:C2", "A7:C7"])], A_BORN + B_BORN)
case("layouts/разделы_в_другом_столбце.xlsx", [HEAD, [None, "7А класс"], *listed(A_BORN), [None, "7Б класс"], *listed(B_BORN)], A_BORN + B_BORN)
case("layouts/повтор_шапки.xlsx", [["Список 7А класса"], HEAD, *listed(A_BORN)[:2], HEAD, *listed(A_BORN)[2:]], A_BORN)
case("layouts/повтор_шапки_другим_видом.csv", [["Список 7А класса"], ["№", "ФИО"], *(r[:2] for r in listed(A)[:2]), ["№ п/п", "Ф.И.О."], *(r[:2] for r in listed(A)[2:])], A)
case("layouts/итоги_подписи_страницы.xlsx", [
    ["Список 7А класса"], HEAD, *listed(A_BORN)[:2], ["Страница 1 из 2"], HEAD, *listed(A_BORN)[2:], ["Всего: 4"], ["Итого", 4], ["мальчиков", 2], ["девочек - 2"],
    ["4 чел."], [], ["Классный руководитель ____________ /Петрова О.С./"], ["Директор школы ________ Сомов И.Н."], ["Страница 2 из 2"], ["Дата: 01.09.2026"]], A_BORN, homeroom={"7А": "Петрова О.С."})
case("layouts/итоги_в_столбце_имён.xlsx", [["Список 7А класса"], HEAD, *listed(A_BORN), [None, "Всего учеников: 4"], [None, "Мальчиков: 2"], [None, "Девочек: 2"], [None, "ИТОГО:", 4]], A_BORN)
case("layouts/руководитель_под_списком.xlsx", [["Список 7А класса"], HEAD, *listed(A_BORN), [], [f"Классный руководитель: {TEACHER}"]], A_BORN, homeroom={"7А": TEACHER})
case("layouts/пустые_строки_внутри.csv", [["Список 7А класса"], [], ["№", "ФИО"], [], *(r[:2] for r in listed(A)[:2]), ["", ""], [], *(r[:2] for r in listed(A)[2:])], A)
SIMILAR = [pupil("7А", name) for name in ("Мальчиков Иван Петрович", "Девочкина Анна Ильинична", "Классен Эмма Карловна", "Страницын Олег Львович", "Всеволодов Пётр Ильич", "Числов Егор Ильич", "Итогов Лев Ильич", "Директоров Марк Ильич")]
case("layouts/фамилии_похожи_на_служебные_слова.xlsx", [["ФИО", "Класс"], *([full(person), "7А"] for person in SIMILAR)], SIMILAR)

# Two tables side by side.
SIDE = [["№", "ФИО", "Дата рождения", None, "№", "ФИО", "Дата рождения"], *([*left, None, *right] for left, right in zip(listed(A_BORN), listed(B_BORN)))]
case("layouts/две_таблицы_рядом_с_классом_сверху.xlsx", [["7А класс", None, None, None, "7Б класс"], *SIDE], A_BORN + B_BORN)
case("layouts/две_таблицы_рядом_с_классом_сверху.xls", [["7А класс", None, None, None, "7Б класс"], *SIDE], A_BORN + B_BORN)
case("layouts/две_таблицы_рядом_столбец_класса.xlsx", [
    ["ФИО", "Класс", None, "ФИО", "Класс"], *([full(left), "7А", None, full(right), "7Б"] for left, right in zip(A, B))], A + B)
case("layouts/две_половины_одного_класса.xlsx", [["Список 7А класса"], ["№", "ФИО", "№", "ФИО"], [1, POOL[0], 3, POOL[2]], [2, POOL[1], 4, POOL[3]]], A)
case("layouts/две_таблицы_рядом_разной_длины.csv", [["7А", "", "", "7Б", ""], ["№", "ФИО", "", "№", "ФИО"], [1, POOL[0], "", 1, POOL[4]], [2, POOL[1], "", 2, POOL[5]], [3, POOL[2], "", "", ""], [4, POOL[3], "", "", ""]],
     A + pool("7Б", 2, 4))

# A key–value block per pupil.
CARDS = []
for number, person in enumerate(A_BORN):
    CARDS += [["Фамилия", person["surname"]], ["Имя", person["given"]], ["Отчество", person["patronymic"]], ["Дата рождения", DAY(person["birth_date"])], ["Класс", "7А"],
              ["ФИО матери", MOTHERS[number]], ["Телефон матери", typed(number)], []]
CARD_PEOPLE = [{**person, "parents": [guardian(MOTHERS[i], phone(i))]} for i, person in enumerate(A_BORN)]
case("layouts/карточки.xlsx", CARDS, CARD_PEOPLE)
case("layouts/карточки.xls", CARDS, CARD_PEOPLE)
case("layouts/карточки_без_пустых_строк.xlsx", [row for row in CARDS if row], CARD_PEOPLE)
case("layouts/карточки_с_двоеточием.csv", [[f"{row[0]}:", str(row[1])] if row else [] for row in CARDS], CARD_PEOPLE)
case("layouts/карточки_фио_целиком.xlsx", [row for i, person in enumerate(A) for row in (["Личная карточка обучающегося"], ["ФИО", full(person)], ["Класс", "7А"], ["СНИЛС", f"000-000-00{i} 00"], [])], A)

# Hidden rows and sheets.
for extension in ("xlsx", "xls", "ods"):
    case(f"layouts/скрытые_строки.{extension}", [Sheet("7А", [HEAD, *listed(A_BORN)], hidden_rows=[3, 4])], A_BORN)
for extension in ("xlsx", "xls"):
    case(f"layouts/скрытый_лист.{extension}", [Sheet("7А", [HEAD, *listed(A_BORN)]), Sheet("7Б старый", [HEAD, *listed(B_BORN)], hidden=True)], A_BORN)
    case(f"layouts/скрытый_лист_единственный_список.{extension}", [Sheet("Титул", [["Списки на 2026-2027 учебный год"]]), Sheet("7Б", [HEAD, *listed(B_BORN)], hidden=True)], B_BORN)

# Not at A1; without a header.
case("layouts/таблица_не_с_a1.xlsx", [[], [], [None, None, "Список 7А класса"], [], [None, None, *HEAD], *([None, None, *row] for row in listed(A_BORN))], A_BORN)
case("layouts/без_шапки.xlsx", [["Список 7А класса"], *([full(person)] for person in A)], A)
case("layouts/без_шапки_с_номерами.xlsx", [["7А"], *([number, full(person)] for number, person in enumerate(A, 1))], A)
case("layouts/без_шапки_два_слова.csv", [["7 «А» класс"], *([" ".join(full(person).split()[:2])] for person in A)], [{**person, "patronymic": None} for person in A])
case("layouts/без_шапки_номер_в_ячейке.txt", [["Список 7А класса"], *([f"{number}. {full(person)}"] for number, person in enumerate(A, 1))], A)
case("layouts/без_шапки_классы_разделами.csv", [["7А класс"], *([full(person)] for person in A), ["7Б класс"], *([full(person)] for person in B)], A + B)

# Google Forms.
STAMP = datetime.datetime(2026, 8, 30, 18, 4, 11)
FORM = [["Отметка времени", "ФИО ребёнка", "Класс", "ФИО родителя (законного представителя)", "Контактный телефон", "Адрес электронной почты"],
        [STAMP, POOL[0], "7А", MOTHERS[0], typed(1), "inna@example.org"], [STAMP, POOL[1], "7А", MOTHERS[1], typed(3), None], [STAMP, POOL[0], "7А", FATHERS[0], typed(2), None]]
case("layouts/гугл_форма.xlsx", FORM, [pupil("7А", POOL[0], parents=PARENTS), pupil("7А", POOL[1], parents=ONE)])
case("layouts/гугл_форма.csv", [["Отметка времени", *FORM[0][1:]], *(["30.08.2026 18:04:11", *row[1:]] for row in FORM[1:])], [pupil("7А", POOL[0], parents=PARENTS), pupil("7А", POOL[1], parents=ONE)], delimiter=",")
case("layouts/гугл_форма_повторный_ответ.csv", [FORM[0], ["30.08.2026 18:04:11", *FORM[1][1:]], ["30.08.2026 18:09:12", *FORM[1][1:]], ["30.08.2026 18:09:30", *FORM[2][1:]]],
     [pupil("7А", POOL[0], parents=PARENTS[:1]), pupil("7А", POOL[1], parents=ONE)], issues=None)

# The systems.
case("layouts/сго_классы_строчными.xlsx", [["ФИО", "Класс", "Дата рождения"], *([full(p), "7а", DAY(p["birth_date"])] for p in A_BORN), [POOL[8], "10 соц-эк", DAY("2010-03-03")]],
     [*A_BORN, pupil("10 соц-эк", POOL[8], "2010-03-03")])
case("layouts/сго_выгрузка_пользователей.csv", [["ФИО", "Логин", "Пароль", "Класс", "Роль", "Дата рождения"], *([full(p), f"user{i}", f"secret{i}pass", "7а", "Ученик", p["birth_date"]] for i, p in enumerate(A_BORN))],
     A_BORN, secrets=["secret0pass", "user1"])
case("layouts/элжур_строки_над_таблицей.xls", [["Электронный журнал"], ["Сведения об учащихся"], ["Дата формирования: 25.08.2026"], [], ["№", "Учащийся", "Класс", "Дата рождения"],
     *([i, full(p), "7А", DAY(p["birth_date"])] for i, p in enumerate(A_BORN, 1))], A_BORN)
case("layouts/дневник_ру_части_имени.xlsx", [["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "Пол"], *([*full(p).split(), "7-А", DAY(p["birth_date"]), "М"] for p in A_BORN)], A_BORN)
case("layouts/дневник_ру.csv", [["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения"], *([*full(p).split(), "7-А", p["birth_date"]] for p in A_BORN)], A_BORN, encoding="cp1251")
case("layouts/барс_двухстрочная_шапка.xls", [Sheet("Sheet1", [
    ["№ п/п", "Обучающийся", None, None, None, "Класс", "Представители", None, None], [None, "Фамилия", "Имя", "Отчество", "Дата рождения", None, "ФИО", "Степень родства", "Телефон"],
    *([i, *full(p).split(), DAY(p["birth_date"]), "7А", MOTHERS[i], "мать", typed(i)] for i, p in enumerate(A_BORN))],
    merges=["A1:A2", "B1:E1", "F1:F2", "G1:I1"])], [{**p, "parents": [guardian(MOTHERS[i], phone(i))]} for i, p in enumerate(A_BORN)])
case("layouts/параграф_параллель_и_буква.xlsx", [["Параллель", "Буква", "Фамилия", "Имя", "Отчество", "Дата рождения"], *([7, "А", *full(p).split(), DAY(p["birth_date"])] for p in A_BORN), *([7, "Б", *full(p).split(), DAY(p["birth_date"])] for p in B_BORN)],
     A_BORN + B_BORN)
case("layouts/из_1с_tdsheet_группы_и_итоги.xlsx", [Sheet("TDSheet", [
    [], [], [None, "Список учащихся"], [None, "Параметры:", None, "Дата: 01.09.2026"], [], [None, "Класс", None, "Дата рождения"], [None, "Учащийся"],
    [None, "7А", None, None, 4], *([None, full(p), None, DAY(p["birth_date"])] for p in A_BORN), [None, "7Б", None, None, 4], *([None, full(p), None, DAY(p["birth_date"])] for p in B_BORN), [None, "Итого", None, None, 8]],
    merges=["B6:C6", "B7:C7"])], A_BORN + B_BORN, issues=None)
case("layouts/из_1с_tdsheet_столбец_класса.xls", [Sheet("TDSheet", [
    [], [None, "Список обучающихся"], [], [None, "N", "Обучающийся", None, "Класс обучения", "Дата рождения"], *([None, i, full(p), None, "7А", DAY(p["birth_date"])] for i, p in enumerate(A_BORN, 1)), [None, "Итого:", None, None, 4]],
    merges=["C4:D4"])], A_BORN)
case("layouts/учителя_на_другом_листе.xlsx", [Sheet("7А", [HEAD, *listed(A_BORN)]), Sheet("Учителя", [["ФИО", "Должность", "Предмет", "Стаж"], ["Сомов Иван Никитич", "учитель", "физика", 12], ["Котова Анна Львовна", "учитель", "химия", 7]])], A_BORN)
case("layouts/учителя_под_списком.xlsx", [["Список 7А класса"], HEAD, *listed(A_BORN), [], ["Учителя класса"], ["№", "ФИО", "Предмет", "Стаж"], [1, "Сомов Иван Никитич", "физика", 12], [2, "Котова Анна Львовна", "химия", 7]], A_BORN, homeroom={})
case("layouts/шапка_в_тридцатой_строке.xlsx", [*([f"Пояснение {i}"] for i in range(1, 30)), ["ФИО", "Класс"], *([full(p), "7А"] for p in A)], A)
