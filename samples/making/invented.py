"""Invented people for the sample workspaces.

Nobody here is real: names are drawn from lists of common words by a seeded generator, telephones lie in the unused
range +7 944 000-0x-xx, addresses at example.org. The same seed gives the same people on every machine.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
import random

# Masculine and feminine form; one form where the name does not change.
SURNAMES = [
    tuple(pair.split("/")) if "/" in pair else (pair, pair)
    for pair in """
    Абрамов/Абрамова Артёмов/Артёмова Белов/Белова Берёзкин/Берёзкина Богданов/Богданова Борисенко Вавилин/Вавилина
    Васнецовский/Васнецовская Верещагов/Верещагова Виноградов/Виноградова Галкин/Галкина Гаврилюк Горшенин/Горшенина
    Громов/Громова Данилов/Данилова Дёмин/Дёмина Дятлов/Дятлова Ежов/Ежова Елисеенко Ёлкин/Ёлкина Жданов/Жданова
    Журавлёв/Журавлёва Зайцев/Зайцева Зимин/Зимина Зорькин/Зорькина Ивлев/Ивлева Ильинский/Ильинская Казанков/Казанкова
    Калинин/Калинина Каменских Киселёв/Киселёва Ключников/Ключникова Ковалёв/Ковалёва Козлов/Козлова Комаров/Комарова
    Королёв/Королёва Кравчук Крылов/Крылова Кудряшов/Кудряшова Лазарев/Лазарева Лапин/Лапина Лебедев/Лебедева
    Лещёв/Лещёва Логинов/Логинова Лукин/Лукина Макаров/Макарова Малышев/Малышева Марченко Медведев/Медведева
    Мельников/Мельникова Миронов/Миронова Морозов/Морозова Муравьёв/Муравьёва Наумов/Наумова Нестеров/Нестерова
    Никитин/Никитина Новиков/Новикова Озёрский/Озёрская Орлов/Орлова Осипов/Осипова Панин/Панина Пахомов/Пахомова
    Петренко Пименов/Пименова Плетнёв/Плетнёва Поздняков/Позднякова Прохоров/Прохорова Родионов/Родионова
    Рощин/Рощина Рыжов/Рыжова Рябинин/Рябинина Савельев/Савельева Сафин/Сафина Светлов/Светлова Селезнёв/Селезнёва
    Седых Серов/Серова Синицын/Синицына Скворцов/Скворцова Соболев/Соболева Соловьёв/Соловьёва Степнов/Степнова
    Стрижов/Стрижова Сухарев/Сухарева Тарасенко Тимофеев/Тимофеева Тихонов/Тихонова Третьяк Трофимов/Трофимова
    Уваров/Уварова Усачёв/Усачёва Фёдоров/Фёдорова Филин/Филина Фролов/Фролова Хабибуллин/Хабибуллина Хромов/Хромова
    Цветков/Цветкова Черных Чижов/Чижова Шаповал Шестаков/Шестакова Шилов/Шилова Щеглов/Щеглова Щукин/Щукина
    Юдин/Юдина Ягодин/Ягодина Яковенко Ясенев/Ясенева
    """.split()
]

# Given name, and the patronymics of his sons and daughters.
MEN = [
    tuple(row.split("/"))
    for row in """
    Александр/Александрович/Александровна Алексей/Алексеевич/Алексеевна Андрей/Андреевич/Андреевна
    Антон/Антонович/Антоновна Артём/Артёмович/Артёмовна Борис/Борисович/Борисовна Вадим/Вадимович/Вадимовна
    Виктор/Викторович/Викторовна Владимир/Владимирович/Владимировна Георгий/Георгиевич/Георгиевна
    Денис/Денисович/Денисовна Дмитрий/Дмитриевич/Дмитриевна Евгений/Евгеньевич/Евгеньевна Егор/Егорович/Егоровна
    Иван/Иванович/Ивановна Игорь/Игоревич/Игоревна Илья/Ильич/Ильинична Кирилл/Кириллович/Кирилловна
    Константин/Константинович/Константиновна Максим/Максимович/Максимовна Михаил/Михайлович/Михайловна
    Никита/Никитич/Никитична Николай/Николаевич/Николаевна Олег/Олегович/Олеговна Павел/Павлович/Павловна
    Пётр/Петрович/Петровна Роман/Романович/Романовна Семён/Семёнович/Семёновна Сергей/Сергеевич/Сергеевна
    Степан/Степанович/Степановна Фёдор/Фёдорович/Фёдоровна Юрий/Юрьевич/Юрьевна
    """.split()
]
BOYS = [name for name, _, _ in MEN] + "Арсений Глеб Лев Матвей Марк Савелий Тимур Ярослав".split()
WOMEN = """Александра Алёна Алина Алла Анастасия Анна Валентина Варвара Вера Вероника Виктория Галина Дарья Евгения
    Екатерина Елена Жанна Зоя Инна Ирина Карина Ксения Лариса Любовь Людмила Маргарита Марина Мария Надежда Наталья
    Нина Оксана Ольга Полина Светлана София Тамара Татьяна Юлия Яна""".split()
GIRLS = WOMEN + "Алиса Арина Василиса Ева Есения Злата Кира Милана Таисия Ульяна Эвелина".split()


@dataclass
class Guardian:
    """A parent or another legal representative."""

    name: str
    kinship: str
    phone: int | None
    email: str = ""


@dataclass
class Pupil:
    """A pupil of one class."""

    surname: str
    given: str
    patronymic: str
    born: date
    guardians: list[Guardian] = field(default_factory=list)

    @property
    def full(self) -> str:
        return " ".join(filter(None, [self.surname, self.given, self.patronymic]))

    def guardian(self, *kinships: str) -> Guardian | None:
        """The first representative of one of these kinds."""
        return next((one for one in self.guardians if one.kinship in kinships), None)


def folded(name: str) -> str:
    """The order of Russian lists: ё as е."""
    return name.lower().replace("ё", "е")


class Town:
    """A source of people who never repeat a full name or a telephone, but where namesakes are asked for."""

    def __init__(self, seed: str):
        self.draw = random.Random(seed)
        self.names: set[str] = set()
        self.phones = list(range(1000))
        self.draw.shuffle(self.phones)

    def phone(self) -> int:
        """The last three digits of a number of the range +7 944 000-0x-xx; each is given once."""
        return self.phones.pop()

    def adult(self, woman: bool, surname: tuple[str, str] | None = None, given: str | None = None) -> str:
        """A full name with a patronymic."""
        while True:
            last = surname or self.draw.choice(SURNAMES)
            first = given or (self.draw.choice(WOMEN) if woman else self.draw.choice(MEN)[0])
            father = self.draw.choice(MEN)
            name = f"{last[woman]} {first} {father[1 + woman]}"
            if name not in self.names:
                self.names.add(name)
                return name

    def pupil(self, grade: int) -> Pupil:
        """A pupil of a grade with one or two parents; now and then a parent has another surname or no telephone."""
        while True:
            girl = self.draw.random() < 0.5
            family = self.draw.choice(SURNAMES)
            father = self.draw.choice(MEN)
            child = Pupil(
                family[girl], self.draw.choice(GIRLS if girl else BOYS), father[1 + girl], self.birthday(grade)
            )
            if child.full not in self.names:
                break
        self.names.add(child.full)
        self.parents(child, family, father[0])
        return child

    def parents(self, child: Pupil, family: tuple[str, str], father: str) -> None:
        """Gives a child a mother and, mostly, a father."""
        other = self.draw.random() < 0.12
        mother = self.adult(True, None if other else family)
        child.guardians = [Guardian(mother, "мать", self.phone())]
        if self.draw.random() < 0.75:
            phone = self.phone() if self.draw.random() < 0.85 else None
            child.guardians.append(Guardian(self.adult(False, family, father), "отец", phone))

    def birthday(self, grade: int) -> date:
        """A birthday that fits a grade of the school year 2026/27: six and a half to eight years at its first day
        in grade 1."""
        first = date(2019 - grade, 10, 1)
        return first + timedelta(days=self.draw.randrange(480))

    def children(self, grade: int, size: int, special: bool) -> list[Pupil]:
        """A class in the order of its list; `special` adds the children who make lists hard to read."""
        children = [self.pupil(grade) for _ in range(size - (7 if special else 1))]
        children.append(self.double(grade))
        if special:
            children += self.namesakes(grade)
            children += [self.azeri(grade), self.newcomer(grade), self.of_one_parent(grade), self.of_grandmother(grade)]
        return sorted(children, key=lambda child: (folded(child.full), child.born))

    def double(self, grade: int) -> Pupil:
        """A double surname."""
        child = self.pupil(grade)
        second = self.draw.choice([pair for pair in SURNAMES if pair[0].endswith(("ский", "ов", "ин"))])
        girl = child.patronymic.endswith("на")
        child.surname = f"{child.surname}-{second[girl]}"
        return child

    def namesakes(self, grade: int) -> list[Pupil]:
        """Two children of one full name in one class, told apart by the birthday."""
        first = self.pupil(grade)
        second = Pupil(first.surname, first.given, first.patronymic, first.born + timedelta(days=97))
        girl = first.patronymic.endswith("на")
        family = next(pair for pair in SURNAMES if pair[girl] == first.surname)
        father = next(man[0] for man in MEN if man[1 + girl] == first.patronymic)
        self.parents(second, family, father)
        return [first, second]

    def azeri(self, grade: int) -> Pupil:
        """A patronymic of two words."""
        child = Pupil("Мамедов", self.draw.choice(["Эльдар", "Рауф", "Самир"]), "Тофик оглы", self.birthday(grade))
        child.guardians = [
            Guardian(self.draw.choice(["Мамедова Лейла Ариф кызы", "Мамедова Севда Ариф кызы"]), "мать", self.phone()),
            Guardian("Мамедов Тофик Рашид оглы", "отец", self.phone()),
        ]
        return child

    def newcomer(self, grade: int) -> Pupil:
        """No patronymic."""
        child = Pupil("Ли", self.draw.choice(["Вэй", "Мин", "Сюин"]), "", self.birthday(grade))
        child.guardians = [Guardian("Ли Цзюнь", "отец", self.phone())]
        return child

    def of_one_parent(self, grade: int) -> Pupil:
        """Only a father."""
        child = self.pupil(grade)
        girl = child.patronymic.endswith("на")
        family = next(pair for pair in SURNAMES if pair[girl] == child.surname)
        father = next(man[0] for man in MEN if man[1 + girl] == child.patronymic)
        child.guardians = [Guardian(self.adult(False, family, father), "отец", self.phone())]
        return child

    def of_grandmother(self, grade: int) -> Pupil:
        """Only a grandmother, who is the legal guardian."""
        child = self.pupil(grade)
        child.guardians = [Guardian(self.adult(True), "бабушка, опекун", self.phone())]
        return child
