// Writes the class lists that SheetJS is to write: a list of tables comes on the standard input.
import { readFileSync, writeFileSync } from "node:fs";

const XLSX = await import(`${process.env.CORPUS_XLSX}/xlsx.mjs`);
XLSX.set_cptable(await import(`${process.env.CORPUS_XLSX}/dist/cpexcel.full.mjs`));

for (const file of JSON.parse(readFileSync(0, "utf8"))) {
  const book = XLSX.utils.book_new();
  book.Workbook = { Sheets: [] };
  for (const { name, rows, merges, hidden, hiddenRows } of file.sheets) {
    const sheet = XLSX.utils.aoa_to_sheet(
      rows.map((row) => row.map((value) => (value && value.t === "d" ? { ...value, v: new Date(value.v), z: "dd.mm.yyyy" } : value))),
      { cellDates: true, UTC: true },
    );
    sheet["!merges"] = merges.map((merge) => XLSX.utils.decode_range(merge));
    sheet["!rows"] = rows.map((_, index) => (hiddenRows.includes(index + 1) ? { hidden: true } : {}));
    XLSX.utils.book_append_sheet(book, sheet, name);
    book.Workbook.Sheets.push({ Hidden: hidden ? 1 : 0 });
  }
  const options = { type: "buffer", bookType: file.type, compression: true, ...(file.options ?? {}) };
  writeFileSync(file.path, XLSX.write(book, options));
}
