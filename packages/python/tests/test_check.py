"""Texts and files, as a program in Python sees them."""

import dataclasses
import datetime
import json
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import caveat
import pytest
from conftest import DAY, ROOT

HOUSE = """pack: house
market: none
title: House
rules:
- {id: a, category: terms, severity: error, message: M., help: H., forbid: {words: [gizmo]}, examples: {flag: [A gizmo.], pass: [A cream.]}}
"""


def rules(report):
    return [finding.rule for finding in report.findings]


def test_a_finding_tells_its_place_in_bytes_lines_and_columns():
    text = "# Tee für Zoë ☕\n\nOur herbal tea cures eczema.\n"
    report = caveat.check(text, product="food", as_of=DAY)
    assert (report.status, report.summary.errors, report.as_of) == (1, 1, DAY)
    (finding,) = [finding for finding in report.findings if finding.severity == "error"]
    assert finding.excerpt == "cures eczema" == text.encode()[finding.start : finding.end].decode()
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (3, 16, 3, 28)
    assert finding.path == "<stdin>" and finding.category == "disease" and finding.instead
    assert finding.verdicts[0].market == "us" and finding.verdicts[0].sources[0].url.startswith("https://")
    assert [label.text for label in finding.labels] == ["claims a cure", "names a disease"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.line = 4
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.status = 0


def test_the_dataclasses_hold_every_field_of_the_json():
    report = caveat.check_files(ROOT / "fixtures", as_of=DAY)
    data = json.loads(report.json)

    def plain(part):
        if dataclasses.is_dataclass(part):
            fields = {field.name: plain(getattr(part, field.name)) for field in dataclasses.fields(part)}
            return {"from" if name == "from_" else name: value for name, value in fields.items()}
        return [plain(item) for item in part] if isinstance(part, tuple) else part

    def same(left, right):
        """What a field holds that the JSON leaves out is empty."""
        if isinstance(left, dict):
            extra = [left[key] for key in left.keys() - right.keys()]
            return left.keys() >= right.keys() and not any(extra) and all(same(left[k], right[k]) for k in right)
        if isinstance(left, list):
            return len(left) == len(right) and all(map(same, left, right))
        return left == right

    for name in ("findings", "files", "unchecked", "passed_over", "unread", "summary"):
        assert same(plain(getattr(report, name)), data[name]), name
    assert any(finding.place for finding in report.findings), "word drafts were among them"


def test_words_of_the_program_are_those_of_the_exceptions(program, tmp_path):
    for name, value in [("markets", "mars"), ("product", "vitamins"), ("as_of", "today"), ("config", "gone.yaml")]:
        option = {"markets": "--market", "as_of": "--as-of"}.get(name, f"--{name}")
        said = program("check", f"{option}={value}", "-", input=b"").stderr.decode()
        with pytest.raises(caveat.CaveatError) as caught:
            caveat.check("Tea.", **{name: value})
        assert said.startswith(f"error: {caught.value}\n"), said
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE.replace("severity: error", "severity: grave"))
    said = program("rules", "--policy", house).stderr.decode()
    with pytest.raises(caveat.CaveatError) as caught:
        caveat.Checker(policies=house)
    assert "grave" in said and str(caught.value) in said
    with pytest.raises(caveat.CaveatError, match="`html` is the nearest name"):
        caveat.check("Tea.", format="htm")
    with pytest.raises(caveat.CaveatError, match="tea.xyz: caveat does not read files of this kind"):
        caveat.check("Tea.", name="tea.xyz")
    with pytest.raises(caveat.CaveatError, match="no file or folder is named"):
        caveat.check_files([])


def test_a_text_that_is_none_is_refused_or_reported():
    checker = caveat.Checker()
    for text in (b"a\0b", "a\0b"):
        report = checker.check(text)
        assert (report.status, rules(report)) == (2, ["caveat/unreadable"])
    with pytest.raises(UnicodeEncodeError):
        checker.check("half of a pair: \ud83d")
    for text in (None, 5, ["a"]):
        with pytest.raises(TypeError):
            checker.check(text)


def test_bytes_are_decoded_as_those_of_a_file():
    text = "<p>Notre thé guérit. Our tea cures eczema.</p>"
    report = caveat.check(text.encode("windows-1252"), format="html", product="food")
    finding = report.findings[0]
    assert text.encode("windows-1252")[finding.start : finding.end] == b"cures eczema"


def test_the_name_tells_the_format_and_the_format_goes_before_it():
    page = "<!-- Our tea cures asthma. --><p>Our tea cures eczema.</p>"
    for told in ({"format": "html"}, {"name": "a/tea.HTM"}, {"name": "https://example.org/tea?p=1.md", "format": "html"}):
        found = caveat.check(page, product="food", **told).findings
        assert [finding.excerpt for finding in found if finding.severity == "error"] == ["cures eczema"], told


