#!/usr/bin/env python3
"""Judges the pages of short links in headless Chromium, driven through chromedriver.

Every page of every site below FOLDER (as `tests/it/site.rs` leaves them) is opened from a server on this machine with
the network off, as a telephone and as a desktop, in light and in dark. It must show the title as the table has it, lead
where it should and nowhere else, ask nothing of any other site, run nothing, fit the screen, and be readable.

Usage: tests/check_site.py FOLDER [FOLDER-FOR-PICTURES]
"""

import functools
import http.server
import json
import pathlib
import sys
import threading
import time

from browser import PHONE_AND_DESKTOP as SCREENS, SCHEMES, Browser

STATES = {
    "open": None,
    "awaited": "ещё создаётся",
    "renewing": "Ссылка обновляется",
    "revoked": "Ссылка отозвана",
}

# What the page says of itself; colours are compared as WCAG 2 does.
LOOK = """
const channel = value => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
let contrast = 21;
for (const element of document.body.querySelectorAll('*')) {
  const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!own) continue;
  const pair = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => a - b);
  contrast = Math.min(contrast, (pair[1] + 0.05) / (pair[0] + 0.05));
}
const button = document.querySelector('a.button');
const box = button && button.getBoundingClientRect();
const root = document.documentElement;
return {
  name: document.title, lang: root.lang, charset: document.characterSet,
  headings: [...document.querySelectorAll('h1')].map(heading => heading.textContent),
  landmarks: ['header', 'main', 'footer'].map(name => document.querySelectorAll(name).length),
  state: (document.querySelector('.state') || {}).textContent || null,
  button: button && { href: button.getAttribute('href'), url: button.href, rel: button.rel, height: box.height,
                      bottom: box.bottom, left: box.left, right: box.right },
  links: [...document.querySelectorAll('a')].map(link => [link.href, link.rel]),
  active: document.querySelectorAll('script, img, iframe, object, embed, link, form, input, [onerror], [onclick]').length,
  wide: Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth,
  scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  small: Math.min(...[...document.body.querySelectorAll('p, li, h1, h2, a')]
    .map(element => parseFloat(getComputedStyle(element).fontSize))),
  contrast, styled: getComputedStyle(document.querySelector('.card')).borderTopWidth,
};
"""

FOCUS = """
const at = document.activeElement, style = getComputedStyle(at);
return [at.className, style.outlineStyle, parseFloat(style.outlineWidth)];
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Judge:
    def __init__(self, browser, pictures):
        self.browser, self.pictures = browser, pictures
        self.looks, self.faults = 0, []

    def page(self, name, address, expected):
        for screen in SCREENS:
            for scheme in SCHEMES:
                self.browser.show(screen, scheme, SCREENS)
                self.looks += 1
                where = f"{name} {screen} {scheme}"
                self.browser.open(address)
                seen = self.browser.run(LOOK)
                faults = list(self.judge(seen, expected, scheme, screen))
                faults += self.quiet(address)
                if seen["button"]:
                    faults += self.focus()
                self.faults += [f"{where}: {fault}" for fault in faults]
                if self.pictures:
                    self.picture(where)

    def judge(self, seen, expected, scheme, screen):
        title, state, link = expected["title"], expected["state"], expected["link"]
        is_page = state is not None
        if seen["headings"] != [title]:
            yield f"the heading is {seen['headings']!r}"
        if seen["landmarks"] != [1, 1, 1] or seen["lang"] != "ru" or seen["charset"] != "UTF-8":
            yield f"landmarks {seen['landmarks']}, lang {seen['lang']}, {seen['charset']}"
        if is_page and seen["name"] not in ("Приглашение в чат", "Приглашение в канал"):
            yield f"the name of the page is {seen['name']!r}"
        if seen["active"]:
            yield f"{seen['active']} elements that load or run"
        if seen["wide"] > 0:
            yield f"{seen['wide']} px wider than the screen"
        if seen["scheme"] != scheme:
            yield f"shown {seen['scheme']}"
        if seen["contrast"] < 4.5:
            yield f"contrast {seen['contrast']:.2f}"
        if seen["small"] < 15:
            yield f"letters of {seen['small']} px"
        if seen["styled"] != "1px":
            yield "the style is not used"
        if is_page and STATES[state] and STATES[state] not in (seen["state"] or ""):
            yield f"the state is {seen['state']!r}"
        button = seen["button"]
        if (button and button["href"]) != link or (button and button["url"]) != link:
            yield f"the button leads to {button}"
        if button and (button["height"] < 48 or set(button["rel"].split()) != {"noreferrer", "noopener"}):
            yield f"the button is {button}"
        if button and screen == "phone" and len(title) < 40 and button["bottom"] > SCREENS["phone"][1]:
            yield f"the button ends at {button['bottom']} px, below the first screen"
        for address, rel in seen["links"]:
            if not address.startswith("https://") or "noreferrer" not in rel:
                yield f"a link to {address!r} with rel {rel!r}"

    def quiet(self, address):
        said = [entry["message"] for entry in self.browser.log("browser") if "favicon.ico" not in entry["message"]]
        asked = [url for url in self.browser.requests() if url != address and not url.endswith("/favicon.ico")]
        return [f"the console says {text}" for text in said] + [f"asked for {url}" for url in asked]

    def focus(self):
        tab = {"type": "key", "id": "keyboard",
               "actions": [{"type": "keyDown", "value": "\ue004"}, {"type": "keyUp", "value": "\ue004"}]}
        self.browser.ask("/actions", {"actions": [tab]})
        name, style, width = self.browser.run(FOCUS)
        if name != "button" or style == "none" or width < 2:
            return [f"the first focus is on {name!r} with outline {style} {width}"]
        return []

    def picture(self, name):
        self.browser.picture(self.pictures / (name.replace(" ", "_").replace("/", "_") + ".png"))


def served(folder):
    """A server of a folder on this machine, on a port of its own."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def main():
    root = pathlib.Path(sys.argv[1])
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    browser = Browser()
    judge = Judge(browser, pictures)
    try:
        browser.devtools("Network.enable")
        for site in sorted(path.parent for path in root.glob("*/expected.json")):
            pages = json.loads((site / "expected.json").read_text(encoding="utf-8"))
            path = json.loads((site / "base.json").read_text(encoding="utf-8"))["path"]
            base = served(site / "served") + path
            for page in pages:
                judge.page(f"{site.name}/{page['path'][0]}-{page['state']}", f"{base}/{page['path']}/", page)
            plain = {"state": None, "link": None}
            judge.page(f"{site.name}/index", base + "/", plain | {"title": "Приглашения в школьные чаты"})
            judge.page(f"{site.name}/404", base + "/404.html", plain | {"title": "Такой страницы нет"})
    finally:
        browser.close()
    for fault in judge.faults:
        print(fault, file=sys.stderr)
    print(f"site: {judge.looks} looks in Chromium, {len(judge.faults)} faults, {time.monotonic() - started:.0f} s")
    sys.exit(1 if judge.faults or not judge.looks else 0)


if __name__ == "__main__":
    main()
