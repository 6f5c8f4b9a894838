#!/usr/bin/env python3
"""Sends the letters of a sample school to aiosmtpd, an independent mail server: plain, STARTTLS, SMTPS, all with AUTH.

check_mail.py ZAVUCH SAMPLE SCRATCH            each way once, on loopback only
check_mail.py ZAVUCH SAMPLE SCRATCH --speed N  N letters of 300 KB to a sink, beside Python's smtplib in the same run
"""

import email
import email.policy
import os
import shutil
import smtplib
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PASSWORD = "canary-Qz7!пароль"


class Box:
    """Keeps what was taken."""

    def __init__(self):
        self.taken = []
        self.secure = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.rcpt_tos, envelope.content))
        self.secure.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 2.0.0 taken"


def authority(folder):
    """An authority of the tests and a certificate for localhost, made by openssl."""
    run = lambda *args: subprocess.run(args, cwd=folder, check=True, capture_output=True)
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
        "-subj", "/CN=zavuch test authority", "-addext", "basicConstraints=critical,CA:TRUE")
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "server.ext").write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", "server.ext", "-out", "server.pem")


def settings(school, port, security):
    path = school / "zavuch.toml"
    lines = [line for line in path.read_text().split("provider = ")[0].rstrip().splitlines()]
    host = "127.0.0.1" if security == "plain" else "localhost"
    lines += ['provider = "custom"', f'host = "{host}"', f"port = {port}", f'security = "{security}"',
              'password_file = "пароль.txt"', "pause_seconds = 0", "per_day = 100000"]
    if security != "plain":
        lines.append('ca_file = "ca.pem"')
    path.write_text("\n".join(lines) + "\n")
    password = school / "пароль.txt"
    password.write_text(PASSWORD + "\n")
    password.chmod(0o600)


def call(zavuch, *args):
    answer = subprocess.run([zavuch, *args], capture_output=True, text=True, env={}, stdin=subprocess.DEVNULL)
    assert PASSWORD not in answer.stdout + answer.stderr, "the password is said"
    return answer


def one_way(zavuch, sample, scratch, security):
    school = scratch / security
    shutil.copytree(sample, school, ignore=shutil.ignore_patterns("выдача", "zavuch.db*", ".zavuch.lock"))
    for name in ("ca.pem",):
        shutil.copy(scratch / name, school / name)
    box = Box()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(scratch / "server.pem", scratch / "server.key")
    signed_in = []

    def authenticate(server, session, envelope, mechanism, data):
        signed_in.append(mechanism)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    options = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": security == "starttls",
               "decode_data": False, "data_size_limit": 30_000_000}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, ssl_context=context if security == "tls" else None,
                            server_kwargs=options, ready_timeout=20)
    controller.start()
    try:
        settings(school, port, security)
        answer = call(zavuch, "применить", str(school), "--date", "2026-09-01")
        assert answer.returncode == 0, answer.stderr
        waiting = answer_count(zavuch, school, "queued")
        assert waiting > 0
        if security != "plain":
            # Without the school's own authority the certificate is not believed, and nothing is said to the server.
            path = school / "zavuch.toml"
            believed = path.read_text()
            path.write_text(believed.replace('ca_file = "ca.pem"\n', ""))
            answer = call(zavuch, "письма", "отправить", str(school), "--yes")
            assert answer.returncode == 4 and "неизвестным центром" in answer.stderr, answer.stderr
            path.write_text(believed)
        answer = call(zavuch, "письма", "отправить", str(school), "--yes")
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert len(box.taken) == waiting and len(signed_in) == 1
        assert all(secure == (security != "plain") for secure in box.secure)
        for recipients, content in box.taken:
            message = email.message_from_bytes(content, policy=email.policy.default)
            assert recipients == [message["To"].addresses[0].addr_spec]
            assert message["Auto-Submitted"] == "auto-generated" and message["X-Unsent"] is None
            names = [part.get_filename() for part in message.iter_attachments()]
            assert names and all(names), names
            assert "Здравствуйте" in message.get_body(("plain",)).get_content()
        assert call(zavuch, "письма", "отправить", str(school), "--yes").returncode == 0
        assert len(box.taken) == waiting, "sent twice"
    finally:
        controller.stop()
    print(f"{security}: {waiting} letters")


def answer_count(zavuch, school, state):
    import json
    return json.loads(call(zavuch, "письма", "список", str(school), "--json").stdout)["states"].get(state, 0)


# Reads as fast as the system gives, so that it is the same for both.
SINK = r"""
import socket, threading
listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
def serve(tcp):
    tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    room = bytearray(1 << 20)
    tcp.sendall(b"220 sink\r\n")
    while length := tcp.recv_into(room):
        verb = bytes(room[:4]).upper()
        if verb == b"EHLO": tcp.sendall(b"250-sink\r\n250 SIZE 30000000\r\n")
        elif verb == b"DATA":
            tcp.sendall(b"354 go\r\n")
            tail = b""
            while tail != b"\r\n.\r\n":
                length = tcp.recv_into(room)
                if not length: return
                tail = (tail + room[max(0, length - 5):length])[-5:]
            tcp.sendall(b"250 taken\r\n")
        elif verb == b"QUIT": tcp.sendall(b"221 bye\r\n"); return
        else: tcp.sendall(b"250 ok\r\n")
while True:
    tcp, _ = listener.accept()
    threading.Thread(target=serve, args=(tcp,), daemon=True).start()
"""
ROUNDS = 3


