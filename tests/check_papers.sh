#!/usr/bin/env bash
# Judges the papers in a folder with software other than ours:
#   qpdf finds no fault, every font is embedded and subset, every code on every page is read by zbar as an address.
# Usage: tests/check_papers.sh FOLDER
set -euo pipefail
folder=$1
papers=0
codes=0
while IFS= read -r -d '' pdf; do
    papers=$((papers + 1))
    qpdf --check "$pdf" >/dev/null 2>"/tmp/qpdf.$$" || { cat "/tmp/qpdf.$$"; echo "qpdf: $pdf"; exit 1; }
    # Columns of pdffonts end in: emb sub uni object ID.
    if pdffonts "$pdf" | tail -n +3 | awk '{ if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") bad = 1 } END { exit !bad }'; then
        pdffonts "$pdf"
        echo "a font is not embedded, not subset or not readable as text: $pdf"
        exit 1
    fi
    case "$pdf" in
    *Листы-приглашения.pdf)
        pages=$(mktemp -d)
        pdftoppm -r 150 -gray "$pdf" "$pages/page"
        for page in "$pages"/page*; do
            read=$(zbarimg --quiet --raw -Sdisable -Sqrcode.enable "$page" | wc -l)
            [ "$read" = 1 ] || { echo "zbar reads $read codes on a poster: $pdf ($(basename "$page"))"; exit 1; }
            codes=$((codes + 1))
        done
        rm -r "$pages"
        ;;
    esac
done < <(find "$folder" -name '*.pdf' -print0)
rm -f "/tmp/qpdf.$$"
[ "$papers" -gt 0 ] || { echo "no papers in $folder"; exit 1; }
echo "$papers papers, $codes posters read by zbar"
