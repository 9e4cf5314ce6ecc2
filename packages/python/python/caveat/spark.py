"""Judging the pages of a Spark DataFrame (`pip install 'caveat[spark]'`).

>>> import caveat.spark
>>> checked = caveat.spark.check(pages, text="html", format="html", name="url", markets=["us", "uk"])
>>> found = checked.selectExpr("url", "explode(caveat.findings) AS finding").select("url", "finding.*")
>>> lost = checked.where("caveat.trouble IS NOT NULL")

One row in is one row out. What is wrong with a page costs that page, and its row says what. The checker is made once on
the driver, where wrong settings raise, travels as its settings, and compiles its rules once in each partition. The workers
need the same version of caveat, and policies and settings files at the same paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import types as spark

from ._check import Checker
from ._report import Report

_KIND = {"kind": str, "from": str, "because": str}
_SOURCE = {"title": str, "url": str, "verified": str}
_FINDING = {
    "rule": str,
    "category": str,
    "severity": str,
    "start": int,
    "end": int,
    "line": int,
    "column": int,
    "end_line": int,
    "end_column": int,
    "place": {"part": str, "paragraph": int, "page": int},
    "excerpt": str,
    "message": str,
    "help": str,
    "instead": [str],
    "labels": [{"start": int, "end": int, "text": str}],
    "product": _KIND,
    "page": _KIND,
    "verdicts": [{"market": str, "rule": str, "severity": str, "sources": [_SOURCE]}],
    "fingerprint": str,
}
_ROW = {
    "status": int,
    "trouble": str,
    "unchecked": str,
    "words": int,
    "product": str,
    "page": str,
    "errors": int,
    "warnings": int,
    "advice": int,
    "findings": [_FINDING],
}


def _spark_type(shape: Any) -> spark.DataType:
    if isinstance(shape, dict):
        return spark.StructType([spark.StructField(name, _spark_type(of)) for name, of in shape.items()])
    if isinstance(shape, list):
        return spark.ArrayType(_spark_type(shape[0]))
    return spark.StringType() if shape is str else spark.LongType()


def _arrow_type(shape: Any) -> pa.DataType:
    if isinstance(shape, dict):
        return pa.struct([pa.field(name, _arrow_type(of)) for name, of in shape.items()])
    if isinstance(shape, list):
        return pa.list_(_arrow_type(shape[0]))
    return pa.string() if shape is str else pa.int64()


SCHEMA = _spark_type(_ROW)
"""The type of the column that `check` adds.

`status`: what the program would exit with. `trouble`: why the page could not be judged, or only in part. `unchecked`: why
its copy was left unchecked (its language). `words`, `product`, `page`: how much was read, and how it was taken. `errors`,
`warnings`, `advice`: counts. `findings`: the fields of `caveat.Finding` but the path, and what was let pass.
"""


def check(
    pages: DataFrame,
    text: str = "text",
    *,
    name: str | None = None,
    format: str | None = None,
    keep: Sequence[str] | None = None,
    column: str = "caveat",
    checker: Checker | None = None,
    **settings: Any,
) -> DataFrame:
    """Judge one text in each row of `pages`.

    Args:
        pages: Any DataFrame.
        text: The column of the copy: strings, or bytes as they came.
        name: The column that names each text (an address, a path), as `Checker.check` takes it.
        format: The format of every text: `html`, `markdown`, …; told by each name unless given.
        keep: The columns that the result has besides; all but the text unless given.
        column: The name of the column that is added; `SCHEMA` is its type.
        checker: A checker that is there already; or else `settings` are those of `caveat.Checker`.

    Returns:
        The rows of `pages`, each with what was found in it.

    Raises:
        CaveatError: The settings are wrong.
        ValueError: A column is not there, or is there already.
    """
    if checker is None:
        checker = Checker(**settings)
    elif settings:
        raise ValueError("settings are those of the checker, so only one of the two can be given")
    kept = [field for field in pages.columns if field != text] if keep is None else list(keep)
    missing = [field for field in [text, *kept, *([name] if name else [])] if field not in pages.columns]
    if missing:
        raise ValueError(f"there is no column {missing[0]!r} (there are: {', '.join(pages.columns)})")
    if column in kept:
        raise ValueError(f"there is a column {column!r} already; `column` gives another name")
    schema = spark.StructType([*(pages.schema[field] for field in kept), spark.StructField(column, SCHEMA)])
    needed = list(dict.fromkeys([*kept, text, *([name] if name else [])]))
    return pages.select(*(pages[field] for field in needed)).mapInArrow(
        _Judge(checker, text, name, format, kept, column), schema
    )


class _Judge:
    """What runs on the workers, once for each partition."""

    def __init__(
        self, checker: Checker, text: str, name: str | None, format: str | None, kept: list[str], column: str
    ) -> None:
        self.checker, self.text, self.name, self.format = checker, text, name, format
        self.kept, self.column = kept, column

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        judged = _arrow_type(_ROW)
        for batch in batches:
            texts = batch.column(self.text)
            names = batch.column(self.name) if self.name else pa.nulls(batch.num_rows)
            rows = [self.row(text.as_py(), name.as_py()) for text, name in zip(texts, names)]
            columns = [batch.column(field) for field in self.kept]
            yield pa.RecordBatch.from_arrays([*columns, pa.array(rows, judged)], [*self.kept, self.column])

    def row(self, text: str | bytes | None, name: object) -> dict[str, Any]:
        if text is None:
            return {"status": 2, "trouble": "there is no text", "findings": []}
        try:
            name = None if name is None else str(name)
            return _row(self.checker.check(text, name=name, format=self.format))
        except Exception as error:  # One bad row must not cost the others.
            return {"status": 2, "trouble": str(error) or type(error).__name__, "findings": []}


def _row(report: Report) -> dict[str, Any]:
    data = report._data
    trouble = None
    if report.status == 2:
        errors = (item for item in data["findings"] if item["severity"] == "error")
        trouble = next((item["message"] for item in errors if item["category"] in ("io", "policy")), None)
    file = data["files"][0] if data["files"] else None
    summary = data["summary"]
    return {
        "status": report.status,
        "trouble": trouble,
        "unchecked": data["unchecked"][0]["because"] if data["unchecked"] else None,
        "words": file and file["words"],
        "product": file and file["product"]["kind"],
        "page": file and file["page"]["kind"],
        "errors": summary["errors"],
        "warnings": summary["warnings"],
        "advice": summary["advice"],
        "findings": data["findings"],
    }
