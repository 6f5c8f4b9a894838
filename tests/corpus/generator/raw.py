"""Workbooks from their very bytes, for what no library writes: odd parts, bombs, damage."""

from xml.sax.saxutils import escape

from .write import cell_name, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def sheet_xml(rows, prefix="", references=True, extra="", dimension=""):
    """A sheet with inline texts."""
    colon = f"{prefix}:" if prefix else ""
    name = f":{prefix}" if prefix else ""
    lines = []
    for y, row in enumerate(rows, 1):
        cells = ""
        for x, value in enumerate(row, 1):
            if value is not None:
                at = f' r="{cell_name(x, y)}"' if references else ""
                text = f'<{colon}t xml:space="preserve">{escape(str(value))}</{colon}t>'
                cells += f'<{colon}c{at} t="inlineStr"><{colon}is>{text}</{colon}is></{colon}c>'
        at = f' r="{y}"' if references else ""
        lines.append(f"<{colon}row{at}>{cells}</{colon}row>")
    return (f'<?xml version="1.0" encoding="UTF-8"?><{colon}worksheet xmlns{name}="{MAIN}">{dimension}<{colon}sheetData>{"".join(lines)}{extra}</{colon}sheetData></{colon}worksheet>').encode()


def workbook(sheet, more=(), target="worksheets/sheet1.xml", part="xl/worksheets/sheet1.xml", prefix=""):
    """The entries of a workbook of one sheet."""
    colon = f"{prefix}:" if prefix else ""
    name = f":{prefix}" if prefix else ""
    return [
        ("[Content_Types].xml", f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'),
        ("_rels/.rels", f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<?xml version="1.0"?><{colon}workbook xmlns{name}="{MAIN}" xmlns:r="{RELATIONS}"><{colon}sheets><{colon}sheet name="Лист1" sheetId="1" r:id="rId1"/></{colon}sheets></{colon}workbook>'),
        ("xl/_rels/workbook.xml.rels", f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="{target}"/></Relationships>'),
        (part, sheet), *more,
    ]


def xlsx(sheet, **how):
    return zipped(workbook(sheet, **how))


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(rows, before="", doctype=""):
    """A document of one sheet, from the text of its rows."""
    content = (f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" office:version="1.2">'
               f'<office:body><office:spreadsheet><table:table table:name="Лист1">{before}{rows}</table:table></office:spreadsheet></office:body></office:document-content>')
    manifest = (f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
                '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')
    return zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content), ("META-INF/manifest.xml", manifest)])


def ods_row(values, tail=""):
    cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>' if value else "<table:table-cell/>" for value in values)
    return f"<table:table-row>{cells}{tail}</table:table-row>"
