#!/usr/bin/env python3
"""Makes the corpus anew: `make.py NODE_MODULES`, the folder that has the package xlsx (SheetJS).

Needs openpyxl, xlsxwriter, xlwt, odfpy and msoffcrypto-tool, node and LibreOffice. What is expected of a file stands beside
it and comes from the same declaration as the file, written by hand after the rules; no output of the program goes in.
"""

import importlib
import pathlib
import shutil
import sys

from generator import declare, write

HERE = pathlib.Path(__file__).resolve().parent
FOLDERS = ["layouts", "columns", "classes", "values", "files", "encodings", "errors", "privacy"]


def main():
    only = sys.argv[2:] or FOLDERS
    for folder in only:
        importlib.import_module(f"generator.{folder}")
        shutil.rmtree(HERE / folder, ignore_errors=True)
    later = write.Later()
    for case in declare.CASES:
        assert case["path"].split("/")[0] in only, case["path"]
        write.write(case, later)
    later.finish(sys.argv[1])
    print(len(declare.CASES), "files")


main()
