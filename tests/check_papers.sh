#!/usr/bin/env bash
# Judges the papers in a folder with software other than ours:
#   qpdf finds no fault; every font is embedded, subset and readable as text (poppler);
#   zbar reads every code on posters, slips and sheets of families, and what it reads is the link that stands in clear on the same page.
# Usage: tests/check_papers.sh FOLDER
set -euo pipefail
folder=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
papers=0
codes=0

fail() {
    echo "$1" >&2
    exit 1
}

# codes_of PDF PAGE DPI: what zbar reads on a page.
codes_of() {
    pdftoppm -r "$3" -f "$2" -l "$2" -gray -singlefile "$1" "$scratch/page"
    zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable "$scratch/page.pgm" || true
}

# check_codes PDF: every page has as many codes as links in clear, and each code is the link that stands there.
# zbar misses one code in some hundred on a whole page; another resolution is its second look.
check_codes() {
    local pdf=$1 page pages text links read dpi
    pages=$(pdfinfo "$pdf" | awk '/^Pages:/ { print $2 }')
    for page in $(seq "$pages"); do
        text=$(pdftotext -f "$page" -l "$page" "$pdf" - | tr -d ' \n\f')
        links=$(grep -o 'https://' <<<"$text" | wc -l)
        for dpi in 150 200 240 300; do
            read=$(codes_of "$pdf" "$page" "$dpi")
            [ "$(wc -l <<<"$read")" = "$links" ] && break
        done
        [ "$(wc -l <<<"$read")" = "$links" ] || fail "zbar reads $(wc -l <<<"$read") codes of $links: $pdf, page $page"
        while IFS= read -r link; do
            grep -qF "$link" <<<"$text" || fail "a code is not the link in clear: $pdf, page $page"
            codes=$((codes + 1))
        done <<<"$read"
    done
}

while IFS= read -r -d '' pdf; do
    papers=$((papers + 1))
    qpdf --check "$pdf" >/dev/null || fail "qpdf: $pdf"
    # The columns of pdffonts end in: emb sub uni object ID.
    pdffonts "$pdf" | tail -n +3 |
        awk '{ if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") bad = 1 } END { exit bad || NR == 0 }' ||
        fail "a font is not embedded, not subset or not readable as text: $pdf"
    case "$pdf" in
    *Листы-приглашения.pdf | *Талоны.pdf | *"Семейные листы.pdf") check_codes "$pdf" ;;
    esac
done < <(find "$folder" -name '*.pdf' -print0)
[ "$papers" -gt 0 ] || fail "no papers in $folder"
echo "$papers papers, $codes codes read by zbar"