def speed(zavuch, sample, scratch, number):
    """The outbox of one school, its letters multiplied, against smtplib over the same bytes."""
    school, files = scratch / "speed", scratch / "eml"
    shutil.copytree(sample, school, ignore=shutil.ignore_patterns("выдача", "zavuch.db*", ".zavuch.lock"))
    files.mkdir()
    sink = subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE, text=True)
    port = int(sink.stdout.readline())
    try:
        settings(school, port, "plain")
        with (school / "zavuch.toml").open("a") as file:
            file.write("sign_in = false\n")
        assert call(zavuch, "применить", str(school), "--date", "2026-09-01").returncode == 0
        letters = multiply(school / "zavuch.db", number, files)
        size = sum(file.stat().st_size for _, file in letters)
        # What was written here is on the disk before anything is measured.
        os.sync()
        rounds = [(by_zavuch(zavuch, school), by_smtplib(port, letters)) for _ in range(ROUNDS)]
    finally:
        sink.kill()
    for (ours, peak), theirs in rounds:
        print(f"{number} letters, {size / number / 1000:.0f} kB each: zavuch {ours:.2f} s (with its records on the disk, "
              f"{peak / 1024:.0f} MB at most), smtplib {theirs:.2f} s (without records): {theirs / ours:.2f} times as fast")
    middle = sorted(theirs / ours for (ours, _), theirs in rounds)[ROUNDS // 2]
    print(f"the middle one of {ROUNDS}: {middle:.2f} times as fast")


def by_zavuch(zavuch, school):
    """Sends the whole outbox. Seconds, and kilobytes of memory at most."""
    store = sqlite3.connect(school / "zavuch.db")
    store.execute("UPDATE letter SET state = 'queued'")
    store.execute("DELETE FROM letter_spent")
    store.commit()
    store.close()
    begin = time.perf_counter()
    child = subprocess.Popen([zavuch, "письма", "отправить", str(school), "--yes", "--json"], env={},
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0
    while child.poll() is None:
        try:
            status = Path(f"/proc/{child.pid}/status").read_text()
            peak = max([peak] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")])
        except (FileNotFoundError, ProcessLookupError):
            pass
        time.sleep(0.02)
    ours = time.perf_counter() - begin
    assert child.returncode == 0, child.stderr.read().decode()
    assert answer_count(zavuch, school, "queued") == 0
    return ours, peak


def by_smtplib(port, letters):
    """As a script does it: file by file, one connection, nothing recorded. Seconds."""
    begin = time.perf_counter()
    client = smtplib.SMTP("127.0.0.1", port)
    for to, file in letters:
        client.sendmail("zavuch@example.org", [to], file.read_bytes())
    client.quit()
    return time.perf_counter() - begin


def multiply(path, number, files):
    """Makes so many letters of 300 KB of the first one, by the rules of the outbox, and a file of each."""
    import hashlib
    store = sqlite3.connect(path)
    columns = [row[1] for row in store.execute("PRAGMA table_info(letter)")]
    row = dict(zip(columns, store.execute("SELECT * FROM letter ORDER BY id LIMIT 1").fetchone()))
    first = store.execute("SELECT bytes FROM letter_text WHERE letter_id = ?", [row["id"]]).fetchone()[0]
    store.execute("DELETE FROM letter_text")
    store.execute("DELETE FROM letter")
    letters = []
    line = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n"
    head = first.split(b"\r\n\r\n", 1)[0]
    for index in range(number):
        identity = f"<{index:032x}@example.org>"
        body = head.replace(row["message_id"].encode(), identity.encode()) + b"\r\n\r\n" + line * (300_000 // len(line))
        digest = hashlib.sha256()
        for part in (row["class_id"].to_bytes(8, "little"), row["address"].encode(), identity.encode(), body):
            digest.update(len(part).to_bytes(8, "little") + part)
        new = row | {"id": index + 1, "message_id": identity, "size": len(body), "sum": digest.hexdigest()}
        store.execute(f"INSERT INTO letter ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                      [new[column] for column in columns])
        store.execute("INSERT INTO letter_text (letter_id, bytes) VALUES (?, ?)", [index + 1, body])
        file = files / f"{index}.eml"
        file.write_bytes(body)
        letters.append((row["address"], file))
    store.commit()
    store.close()
    return letters


def main():
    zavuch, sample, scratch = os.path.abspath(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    scratch.mkdir(parents=True, exist_ok=True)
    if "--speed" in sys.argv:
        speed(zavuch, sample, scratch, int(sys.argv[sys.argv.index("--speed") + 1]))
        return
    authority(scratch)
    for security in ("plain", "starttls", "tls"):
        one_way(zavuch, sample, scratch, security)


main()
