"""What the files of deploy/ promise each for itself."""

import base64
import hashlib
import re
import shutil
import subprocess

import pytest
from django.core.management import get_commands

from .stand import ROOT, Stand, missing

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
TIMERS = sorted(DEPLOY.glob("*.timer"))
SCRIPTS = sorted(path for path in DEPLOY.iterdir() if path.read_bytes().startswith(b"#!"))
EXPOSURE = 2.0

with_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")


def systemd(*arguments: str) -> str:
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True)
    return done.stdout + done.stderr


@with_systemd
def test_systemd_understands_every_unit() -> None:
    said = systemd("verify", *map(str, UNITS), *map(str, TIMERS)).splitlines()
    # The catalogue is not installed on this machine.
    assert [line for line in said if "/srv/catalogue/current/deploy/" not in line] == []


@with_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_unit_is_exposed_to_little(unit) -> None:
    told = re.search(r"Overall exposure level for \S+: ([\d.]+)", systemd("security", "--offline=true", str(unit)))
    assert told
    assert float(told[1]) <= EXPOSURE


def test_job_unit_is_as_confined_as_the_site() -> None:
    site, job = ((DEPLOY / f"{name}@.service").read_text() for name in ("catalogue", "catalogue-job"))
    confined = [line for line in site.partition("UMask")[2].partition("[Install]")[0].splitlines() if "=" in line]
    assert [line for line in confined if line not in job and "ReadWritePaths" not in line] == []


@with_systemd
@pytest.mark.parametrize("timer", TIMERS, ids=lambda path: path.name)
def test_timer_has_a_time_and_a_job(timer) -> None:
    when = re.search(r"^OnCalendar=(.+)$", timer.read_text(), re.M)
    assert when
    assert "Next elapse" in systemd("calendar", when[1])
    job = timer.name.partition("@")[2].partition(".")[0]
    assert re.search(rf"^(?:.*\| )?{job}(?: \|.*)?\)$", (DEPLOY / "job").read_text(), re.M)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_may_be_run_and_is_understood(script) -> None:
    assert script.stat().st_mode & 0o111
    if script.read_text().startswith("#!/bin/sh"):
        done = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_nothing_here_belongs_to_one_machine() -> None:
    text = "".join(path.read_text() for path in DEPLOY.iterdir() if path.is_file())
    assert set(re.findall(r"(?<![\w.])/(?:home|root|tmp|work|opt|mnt)/\S*", text)) == set()


def test_maintenance_page_is_allowed_its_own_style() -> None:
    page = (ROOT / "static/mantenimiento.html").read_text()
    style = re.findall(r"<style>(.*?)</style>", page, re.S)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in (DEPLOY / "nginx.conf").read_text()
    assert (len(style), "style=" in page, "<script" in page) == (1, False, False)


def test_every_setting_of_the_example_is_one() -> None:
    known = (ROOT / "catalogue/settings.py").read_text() + (DEPLOY / "serve").read_text()
    named = re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (DEPLOY / "catalogue.env.example").read_text(), re.M)
    assert [name for name in named if name not in known] == []


def test_nginx_takes_what_a_record_may_hold() -> None:
    """MAX_RECORD_MB and the form around it, as catalogue.middleware.RequestSize has it."""
    from catalogue import settings

    taken = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())
    assert taken
    assert int(taken[1]) == settings.MAX_RECORD_MB + settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)


def test_every_server_of_nginx_lets_go_of_who_does_not_say_what_he_asks() -> None:
    """The default ones too: theirs is the patience with whoever has not named a host yet. nginx's own is a minute."""
    servers = (DEPLOY / "nginx.conf").read_text().split("\nserver {\n")[1:]
    assert [server.count("client_header_timeout 10s;") for server in servers] == [1, 1, 1, 1]


@pytest.mark.skipif(bool(missing()), reason=f"not on this machine: {missing()} (apt install)")
def test_nginx_understands_its_configuration(tmp_path) -> None:
    stand = Stand(tmp_path / "stand")
    stand.configure()
    done = subprocess.run([*stand.nginx.command, "-t"], capture_output=True, text=True)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_every_command_that_deploy_runs_is_one() -> None:
    text = "".join((DEPLOY / name).read_text() for name in ("job", "release"))
    named = set(re.findall(r"\bmanage (\w+)", text)) | {
        timer.name[len("catalogue-job@") : -len(".timer")] for timer in TIMERS
    }
    assert sorted(named - set(get_commands())) == []


def test_nginx_believes_nothing_that_a_visitor_says_of_himself() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    told = dict(re.findall(r"proxy_set_header (\S+) (\S+);", text))
    assert told == {
        "Host": "$host",
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-Host": "$host",
        "X-Request-ID": "$request_id",
        "Forwarded": '""',
    }
    assert re.search(r"location ~ \^/\(en/\)\?revision/ \{\s+access_log off;", text)
