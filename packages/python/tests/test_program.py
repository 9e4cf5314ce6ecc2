"""The script `caveat` of the wheel is the program: statuses, streams, signals, arguments."""

import importlib.metadata
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import caveat
import pytest
from conftest import ROOT

SCRIPT = str(Path(sys.executable).with_name("caveat"))


@pytest.mark.parametrize(
    "line, typed",
    [
        ("", b""),
        ("--version", b""),
        ("help check", b""),
        ("check fixtures/drafts/food-good.html", b""),
        ("check --format short fixtures/drafts", b""),
        ("check --color always fixtures/drafts/food-bad.mdx", b""),
        ("check gone.md", b""),
        ("check --market mars", b""),
        ("chekc", b""),
        ("check - --format json --as-of 2026-11-23", b"Our tea cures eczema."),
        ("check - --stdin-path tea.html", b"<p>Our tea cures eczema.</p>"),
        ("check -", b"a\0"),
        ("rules --format json", b""),
        ("man", b""),
    ],
)
def test_it_says_what_the_program_says(program, line, typed):
    ours = subprocess.run([SCRIPT, *line.split()], input=typed, cwd=ROOT, capture_output=True)
    theirs = program(*line.split(), input=typed, cwd=ROOT)
    assert (ours.returncode, ours.stdout, ours.stderr) == (theirs.returncode, theirs.stdout, theirs.stderr)


def test_it_is_also_run_as_a_module():
    said = subprocess.run([sys.executable, "-m", "caveat", "--version"], capture_output=True, text=True)
    assert (said.returncode, said.stdout) == (0, f"caveat {caveat.__version__}\n")


def test_a_reader_that_goes_away_is_no_error(program):
    for caveat_ in (SCRIPT, program.path):
        # More than a pipe holds.
        with subprocess.Popen([caveat_, "rules", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            run.stdout.read(1)
            run.stdout.close()
            assert (run.stderr.read(), run.wait()) == (b"", 0)


def test_an_interrupt_ends_it_at_once(program):
    for caveat_ in (SCRIPT, program.path):
        run = subprocess.Popen([caveat_, "check", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        run.stdin.write(b"It waits for the rest.")
        run.stdin.flush()
        time.sleep(1)
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == -signal.SIGINT
        assert run.stderr.read() == b""
        run.stdin.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_arguments_need_be_no_text(tmp_path):
    name = os.fsencode(tmp_path) + b"/t\xe9a.md"
    with open(name, "w") as file:
        file.write("Our tea cures eczema.")
    assert subprocess.run([SCRIPT, "check", "--quiet", name], capture_output=True).returncode == 1


def test_the_version_is_that_of_the_repository():
    told = [line for line in (ROOT / "Cargo.toml").read_text().splitlines() if line.startswith("version = ")]
    assert told == [f'version = "{caveat.__version__}"']
    assert importlib.metadata.version("caveat") == caveat.__version__


def test_how_long_it_takes_to_start(program):
    def median(command):
        times = []
        for _ in range(21):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return statistics.median(times) * 1e3

    bare = median([sys.executable, "-c", "pass"])
    ours, theirs = median([SCRIPT, "--version"]), median([program.path, "--version"])
    print(f"\nstart: script {ours:.0f} ms, of which Python {bare:.0f} ms; program {theirs:.0f} ms")
    # What caveat adds is little beside the interpreter.
    assert ours < 3 * bare + 100
