"""The five invented schools: classes, staff, teaching load, groups."""

from dataclasses import dataclass, field

from .invented import Pupil, Town

LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
    )
)

# The subjects of a post from grade 5 on, with the grades that have them.
TEACHERS = [
    ("учитель русского языка и литературы", {"Русский язык": (5, 11), "Литература": (5, 11)}),
    ("учитель математики", {"Математика": (5, 6), "Алгебра": (7, 11), "Геометрия": (7, 11)}),
    ("учитель английского языка", {"Английский язык": (2, 11)}),
    ("учитель английского языка", {"Английский язык": (2, 11)}),
    ("учитель истории и обществознания", {"История": (5, 11), "Обществознание": (6, 11)}),
    ("учитель географии", {"География": (5, 11)}),
    ("учитель биологии и химии", {"Биология": (5, 11), "Химия": (8, 11)}),
    ("учитель физики", {"Физика": (7, 11)}),
    ("учитель физической культуры", {"Физическая культура": (1, 11)}),
    ("учитель музыки", {"Музыка": (1, 8)}),
]
OTHERS = ["педагог-психолог", "социальный педагог", "педагог-библиотекарь", "секретарь", "советник директора по воспитанию"]


@dataclass
class SchoolClass:
    """A class with its homeroom teacher."""

    grade: int
    litera: str
    homeroom: str
    children: list[Pupil]

    @property
    def name(self) -> str:
        return f"{self.grade}{self.litera}"

    @property
    def quoted(self) -> str:
        return f"{self.grade} «{self.litera}»" if self.litera else str(self.grade)

    @property
    def homeroom_initials(self) -> str:
        return initials(self.homeroom)


@dataclass
class Employee:
    """A row of the staff table."""

    name: str
    post: str
    role: str
    email: str = ""
    subjects: dict[str, tuple[int, int]] = field(default_factory=dict)
    homeroom: str = ""


@dataclass
class Plan:
    """What is drawn up for one workspace by hand."""

    preset: str
    short_name: str
    full_name: str
    city: str
    domain: str
    classes: list[tuple[int, str, int]]
    homerooms: dict[str, str] = field(default_factory=dict)
    load: bool = False
    groups: bool = False
    old_chats: list[list] = field(default_factory=list)


@dataclass
class School:
    """A whole invented school."""

    plan: Plan
    classes: list[SchoolClass]
    staff: list[Employee]

    def of_role(self, role: str) -> list[Employee]:
        return [one for one in self.staff if one.role == role]


PLANS = [
    Plan(
        "school-31",
        "МБОУ «Средняя школа № 31»",
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 31»",
        "г. Заречный",
        "school31.example.org",
        [(7, "А", 26), (7, "Б", 22), (9, "А", 24)],
        {"7А": "Кузнецова Ольга Сергеевна"},
        load=True,
        groups=True,
    ),
    Plan(
        "school-62",
        "МБОУ «СОШ № 62»",
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 62"
        " с углублённым изучением отдельных предметов имени Героя Труда А. Б. Выдумкина»",
        "г. Верхнереченск",
        "sosh62.example.org",
        [(5, "Б", 28), (6, "В", 19), (8, "А", 23)],
        load=True,
        groups=True,
    ),
    Plan(
        "belomorsk",
        "МБОУ «Североморьевская СОШ № 1»",
        "Муниципальное бюджетное общеобразовательное учреждение «Североморьевская средняя общеобразовательная"
        " школа № 1»",
        "г. Североморьевск",
        "smsosh1.example.org",
        [(4, "А", 20), (8, "Б", 25)],
    ),
    Plan(
        "school-50",
        "МАОУ «Школа № 50»",
        "Муниципальное автономное общеобразовательное учреждение «Школа № 50»",
        "г. Златополье",
        "shkola50.example.org",
        [(3, "Б", 27), (6, "А", 21), (7, "А", 18)],
        load=True,
    ),
    Plan(
        "school-65",
        "МБОУ «Гимназия № 65»",
        "Муниципальное бюджетное общеобразовательное учреждение «Гимназия № 65»",
        "г. Каменоборск",
        "gimn65.example.org",
        [(1, "А", 25), (4, "Б", 24), (6, "А", 22), (11, "", 18)],
        load=True,
        # The class or the group, the messenger, the title there, for whom, how many, by when, how far it has come.
        old_chats=[
            ["1А", "WhatsApp", "1А мамы и папы", "родители", 24, "", ""],
            ["4Б", "Viber", "4Б родители", "родители", 31, "", "объявлено"],
            ["6А", "Telegram", "6А класс", "обучающиеся", 22, "20.09.2026", "объявлено"],
            ["6А", "WhatsApp", "Родители 6А", "родители", 40, "", ""],
            ["11", "Telegram", "Одиннадцатый", "обучающиеся", 19, "15.09.2026", "переехали"],
            ["Учительская", "WhatsApp", "Гимназия, коллеги", "", 34, "10.09.2026", "закрыт"],
        ],
    ),
]


