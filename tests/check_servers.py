#!/usr/bin/env python3
"""Has nginx, Apache and Caddy serve the sites of short links by the rules that the program writes.

Every site below FOLDER (as `tests/it/site.rs` leaves them) is served on this machine by each server, with the rules as
they are but for ports, certificate and folder. The server must accept them, give every header, answer with and without
a slash at the end, list no folder, keep no address in its journals, and send `http` to `https`.

Usage: tests/check_servers.py FOLDER
"""

import http.client
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HEADERS = {
    "x-robots-tag": "noindex, nofollow, noarchive",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                               "frame-ancestors 'none'",
}
MODULES = "mpm_event authz_core dir headers rewrite ssl socache_shmcb mime alias setenvif autoindex"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Place:
    """A site in a folder of its own, with a certificate."""

    def __init__(self, site, scratch):
        base = json.loads((site / "base.json").read_text(encoding="utf-8"))
        self.host, self.path = base["host"], base["path"]
        self.rules, self.scratch = site / "rules", scratch
        self.tokens = [page["path"] for page in json.loads((site / "expected.json").read_text(encoding="utf-8"))]
        self.root = scratch / "served"
        shutil.copytree(site / "served", self.root)
        self.folder = self.root / self.path.lstrip("/")
        (self.folder / "bare").mkdir()
        (self.folder / "bare" / "secret.txt").write_text("nobody lists this")
        self.key, self.certificate = scratch / "key.pem", scratch / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=" + self.host, "-addext", "subjectAltName=DNS:" + self.host,
                        "-keyout", self.key, "-out", self.certificate], check=True, capture_output=True)
        subprocess.run(["chmod", "-R", "a+rX", scratch], check=True)
        self.http, self.https = free_port(), free_port()

    def text(self, name):
        text = (self.rules / name).read_text(encoding="utf-8").replace("/var/www/zavuch", str(self.root))
        text = text.replace("/etc/ssl/zavuch/fullchain.pem", str(self.certificate))
        return text.replace("/etc/ssl/zavuch/privkey.pem", str(self.key))

    def write(self, name, text):
        path = self.scratch / name
        path.write_text(text, encoding="utf-8")
        return str(path)


def nginx(place):
    text = place.text("nginx.conf").replace("listen 80;", f"listen 127.0.0.1:{place.http};")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{place.https} ssl;")
    text = "\n".join(line for line in text.splitlines() if "[::]" not in line)
    if place.path:
        text = (f"server {{ listen 127.0.0.1:{place.https} ssl; server_name {place.host};\n"
                f"ssl_certificate {place.certificate}; ssl_certificate_key {place.key};\n{text}\n}}")
    temporary = "".join(f"{kind}_temp_path {place.scratch}/{kind};\n"
                        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = (f"daemon off; pid {place.scratch}/nginx.pid; error_log {place.scratch}/error.log info;\n"
             f"events {{}}\nhttp {{ types {{ text/html html; text/plain txt; }}\n{temporary}"
             f"access_log {place.scratch}/access.log;\n{text}\n}}")
    command = ["nginx", "-e", f"{place.scratch}/error.log", "-c", place.write("whole.conf", whole)]
    return [*command, "-t"], command


def apache(place, own_rules="apache.conf"):
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES.split())
    text = place.text(own_rules)
    text = text.replace("*:80>", f"127.0.0.1:{place.http}>").replace("*:443>", f"127.0.0.1:{place.https}>")
    log = f"CustomLog {place.scratch}/access.log common env=!zavuch"
    if own_rules == "apache.htaccess":
        (place.folder / ".htaccess").write_text(text, encoding="utf-8")
        # A host keeps its journals whatever the folder says; here only that it obeys the rest.
        text = f'<Directory "{place.root}">\nAllowOverride All\nRequire all granted\n</Directory>\n'
        log = ""
    if place.path or own_rules == "apache.htaccess":
        text = (f"<VirtualHost 127.0.0.1:{place.https}>\nServerName {place.host}\nDocumentRoot {place.root}\n"
                f"SSLEngine on\nSSLCertificateFile {place.certificate}\nSSLCertificateKeyFile {place.key}\n{log}\n"
                f"{text}\n</VirtualHost>\n")
    identity = "User www-data\nGroup www-data\n" if os.getuid() == 0 else ""
    whole = (f"{modules}ServerRoot {place.scratch}\nPidFile {place.scratch}/apache.pid\nServerName {place.host}\n"
             f"ErrorLog {place.scratch}/error.log\nListen 127.0.0.1:{place.http}\nListen 127.0.0.1:{place.https}\n"
             f"{identity}DefaultRuntimeDir {place.scratch}\nTypesConfig /dev/null\nAddType text/html .html\nAddType text/plain .txt\n"
             f"<Directory />\nRequire all denied\n</Directory>\nCustomLog {place.scratch}/other.log common\n{text}")
    command = ["/usr/sbin/apache2", "-f", place.write("whole.conf", whole)]
    return [*command, "-t"], [*command, "-D", "FOREGROUND"]


