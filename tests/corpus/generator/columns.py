"""§ 2: every synonym of every column, what is never read, and the rules of deciding."""

import datetime

from .declare import *

DAY = datetime.date.fromisoformat


def named(text):
    """A part of a file name."""
    return "".join(letter if letter.isalnum() else "_" for letter in text.strip()).strip("_") or "знак"


def each(group, headers, table, students, **more):
    """One small file per synonym."""
    for header in headers:
        name = f"columns/{group}/{named(header)}"
        while any(known["path"] == f"{name}.csv" for known in CASES):
            name += "_"
        case(f"{name}.csv", table(header), students, **more)


A = pool("7А", 3)
NAMES = POOL[:3]
each("номер", ["№", "№ п/п", "п/п", "N", "номер", "Порядковый номер"], lambda h: [[h, "ФИО", "Класс"], *([i, n, "7А"] for i, n in enumerate(NAMES, 1))], A)
each("фио", ["ФИО", "Ф.И.О.", "Ф. И. О.", "фио", "ФИО:", "ФИО*", "ФИО ученика", "ФИО учащегося", "ФИО обучающегося", "ФИО ребёнка", "ФИО ребенка", "ФИО воспитанника", "Фамилия Имя Отчество", "Фамилия, имя, отчество",
             "Фамилия, имя, отчество ученика", "Ученик", "Учащийся", "Обучающийся", "Список учащихся", "Ф.И.О. обучающегося (полностью)", "ФАМИЛИЯ ИМЯ\nОТЧЕСТВО"],
     lambda h: [[h, "Класс"], *([n, "7А"] for n in NAMES)], A)
REVERSED = [" ".join(n.split()[1:] + n.split()[:1]) for n in NAMES]
each("имя_впереди", ["Имя Отчество Фамилия", "Имя, отчество, фамилия"], lambda h: [[h, "Класс"], *([n, "7А"] for n in REVERSED)], A)
each("имя_впереди", ["Имя Фамилия", "Имя и фамилия"], lambda h: [[h, "Класс"], *([f"{n.split()[1]} {n.split()[0]}", "7А"] for n in NAMES)], [{**p, "patronymic": None} for p in A])
for surname, given, patronymic in (("Фамилия", "Имя", "Отчество"), ("Фамилия ученика", "Имя ученика", "Отчество ученика"), ("Фамилия обучающегося", "Имя обучающегося", "Отчество обучающегося (при наличии)"),
                                   ("ФАМИЛИЯ", "ИМЯ", "ОТЧЕСТВО (ПРИ НАЛИЧИИ)"), ("Фамилия ребёнка", "Имя ребёнка", "Отчество ребёнка")):
    case(f"columns/части_имени/{named(surname)}_{named(patronymic)}.csv", [[surname, given, patronymic, "Класс"], *([*n.split(), "7А"] for n in NAMES)], A)
case("columns/части_имени/порядок_не_важен.csv", [["Класс", "Отчество", "Имя", "Фамилия"], *(["7А", *n.split()[::-1]] for n in NAMES)], A)
case("columns/части_имени/без_отчества.csv", [["Фамилия", "Имя", "Класс"], *([*n.split()[:2], "7А"] for n in NAMES)], [{**p, "patronymic": None} for p in A])
case("columns/части_имени/фамилия_и_имя_отчество.csv", [["Фамилия", "Имя Отчество", "Класс"], *([n.split()[0], " ".join(n.split()[1:]), "7А"] for n in NAMES)], A)
case("columns/части_имени/отчество_пусто_у_одного.csv", [["Фамилия", "Имя", "Отчество", "Класс"], ["Ким", "Виктор", "", "7А"], *([*n.split(), "7А"] for n in NAMES)], [pupil("7А", ("Ким", "Виктор", None)), *A])
each("класс", ["Класс", "Кл.", "класс:", "Класс (литер)", "Группа/класс", "Класс обучения", "КЛАСС", "Класс *"], lambda h: [["ФИО", h], *([n, "7А"] for n in NAMES)], A)
for grade in ("Параллель", "Год обучения", "Класс"):
    for letter in ("Литера", "Литер", "Буква"):
        case(f"columns/класс_по_частям/{named(grade)}_{letter}.csv", [["ФИО", grade, letter], *([n, 7, "А"] for n in NAMES)], A)
