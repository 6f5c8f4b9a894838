"""§ 5: every format by every program, damage, secrets, bombs."""

import datetime
import io
import struct
import tempfile
import zipfile
import zlib

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile
from PIL import Image

from . import raw
from .declare import *
from .write import by_openpyxl, by_xlsxwriter, by_xlwt, sheets_of, zipped

DAY = datetime.date.fromisoformat
A = [{**person, "birth_date": day, "parents": [guardian(mother, phone(i))]} for i, (person, day, mother) in enumerate(zip(pool("7А", 5), BORN, MOTHERS))]
HEAD = ["ФИО", "Класс", "Дата рождения", "ФИО матери", "Телефон матери"]
ROWS = [HEAD, *([POOL[i], "7А", DAY(person["birth_date"]), MOTHERS[i], typed(i)] for i, person in enumerate(A))]
TEXT_ROWS = [HEAD, *([row[0], row[1], row[2].strftime("%d.%m.%Y"), *row[3:]] for row in ROWS[1:])]


def made(writer, table=ROWS, suffix=".xlsx", **how):
    """The bytes that a library writes."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        writer(sheets_of(table), file.name, **how)
        return open(file.name, "rb").read()


XLSX, XLS = made(by_openpyxl), made(by_xlwt, suffix=".xls")
case("files/форматы/openpyxl.xlsx", XLSX, A)
case("files/форматы/xlsxwriter.xlsx", ROWS, A, by="xlsxwriter")
case("files/форматы/xlwt.xls", XLS, A)
case("files/форматы/odfpy.ods", ROWS, A)
for kind, extension in (("xlsx", "xlsx"), ("xlsm", "xlsm"), ("biff8", "xls"), ("ods", "ods"), ("html", "xls"), ("xlml", "xls")):
    table = TEXT_ROWS if kind == "html" else ROWS
    case(f"files/форматы/sheetjs_{kind}.{extension}", table, A, by=f"sheetjs:{kind}")
for name, target, extension in (("xlsx", "xlsx:Calc MS Excel 2007 XML", "xlsx"), ("xlsm", "xlsm:Calc MS Excel 2007 VBA XML", "xlsm"), ("biff8", "xls:MS Excel 97", "xls"), ("ods", "ods:calc8", "ods"),
                                ("html", "html:HTML (StarCalc)", "xls")):
    case(f"files/форматы/libreoffice_{name}.{extension}", ROWS, A, by=f"office:{target}")
case("files/форматы/libreoffice_csv_1251.csv", ROWS, A, by="office:csv:Text - txt - csv (StarCalc):59,34,34")
case("files/форматы/двоичная.xlsb", ROWS, error=["not_a_spreadsheet", "corrupt"], by="sheetjs:xlsb")
case("files/форматы/двоичная_под_именем_xlsx.xlsx", ROWS, error=["not_a_spreadsheet", "corrupt"], by="sheetjs:xlsb")

# The content counts, not the extension.
CSV = "\r\n".join(";".join(map(str, row)) for row in TEXT_ROWS).encode("cp1251")
for name, content in {"xlsx_как.xls": XLSX, "xls_как.xlsx": XLS, "csv_как.xls": CSV, "csv_как.xlsx": CSV, "xlsx_как.csv": XLSX, "xls_как.csv": XLS, "xlsx_как.ods": XLSX, "xlsx_без_расширения": XLSX, "csv_без_расширения": CSV, "xlsx_как.dat": XLSX, "XLSX_ПРОПИСНЫЕ.XLSX": XLSX}.items():
    case(f"files/расширения/{name}", content, A)

# HTML saved as .xls.
TABLE = "<tr>" + "".join(f"<th>{head}</th>" for head in HEAD) + "</tr>" + "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in TEXT_ROWS[1:])
case("files/html/utf8.xls", f"<html><head><meta charset=\"utf-8\"><title>Список</title></head><body><table border=1>{TABLE}</table></body></html>".encode(), A)
case("files/html/cp1251.xls", f"<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"></head><body><table>{TABLE}</table></body></html>".encode("cp1251"), A)
case("files/html/utf16.xls", ("\ufeff" + f"<html><body><table>{TABLE}</table></body></html>").encode("utf-16-le"), A)
case("files/html/без_html_и_закрывающих.xls", ("<TABLE><TR>" + "".join(f"<TD>{head}" for head in HEAD) + "".join("<TR>" + "".join(f"<TD>{value}" for value in row) for row in TEXT_ROWS[1:]) + "</TABLE>").encode(), A)
case("files/html/office.xls", ("\ufeff<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=utf-8><style>td{mso-number-format:\"\\@\"} <!-- table {color:red} --></style>"
     "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>Лист1</x:Name></x:ExcelWorkbook></xml><![endif]--><script>var a='<table><tr><td>ФИО</td></tr></table>';</script></head><body>"
     f"<table><colgroup><col width=10></colgroup><thead></thead><tbody>{TABLE}</tbody></table></body></html>").encode(), A)
case("files/html/rowspan_br_nbsp.xls", ("<table><tr><td colspan=3>Список&nbsp;7А класса</td></tr><tr><th rowspan=2>ФИО<br>ученика</th><th colspan='2'>Мать</th></tr><tr><th>ФИО</th><th>Телефон</th></tr>"
     f"<tr><td rowspan=\"2\"><b>Абрамов</b>&nbsp;Пётр <i>Ильич</i></td><td>{MOTHERS[0]}</td><td>{typed(1)}<br/>{typed(9)}</td></tr><tr><td>{FATHERS[0]}</td><td>&#43;7 944 000-00-02</td></tr><tr><td>{POOL[1]}</td><td></td><td>&nbsp;</td></tr></table>").encode(),
     [pupil("7А", POOL[0], parents=[guardian(MOTHERS[0], phone(1)), guardian(FATHERS[0], phone(2))]), pupil("7А", POOL[1])])
case("files/html/две_таблицы.xls", (f"<table><tr><td>7А класс</td></tr><tr><td>№</td><td>ФИО</td></tr><tr><td>1</td><td>{POOL[0]}</td></tr></table><p>текст</p><table><tr><td>7Б класс</td></tr><tr><td>№</td><td>ФИО</td></tr><tr><td>1</td><td>{POOL[1]}</td></tr></table>").encode(),
     [pupil("7А", POOL[0]), pupil("7Б", POOL[1])])
case("files/html/вложенная_таблица.xls", f"<table><tr><td><table>{TABLE}</table></td></tr></table>".encode(), A)
case("files/html/страница_без_таблицы.xls", "<!DOCTYPE html><html><head><title>Вход</title></head><body><h1>Сессия истекла</h1><p>Войдите снова</p></body></html>".encode(), error=["not_a_spreadsheet", "empty", "no_header", "not_a_roster"])

# SpreadsheetML 2003 saved as .xls.
def spreadsheet_ml(rows, head='<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>', sheet="Лист1"):
    return (f'{head}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="{sheet}"><Table>{rows}</Table></Worksheet></Workbook>')


def ml_cell(value, attributes=""):
    kind = "DateTime" if isinstance(value, datetime.date) else "Number" if isinstance(value, (int, float)) else "String"
    text = f"{value.isoformat()}T00:00:00.000" if kind == "DateTime" else value
    return f'<Cell{attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


ML = "".join("<Row>" + "".join(map(ml_cell, row)) + "</Row>" for row in ROWS)
case("files/spreadsheetml/простая.xls", spreadsheet_ml(ML).encode(), A)
case("files/spreadsheetml/простая.xml", spreadsheet_ml(ML).encode(), A)
case("files/spreadsheetml/cp1251.xls", spreadsheet_ml(ML, '<?xml version="1.0" encoding="windows-1251"?>').encode("cp1251"), A)
case("files/spreadsheetml/bom.xls", b"\xef\xbb\xbf" + spreadsheet_ml(ML).encode(), A)
case("files/spreadsheetml/index_и_merge.xls", spreadsheet_ml(
    '<Row ss:Index="3">' + ml_cell("Список 7А класса", ' ss:Index="2" ss:MergeAcross="3"') + "</Row>"
    '<Row ss:Index="5">' + ml_cell("ФИО", ' ss:Index="2" ss:MergeDown="1"') + ml_cell("Мать", ' ss:MergeAcross="1"') + ml_cell("Д.р.", ' ss:Index="6" ss:MergeDown="1"') + "</Row>"
    '<Row>' + ml_cell("ФИО", ' ss:Index="3"') + ml_cell("Телефон") + "</Row>"
    "<Row>" + ml_cell(POOL[0], ' ss:Index="2"') + ml_cell(MOTHERS[0]) + ml_cell(89440000001) + ml_cell(DAY(BORN[0]), ' ss:Index="6"') + "</Row>"
    '<Row ss:Index="9">' + ml_cell(POOL[1], ' ss:Index="2"') + ml_cell(DAY(BORN[1]), ' ss:Index="6"') + "</Row>").encode(),
    [pupil("7А", POOL[0], BORN[0], [guardian(MOTHERS[0], phone(1))]), pupil("7А", POOL[1], BORN[1])])
case("files/spreadsheetml/префикс_ss.xls", spreadsheet_ml(ML).replace("<Work", "<ss:Work").replace("</Work", "</ss:Work").replace("<Table", "<ss:Table").replace("</Table", "</ss:Table").replace("<Row", "<ss:Row").replace("</Row", "</ss:Row")
     .replace("<Cell", "<ss:Cell").replace("</Cell", "</ss:Cell").replace("<Data", "<ss:Data").replace("</Data", "</ss:Data").replace('xmlns="urn:schemas-microsoft-com:office:spreadsheet" ', "").encode(), A)
case("files/spreadsheetml/html_внутри.xls", spreadsheet_ml(ML.replace(f'<Data ss:Type="String">{POOL[0]}</Data>', f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>{POOL[0].split()[0]}</B><Font> {" ".join(POOL[0].split()[1:])}</Font></ss:Data>')).encode(), A)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ха">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij")) + "]>"
case("files/бомбы/xml_сущности.xls", spreadsheet_ml("<Row><Cell><Data ss:Type=\"String\">&j;</Data></Cell></Row>" + ML, f'<?xml version="1.0"?>{LAUGHS}').encode(), error=["corrupt", "zip_bomb", "too_large"])

# Workbooks that other programs write in their own way.
PLAIN = [[str(value) for value in row] for row in TEXT_ROWS]
case("files/xlsx/без_адресов_ячеек.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, references=False)), A)
case("files/xlsx/префикс_пространства_имён.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, prefix="x"), prefix="x"), A)
case("files/xlsx/абсолютный_путь_листа.xlsx", raw.xlsx(raw.sheet_xml(PLAIN), target="/xl/worksheets/sheet1.xml"), A)
case("files/xlsx/лист_с_другим_именем_части.xlsx", raw.xlsx(raw.sheet_xml(PLAIN), target="worksheets/Sheet.xml", part="xl/worksheets/Sheet.xml"), A)
case("files/xlsx/неверный_dimension.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, dimension='<dimension ref="A1"/>')), A)
case("files/xlsx/dimension_на_весь_лист.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, dimension='<dimension ref="A1:XFD1048576"/>')), A)
SHARED = [value for row in PLAIN for value in row]
SHARED_SHEET = raw.sheet_xml([]).decode().replace("<sheetData>", "<sheetData>" + "".join(f'<row r="{y}">' + "".join(f'<c r="{raw.cell_name(x, y)}" t="s"><v>{(y - 1) * 5 + x - 1}</v></c>' for x in range(1, 6)) + "</row>" for y in range(1, 7))).encode()
RICH = "".join(f"<si><r><t>{text[:3]}</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">{text[3:]}</t></r><rPh sb=\"0\" eb=\"1\"><t>ロシア</t></rPh></si>" for text in SHARED)
RELS = f'<?xml version="1.0"?><Relationships xmlns="{raw.PACKAGE}/relationships"><Relationship Id="rId1" Type="{raw.RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{raw.RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
TYPES = raw.workbook(b"")[0][1].replace("</Types>", '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>')


def shared(strings, doctype=""):
    parts = dict(raw.workbook(SHARED_SHEET))
    parts["xl/_rels/workbook.xml.rels"], parts["[Content_Types].xml"] = RELS, TYPES
    parts["xl/sharedStrings.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<sst xmlns="{raw.MAIN}">{strings}</sst>'
    return zipped(parts.items())


case("files/xlsx/форматированный_текст.xlsx", shared(RICH), A)
case("files/бомбы/xml_сущности.xlsx", shared(RICH.replace(SHARED[5][3:], "&j;", 1), LAUGHS), error=["corrupt", "zip_bomb", "too_large"])
case("files/xlsx/нестрогий_порядок_ячеек.xlsx", raw.xlsx(raw.sheet_xml(PLAIN).replace(f'<c r="A2" t="inlineStr"><is><t xml:space="preserve">{PLAIN[1][0]}</t></is></c>'.encode(), b"").replace(b'</row><row r="3">', f'<c r="A2" t="inlineStr"><is><t>{PLAIN[1][0]}</t></is></c></row><row r="3">'.encode())), A)
case("files/xlsx/ячейки_str_и_ошибки.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, extra='<row r="9"><c r="F9" t="e"><v>#N/A</v></c></row>').replace(b't="inlineStr"><is><t xml:space="preserve">', b't="str"><v>').replace(b"</t></is>", b"</v>")), A)
case("files/xlsx/формулы_со_значениями.xlsx", raw.xlsx(raw.sheet_xml(PLAIN).replace(b't="inlineStr"><is><t xml:space="preserve">', b't="str"><f>CONCATENATE("a")</f><v>').replace(b"</t></is>", b"</v>")), A)
FORMULAS = [["Фамилия", "Имя", "Отчество", "ФИО", "Класс"], *([*name.split(), Formula(f'=A{y}&" "&B{y}&" "&C{y}'), "7А"] for y, name in enumerate(POOL[:3], 2))]
case("files/формулы/имя_без_значения.xlsx", [row[3:] for row in FORMULAS], error="formula_no_value", by="openpyxl")
case("files/формулы/класс_без_значения.xlsx", [["ФИО", "Класс"], *([name, Formula('="7"&"А"')] for name in POOL[:3])], error="formula_no_value", by="openpyxl")
case("files/формулы/значения_libreoffice.xlsx", [row[3:] if y == 0 else [Formula(f'="{POOL[y - 1]}"', POOL[y - 1]), Formula('="7А"', "7А")] for y, row in enumerate(FORMULAS)], pool("7А", 3), by="office:xlsx:Calc MS Excel 2007 XML")
case("files/формулы/значения_libreoffice.ods", [row[3:] if y == 0 else [Formula(f'="{POOL[y - 1]}"', POOL[y - 1]), Formula('="7А"', "7А")] for y, row in enumerate(FORMULAS)], pool("7А", 3), by="office:ods:calc8")
case("files/формулы/номера_по_порядку_без_значения.xlsx", [["№", "ФИО", "Класс"], *([Formula("=ROW()-1"), name, "7А"] for name in POOL[:3])], pool("7А", 3), by="openpyxl", issues=None)

# Merged cells: only the top left one holds a value.
for extension in ("xlsx", "xls", "ods"):
    case(f"files/объединённые/шапка_и_класс.{extension}", [Sheet("Лист1", [["Класс", "Обучающийся", None, None], [None, "Фамилия", "Имя", "Отчество"], *(["7А" if i == 0 else None, *name.split()] for i, name in enumerate(POOL[:3]))], merges=["A1:A2", "B1:D1", "A3:A5"])], pool("7А", 3))
case("files/объединённые/sheetjs.xls", [Sheet("Лист1", [["Класс", "Обучающийся", None, None], [None, "Фамилия", "Имя", "Отчество"], *(["7А" if i == 0 else None, *name.split()] for i, name in enumerate(POOL[:3]))], merges=["A1:A2", "B1:D1", "A3:A5"])], pool("7А", 3), by="sheetjs:biff8")
case("files/объединённые/libreoffice.xls", [Sheet("Лист1", [["Класс", "Обучающийся", None, None], [None, "Фамилия", "Имя", "Отчество"], *(["7А" if i == 0 else None, *name.split()] for i, name in enumerate(POOL[:3]))], merges=["A1:A2", "B1:D1", "A3:A5"])], pool("7А", 3), by="office:xls:MS Excel 97")
case("files/объединённые/sheetjs_html.xls", [Sheet("Лист1", [["Класс", "Обучающийся", None, None], [None, "Фамилия", "Имя", "Отчество"], *(["7А" if i == 0 else None, *name.split()] for i, name in enumerate(POOL[:3]))], merges=["A1:A2", "B1:D1", "A3:A5"])], pool("7А", 3), by="sheetjs:html")

# Secrets.
def encrypted_xlsx(content):
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("пароль", out)
    return out.getvalue()


def encrypted_xls(content):
    """A FILEPASS record right after the first BOF, as Excel writes it."""
    at = content.index(b"\x09\x08\x10\x00")
    record = b"\x2f\x00\x36\x00" + b"\x01\x00\x01\x00\x01\x00" + bytes(range(48))
    return content[:at + 20] + record + content[at + 20 + len(record):]


case("files/защита/зашифрованная.xlsx", encrypted_xlsx(XLSX), error="encrypted")
case("files/защита/зашифрованная_под_именем_xls.xls", encrypted_xlsx(XLSX), error="encrypted")
case("files/защита/зашифрованная_под_именем_csv.csv", encrypted_xlsx(XLSX), error="encrypted")
case("files/защита/зашифрованная.xls", encrypted_xls(XLS), error="encrypted")
ODS_MANIFEST = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{raw.OFFICE}manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="900"><manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA"><manifest:algorithm manifest:algorithm-name="Blowfish CFB" manifest:initialisation-vector="AAAA"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>'
case("files/защита/зашифрованная.ods", zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", bytes(range(256)) * 3), ("META-INF/manifest.xml", ODS_MANIFEST)], zipfile.ZIP_STORED), error="encrypted")

# Damage.
case("files/повреждения/половина.xlsx", XLSX[:len(XLSX) // 2], error="corrupt")
case("files/повреждения/без_конца.xlsx", XLSX[:-30], error="corrupt")
case("files/повреждения/половина.xls", XLS[:len(XLS) // 2], error="corrupt")
case("files/повреждения/только_заголовок.xls", XLS[:512], error="corrupt")


def bad_crc(content):
    """One byte of the sheet changed, in an archive without compression."""
    parts = zipfile.ZipFile(io.BytesIO(content))
    stored = bytearray(zipped([(name, parts.read(name)) for name in parts.namelist()], zipfile.ZIP_STORED))
    stored[stored.index("7А".encode())] ^= 1
    return bytes(stored)


case("files/повреждения/неверная_контрольная_сумма.xlsx", bad_crc(made(by_xlsxwriter)), error="corrupt")
case("files/повреждения/xml_оборван.xlsx", raw.xlsx(raw.sheet_xml(PLAIN)[:700]), error="corrupt")
case("files/повреждения/без_листа.xlsx", zipped(raw.workbook(b"")[:-1]), error="corrupt")
case("files/повреждения/мусор_под_именем.xlsx", bytes((i * 7919 + i // 3) % 256 for i in range(4000)), error=["not_a_spreadsheet", "corrupt"])
DOCX = zipped([("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
               ("_rels/.rels", f'<Relationships xmlns="{raw.PACKAGE}/relationships"><Relationship Id="rId1" Type="{raw.RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'),
               ("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Список 7А класса</w:t></w:r></w:p></w:body></w:document>')])
PNG = io.BytesIO()
Image.new("RGB", (8, 8), "white").save(PNG, "PNG")
JPEG = io.BytesIO()
Image.new("RGB", (8, 8), "white").save(JPEG, "JPEG")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OTHERS = {"документ.docx": DOCX, "документ_под_именем.xlsx": DOCX, "картинка.png": PNG.getvalue(), "картинка_под_именем.xlsx": PNG.getvalue(), "снимок.jpg": JPEG.getvalue(), "бумага.pdf": PDF, "бумага_под_именем.xls": PDF, "архив.zip": zipped([("readme.txt", "Списки внутри")]),
          "архив_под_именем.xlsx": zipped([("7А.csv", "ФИО;Класс\nИванов Пётр Ильич;7А\n")]), "презентация.pptx": zipped([("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p:presentation/>")]),
          "документ.odt": zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<office:document-content/>")]), "письмо.rtf": b"{\\rtf1\\ansi\\ansicpg1251 \\'d1\\'ef\\'e8\\'f1\\'ee\\'ea}", "архив.rar": b"Rar!\x1a\x07\x01\x00" + bytes(60), "архив.7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(60)}
for name, content in OTHERS.items():
    case(f"files/не_таблицы/{name}", content, error="not_a_spreadsheet")
LOCK = bytes([10]) + "Секретарь".encode("cp1251") + b" " * 45 + "Секретарь".ljust(54).encode("utf-16-le")
case("files/не_таблицы/~$7А.xlsx", LOCK[:165], error="not_a_spreadsheet")
case("files/не_таблицы/.~lock.7А.ods#", "Секретарь,school,25.08.2026 12:00,file:///home;".encode(), error=["not_a_spreadsheet", "no_header", "not_a_roster"])

# Bombs and giants.
STRAY = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>'
case("files/бомбы/пробел_в_последней_ячейке.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, extra=STRAY)), A)
case("files/бомбы/два_пробела_далеко.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, extra='<row r="900000"><c r="B900000" t="inlineStr"><is><t> </t></is></c></row><row r="900001"><c r="XFA900001" t="inlineStr"><is><t> </t></is></c></row>')), A)
case("files/бомбы/точка_в_последней_ячейке.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, extra=STRAY.replace("<t> </t>", "<t>.</t>"))), A)
case("files/бомбы/объединение_на_весь_столбец.xlsx", raw.xlsx(raw.sheet_xml(PLAIN).replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="H1:XFD1048576"/></mergeCells>')), A)
REPEATS = "".join(raw.ods_row(row, '<table:table-cell table:number-columns-repeated="16379"/>') for row in PLAIN) + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
case("files/бомбы/повторы_пустых.ods", raw.ods(REPEATS), A)
FILLED = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>ха</text:p></table:table-cell></table:table-row>'
case("files/бомбы/повторы_заполненных.ods", raw.ods(FILLED), error="too_large")
case("files/бомбы/xml_сущности.ods", raw.ods("".join(raw.ods_row(row) for row in PLAIN).replace(PLAIN[1][0], "&j;"), doctype=LAUGHS), error=["corrupt", "zip_bomb", "too_large"])
case("files/бомбы/zip.xlsx", raw.xlsx(raw.sheet_xml(PLAIN), more=[("xl/media/0.bin", bytes(40_000_000))]), error="zip_bomb")
case("files/бомбы/zip_внутри_листа.xlsx", raw.xlsx(raw.sheet_xml(PLAIN, extra=" " * 30_000_000)), error="zip_bomb")
case("files/бомбы/много_частей.xlsx", raw.xlsx(raw.sheet_xml(PLAIN), more=[(f"x/{i}", "") for i in range(996)]), error="zip_bomb")
case("files/бомбы/тысяча_частей_ещё_можно.xlsx", raw.xlsx(raw.sheet_xml(PLAIN), more=[(f"x/{i}", "") for i in range(995)]), A)


def lying(content, name):
    """The directory and the local header say that a part is small."""
    out = bytearray(content)
    for mark, size, title in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = -1
        while (at := out.find(mark, at + 1)) >= 0:
            if out[at + title:at + title + len(name)] == name:
                out[at + size:at + size + 4] = struct.pack("<I", 1000)
    return bytes(out)


case("files/бомбы/каталог_лжёт.xlsx", lying(raw.xlsx(raw.sheet_xml(PLAIN, extra=" " * 30_000_000)), b"xl/worksheets/sheet1.xml"), error=["zip_bomb", "corrupt"])
GIANT = raw.sheet_xml(PLAIN, extra="".join(f"<row>{'<c><v>1</v></c>' * 2000}</row>" for _ in range(1100)))
case("files/бомбы/больше_двух_миллионов_ячеек.xlsx", raw.xlsx(GIANT), error=["too_large", "zip_bomb"])
case("files/большая_картинка_внутри.xlsx", raw.xlsx(raw.sheet_xml(PLAIN), more=[("xl/media/image1.png", zlib.compress(bytes(range(256)) * 40))]), A)