def htaccess(place):
    return apache(place, "apache.htaccess")


def caddy(place):
    text = place.text("Caddyfile")
    own_certificate = f"\n    tls {place.certificate} {place.key}\n"
    if place.path:
        text = f"{place.host} {{{own_certificate}{text}}}"
    else:
        text = text.replace(f"\n{place.host} {{", f"\n{place.host} {{{own_certificate}", 1)
    options = f"{{\n    admin off\n    http_port {place.http}\n    https_port {place.https}\n}}\n"
    config = place.write("Caddyfile", options + text)
    return (["caddy", "validate", "--adapter", "caddyfile", "--config", config],
            ["caddy", "run", "--adapter", "caddyfile", "--config", config])


def ask(place, path, method="GET", secure=True, headers=()):
    """The status, headers and body of one answer; the name of the site is asked for as a browser does."""
    port = place.https if secure else place.http
    connection = http.client.HTTPConnection(place.host, port, timeout=10)
    raw = socket.create_connection(("127.0.0.1", port), timeout=10)
    if secure:
        context = ssl.create_default_context(cafile=place.certificate)
        raw = context.wrap_socket(raw, server_hostname=place.host)
    connection.sock = raw
    connection.request(method, path, headers={"Host": place.host, **dict(headers)})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, [(name.lower(), value) for name, value in answer.getheaders()], body


def judge(place, name):
    expected = HEADERS if place.path else HEADERS | {"strict-transport-security": "max-age=15552000"}
    token = place.tokens[0]
    page = (place.folder / token / "index.html").read_bytes()
    missing = (place.folder / "404.html").read_bytes()
    index = (place.folder / "index.html").read_bytes()
    since = {"If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"}
    for path, status, body, sent in [
        (f"/{token}", 200, page, {}), (f"/{token}/", 200, page, {}), (f"/{token}", 200, page, since),
        ("/", 200, index, {}), ("/222222222223", 404, missing, {}), ("/222222222223/", 404, missing, {}),
        (f"/{token}/other", 404, missing, {}), ("/robots.txt", 200, b"User-agent: *\nDisallow: /\n", {}),
    ]:
        got, headers, seen = ask(place, place.path + path, headers=sent)
        shown = "/<token>" + path[len(token) + 1:] if path.startswith("/" + token) else path
        if got != status or seen != body:
            yield f"{shown}: {got}, {len(seen)} bytes"
        for header, value in expected.items():
            values = [text for key, text in headers if key == header]
            if values != [value]:
                yield f"{shown}: {header} is {values}"
        types = [text.lower().replace(" ", "") for key, text in headers if key == "content-type"]
        kind = "text/plain" if path.endswith(".txt") else "text/html"
        if len(types) != 1 or not types[0].startswith(kind) or "charset=utf-8" not in types[0]:
            yield f"{shown}: content-type {types}"
    for path in ("/bare/", "/bare"):
        got, _, seen = ask(place, place.path + path)
        if got not in (403, 404) or b"secret" in seen:
            yield f"{path}: {got}, the folder is listed"
    got, _, _ = ask(place, f"{place.path}/{token}", "POST")
    if got != 405:
        yield f"POST is answered with {got}"
    if not place.path and name != "htaccess":
        got, headers, _ = ask(place, f"/{token}", secure=False)
        if got not in (301, 308) or not dict(headers)["location"].startswith(f"https://{place.host}"):
            yield f"http is answered with {got}"
    time.sleep(0.2)
    for journal in place.scratch.glob("*.log"):
        if name != "htaccess" and token in journal.read_text(encoding="utf-8", errors="replace"):
            yield f"{journal.name} holds a token"


def serve(site, name, rules):
    scratch = pathlib.Path(tempfile.mkdtemp())
    try:
        place = Place(site, scratch)
        test, run = rules(place)
        environment = {**os.environ, "HOME": str(scratch), "XDG_DATA_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch)}
        tested = subprocess.run(test, capture_output=True, text=True, env=environment)
        if tested.returncode:
            return ["the rules are refused: " + (tested.stderr + tested.stdout)[-800:]]
        with open(scratch / "out.log", "wb") as out:
            server = subprocess.Popen(run, stdout=out, stderr=out, env=environment)
        try:
            for _ in range(100):
                if server.poll() is not None:
                    continue
                try:
                    socket.create_connection(("127.0.0.1", place.https), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                said = "".join(log.read_text(errors="replace") for log in scratch.glob("*.log"))
                return ["does not start: " + said[-800:]]
            return list(judge(place, name))
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def main():
    sites = sorted(path.parent for path in pathlib.Path(sys.argv[1]).glob("*/base.json"))
    checked, faults = 0, []
    for site in sites:
        for name, rules in [("nginx", nginx), ("apache", apache), ("htaccess", htaccess), ("caddy", caddy)]:
            checked += 1
            faults += [f"{site.name} {name}: {fault}" for fault in serve(site, name, rules)]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"servers: {checked} sets of rules served, {len(faults)} faults")
    sys.exit(1 if faults or not checked else 0)


if __name__ == "__main__":
    main()