case("columns/класс_по_частям/буква_впереди.xlsx", [["Буква", "Параллель", "ФИО"], *(["а", 7, n] for n in NAMES)], A)
case("columns/класс_по_частям/без_буквы.csv", [["ФИО", "Параллель", "Литера"], *([n, 5, ""] for n in NAMES)], pool("5", 3))
case("columns/класс_по_частям/буква_в_кавычках.csv", [["ФИО", "Параллель", "Литера"], *([n, 7, "«А»"] for n in NAMES)], A)
case("columns/класс_по_частям/параллель_рядом_с_классом.csv", [["ФИО", "Параллель", "Класс"], *([n, 7, "7А"] for n in NAMES)], A)
each("дата_рождения", ["Дата рождения", "Дата рожд.", "Д.р.", "ДР", "Год рождения", "Число, месяц, год рождения", "Дата\nрождения", "дата рождения ученика", "Дата рождения (дд.мм.гггг)"],
     lambda h: [["ФИО", "Класс", h], *([n, "7А", d] for n, d in zip(NAMES, BORN))], [{**p, "birth_date": d} for p, d in zip(A, BORN)])
MOTHER = [{**p, "parents": [guardian(MOTHERS[i])]} for i, p in enumerate(A)]
each("родитель", ["ФИО родителя (законного представителя)", "ФИО представителя", "Родитель", "Родители", "Законный представитель", "Мать", "Мама", "Мать (ФИО)", "Мама (ФИО)", "Отец", "Папа", "Родитель 1", "Родитель 2",
                  "ФИО родителя", "ФИО матери", "ФИО законного представителя", "Ф.И.О. родителей", "ФИО бабушки", "Опекун", "Фамилия, имя, отчество родителей (законных представителей)"],
     lambda h: [["ФИО", "Класс", h], *([n, "7А", m] for n, m in zip(NAMES, MOTHERS))], MOTHER)
case("columns/родитель/по_частям.csv", [["ФИО", "Класс", "Фамилия Родителя 1", "Имя Родителя 1", "Отчество Родителя 1", "Телефон Родителя 1", "Фамилия Родителя 2", "Имя Родителя 2", "Отчество Родителя 2", "Телефон Родителя 2"],
      [NAMES[0], "7А", *MOTHERS[0].split(), typed(1), *FATHERS[0].split(), typed(2)], [NAMES[1], "7А", *MOTHERS[1].split(), typed(3), "", "", "", ""]],
     [pupil("7А", NAMES[0], parents=[guardian(MOTHERS[0], phone(1)), guardian(FATHERS[0], phone(2))]), pupil("7А", NAMES[1], parents=[guardian(MOTHERS[1], phone(3))])])
case("columns/родитель/части_матери.csv", [["Фамилия", "Имя", "Отчество", "Класс", "Фамилия матери", "Имя матери", "Отчество матери"], *([*n.split(), "7А", *m.split()] for n, m in zip(NAMES, MOTHERS))], MOTHER)
each("родство", ["Тип представителя", "Степень родства", "Кем приходится"], lambda h: [["ФИО", "Класс", h, "ФИО представителя"], *([n, "7А", "мать", m] for n, m in zip(NAMES, MOTHERS))], MOTHER)
PHONES = [{**p, "parents": [guardian(MOTHERS[i], phone(i))]} for i, p in enumerate(A)]
each("телефон", ["Телефон", "Тел.", "Конт. тел.", "Контактный телефон", "Моб. телефон", "Телефон мобильный", "Телефон домашний", "Сотовый", "Телефон матери", "Телефон мамы", "Телефон отца", "Телефон родителя", "Телефон представителя",
                 "№ телефона", "Номер телефона", "Сотовый телефон", "Мобильный телефон родителя", "Телефон (моб.)", "Телефон:"],
     lambda h: [["ФИО", "Класс", "ФИО родителя", h], *([n, "7А", MOTHERS[i], typed(i)] for i, n in enumerate(NAMES))], PHONES)
each("почта", ["E-mail", "Email", "e-mail:", "Эл. почта", "Электронная почта", "Почта", "Адрес электронной почты", "E-mail родителя", "Эл.почта", "Адрес эл. почты"],
     lambda h: [["ФИО", "Класс", "ФИО родителя", h], *([n, "7А", MOTHERS[i], f"mail{i}@example.org"] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(MOTHERS[i], None, f"mail{i}@example.org")]} for i, p in enumerate(A)])