def initials(name: str) -> str:
    """«О. С. Кузнецова»."""
    surname, *others = name.split()
    return " ".join([f"{other[0]}." for other in others[:2]] + [surname])


def address(name: str) -> str:
    """«kuznetsova.os@example.org»."""
    surname, *others = name.lower().split()
    latin = "".join(LETTERS.get(letter, letter) for letter in surname)
    return f"{latin}.{''.join(LETTERS[other[0]][:1] for other in others)}@example.org"


def found(plan: Plan) -> School:
    """Draws the people of a school."""
    town = Town(plan.preset)
    town.names.update(plan.homerooms.values())
    classes = []
    for order, (grade, litera, size) in enumerate(plan.classes):
        homeroom = plan.homerooms.get(f"{grade}{litera}") or town.adult(True)
        classes.append(SchoolClass(grade, litera, homeroom, town.children(grade, size, special=order != 1)))
    return School(plan, classes, staff(plan, classes, town))


def staff(plan: Plan, classes: list[SchoolClass], town: Town) -> list[Employee]:
    """The staff table: the office, the homeroom teachers with a subject of their own, teachers, others."""

    def employ(post: str, role: str, woman: bool = True, **other) -> Employee:
        name = other.pop("name", None) or town.adult(woman)
        return Employee(name, post, role, address(name), **other)

    members = [
        employ("директор", "директор", woman=plan.preset in ("school-62", "school-65")),
        employ("заместитель директора по воспитательной работе", "заместитель"),
        employ("заместитель директора по учебно-воспитательной работе", "заместитель"),
        employ("учитель информатики", "администратор", woman=False, subjects={"Информатика": (7, 11)}),
    ]
    posts = list(TEACHERS)
    for one in classes:
        if one.grade <= 4:
            subjects = {"Русский язык": (one.grade, one.grade), "Математика": (one.grade, one.grade)}
            subjects |= {"Литературное чтение": (one.grade, one.grade), "Окружающий мир": (one.grade, one.grade)}
            post = "учитель начальных классов"
        else:
            post, subjects = posts.pop(0)
        members.append(employ(post, "учитель", name=one.homeroom, subjects=subjects, homeroom=one.name))
    members += [
        employ(post, "учитель", woman=town.draw.random() < 0.8, subjects=subjects) for post, subjects in posts
    ]
    members += [employ(post, "другое") for post in OTHERS]
    for one in members[-3:-1]:
        one.email = ""
    return members


def load(school: School) -> list[list[str]]:
    """Class × subject × teacher × group; English is taught in two groups by two teachers."""
    rows = []
    for one in school.classes:
        own = next(member for member in school.staff if member.homeroom == one.name)
        english = 0
        for member in school.staff:
            primary = member.post == "учитель начальных классов"
            if (primary and member is not own) or (not primary and one.grade <= 4 and not early(member)):
                continue
            for subject, (lowest, highest) in member.subjects.items():
                if lowest <= one.grade <= highest:
                    group = ""
                    if subject == "Английский язык":
                        english += 1
                        group = str(english)
                    rows.append([one.name, subject, member.name, group])
    return rows


def early(member: Employee) -> bool:
    """Whether a teacher also teaches in grades 1–4."""
    return any(lowest <= 2 for lowest, _ in member.subjects.values())


def groups(school: School) -> list[list[str]]:
    """Groups beyond a class: a row of classes, or one row per person."""
    teachers = school.of_role("учитель")
    first, second, *_ = school.classes
    names = [one.name for one in school.classes]
    deputy = school.of_role("заместитель")[0]
    adviser = school.staff[-1]
    rows = [
        ["курс", "Подготовка к олимпиаде по математике", teachers[1].name, "", child.full]
        for child in first.children[2:14:3]
    ]
    rows += [
        ["внеурочная деятельность", "Разговоры о важном", first.homeroom, first.name, ""],
        ["внеурочная деятельность", "Робототехника", school.of_role("администратор")[0].name, ", ".join(names[:2]), ""],
        ["мероприятие", "День здоровья, 18 сентября", teachers[-2].name, ", ".join(names), ""],
    ]
    rows += [
        ["методическое объединение", "Учителя гуманитарного цикла", teachers[0].name, "", member.name]
        for member in teachers[:6]
        if not member.post.startswith("учитель математики")
    ]
    parents = [child.guardians[0].name for one in school.classes for child in one.children[3:12:5]]
    rows += [["родительский актив", "Совет родителей", deputy.name, "", name] for name in parents]
    pupils = [child.full for one in school.classes for child in one.children[1:9:6]]
    rows += [["актив обучающихся", "Совет обучающихся", adviser.name, "", name] for name in pupils]
    return rows


def old_chats(school: School) -> list[list]:
    """The chats in foreign messengers; the homeroom teacher runs those of pupils, nobody of the staff those of parents."""
    teachers = {one.homeroom: one.name for one in school.staff if one.homeroom}
    rows = []
    for whose, messenger, title, members_are, size, until, state in school.plan.old_chats:
        leader = teachers.get(whose, "") if members_are == "обучающиеся" else ""
        rows.append([messenger, title, whose, members_are, leader, size, until, state])
    return rows
