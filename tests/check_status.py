#!/usr/bin/env python3
"""Judges the page of `status --html` in headless Chromium, driven through chromedriver, and with axe-core.

    check_status.py FOLDER AXE [FOLDER-FOR-PICTURES]

Every page of FOLDER (as `tests/it/status.rs` leaves them) is opened as a file with the network off, as a telephone, as a
tablet and as a desktop, in light and in dark. It must say nothing on the console, ask for nothing, fit the screen, let its
rows be chosen, print whole, be readable without its script, and have no serious finding of axe. AXE is axe.min.js.
"""

import json
import pathlib
import sys
import time

from browser import ALL_SCREENS as SCREENS, SCHEMES, Browser

LOOK = """
const root = document.documentElement;
const rows = [...document.querySelectorAll('tbody tr')];
const shown = () => rows.filter(row => row.offsetParent !== null).length;
const choose = (id, value) => {
  const select = document.getElementById(id);
  select.value = value;
  select.dispatchEvent(new Event('change'));
};
const seen = { lang: root.lang, headings: document.querySelectorAll('h1').length, rows: rows.length, all: shown(),
  captions: document.querySelectorAll('table caption').length,
  wide: Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth,
  scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  active: document.querySelectorAll('img, iframe, object, embed, link, form, [onerror], [onclick], [style]').length,
  scripts: document.scripts.length, alarm: window.alarm || null,
  cut: [...document.querySelectorAll('.chart text')].filter(one => {
    const own = one.getBoundingClientRect(), chart = one.ownerSVGElement.getBoundingClientRect();
    return own.left < chart.left - 0.5 || own.right > chart.right + 0.5 || own.bottom > chart.bottom + 0.5
      || own.top < chart.top - 0.5;
  }).map(one => one.textContent),
  small: Math.min(...[...document.body.querySelectorAll('p, li, td, th, span')].filter(one => one.offsetParent)
    .map(element => parseFloat(getComputedStyle(element).fontSize))) };
choose('by-class', rows[0].dataset.class);
seen.one = shown();
seen.told = document.getElementById('shown').textContent;
choose('by-class', '');
choose('by-open', 'signed');
seen.unsigned = shown();
seen.expected = rows.filter(row => row.dataset.open.split(' ').includes('signed')).length;
choose('by-open', '');
seen.back = shown();
return seen;
"""

AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(one =>
  [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.target.join(' '))])));
"""


class Judge:
    def __init__(self, browser, axe, pictures):
        self.browser, self.axe, self.pictures = browser, axe, pictures
        self.looks, self.faults = 0, []

    def page(self, path):
        address = path.absolute().as_uri()
        for screen in SCREENS:
            for scheme in SCHEMES:
                self.browser.show(screen, scheme, SCREENS)
                self.looks += 1
                self.browser.open(address)
                seen = self.browser.run(LOOK)
                faults = list(self.judge(seen, scheme))
                faults += [f"the console says {entry['message']}" for entry in self.browser.log("browser")]
                faults += [f"asked for {url}" for url in self.browser.requests() if url != address]
                faults += self.serious()
                where = f"{path.name} {screen} {scheme}"
                self.faults += [f"{where}: {fault}" for fault in faults]
                if self.pictures:
                    self.browser.picture(self.pictures / (where.replace(" ", "_") + ".png"), whole=True)
        self.plain(path, address)

    def judge(self, seen, scheme):
        if seen["lang"] != "ru" or seen["headings"] != 1 or seen["captions"] != 1:
            yield f"lang {seen['lang']}, {seen['headings']} headings, {seen['captions']} captions"
        if seen["scripts"] != 1 or seen["active"] or seen["alarm"]:
            yield f"{seen['scripts']} scripts, {seen['active']} elements that load or run"
        if seen["wide"] > 0:
            yield f"{seen['wide']} px wider than the screen"
        if seen["scheme"] != scheme:
            yield f"shown {seen['scheme']}"
        if seen["cut"]:
            yield f"the chart cuts {seen['cut']}"
        if seen["small"] < 13:
            yield f"letters of {seen['small']} px"
        if seen["all"] != seen["rows"] or seen["back"] != seen["rows"]:
            yield f"{seen['all']} and {seen['back']} of {seen['rows']} rows are shown"
        if seen["one"] != 1 or f"1 из {seen['rows']}" not in seen["told"]:
            yield f"one class: {seen['one']} rows, {seen['told']!r}"
        if seen["unsigned"] != seen["expected"] or not seen["expected"]:
            yield f"unsigned: {seen['unsigned']} rows of {seen['expected']}"

    def serious(self):
        # Put in beside the page's own policy, as the browser's own tools are.
        self.browser.devtools("Runtime.evaluate", expression=self.axe)
        found = self.browser.ask("/execute/async", {"script": AXE, "args": []})
        return [f"axe: {impact} {name} at {nodes}" for impact, name, nodes in found if impact in ("serious", "critical")]

    def plain(self, path, address):
        """Without scripts the whole table is there; the page prints, with everything that a screen folds away."""
        self.browser.ask("/url", {"url": address})
        folded = self.browser.run("""const open = () => [...document.querySelectorAll('details')].filter(one => one.open).length;
            const all = document.querySelectorAll('details').length, before = open();
            dispatchEvent(new Event('beforeprint'));
            const printed = open();
            dispatchEvent(new Event('afterprint'));
            return [all, printed, before, open()]""")
        if folded[0] != folded[1] or folded[2] != folded[3]:
            self.faults.append(f"{path.name}: printing opens {folded[1]} of {folded[0]}, and leaves {folded[3]} of {folded[2]}")
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.ask("/url", {"url": address})
        self.browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
        seen = self.browser.run("""return [document.getElementById('filters').offsetParent === null,
            [...document.querySelectorAll('tbody tr')].every(row => row.offsetParent !== null)]""")
        if seen != [True, True]:
            self.faults.append(f"{path.name} without scripts: {seen}")
        self.browser.ask("/url", {"url": address})
        printed = self.browser.printed()
        if not printed.startswith(b"%PDF"):
            self.faults.append(f"{path.name} does not print")
        if self.pictures:
            (self.pictures / f"{path.stem}.pdf").write_bytes(printed)


def main():
    root, axe = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    pictures = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    browser = Browser()
    judge = Judge(browser, axe, pictures)
    try:
        browser.devtools("Network.enable")
        browser.devtools("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0,
                         uploadThroughput=0)
        for page in sorted(root.glob("*.html")):
            judge.page(page)
    finally:
        browser.close()
    for fault in judge.faults:
        print(fault, file=sys.stderr)
    print(f"status: {judge.looks} looks in Chromium, {len(judge.faults)} faults, {time.monotonic() - started:.0f} s")
    sys.exit(1 if judge.faults or not judge.looks else 0)


if __name__ == "__main__":
    main()
