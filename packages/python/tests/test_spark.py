"""Spark in local mode says what the program says of the same pages, loses none, and how fast."""

import json
import subprocess
import time

import caveat
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from conftest import DAY, ROOT

pytest.importorskip("pyspark")
import caveat.spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

PAGES = 20_000
PARTITIONS = 8
ALONE = ("--no-config", "--no-baseline", "--quiet", "--as-of", DAY)

# What a crawl brings along.
HOSTILE = {
    "hostile/nul.html": b"Our tea cures eczema.\0",
    "hostile/empty.html": b"",
    "hostile/spaces.html": b" \n\t ",
    "hostile/broken.html": b"<p>Our tea cures \xff\xfe\x80 eczema.</p><p",
    "hostile/latin.html": "<meta charset=windows-1252><p>Thé: our tea cures eczema.</p>".encode("windows-1252"),
    "hostile/deep.html": b"<div>" * 20_000 + b"Our tea cures eczema.",
    "hostile/one-line.md": b"Our tea cures eczema and asthma. " * 4_000,
    "hostile/german.html": "<p>Unsere Creme pflegt die Haut und spendet Feuchtigkeit für den ganzen Tag. Sie zieht schnell "
    "ein und hinterlässt keinen Film. Die Rezeptur wurde von unserem Team entwickelt, und wir verwenden nur Zutaten, die "
    "aus biologischem Anbau stammen. Tragen Sie morgens und abends eine kleine Menge auf.</p>".encode(),
    "hostile/front-matter.md": b"---\ncaveat: {product: [}\n---\nOur tea cures eczema.\n",
    "hostile/policies.md": b"---\ncaveat: {policies: [us-fct, ../x.yaml]}\n---\nOur tea cures eczema.\n",
    "hostile/draft.docx": b"PK\x03\x04 no package",
    "https://example.org/shop/tea?size=1&page=2.html": b"<h1>Tea</h1><p>Our tea cures eczema.</p>",
}

# What the program judges one by one.
LONE = dict(HOSTILE)
for folder in ("drafts", "word"):
    LONE.update({f"{folder}/{path.name}": path.read_bytes() for path in (ROOT / "fixtures" / folder).iterdir()})


@pytest.fixture(scope="module")
def site(generate, tmp_path_factory):
    """The pages as a table of several files, beside the folder that the program reads."""
    folder = tmp_path_factory.mktemp("spark")
    names = generate(folder / "site", PAGES)
    rows = [(name, (folder / "site" / name).read_bytes()) for name in names]
    for at, row in enumerate([*LONE.items(), ("hostile/none.html", None), ("hostile/kind.xyz", b"Tea.")]):
        rows.insert(at * 97, row)
    (folder / "table").mkdir()
    for part in range(PARTITIONS):
        mine = rows[part::PARTITIONS]
        table = pa.table({"url": [name for name, _ in mine], "html": pa.array([copy for _, copy in mine], pa.binary())})
        parquet.write_table(table, folder / "table" / f"{part}.parquet")
    return folder, len(rows)


def session(workers):
    return (
        SparkSession.builder.master(f"local[{workers}]")
        .config("spark.sql.files.openCostInBytes", "128m")  # One partition a file.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
        .getOrCreate()
    )


def as_told(finding):
    """A finding of the program as a row tells it: the name is the row's, and only words in a draft have a place."""
    return {"place": None, **{name: value for name, value in finding.items() if name != "path"}}


