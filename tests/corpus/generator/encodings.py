"""§ 5: each encoding with each delimiter, and what encodings do to a text on its way."""

import csv

from .declare import *

PEOPLE = [pupil("7А", POOL[0], BORN[0], [guardian(MOTHERS[0], phone(1))]), pupil("7А", POOL[4], BORN[1], [guardian(MOTHERS[4], phone(2))]), pupil("7Б", POOL[9], BORN[2])]
ROWS = [["№", "ФИО", "Класс", "Дата рождения", "ФИО матери", "Телефон матери"], [1, POOL[0], "7А", "04.05.2013", MOTHERS[0], typed(1)], [2, POOL[4], "7А", "30.11.2013", MOTHERS[4], typed(2)], [3, POOL[9], "7Б", "28.02.2014", "", ""]]
ENCODINGS = {"utf8": ("utf-8", b""), "utf8_bom": ("utf-8", b"\xef\xbb\xbf"), "utf16le_bom": ("utf-16-le", b"\xff\xfe"), "utf16be_bom": ("utf-16-be", b"\xfe\xff"), "utf16le": ("utf-16-le", b""), "utf16be": ("utf-16-be", b""), "cp1251": ("cp1251", b""), "cp866": ("cp866", b"")}
DELIMITERS = {"точка_с_запятой": ";", "запятая": ",", "табуляция": "\t", "черта": "|"}
for encoding, (codec, bom) in ENCODINGS.items():
    for name, delimiter in DELIMITERS.items():
        case(f"encodings/{encoding}_{name}.csv", ROWS, PEOPLE, encoding=codec, bom=bom, delimiter=delimiter)
    case(f"encodings/{encoding}_sep.csv", ROWS, PEOPLE, encoding=codec, bom=bom, delimiter="|", first="sep=|\r\n")
case("encodings/sep_прописными_в_кавычках.csv", ROWS, PEOPLE, first="\"sep=;\"\r\n")
case("encodings/sep_необычный.csv", ROWS, PEOPLE, first="sep=^\r\n", delimiter="^")
SHORT = [pupil("7А", name) for name in (POOL[0], POOL[1])]
case("encodings/коротко_cp1251.csv", [["ФИО", "Класс"], *([name, "7А"] for name in POOL[:2])], SHORT, encoding="cp1251")
case("encodings/коротко_cp866.csv", [["ФИО", "Класс"], *([name, "7А"] for name in POOL[:2])], SHORT, encoding="cp866")
case("encodings/прописные_cp866.csv", [["ФИО", "КЛАСС"], *([name.upper(), "7А"] for name in POOL[:2])], SHORT, encoding="cp866")
case("encodings/прописные_cp1251.csv", [["ФИО", "КЛАСС"], *([name.upper(), "7А"] for name in POOL[:2])], SHORT, encoding="cp1251")
case("encodings/txt_с_табуляцией.txt", ROWS, PEOPLE, encoding="utf-16-le", bom=b"\xff\xfe", delimiter="\t")
case("encodings/tsv.tsv", ROWS, PEOPLE, delimiter="\t")
case("encodings/перевод_строки_lf.csv", ROWS, PEOPLE, newline="\n", encoding="cp1251")
case("encodings/перевод_строки_cr.csv", ROWS, PEOPLE, newline="\r")
case("encodings/всё_в_кавычках.csv", ROWS, PEOPLE, quoting=csv.QUOTE_ALL, encoding="cp1251")
case("encodings/sheetjs_utf16.txt", ROWS, PEOPLE, by="sheetjs:txt")
TWO = [pupil("7А", POOL[0], parents=[guardian(MOTHERS[0], phone(1)), guardian(FATHERS[0], phone(2))]), pupil("7А", POOL[1])]
case("encodings/разделитель_и_перенос_в_кавычках.csv", [["ФИО", "Класс", "Родители", "Телефон", "Примечание"], [POOL[0], "7А", f"{MOTHERS[0]}\n{FATHERS[0]}", f"{typed(1)}\n{typed(2)}", "один; \"два\"; три"], [POOL[1], "7А", "", "", ";;;;;"]], TWO)
case("encodings/запятые_внутри_при_точке_с_запятой.csv", [["Список 7А класса, 2026-2027"], ["№", "ФИО", "Примечание"], [1, POOL[0], "а, б, в, г"], [2, POOL[1], "а, б, в, г"]], SHORT)
case("encodings/разная_длина_строк.csv", "Список 7А класса\r\n№;ФИО;Дата рождения;Прочее\r\n1;{};04.05.2013\r\n2;{}\r\n3;{};28.02.2014;;;;\r\n".format(*POOL[:3]).encode("cp1251"), [pupil("7А", POOL[0], "2013-05-04"), pupil("7А", POOL[1]), pupil("7А", POOL[2], "2014-02-28")])
case("encodings/один_столбец.csv", ("Список 7А класса\n" + "\n".join(POOL[:4]) + "\n").encode(), pool("7А", 4))
TEXT = "\r\n".join(";".join(map(str, row)) for row in ROWS)
case("encodings/дважды_перекодировано.csv", TEXT.encode().decode("cp1251", "replace").replace("\ufffd", "\u0098").encode(), PEOPLE)
case("encodings/дважды_перекодировано_коротко.csv", "ФИО;Класс\nИванов Егор Ильич;7Б\nЕгоров Иван Олегович;7Б\n".encode().decode("cp1251", "replace").replace("\ufffd", "\u0098").encode(), [pupil("7Б", "Иванов Егор Ильич"), pupil("7Б", "Егоров Иван Олегович")])
case("encodings/вопросы_вместо_букв.csv", TEXT.encode("ascii", "replace"), error="encoding_lost")
case("encodings/вопросы_вместо_имён.csv", [["ФИО", "Класс"], ["?????? ???? ?????", "7?"], ["?????? ???? ????????", "7?"]], error="encoding_lost")
case("encodings/вопросы_в_книге.xlsx", [["???", "?????"], ["?????? ???? ?????", "7?"], ["?????? ???? ????????", "7?"]], error="encoding_lost")
case("encodings/знаки_замены.csv", TEXT.encode("cp1251").decode("utf-8", "replace").encode(), error="encoding_lost")
