"""What a check says: the fields of `caveat check --format json`, as frozen dataclasses.

Positions: `start` and `end` are byte offsets, `end` exclusive; for a `str` they count in its UTF-8, so the words of a
finding are `text.encode()[finding.start:finding.end].decode()`. Lines and columns count from 1, columns in characters
(code points); `end_column` is exclusive. In Word drafts all of them count in the draft's text, a line a paragraph.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeVar


class _Part:
    """A part of the JSON; `_parts` names the fields that are parts themselves."""

    _parts: ClassVar[dict[str, type[_Part]]] = {}


_P = TypeVar("_P", bound=_Part)


def _make(cls: type[_P], data: dict[str, Any]) -> _P:
    made: dict[str, Any] = {}
    for key, value in data.items():
        of = cls._parts.get(key)
        if isinstance(value, list):
            value = tuple(value if of is None else [_make(of, item) for item in value])
        elif of is not None and value is not None:
            value = _make(of, value)
        made["from_" if key == "from" else key] = value
    return cls(**made)


@dataclass(frozen=True)
class Source(_Part):
    """A statute, regulation or code behind a verdict."""

    title: str
    url: str | None
    verified: str | None
    """The day on which the source was read, `YYYY-MM-DD`."""


@dataclass(frozen=True)
class Verdict(_Part):
    """What the rule of one market says."""

    market: str
    rule: str
    severity: str
    sources: tuple[Source, ...]

    _parts = {"sources": Source}


@dataclass(frozen=True)
class Label(_Part):
    """What some words of a finding do; `start` and `end` are bytes."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Kind(_Part):
    """How a product or page was taken."""

    kind: str
    from_: str
    """`inferred`, `front-matter`, `config` or `command-line`; `from` in JSON."""
    because: str


@dataclass(frozen=True)
class Product(_Part):
    """How the product of a whole file was taken."""

    kind: str
    from_: str
    because: str
    also: tuple[str, ...]
    """What else the file sells."""


@dataclass(frozen=True)
class Place(_Part):
    """Where a finding stands in a Word draft."""

    part: str
    paragraph: int
    page: int | None


@dataclass(frozen=True)
class Exemption(_Part):
    """What lets a finding pass: a comment, an entry of the baseline, an approved claim."""

    kind: str
    rule: str
    path: str
    line: int
    covers: str
    reason: str
    by: str | None
    since: str | None
    until: str | None
    ticket: str | None


@dataclass(frozen=True)
class Excepted(_Part):
    """A verdict that somebody lets pass while others stand."""

    market: str
    rule: str
    severity: str
    exception: Exemption

    _parts = {"exception": Exemption}


@dataclass(frozen=True)
class Silenced(_Part):
    """Why a candidate is no finding."""

    guard: str
    because: str
    exception: Exemption | None = None

    _parts = {"exception": Exemption}


@dataclass(frozen=True)
class Finding(_Part):
    """One claim, or one statement that is missing. The rule and severity are those of the worst verdict."""

    rule: str
    """`pack/rule`."""
    category: str
    severity: str
    """`error`, `warning` or `advice`."""
    path: str | None
    """As given, with forward slashes; None for what concerns no file."""
    start: int
    """The first byte."""
    end: int
    """One past the last byte."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    end_line: int
    end_column: int
    """Exclusive."""
    excerpt: str
    """The words from `start` to `end`."""
    message: str
    help: str
    instead: tuple[str, ...]
    """Wordings that would pass."""
    labels: tuple[Label, ...]
    product: Kind | None
    page: Kind | None
    verdicts: tuple[Verdict, ...]
    fingerprint: str
    """The same when the copy moves."""
    place: Place | None = None
    excepted: tuple[Excepted, ...] = ()
    silenced: Silenced | None = None

    _parts = {
        "labels": Label,
        "product": Kind,
        "page": Kind,
        "verdicts": Verdict,
        "place": Place,
        "excepted": Excepted,
        "silenced": Silenced,
    }


@dataclass(frozen=True)
class Statement(_Part):
    """A statement that stands in a file, by the category of the duty that it meets."""

    category: str
    line: int


@dataclass(frozen=True)
class File(_Part):
    """A file that was judged, and how it was taken."""

    path: str
    words: int
    language: str
    product: Product
    page: Kind
    statements: tuple[Statement, ...]

    _parts = {"product": Product, "page": Kind, "statements": Statement}


@dataclass(frozen=True)
class Unchecked(_Part):
    """A file that was not judged, or only in part, and why."""

    path: str
    because: str


@dataclass(frozen=True)
class UnreadKind(_Part):
    """Files of a kind that nothing reads."""

    kind: str
    files: int
    words: int


@dataclass(frozen=True)
class UnreadFile(_Part):
    """A file that nothing reads and that seems to hold copy; about how many words, where bytes tell."""

    path: str
    words: int | None


@dataclass(frozen=True)
class Unread(_Part):
    """Files that nothing reads, for their kind or their form."""

    files: int
    words: int
    kinds: tuple[UnreadKind, ...]
    copy: tuple[UnreadFile, ...]

    _parts = {"kinds": UnreadKind, "copy": UnreadFile}


@dataclass(frozen=True)
class Summary(_Part):
    """What was counted, over everything found."""

    files: int
    words: int
    errors: int
    warnings: int
    advice: int
    silenced: int


@dataclass(frozen=True)
class Report:
    """What came of a check. The parts are made when they are asked for."""

    json: str = field(repr=False)
    """What `caveat check --format json` prints; `caveat schema` describes it."""
    status: int
    """What the program would exit with: 0 nothing at or above `fail_on`, 1 something, 2 caveat could not do its job, and
    a finding of the category `io` or `policy` says why."""

    @cached_property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.json)
        return data

    @property
    def as_of(self) -> str:
        """The day that was judged for, `YYYY-MM-DD`."""
        return str(self._data["as_of"])

    @cached_property
    def summary(self) -> Summary:
        """Counts of files, words and findings."""
        return _make(Summary, self._data["summary"])

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, advice among them, sorted by path, place and rule."""
        return tuple(_make(Finding, item) for item in self._data["findings"])

    @cached_property
    def files(self) -> tuple[File, ...]:
        """What was judged, in order of the names."""
        return tuple(_make(File, item) for item in self._data["files"])

    @cached_property
    def unchecked(self) -> tuple[Unchecked, ...]:
        """What was read and not judged, as copy in another language than English."""
        return tuple(_make(Unchecked, item) for item in self._data["unchecked"])

    @cached_property
    def passed_over(self) -> tuple[Unchecked, ...]:
        """Files and folders that walking passed over."""
        return tuple(_make(Unchecked, item) for item in self._data["passed_over"])

    @cached_property
    def unread(self) -> Unread:
        """Files that caveat does not read."""
        return _make(Unread, self._data["unread"])
