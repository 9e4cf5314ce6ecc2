"""What the tests of the wheel compare it with. `tests/ci/python.sh` at the root sets both variables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DAY = "2026-11-23"
# The workers of Spark are of this environment too, and Spark talks to nobody and says little.
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
quiet = "--conf spark.ui.showConsoleProgress=false --conf spark.ui.enabled=false --conf spark.log.level=ERROR"
os.environ["PYSPARK_SUBMIT_ARGS"] = f"{quiet} --driver-memory 3g pyspark-shell"


class Program:
    """The program that Cargo built."""

    path = os.environ["CAVEAT_PROGRAM"]

    def __call__(self, *args, **options):
        return subprocess.run([self.path, *args], capture_output=True, **options)


@pytest.fixture(scope="session")
def program():
    return Program()


@pytest.fixture(scope="session")
def generate():
    """Writes a generated site of so many pages into a folder, and returns the names of its pages."""

    def write(folder, pages):
        subprocess.run([os.environ["CAVEAT_GENERATE"], "site", folder, str(pages)], check=True)
        names = [path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()]
        assert len(names) == pages
        return sorted(names)

    return write
