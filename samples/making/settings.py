"""`zavuch.toml` of each workspace: its own values, and only the keys it needs."""

from .schools import School

# What each school has decided beyond its preset.
OWN = {
    "school-31": """
[regulation]
preset = "school-31"
date = "28.08.2026"
number = "187-ОД"
other_channel = "электронный журнал, тел. 8 (800) 000-00-00"

[chats]
subject_grades = "5-11"
administrator_in_class_chats = true

[deadlines]
chats = "01.09.2026"
acknowledgement = "10.09.2026"
joining = "20.09.2026"

[papers]
slips_per_page = 8
blank_rows = 3
other_channel_column = true
""",
    "school-62": """
[regulation]
preset = "school-62"
days = "по будням"
hours = "07:00-17:00"
date = "11.02.2026"
number = "21"
other_channel = "электронный журнал, тел. 8 (800) 000-00-00"

[chats]
subject_grades = "5-9"

[chats.titles]
class_parents = "{класс} — родители, {школа}"

[deadlines]
chats = "01.09.2026"
acknowledgement = "07.09.2026"
joining = "30.09.2026"

[papers]
slips_per_page = 10
blank_rows = 2
other_channel_column = true
""",
    "belomorsk": """
[regulation]
preset = "belomorsk"
date = "23.12.2025"
number = "5.668"

[chats]
class_students = true
administrator_in_class_chats = true

[deadlines]
chats = "02.09.2026"
acknowledgement = "15.09.2026"
joining = "01.10.2026"

[papers]
slips_per_page = 6
blank_rows = 4
""",
    "school-50": """
[regulation]
preset = "school-50"
days = "ежедневно"
hours = "08:00-19:00"
commission = "комиссия по урегулированию споров между участниками образовательных отношений, каб. 14"
date = "08.09.2024"
other_channel = "электронный журнал, тел. 8 (800) 000-00-00"

[regulation.class_hours]
"3Б" = "08:00-18:00"

[chats]
class_students = true
class_teachers = true

[deadlines]
chats = "31.08.2026"
acknowledgement = "08.09.2026"

[papers]
slips_per_page = 8
blank_rows = 0
other_channel_column = true
""",
    "school-65": """
[regulation]
preset = "school-65"
date = "23.01.2026"
number = "09/1-ОД"
other_channel = "электронный журнал, тел. 8 (800) 000-00-00"

[chats]
class_teachers = true
class_subject = true
subject_grades = "11-11"

[deadlines]
chats = "01.09.2026"
acknowledgement = "12.09.2026"
joining = "25.09.2026"

[papers]
slips_per_page = 4
blank_rows = 3
""",
}


def quoted(text: str) -> str:
    """A TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(school: School) -> str:
    """The whole file."""
    plan = school.plan
    director, curator, administrator = (
        school.of_role(role)[0] for role in ("директор", "заместитель", "администратор")
    )
    lines = [
        "# Настройки школы. Все ключи с пояснениями: templates/zavuch.toml.",
        "",
        "[school]",
        f"full_name = {quoted(plan.full_name)}",
        f"short_name = {quoted(plan.short_name)}",
        f"city = {quoted(plan.city)}",
        f"site = {quoted('https://' + plan.domain)}",
        'phone = "8 (800) 000-00-00"',
    ]
    for key, person in (("director", director), ("curator", curator), ("administrator", administrator)):
        post = "администратор платформы, " + person.post if key == "administrator" else person.post
        lines += ["", f"[{key}]", f"name = {quoted(person.name)}", f"post = {quoted(post)}"]
    mail = [
        "",
        "[mail]",
        'from = "max@example.org"',
        f"from_name = {quoted(plan.short_name)}",
        f"reply_to = {quoted(curator.email)}",
        "",
    ]
    return "\n".join(lines) + "\n" + OWN[plan.preset] + "\n".join(mail)
