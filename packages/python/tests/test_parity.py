"""The wheel says what the program says, byte for byte."""

import caveat
from conftest import DAY, ROOT

TEXTS = ("--format", "json", "--quiet", "--as-of", DAY, "--no-config", "--no-baseline", "-", "--stdin-path")


def test_files_give_the_same_json(program, generate, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    names = generate("site", 1000)
    for paths in (["fixtures/drafts"], ["fixtures"], ["site"], [f"site/{names[0]}", "gone.md"]):
        said = program("check", "--quiet", "--format", "json", "--as-of", DAY, "--market", "us,uk", *paths)
        report = caveat.check_files(paths, markets=["us", "uk"], as_of=DAY)
        assert report.json.encode() == said.stdout
        assert report.status == said.returncode


def test_texts_give_the_same_json(program, generate, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    checker = caveat.Checker(as_of=DAY)
    drafts = [path for folder in ("drafts", "word") for path in (ROOT / "fixtures" / folder).iterdir()]
    copies = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in drafts}
    copies.update({name: (tmp_path / "site" / name).read_bytes() for name in generate("site", 1000)})
    assert len(copies) > 1050
    for name, copy in copies.items():
        said = program("check", *TEXTS, name, input=copy)
        report = checker.check(copy, name=name)
        assert report.json.encode() == said.stdout, name
        assert report.status == said.returncode, name
