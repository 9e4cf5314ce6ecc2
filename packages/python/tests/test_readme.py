"""Runs what the README shows."""

import pyarrow as pa
import pyarrow.parquet as parquet
from conftest import ROOT
from test_check import HOUSE

PAGES = [
    {"url": "https://example.org/shop/tea", "html": "<h1>Tea</h1><p>Our tea cures eczema.</p>"},
    {"url": "https://example.org/about", "html": "<p>We are open from nine to five.</p>"},
]


def test_every_block_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.yaml").write_text(HOUSE)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/tea.md").write_text("Our tea cures eczema.\n")
    (tmp_path / "pages").mkdir()
    parquet.write_table(pa.Table.from_pylist(PAGES), tmp_path / "pages/0.parquet")
    (tmp_path / "pages.jsonl").write_text("".join(f"{page}\n".replace("'", '"') for page in PAGES))
    text = (ROOT / "packages/python/README.md").read_text()
    blocks = [block.split("```")[0] for block in text.split("```python\n")[1:]]
    check, checker, pandas, spark = blocks
    names = {}

    exec(check, names)
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1 16 error cures eczema ") and said[-1] == "1 1"

    exec(checker, names)
    said = capsys.readouterr().out.splitlines()
    assert said == ["blog/tea.html 1", "https://example.org/shop/serum 1"]

    exec(pandas, names)
    assert list(names["pages"]["errors"]) == [1, 0]
    errors = names["findings"][names["findings"].severity == "error"]
    assert list(errors[["url", "line", "excerpt"]].iloc[0]) == [PAGES[0]["url"], 1, "cures eczema"]

    exec(spark, names)
    assert "cures eczema" in {row["excerpt"] for row in names["findings"].collect()}
    assert (names["checked"].count(), names["lost"].count()) == (2, 0)
    names["spark"].stop()


def test_every_command_is_known():
    text = (ROOT / "packages/python/README.md").read_text()
    (block,) = [block.split("```")[0] for block in text.split("```sh\n")[1:]]
    # `tests/ci/python.sh` installs the wheel, and with the extra; the two others take it from where pip does.
    assert block.split("\n") == [
        "pipx install caveat",
        "uvx caveat check drafts/",
        "pip install caveat",
        "pip install 'caveat[spark]'",
        "",
    ]