each("классный_руководитель", ["Классный руководитель", "Кл. рук.", "Кл. руководитель", "Классное руководство", "ФИО классного руководителя", "Кл.рук."],
     lambda h: [["ФИО", "Класс", h], *([n, "7А", TEACHER] for n in NAMES)], A, homeroom={"7А": TEACHER})
case("columns/классный_руководитель/разный_у_классов.csv", [["ФИО", "Класс", "Классный руководитель"], [NAMES[0], "7А", TEACHER], [NAMES[1], "7Б", "Сомов Иван Никитич"]], [pupil("7А", NAMES[0]), pupil("7Б", NAMES[1])],
     homeroom={"7А": TEACHER, "7Б": "Сомов Иван Никитич"})
case("columns/классный_руководитель/учитель_не_он.csv", [["ФИО", "Класс", "Учитель", "Воспитатель"], *([n, "7А", TEACHER, "Сомов Иван Никитич"] for n in NAMES)], A)
case("columns/классный_руководитель/учитель_предмета.csv", [["ФИО ученика", "Класс", "Учитель английского языка", "ФИО учителя"], *([n, "7А", TEACHER, "Сомов Иван Никитич"] for n in NAMES)], A)
LEFT = [("Статус", "Выбыл"), ("Статус", "выбыла"), ("Дата выбытия", "15.03.2026"), ("Выбыл", "15.03.2026"), ("Приказ о выбытии", "№ 12 от 15.03.2026"), ("Статус", "Выбыл 15.03.2026")]
for header, value in LEFT:
    case(f"columns/статус/{named(header)}_{named(value)}.csv", [["ФИО", "Класс", header], [NAMES[0], "7А", ""], [NAMES[1], "7А", value], [NAMES[2], "7А", ""]], [A[0], A[2]], issues=[("left_student", "3")])
case("columns/статус/дата_выбытия_числом.xlsx", [["ФИО", "Класс", "Дата выбытия"], [NAMES[0], "7А", None], [NAMES[1], "7А", DAY("2026-03-15")], [NAMES[2], "7А", None]], [A[0], A[2]], issues=[("left_student", "3")])
case("columns/статус/учатся.csv", [["ФИО", "Класс", "Статус"], *([n, "7А", s] for n, s in zip(NAMES, ("Обучается", "Учится", "зачислен")))], A)
case("columns/статус/прочерк_в_дате_выбытия.csv", [["ФИО", "Класс", "Дата выбытия"], *([n, "7А", "-"] for n in NAMES)], A)
each("номер_дела", ["Личное дело №", "Номер личного дела", "ID", "Код ученика", "GUID", "УИН", "№ личного дела"], lambda h: [[h, "ФИО", "Класс"], *([f"А-{i}17", n, "7А"] for i, n in enumerate(NAMES, 1))], A)
FORBIDDEN = ["СНИЛС", "Паспорт", "Паспорт (серия, номер)", "Свидетельство о рождении", "Серия и номер свидетельства о рождении", "Адрес", "Адрес регистрации", "Адрес проживания", "ОВЗ", "Группа здоровья", "Гражданство", "Логин", "Пароль",
             "Место рождения", "Имя пользователя", "Дата выдачи паспорта"]
each("не_читаются", FORBIDDEN, lambda h: [["ФИО", "Класс", h, "ФИО родителя"], *([n, "7А", f"тайна{i}", MOTHERS[i]] for i, n in enumerate(NAMES))], MOTHER, secrets=["тайна0", "тайна1", "тайна2"])
case("columns/не_читаются/о_родителях.csv", [["ФИО", "Класс", "Мать (ФИО)", "Место работы матери", "Должность матери", "Паспорт матери", "СНИЛС матери", "Адрес матери", "Образование матери", "Телефон матери"],
      *([n, "7А", MOTHERS[i], "ООО Ромашка", "бухгалтер", f"0000 тайна{i}", "000-тайна", "ул. Тайная", "высшее", typed(i)] for i, n in enumerate(NAMES))], PHONES, secrets=["тайна", "ул. Тайная"])
case("columns/лишние_столбцы.csv", [["Пол", "Возраст", "ФИО", "Иностранный язык", "Класс", "Форма обучения", "Дата зачисления", "Социальный статус", "Классный час", "Питание"],
      *(["м", 13, n, "Английский Немецкий", "7А", "очная", "01.09.2020", "полная семья", "понедельник", "да"] for n in NAMES)], A)