def test_every_page_is_judged_as_by_the_program(site, program):
    folder, count = site
    spark = session(2)
    pages = spark.read.parquet(str(folder / "table"))
    assert pages.rdd.getNumPartitions() == PARTITIONS
    checked = caveat.spark.check(pages, text="html", name="url", as_of=DAY)
    assert checked.columns == ["url", "caveat"] and checked.schema["caveat"].dataType == caveat.spark.SCHEMA
    rows = {row["url"]: row["caveat"].asDict(recursive=True) for row in checked.toLocalIterator()}
    assert len(rows) == count, "no row is lost"

    said = json.loads(program("check", *ALONE, "--format", "json", ".", cwd=folder / "site").stdout)
    theirs, ours = {}, {}
    for finding in said["findings"]:
        theirs.setdefault(finding["path"], []).append(as_told(finding))
    for name, row in rows.items():
        if name not in LONE and not name.startswith("hostile/") and row["findings"]:
            ours[name] = row["findings"]
    assert ours == theirs
    assert len(theirs) > PAGES / 2
    for file in said["files"]:
        row = rows[file["path"]]
        told = (row["words"], row["product"], row["page"], row["trouble"])
        assert told == (file["words"], file["product"]["kind"], file["page"]["kind"], None)

    for name, copy in LONE.items():
        ran = program("check", *ALONE, "--format", "json", "-", "--stdin-path", name, input=copy, cwd=folder)
        alone = json.loads(ran.stdout)
        row = rows[name]
        assert [as_told(finding) for finding in alone["findings"]] == row["findings"], name
        assert row["status"] == ran.returncode, name
        assert (row["trouble"] is not None) == (ran.returncode == 2), name
        assert [row["unchecked"]] == ([left["because"] for left in alone["unchecked"]] or [None]), name
        assert (row["errors"], row["warnings"]) == (alone["summary"]["errors"], alone["summary"]["warnings"]), name
    assert rows["hostile/nul.html"]["trouble"] == "This file is binary"
    assert rows["hostile/german.html"]["unchecked"] == "the copy is in German"
    assert rows["hostile/none.html"]["trouble"] == "there is no text"
    assert "does not read files of this kind" in rows["hostile/kind.xyz"]["trouble"]
    spark.stop()


def test_what_is_asked_for_is_checked_on_the_driver(site):
    spark = session(2)
    pages = spark.createDataFrame([("Our tea cures eczema.", 7)], "text string, id long")
    for wrong in ({"text": "html"}, {"name": "url"}, {"keep": ["url"]}, {"column": "id"}):
        with pytest.raises(ValueError, match="column"):
            caveat.spark.check(pages, **wrong)
    with pytest.raises(ValueError, match="only one"):
        caveat.spark.check(pages, checker=caveat.Checker(), markets="us")
    with pytest.raises(caveat.CaveatError, match="there is no market `mars`"):
        caveat.spark.check(pages, markets="mars")
    checker = caveat.Checker(product="food")
    row = caveat.spark.check(pages, keep=["id", "text"], column="said", checker=checker).collect()[0]
    assert (row["id"], row["text"], row["said"]["errors"]) == (7, "Our tea cures eczema.", 1)
    assert row["said"]["findings"][0]["excerpt"] == "cures eczema"
    spark.stop()


def test_how_fast_it_is(site, program):
    folder, count = site
    rates = {}
    for workers in (1, 2):
        spark = session(workers)
        pages = spark.read.parquet(str(folder / "table"))
        checked = caveat.spark.check(pages, text="html", name="url", as_of=DAY)
        caveat.spark.check(pages.limit(10), text="html", name="url").collect()  # Starts the machinery.
        start = time.perf_counter()
        checked.write.format("noop").mode("overwrite").save()
        rates[f"Spark, {workers} of its workers"] = count / (time.perf_counter() - start)
        spark.stop()
        start = time.perf_counter()
        run = ("check", *ALONE, "--fail-on", "never", "--format", "json", "--jobs", str(workers), folder / "site")
        subprocess.run([program.path, *run], check=True, stdout=subprocess.DEVNULL)
        rates[f"the program, {workers} of its threads"] = PAGES / (time.perf_counter() - start)
    print()
    for what, rate in rates.items():
        print(f"{what}: {rate:.0f} pages a second")
    # 10^8 pages on ten machines of two cores each.
    hours = 1e8 / 10 / rates["Spark, 2 of its workers"] / 3600
    print(f"10^8 pages on ten such machines of two cores: {hours:.1f} hours")
    assert rates["Spark, 2 of its workers"] > 100
