"""Compares what the schemas refuse with what the readers refuse. Run by tests/ci/schemas.sh."""

import copy, glob, json, os, re, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

import yaml
from jsonschema import Draft202012Validator

CAVEAT, FOLDER = sys.argv[1], sys.argv[2]
SAMPLES = "tests/ci/schemas"


class Core(yaml.SafeLoader):
    """YAML by its core schema, as caveat and most editors read it: a day is text, and so is `no`."""


Core.yaml_implicit_resolvers = {}
for tag, form, first in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(form), first)


def load(text):
    return yaml.load(text, Core)


def read(path):
    return open(path, encoding="utf-8").read()


def run(*args, folder=None):
    done = subprocess.run([CAVEAT, *args], capture_output=True, text=True, cwd=folder)
    return done.returncode, done.stdout + done.stderr


def printed(*args):
    return subprocess.run([CAVEAT, *args], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def schema(of):
    whole = json.loads(printed("schema", of))
    Draft202012Validator.check_schema(whole)
    return whole


def fits(validator, value, name):
    for error in validator.iter_errors(value):
        sys.exit(f"{name}: {error.json_path}: {error.message[:300]}")


NAMES = ["policy", "settings", "claims", "baseline", "front-matter"]
SCHEMAS = {name: schema(name) for name in NAMES}
VALID = {name: Draft202012Validator(whole) for name, whole in SCHEMAS.items()}

# What the repository holds, and what the program writes.
packs = glob.glob("policies/*.yaml") + glob.glob("fixtures/policies/*.yaml")
assert len(packs) > 14, packs
for path in packs:
    fits(VALID["policy"], load(read(path)), path)
for page, fence in [("policies/README.md", r"```yaml\n(pack:.*?)```"), ("README.md", r"```yaml\n(pack:.*?)```")]:
    for at, block in enumerate(re.findall(fence, read(page), re.S)):
        fits(VALID["policy"], load(block), f"{page}, pack {at}")
settings = re.findall(r"```yaml\n(# Whose rules apply.*?)```", read("README.md"), re.S)
register = re.findall(r"```yaml\n(claims:\n.*?)```", read("README.md"), re.S)
assert settings and register
fits(VALID["settings"], load(settings[0]), "README.md, settings")
fits(VALID["claims"], load(register[0]), "README.md, register")
fits(VALID["claims"], load(read("tests/cli/claims.in/claims.yaml")), "the register of the transcripts")
assert run("init", folder=FOLDER)[0] == 0
fits(VALID["settings"], load(read(f"{FOLDER}/caveat.yaml")), "caveat init")
kept = f"{FOLDER}/kept.json"
assert run("baseline", "create", "--baseline", kept, "--as-of", "2026-11-23", "fixtures/drafts")[0] == 0
fits(VALID["baseline"], json.loads(read(kept)), "caveat baseline create")
assert len(json.loads(read(kept))["entries"]) > 50

# The report has no field that the schema of the findings does not name.
def strict(part):
    if isinstance(part, dict):
        if "properties" in part:
            part.setdefault("additionalProperties", False)
        for value in part.values():
            strict(value)
    elif isinstance(part, list):
        for value in part:
            strict(value)
    return part


findings = Draft202012Validator(strict(schema("findings")))
for more in [[], ["--show-silenced"], ["--min-severity", "error", "--product", "supplement"]]:
    text = printed("check", "--quiet", "--format", "json", "--market", "us,uk,eu,au,ca", "--as-of", "2026-11-23", *more, "fixtures/drafts")
    report = json.loads(text)
    assert report["findings"], more
    fits(findings, report, f"the report {more}")

# Samples, spoilt.
POLICY = r"; .* is expected| is not one of | is missing from |\bis no |is a mapping|is no day|which is no |not lower case with hyphens"
OURS = r"unknown |must be|is missing here|is no day|is empty|not, both|this is no size|says not where"
BASELINE = r"\b(unknown field|missing field|invalid type|is no |this caveat reads|invalid value)"
WRONG = [7.5, "No such/name*", "", True, None, [], [[]], {}, {"nothing-such": 1}]


def policy(path):
    return run("policy", "check", "--no-config", path)[1].replace("The pack `english` holds `language` already", "")


def settings_of(path):
    return run("check", "--config", path, "clean.md", folder=os.path.dirname(path))[1]


def claims(path):
    return run("claims", "check", "--no-config", "--claims", path, folder=os.path.dirname(path))[1]


def baseline(path):
    return run("baseline", "show", "--no-config", "--baseline", path)[1]


def page(path):
    return run("check", "--no-config", "--min-severity", "warning", path)[1]


def refused(text):
    return "error" in text or "warning" in text


READERS = {
    "policy": (policy, "yaml", POLICY),
    "settings": (settings_of, "yaml", OURS),
    "claims": (claims, "yaml", OURS),
    "baseline": (baseline, "json", BASELINE),
    "front-matter": (page, "md", OURS),
}
# A name that only another part of the file could give: no schema says that.
BEYOND = re.compile(r"There is no |there is no ")


def places(value, path=()):
    """The path of every part."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, part in parts:
        yield (*path, key)
        yield from places(part, (*path, key))


def opened(sample, path):
    """A copy of the sample, and in it what the path leads to."""
    whole = copy.deepcopy(sample)
    part = whole
    for key in path:
        part = part[key]
    return whole, part


def spoilt(sample):
    """The sample with one part that is another, is gone, or has a key too many."""
    for path in places(sample):
        for wrong in WRONG:
            whole, holder = opened(sample, path[:-1])
            holder[path[-1]] = wrong
            yield path, json.dumps(wrong), whole
        whole, holder = opened(sample, path[:-1])
        del holder[path[-1]]
        yield path, "nothing", whole
        whole, part = opened(sample, path)
        if isinstance(part, dict):
            part["nothing-such"] = 1
            yield path, "one key too many", whole


def written(name, value, at):
    end = READERS[name][1]
    folder = f"{FOLDER}/{name}-{at}"
    os.makedirs(folder)
    for file, text in [("words.txt", "calming\n"), ("clean.md", "A page.\n")]:
        open(f"{folder}/{file}", "w").write(text)
    text = json.dumps(value)
    path = f"{folder}/sample.{end}"
    open(path, "w").write(f"---\n{text}\n---\nA page.\n" if end == "md" else text)
    return path


def keys_of(whole):
    """Every key that a schema names."""
    if isinstance(whole, dict):
        yield from whole.get("properties", {}) if isinstance(whole.get("properties"), dict) else []
        for value in whole.values():
            yield from keys_of(value)
    elif isinstance(whole, list):
        for value in whole:
            yield from keys_of(value)


# Each guard, product and kind has the same keys as those in the sample.
ALIKE = {"supplement", "cosmetic", "device", "medicine-otc", "medicine-rx", "clinic", "wellness", "other",
         "hedged", "legal", "attributed", "quoted", "warning", "question", "other-meaning"}
wrong, count = [], 0
for name, (reader, end, kinds) in READERS.items():
    sample = load(read(f"{SAMPLES}/{name}.{'json' if end == 'json' else 'yaml'}"))
    fits(VALID[name], sample, f"the sample of {name}")
    told = reader(written(name, sample, "whole"))
    if re.search(kinds, told):
        sys.exit(f"{name}: the sample is refused:\n{told}")
    there = {key for path in places(sample) for key in path}
    missing = set(keys_of(SCHEMAS[name])) - there - ALIKE
    assert not missing, f"{name}: no sample has {missing}"

    def compare(case):
        at, (path, how, value) = case
        says = VALID[name].is_valid(value)
        told = reader(written(name, value, at))
        at = f"{name}: {how} at {'.'.join(map(str, path))}:"
        if not says and not refused(told):
            return f"only the schema refuses: {at} {next(VALID[name].iter_errors(value)).message[-200:]}\n{told}"
        if says and re.search(kinds, told) and not BEYOND.search(told):
            return f"only the reader refuses: {at}\n{told}"
        return None

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        cases = list(enumerate(spoilt(sample)))
        count += len(cases)
        wrong += [line for line in pool.map(compare, cases) if line]
for line in wrong[:40]:
    print(line)
if wrong:
    sys.exit(f"{len(wrong)} of {count} spoilt samples are judged differently")
print(f"schemas: {len(packs)} packs fit, and {count} spoilt samples are judged as the readers judge them")