# Rule 1: a word for a parent makes all of it the parent's, the date of birth too.
case("columns/правила/1_дата_рождения_матери.csv", [["ФИО", "Класс", "Мать", "Дата рождения матери", "Дата рождения"], *([n, "7А", MOTHERS[i], "05.06.1985", BORN[i]] for i, n in enumerate(NAMES))],
     [{**p, "birth_date": BORN[i]} for i, p in enumerate(MOTHER)])
case("columns/правила/1_только_дата_родителя.csv", [["ФИО", "Класс", "ФИО отца", "Дата рождения отца"], *([n, "7А", FATHERS[i], "05.06.1985"] for i, n in enumerate(NAMES))], [{**p, "parents": [guardian(FATHERS[i])]} for i, p in enumerate(A)])
case("columns/правила/1_почта_и_телефон_опекуна.csv", [["ФИО", "Класс", "Опекун", "E-mail опекуна", "Тел. опекуна"], *([n, "7А", MOTHERS[i], f"mail{i}@example.org", typed(i)] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(MOTHERS[i], phone(i), f"mail{i}@example.org")]} for i, p in enumerate(A)])
case("columns/правила/1_бабушка.csv", [["ФИО", "Класс", "Бабушка (ФИО)", "Телефон бабушки"], *([n, "7А", MOTHERS[i], typed(i)] for i, n in enumerate(NAMES))], PHONES)
case("columns/правила/1_телефон_без_имени.csv", [["ФИО", "Класс", "Телефон матери", "Телефон отца"], *([n, "7А", typed(i), typed(i + 10)] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(None, phone(i)), guardian(None, phone(i + 10))]} for i, p in enumerate(A)])
# Rule 2.
case("columns/правила/2_телефон_ученика.csv", [["ФИО", "Класс", "Телефон ученика", "Мать", "Телефон матери"], *([n, "7А", typed(50 + i), MOTHERS[i], typed(i)] for i, n in enumerate(NAMES))], PHONES, secrets=["9440000050", "944) 000-00-50"])
case("columns/правила/2_простой_телефон_без_родителей.csv", [["ФИО", "Класс", "Телефон", "E-mail"], *([n, "7А", typed(i), f"mail{i}@example.org"] for i, n in enumerate(NAMES))], A)
case("columns/правила/2_почта_учащегося.csv", [["ФИО", "Класс", "E-mail учащегося", "Родитель", "E-mail родителя"], *([n, "7А", f"pupil{i}@example.org", MOTHERS[i], f"mail{i}@example.org"] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(MOTHERS[i], None, f"mail{i}@example.org")]} for i, p in enumerate(A)])
case("columns/правила/2_телефон_ребёнка_без_родителей.csv", [["ФИО", "Класс", "Телефон ребёнка"], *([n, "7А", typed(i)] for i, n in enumerate(NAMES))], A)
# Rule 3.
case("columns/правила/3_телефон_2_второму.csv", [["ФИО", "Класс", "Родитель 1", "Родитель 2", "Телефон 1", "Телефон 2"], *([n, "7А", MOTHERS[i], FATHERS[i], typed(i), typed(i + 10)] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(MOTHERS[i], phone(i)), guardian(FATHERS[i], phone(i + 10))]} for i, p in enumerate(A)])
case("columns/правила/3_телефон_и_телефон_2.csv", [["ФИО", "Класс", "Мать", "Отец", "Телефон", "Телефон 2"], *([n, "7А", MOTHERS[i], FATHERS[i], typed(i), typed(i + 10)] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(MOTHERS[i], phone(i)), guardian(FATHERS[i], phone(i + 10))]} for i, p in enumerate(A)], issues=None)
case("columns/правила/3_телефон_справа.csv", [["ФИО", "Класс", "ФИО матери", "Телефон", "E-mail", "ФИО отца", "Телефон", "E-mail"], *([n, "7А", MOTHERS[i], typed(i), f"mail{i}@example.org", FATHERS[i], typed(i + 10), ""] for i, n in enumerate(NAMES))],
     [{**p, "parents": [guardian(MOTHERS[i], phone(i), f"mail{i}@example.org"), guardian(FATHERS[i], phone(i + 10))]} for i, p in enumerate(A)])
