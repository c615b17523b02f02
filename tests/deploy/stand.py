"""The whole of docs/operations.md on this machine, out of the files of deploy/: nginx, two instances, a primary with a
replica, Redis. Only paths, ports and the certificate are other ones."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .services import PostgreSQL, Redis, Server, free_port, listens, until

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs/operations.md"
HOST = "practicas.example.gov.co"
PARTS = ("catalogue", "practices", "templates", "static", "locale", "fixtures", "deploy", "manage.py")
MAIN = """
daemon off; worker_processes 1; {files} pid {folder}/nginx.pid; error_log {folder}/logs/main.log; {user}
events {{ {connections} }}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""
SYSTEMCTL = """#!/bin/sh
# What systemd would do for `systemctl restart catalogue@1`.
set -eu
number=${{2#catalogue@}}
kill -TERM "$(cat {folder}/$number.pid)" 2>/dev/null || true
while kill -0 "$(cat {folder}/$number.pid)" 2>/dev/null; do sleep 0.05; done
setsid {folder}/current/deploy/serve {folder}/run/$number.sock >>{folder}/instance-$number.log 2>&1 </dev/null &
echo $! >{folder}/$number.pid
exec {folder}/current/deploy/answers {folder}/run/$number.sock
"""


def missing() -> str:
    """What this machine lacks for the exercise; "" where there is all."""
    from .services import postgresql

    found = {
        "nginx": shutil.which("nginx"),
        "redis": shutil.which("redis-server") or shutil.which("valkey-server"),
        "openssl": shutil.which("openssl"),
        "postgresql": postgresql(),
    }
    return ", ".join(name for name, where in found.items() if not where)


class Stand:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("run", "logs", "releases", "var/static", "var/public", "acme"):
            (folder / name).mkdir(parents=True)
        # Who runs PostgreSQL comes through here.
        folder.chmod(0o777)
        self.http, self.https = free_port(), free_port()
        self.primary = PostgreSQL("primary", folder, free_port())
        self.replica = PostgreSQL("replica", folder, free_port())
        self.redis = Redis(folder, free_port())
        self.nginx = Server("nginx", folder, ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
        self.environment = {
            "SECRET_KEY": "only-for-this-exercise-" + "x" * 50,
            "ALLOWED_HOSTS": f"{HOST},localhost",
            "DATABASE_URL": self.primary.url,
            "REPLICA_URL": self.replica.url,
            "CACHE_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "VAR_DIR": str(folder / "var"),
            "BEHIND_TLS_PROXY": "1",
            "TRUSTED_PROXIES": "unix",
            "INSECURE_HTTP": "0",
            "DEBUG": "0",
            "GRANIAN_WORKERS": "1",
            "CATALOGUE_BASE": str(folder),
            "SYSTEMCTL": str(folder / "systemctl"),
            "DJANGO_SETTINGS_MODULE": "catalogue.settings",
            # The load comes from one address.
            "RATE_SEARCH": "",
            "RATE_EXPORT": "",
            "RATE_LINK": "",
        }

    def build(self) -> None:
        self.redis.begin()
        self.primary.make()
        self.release("first")
        self.manage("migrate", "--noinput", "-v0")
        self.manage("load_vocabulary", "-v0")
        self.manage("import_practices", "fixtures/records/examples.json", "--publish", "--demonstration", "-v0")
        self.replica.follow(self.primary)
        self.configure()
        self.switch("first")
        self.nginx.start()
        until(lambda: listens(self.https), "nginx does not start")

    def release(self, name: str) -> Path:
        """As deploy/release puts it there, with the environment that is here already; its static files collected."""
        release = self.folder / "releases" / name
        release.mkdir()
        for part in PARTS:
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy2)(ROOT / part, release / part)
        (release / ".venv").symlink_to(Path(sys.prefix))
        if name != "first":
            # Another release: its style has another name, and its pages are drawn in another way.
            with (release / "static/catalogue.css").open("a") as style:
                style.write(f"/* {name} */\n")
        self.manage("collectstatic", "--noinput", "-v0", release=name)
        return release

    def manage(self, *arguments: str, release: str = "first") -> str:
        place = self.folder / "releases" / release
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=place, env=self._environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def switch(self, name: str) -> None:
        """deploy/switch, as the engineer runs it."""
        command = [str(self.folder / "releases" / name / "deploy/switch"), name]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}{self.says()}"

    def restart(self, number: int) -> None:
        subprocess.run(
            [self.environment["SYSTEMCTL"], "restart", f"catalogue@{number}"], env=self._environment(), check=True
        )

    def instance(self, number: int) -> int:
        """The process, whose group holds all of its workers."""
        return int((self.folder / f"{number}.pid").read_text())

    def kill(self, number: int, how: int = 9) -> None:
        os.killpg(self.instance(number), how)

    def smoke(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        where = ["--to", f"127.0.0.1:{self.https}", "--plain-to", f"127.0.0.1:{self.http}"]
        command = [sys.executable, str(ROOT / "deploy/smoke.py"), f"https://{HOST}", *where]
        trusted = ["--ca", str(self.folder / "certificate.pem")]
        return subprocess.run([*command, *trusted, *arguments], capture_output=True, text=True)

    def says(self) -> str:
        """What the instances wrote."""
        return "".join(path.read_text(errors="replace") for path in self.folder.glob("instance-*.log"))

    def end(self) -> None:
        for number in (1, 2):
            if (self.folder / f"{number}.pid").exists():
                try:
                    self.kill(number)
                except ProcessLookupError:
                    continue
        for server in (self.nginx, self.replica, self.primary, self.redis):
            server.kill()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def configure(self) -> None:
        """Write what nginx and the stand-in for systemd read."""
        script = self.folder / "systemctl"
        script.write_text(SYSTEMCTL.format(folder=self.folder))
        script.chmod(0o755)
        for number in (1, 2):
            (self.folder / f"{number}.pid").write_text("4194304")
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
        subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
        user = "user root;" if os.geteuid() == 0 else ""
        told = re.search(r"(worker_rlimit_nofile \d+;).*(worker_connections \d+;)", OPERATIONS.read_text())
        assert told
        main = MAIN.format(folder=self.folder, user=user, files=told[1], connections=told[2])
        (self.folder / "nginx.conf").write_text(main)
        (self.folder / "site.conf").write_text(self._site())

    def _site(self) -> str:
        """deploy/nginx.conf on this machine."""
        text = (ROOT / "deploy/nginx.conf").read_text()
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)
        for there, here in {
            "listen 80": f"listen 127.0.0.1:{self.http}",
            "listen 443": f"listen 127.0.0.1:{self.https}",
            "/run/catalogue/": f"{self.folder}/run/",
            "/srv/catalogue/": f"{self.folder}/",
            "/var/log/nginx/": f"{self.folder}/logs/",
            "/var/www/html": f"{self.folder}/acme",
            f"/etc/letsencrypt/live/{HOST}/fullchain.pem": f"{self.folder}/certificate.pem",
            f"/etc/letsencrypt/live/{HOST}/privkey.pem": f"{self.folder}/key.pem",
        }.items():
            assert there in text, there
            text = text.replace(there, here)
        return text
