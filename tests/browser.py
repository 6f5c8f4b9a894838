"""Headless Chromium behind chromedriver, for the checks of pages.

Only the standard library is needed. A page is looked at on screens of several widths, in light and in dark; what it says
on the console and what it asks for is read from the browser's own logs.
"""

import base64
import json
import subprocess
import threading
import urllib.error
import urllib.request

PHONE_AND_DESKTOP = {"phone": (360, 740), "desktop": (1280, 800)}
# Between the two: where a table turns into a list, and a chart becomes narrow.
ALL_SCREENS = {"phone": (360, 740), "tablet": (500, 800), "desktop": (1280, 800)}
SCHEMES = ("light", "dark")


class Browser:
    """One Chromium behind one chromedriver."""

    def __init__(self):
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.driver.stdout:
            if "started successfully on port" in line:
                self.root = "http://127.0.0.1:" + line.rstrip(".\n").split()[-1]
                break
        else:
            raise SystemExit("chromedriver did not start")
        threading.Thread(target=self.driver.stdout.read, daemon=True).start()
        options = {
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--no-first-run", "--disable-background-networking", "--disable-component-update",
                     "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
        }
        wanted = {"browserName": "chrome", "goog:chromeOptions": options,
                  "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.session = ""
        self.session = "/session/" + self.ask("/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def ask(self, path, body=None, method="POST"):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.root + self.session + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.read().decode()[:500]}") from None

    def devtools(self, command, **parameters):
        return self.ask("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def log(self, kind):
        return self.ask("/se/log", {"type": kind})

    def requests(self):
        """The addresses asked for since the last look."""
        messages = (json.loads(entry["message"])["message"] for entry in self.log("performance"))
        return [message["params"]["request"]["url"] for message in messages
                if message["method"] == "Network.requestWillBeSent"]

    def close(self):
        self.ask("", method="DELETE")
        self.driver.terminate()
        self.driver.wait()

    def show(self, screen, scheme, screens):
        """Takes the size of a screen and a colour scheme."""
        width, height = screens[screen]
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                      mobile=screen == "phone")
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, address):
        """Opens a page; what was logged before is forgotten."""
        self.requests(), self.log("browser")
        self.ask("/url", {"url": address})

    def picture(self, path, whole=False):
        shot = self.devtools("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def printed(self):
        """The page as PDF, as a person would print it."""
        return base64.b64decode(self.devtools("Page.printToPDF", printBackground=False)["data"])
