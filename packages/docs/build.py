"""Builds the documentation site: `python3 packages/docs/build.py CAVEAT OUT`.

The chapters of `src`, the sections of the README, the guides to policies and to Python, and a page for each pack with all
its rules, as the program tells them, become one mdBook. Needs `mdbook` on the search path.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Every pack that there is.
PACKS = ["--no-config", "--market", "us,uk,eu,au,ca", "--policy", "platforms"]
# The READMEs of folders, and the pages that they become.
READMES = {"policies/README.md": "policies.md", "packages/python/README.md": "python.md"}
# Sections of the README that the site says elsewhere.
ELSEWHERE = {"Try it", "Licence"}
# What the guide says of a rule, up to the next one or the next heading.
RULE = re.compile(
    r"^\*\*(?P<message>[^\n]+)\*\* \*(?P<kind>[^\n]+)\* `(?P<pack>[^/`\n]+)/(?P<rule>[^`\n]+)`\n(?P<said>.*?)(?=^\*\*|^#|\Z)",
    re.MULTILINE | re.DOTALL,
)


def slug(heading):
    """The anchor that mdBook and the forges make of a heading."""
    return re.sub(r"[^\w-]", "", heading.strip().lower().replace(" ", "-"))


def sections(text, mark):
    """The parts of a page that headings of this depth open, by heading; marks inside of code open none."""
    parts, heading, code = {}, None, False
    for line in text.splitlines():
        code ^= line.startswith("```")
        if line.startswith(mark) and not code:
            heading = line.removeprefix(mark)
            parts[heading] = []
        elif heading is not None:
            parts[heading].append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in parts.items()}


def raised(text):
    """The text with its headings one step higher."""
    code, lines = False, []
    for line in text.splitlines():
        code ^= line.startswith("```")
        lines.append(line[1:] if line.startswith("##") and not code else line)
    return "\n".join(lines)


def without_statuses(text):
    """The text without the lines of transcripts that are for the test that runs them."""
    return re.sub(r"^(\$ .*\n)\? \d+\n", r"\1", text, flags=re.MULTILINE)


def readme_pages():
    """The sections of the README, each a page; their links to one another lead from page to page."""
    parts = sections((ROOT / "README.md").read_text(), "## ")
    parts = {heading: text for heading, text in parts.items() if heading not in ELSEWHERE}
    homes = {slug(inner): slug(heading) for heading, text in parts.items() for inner in [heading, *sections(text, "### ")]}

    def linked(match):
        anchor = match[1]
        return f"({homes[anchor]}.md#{anchor})" if anchor in homes else match[0]

    for heading, text in parts.items():
        text = re.sub(r"\(#([\w-]+)\)", linked, raised(text))
        for path, page in READMES.items():
            text = text.replace(f"({path})", f"(../{page})")
        yield heading, f"readme/{slug(heading)}.md", f"# {heading}\n\n{text}\n"


def rule_pages(caveat):
    """What is said of all rules, and a page for each pack."""

    def run(*arguments):
        return subprocess.run([caveat, *arguments, *PACKS], check=True, capture_output=True, text=True).stdout

    names = [rule["rule"] for rule in json.loads(run("rules", "--format", "json"))]
    with ThreadPoolExecutor() as pool:
        explained = dict(zip(names, pool.map(lambda name: run("explain", name), names)))

    def told(match):
        name = f"{match['pack']}/{match['rule']}"
        details = explained.pop(name).strip()
        return (
            f"### {match['rule']} {{#{match['rule']}}}\n\n**{match['message']}** *{match['kind']}*\n{match['said']}\n"
            f"<details><summary>All of {name}</summary>\n\n```text\n{details}\n```\n\n</details>\n\n"
        )

    guide = run("rules", "--format", "markdown")
    yield "All rules", "rules/index.md", guide.split("\n## ", 1)[0]
    for heading, text in sections(guide, "## ").items():
        pack = RULE.search(text)["pack"]
        yield heading, f"rules/{pack}.md", f"# {heading}\n\n{RULE.sub(told, raised(text))}\n"
    if explained:
        raise SystemExit(f"docs: the guide lacks {', '.join(explained)}")


def layout(caveat, src):
    """Lays out all chapters in a folder."""
    shutil.copytree(HERE / "src", src)
    readme, rules = list(readme_pages()), list(rule_pages(caveat))
    guides = [("", page, (ROOT / path).read_text()) for path, page in READMES.items()]
    for _, path, text in [*readme, *rules, *guides]:
        (src / path).parent.mkdir(exist_ok=True)
        (src / path).write_text(text)
    for page in src.rglob("*.md"):
        page.write_text(without_statuses(page.read_text()))

    def listed(pages, indent=""):
        return "\n".join(f"{indent}- [{heading}]({path})" for heading, path, _ in pages)

    packs = [(path.split("/")[1].removesuffix(".md"), path, text) for _, path, text in rules[1:]]
    summary = (src / "SUMMARY.md").read_text()
    summary = summary.replace("<!-- the sections of README.md -->", listed(readme))
    (src / "SUMMARY.md").write_text(summary.replace("<!-- a page for each pack -->", listed(packs, "  ")))
    with (src / "rules/index.md").open("a") as index:
        index.write("\n\n| pack | of |\n| --- | --- |\n")
        index.writelines(f"| [{pack}]({pack}.md) | {heading} |\n" for (pack, *_), (heading, *_) in zip(packs, rules[1:]))


def main():
    caveat, out = (Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder)
        shutil.copy(HERE / "book.toml", book)
        layout(caveat, book / "src")
        subprocess.run(["mdbook", "build", "--dest-dir", out, book], check=True)


main()