def test_settings_choose_the_rules(tmp_path):
    text = "A gizmo cream."
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE)
    assert rules(caveat.check(text)) == []
    assert rules(caveat.check(text, policies=house)) == ["house/a"]
    assert rules(caveat.check(text, policies=[str(house)], fail_on="never")) == ["house/a"]
    assert caveat.check(text, policies=[house], fail_on="never").status == 0
    report = caveat.check("Our tea cures eczema.", product="food", markets=("us", "uk"))
    markets = {verdict.market for finding in report.findings for verdict in finding.verdicts}
    assert markets == {"us", "uk"}
    assert caveat.check("Tea.", as_of=datetime.date(2026, 11, 23)).as_of == DAY


def test_a_text_stands_nowhere_on_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "caveat.yaml").write_text("policies: [house.yaml]\n")
    (tmp_path / "house.yaml").write_text(HOUSE)
    complete = (ROOT / "fixtures/drafts/article-complete.md").read_text().splitlines()
    (tmp_path / "disclaimer.html").write_text(f"<p>{complete[26]}</p>")
    assert rules(caveat.check("A gizmo cream.", name="tea.md")) == []
    page = (ROOT / "fixtures/drafts/article-owes.md").read_text() + "\n{% include disclaimer.html %}\n"
    (tmp_path / "page.md").write_text(page)
    looked_into = rules(caveat.check_files("page.md", config=False))
    assert len(rules(caveat.check(page, name="page.md"))) > len(looked_into)
    report = caveat.check("---\ncaveat: {policies: [house.yaml]}\n---\nA gizmo cream.", name="tea.md")
    assert "house/a" not in rules(report)
    assert [finding.rule for finding in report.findings if "lies outside" in finding.message] == ["caveat/settings"]


def test_a_settings_file_that_is_named_counts(tmp_path):
    (tmp_path / "house.yaml").write_text(HOUSE)
    config = tmp_path / "caveat.yaml"
    config.write_text("policies: [house.yaml]\nproducts: [{paths: [tea/], product: food}]\n")
    checker = caveat.Checker(config=config)
    assert "house/a" in rules(checker.check("A gizmo cream."))
    said = [checker.check("Our drops cure eczema.", name=name).files[0].product.from_ for name in ("tea/a.md", "b.md")]
    assert said[0] == "config" and said[1] != "config"
    config.write_text("market: us\n")
    with pytest.raises(caveat.CaveatError, match="(?s)caveat/settings.*Unknown key `market`"):
        caveat.Checker(config=config)


def test_files_are_read_anew(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    checker = caveat.Checker(as_of=DAY)
    (tmp_path / "tea.md").write_text("A gizmo cream.\n")
    assert rules(checker.check_files("tea.md")) == []
    (tmp_path / "house.yaml").write_text(HOUSE)
    (tmp_path / "caveat.yaml").write_text("policies: [house.yaml]\n")
    assert rules(checker.check_files(["tea.md"])) == ["house/a"]
    assert rules(caveat.check_files("tea.md", config=False)) == []
    report = checker.check_files(["tea.md", "gone.md", "-"])
    assert report.status == 2
    assert [finding.path for finding in report.findings if finding.category == "io"] == ["./-", "gone.md"]
    subprocess.run([sys.executable, "-m", "caveat", "baseline", "create"], check=True, capture_output=True)
    silenced = checker.check_files("tea.md").summary.silenced
    assert (silenced, caveat.check_files("tea.md", baseline=False).summary.silenced) == (1, 0)


def test_a_checker_travels_as_its_settings():
    checker = caveat.Checker(markets=iter(["us", "uk"]), product="food")
    packed = pickle.dumps(checker)
    assert len(packed) < 500, "it holds no rules"
    again = pickle.loads(packed)
    assert repr(again) == repr(checker) and f"as_of={checker.check('Tea.').as_of!r}" in repr(again)
    page = "Our tea cures eczema."
    assert again.check(page) == checker.check(page)


def test_threads_share_a_checker_and_run_side_by_side():
    checker = caveat.Checker(product="food")
    drafts = sorted((ROOT / "fixtures/drafts").glob("*.md"))
    alone = [checker.check(draft.read_bytes(), name=draft.name).json for draft in drafts]
    with ThreadPoolExecutor(8) as threads:
        together = threads.map(lambda draft: checker.check(draft.read_bytes(), name=draft.name).json, drafts * 4)
        assert list(together) == alone * 4
    long = "Our tea cures eczema and asthma in nine of ten adults.\n\n" * 20_000
    judging = threading.Thread(target=checker.check, args=(long,))
    judging.start()
    turns = 0
    while judging.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 20, "the interpreter stood still"


def test_a_checker_is_quicker_than_its_rules_are_made():
    def seconds(work):
        start = time.perf_counter()
        for _ in range(50):
            work()
        return (time.perf_counter() - start) / 50

    checker = caveat.Checker()
    made, judged = seconds(caveat.Checker), seconds(lambda: checker.check("Our tea cures eczema."))
    print(f"\na checker is made in {made * 1e3:.2f} ms, and judges a sentence in {judged * 1e3:.3f} ms")
    assert judged < made