# Rule 4.
case("columns/правила/4_три_группы.xlsx", [Sheet("7А", [["ФИО", "Мать", None, None, "Отец", None, None], [None, "ФИО", "телефон", "e-mail", "ФИО", "телефон", "e-mail"],
      *([n, MOTHERS[i], typed(i), f"mail{i}@example.org", FATHERS[i], typed(i + 10), None] for i, n in enumerate(NAMES))], merges=["A1:A2", "B1:D1", "E1:G1"])],
     [{**p, "parents": [guardian(MOTHERS[i], phone(i), f"mail{i}@example.org"), guardian(FATHERS[i], phone(i + 10))]} for i, p in enumerate(A)])
# Rule 5: rows above that look a little like a header.
case("columns/правила/5_слова_шапки_в_названии.csv", [["Список: ФИО, класс, телефон родителя"], ["Класс", "7А"], [], ["№", "ФИО", "ФИО родителя"], *([i, n, MOTHERS[i - 1]] for i, n in enumerate(NAMES, 1))], MOTHER)
case("columns/правила/5_таблица_до_списка.xlsx", [["Класс", "Телефон школы"], ["7А", "8 (800) 000-00-00"], [], ["ФИО", "Дата рождения"], *([n, DAY(BORN[i])] for i, n in enumerate(NAMES))], [{**p, "birth_date": BORN[i]} for i, p in enumerate(A)])
# Rule 6.
case("columns/правила/6_столбец_и_лист_спорят.xlsx", [Sheet("7Б", [["ФИО", "Класс"], *([n, "7А"] for n in NAMES)])], A, issues=[("class_conflict", None)])
case("columns/правила/6_столбец_и_название_спорят.csv", [["Список 7Б класса"], ["ФИО", "Класс"], *([n, "7А"] for n in NAMES)], A, issues=[("class_conflict", None)])
case("columns/правила/6_название_и_лист_спорят.xlsx", [Sheet("7Б", [["Список 7А класса"], ["№", "ФИО"], *([i, n] for i, n in enumerate(NAMES, 1))])], A, issues=[("class_conflict", None)])
case("columns/правила/6_столбец_и_файл_спорят 7Б.csv", [["ФИО", "Класс"], *([n, "7А"] for n in NAMES)], A, issues=[("class_conflict", None)])
case("columns/правила/6_раздел_и_столбец_спорят.csv", [["ФИО", "Класс"], ["7Б класс", ""], *([n, "7А"] for n in NAMES)], A, issues=[("class_conflict", None)])
case("columns/правила/6_раздел_важнее_названия.csv", [["Список 7Б класса"], ["№", "ФИО"], ["7А класс", ""], *([i, n] for i, n in enumerate(NAMES, 1))], A, issues=[("class_conflict", None)])
case("columns/правила/6_лист_и_файл_согласны 7А.xlsx", [Sheet("7А", [["Список 7а класса"], ["ФИО", "Класс"], *([n, "7-А"] for n in NAMES)])], A)
case("columns/правила/6_сводный_лист_не_спорит.xlsx", [Sheet("Все 2026", [["Списки 7 классов"], ["ФИО", "Класс"], [NAMES[0], "7А"], [NAMES[1], "7Б"]])], [pupil("7А", NAMES[0]), pupil("7Б", NAMES[1])])
case("columns/правила/6_пустая_ячейка_класса_по_листу.xlsx", [Sheet("7А", [["ФИО", "Класс"], [NAMES[0], "7А"], [NAMES[1], None], [NAMES[2], "7А"]])], A, issues=None)
# Rule 8.
case("columns/правила/8_полный_повтор.csv", [["ФИО", "Класс", "Дата рождения"], [NAMES[0], "7А", BORN[0]], [NAMES[1], "7А", BORN[1]], [NAMES[0], "7А", BORN[0]]],
     [{**A[0], "birth_date": BORN[0]}, {**A[1], "birth_date": BORN[1]}], issues=[("duplicate_student", "A4")])
