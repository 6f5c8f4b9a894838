"""§ 6: the errors of a whole file that the other folders do not show."""

import datetime

from .declare import *

case("errors/empty/ноль_байт.xlsx", b"", error="empty")
case("errors/empty/ноль_байт.csv", b"", error="empty")
case("errors/empty/ноль_байт.xls", b"", error="empty")
case("errors/empty/пробелы.csv", b"  \r\n\r\n\t\r\n", error="empty")
case("errors/empty/только_bom.csv", b"\xef\xbb\xbf", error="empty")
case("errors/empty/разделители.csv", b";;;\r\n;;;\r\n", error="empty")
for extension in ("xlsx", "xls", "ods"):
    case(f"errors/empty/пустая_книга.{extension}", [Sheet("Лист1", [[None]])], error="empty")
case("errors/empty/только_шапка.xlsx", [["ФИО", "Класс", "Дата рождения"]], error=["empty", "no_header", "not_a_roster"])
case("errors/no_header/числа.csv", [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]], error=["no_header", "not_a_roster"])
case("errors/no_header/непонятные_столбцы.csv", [["Столбец1", "Столбец2"], ["абв", "где"], ["ёжз", "икл"]], error=["no_header", "not_a_roster"])
case("errors/no_header/шапка_ниже_тридцатой.xlsx", [*([f"Пояснение номер {i} к таблице"] for i in range(1, 32)), ["ФИО", "Класс"], *([name, "7А"] for name in POOL[:3])], error="no_header")
case("errors/no_header/таблица_без_шапки.csv", [[name, "04.05.2013", "8 944 000-00-01", "да"] for name in POOL[:4]], error=["no_header", "no_class"])
case("errors/no_class/нигде_нет.csv", [["№", "ФИО"], *([i, name] for i, name in enumerate(POOL[:3], 1))], error="no_class")
case("errors/no_class/нигде_нет.xlsx", [["№", "ФИО", "Дата рождения"], *([i, name, datetime.date(2013, 5, 4)] for i, name in enumerate(POOL[:3], 1))], error="no_class")
case("errors/no_class/пустой_столбец.csv", [["ФИО", "Класс"], *([name, ""] for name in POOL[:3])], error="no_class")
case("errors/no_class/школа_и_год_не_класс.xlsx", [["МБОУ СОШ № 5"], ["Список на 01.09.2026, 3 чел."], ["№", "ФИО"], *([i, name] for i, name in enumerate(POOL[:3], 1))], error="no_class")
case("errors/no_class/одни_имена.csv", [["Список учащихся"], *([name] for name in POOL[:4])], error=["no_class", "no_header"])
case("errors/bad_class/все_негодные.xlsx", [["ФИО", "Класс"], *([name, "ясельная группа"] for name in POOL[:3])], error="bad_class")
case("errors/not_a_roster/учителя.xlsx", [["№", "ФИО", "Должность", "Предмет", "Стаж"], [1, "Сомов Иван Никитич", "учитель", "физика", 12], [2, "Котова Анна Львовна", "учитель", "химия", 7]], error="not_a_roster")
case("errors/not_a_roster/учителя_с_классами.xlsx", [["ФИО", "Должность", "Предмет", "Класс"], ["Сомов Иван Никитич", "учитель", "физика", "7А"], ["Котова Анна Львовна", "учитель", "химия", "7Б"]], error="not_a_roster")
case("errors/not_a_roster/расписание.xlsx", [["Расписание 7А класса"], ["Урок", "Понедельник", "Вторник"], [1, "Физика", "Химия"], [2, "Алгебра", "История"]], error=["not_a_roster", "no_header"])
case("errors/not_a_roster/имущество.csv", [["Наименование", "Количество", "Цена"], ["Парта", "12", "5000"], ["Стул", "24", "2000"]], error=["not_a_roster", "no_header"])
case("errors/not_a_roster/текст.txt", "Уважаемые родители!\n\nСобрание состоится в четверг, в 18 часов.\nПриходите, пожалуйста.\n".encode(), error=["not_a_roster", "no_header", "not_a_spreadsheet"])
case("errors/not_a_roster/сводка_по_классам.xlsx", [["Класс", "Мальчиков", "Девочек", "Всего"], ["7А", 12, 13, 25], ["7Б", 11, 14, 25], ["Итого", 23, 27, 50]], error=["not_a_roster", "no_header"])
