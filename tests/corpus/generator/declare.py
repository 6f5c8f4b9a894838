"""The language of the corpus: people, tables, cases. Nothing here reads a file or knows the program."""

from dataclasses import dataclass, field

# The folder, and what each case becomes there.
CASES = []

# Invented people; no two of one surname.
POOL = [
    "Абрамов Пётр Ильич", "Белова Анна Сергеевна", "Волков Егор Павлович", "Громова Мария Ивановна",
    "Дёмин Олег Юрьевич", "Ежова Вера Андреевна", "Жуков Семён Игоревич", "Зимина Дарья Олеговна",
    "Ильин Марк Денисович", "Королёва Софья Романовна", "Лапин Артём Викторович", "Миронова Алиса Глебовна",
    "Носов Тимур Антонович", "Орлова Полина Кирилловна", "Панин Лев Борисович", "Рябова Ксения Львовна",
]
MOTHERS = [
    "Абрамова Инна Львовна", "Белова Ольга Петровна", "Волкова Нина Олеговна", "Громова Юлия Марковна",
    "Дёмина Лидия Павловна", "Ежова Алла Борисовна", "Жукова Римма Антоновна", "Зимина Елена Глебовна",
]
FATHERS = [
    "Абрамов Илья Маркович", "Белов Сергей Ильич", "Волков Павел Романович", "Громов Иван Семёнович",
    "Дёмин Юрий Олегович", "Ежов Андрей Львович", "Жуков Игорь Денисович", "Зимин Олег Петрович",
]
BORN = ["2013-05-04", "2013-11-30", "2014-02-28", "2013-07-15", "2013-12-01", "2014-01-09", "2013-09-21", "2013-06-02"]
TEACHER = "Петрова Ольга Сергеевна"


@dataclass
class Formula:
    """A formula with the value that the last calculation left, or none."""

    text: str
    value: object = None


@dataclass
class Sheet:
    """One sheet: rows from A1 on, merged ranges like «A1:C1», hidden rows by number."""

    name: str
    rows: list
    merges: list = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list = field(default_factory=list)


def guardian(name=None, phone=None, email=None):
    """A parent as the program is to print it."""
    return {"name": name, "phone": phone, "email": email}


def pupil(klass, name, born=None, parents=(), **more):
    """A pupil as the program is to print it; the name as «Фамилия Имя Отчество» or as a triple."""
    if isinstance(name, str):
        parts = name.split(" ", 2)
        name = (*parts, None)[:3] if len(parts) < 3 else parts
    surname, given, patronymic = name
    return {
        "class": klass, "surname": surname, "given": given, "patronymic": patronymic,
        "birth_date": born, "parents": list(parents), **more,
    }


def pool(klass, count, start=0):
    """Pupils of the pool in one class."""
    return [pupil(klass, name) for name in POOL[start:start + count]]


def phone(number):
    """An invented telephone as the program is to print it."""
    return f"+7944000{number:04}"


def typed(number):
    """The same telephone as a secretary types it."""
    return f"8 (944) 000-{number // 100:02}-{number % 100:02}"


def case(path, table, students=None, *, error=None, homeroom=None, issues=(), by=None, secrets=(), **how):
    """One file and what is to be read from it.

    `table` is rows, a list of sheets or bytes; `by` is the software that writes the file, by default the usual one of its
    extension; `issues` are («kind», «cell») with the cell or None, and None for `issues` leaves them open.
    """
    assert (students is None) != (error is None), path
    expected = {"error": error} if error else {"students": students, "homeroom": homeroom or {}}
    if not error and issues is not None:
        expected["issues"] = [{"kind": kind, "where": where} for kind, where in issues]
    if secrets:
        expected["secrets"] = list(secrets)
    assert path not in {known["path"] for known in CASES}, path
    CASES.append({"path": path, "table": table, "expected": expected, "by": by, "how": how})