case("columns/правила/8_повтор_на_другом_листе.xlsx", [Sheet("7А", [["№", "ФИО"], *([i, n] for i, n in enumerate(NAMES, 1))]), Sheet("7А (2)", [["№", "ФИО"], [1, NAMES[1]]])], A, issues=[("duplicate_student", "7А (2)!B2")])
case("columns/правила/8_повтор_с_иным_написанием.csv", [["ФИО", "Класс"], ["Дёмин Олег Юрьевич", "7А"], ["ДЕМИН  ОЛЕГ ЮРЬЕВИЧ", "7а"]], [pupil("7А", "Дёмин Олег Юрьевич")], issues=[("duplicate_student", "A3")])
case("columns/правила/8_тёзки_с_разными_датами.csv", [["ФИО", "Класс", "Дата рождения"], [NAMES[0], "7А", "2013-05-04"], [NAMES[0], "7А", "2013-08-09"]], [pupil("7А", NAMES[0], "2013-05-04"), pupil("7А", NAMES[0], "2013-08-09")])
case("columns/правила/8_тёзки_в_разных_классах.csv", [["ФИО", "Класс", "Дата рождения"], [NAMES[0], "7А", "2013-05-04"], [NAMES[0], "7Б", "2013-08-09"]], [pupil("7А", NAMES[0], "2013-05-04"), pupil("7Б", NAMES[0], "2013-08-09")])
case("columns/правила/8_представители_не_подряд.csv", [["ФИО", "Класс", "ФИО представителя"], [NAMES[0], "7А", MOTHERS[0]], [NAMES[1], "7А", MOTHERS[1]], [NAMES[0], "7А", FATHERS[0]]],
     [pupil("7А", NAMES[0], parents=[guardian(MOTHERS[0]), guardian(FATHERS[0])]), pupil("7А", NAMES[1], parents=[guardian(MOTHERS[1])])])
case("columns/правила/8_строка_представителя_повторена.csv", [["ФИО", "Класс", "ФИО представителя", "Телефон"], [NAMES[0], "7А", MOTHERS[0], typed(1)], [NAMES[0], "7А", FATHERS[0], typed(2)], [NAMES[0], "7А", MOTHERS[0], typed(1)]],
     [pupil("7А", NAMES[0], parents=[guardian(MOTHERS[0], phone(1)), guardian(FATHERS[0], phone(2))])], issues=[("duplicate_student", "A4")])
# Rule 9.
for extension in ("xlsx", "xls", "ods"):
    case(f"columns/правила/9_объединён_вниз_класс.{extension}", [Sheet("Лист1", [["Класс", "ФИО"], ["7А", NAMES[0]], [None, NAMES[1]], ["7Б", NAMES[2]], [None, POOL[3]]], merges=["A2:A3", "A4:A5"])],
         [*A[:2], *pool("7Б", 2, 2)])
    case(f"columns/правила/9_ученик_объединён_на_двух_родителей.{extension}", [Sheet("Лист1", [["ФИО", "Класс", "ФИО родителя", "Телефон"], [NAMES[0], "7А", MOTHERS[0], typed(1)], [None, None, FATHERS[0], typed(2)], [NAMES[1], "7А", MOTHERS[1], typed(3)]],
          merges=["A2:A3", "B2:B3"])], [pupil("7А", NAMES[0], parents=[guardian(MOTHERS[0], phone(1)), guardian(FATHERS[0], phone(2))]), pupil("7А", NAMES[1], parents=[guardian(MOTHERS[1], phone(3))])])
case("columns/правила/9_пустое_не_заполняется.xlsx", [["ФИО", "Класс", "Мать", "Дата рождения"], [NAMES[0], "7А", MOTHERS[0], DAY(BORN[0])], [NAMES[1], "7А", None, None]], [pupil("7А", NAMES[0], BORN[0], [guardian(MOTHERS[0])]), pupil("7А", NAMES[1])])
case("columns/правила/9_телефон_объединён_на_сестёр.xlsx", [Sheet("Лист1", [["ФИО", "Класс", "Мать", "Телефон матери"], ["Белова Анна Сергеевна", "7А", MOTHERS[1], typed(1)], ["Белова Яна Сергеевна", "7А", None, None], [NAMES[2], "7А", None, None]], merges=["C2:C3", "D2:D3"])],
     [pupil("7А", "Белова Анна Сергеевна", parents=[guardian(MOTHERS[1], phone(1))]), pupil("7А", "Белова Яна Сергеевна", parents=[guardian(MOTHERS[1], phone(1))]), pupil("7А", NAMES[2])])
# The school.
case("columns/школа.csv", [["Школа", "ФИО", "Класс"], ["Школа № 1", NAMES[0], "7А"], ["Школа № 2", NAMES[0], "7А"], ["Школа № 2", NAMES[1], "7А"]],
     [pupil("7А", NAMES[0], school="Школа № 1"), pupil("7А", NAMES[0], school="Школа № 2"), pupil("7А", NAMES[1], school="Школа № 2")])
