"""Judging copy: texts, files, and many texts by rules that are compiled once."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from typing import Any, Literal, Union

from . import _caveat
from ._report import Report

Path = Union[str, "os.PathLike[str]"]
Names = Union[str, Iterable[str]]
Paths = Union[Path, Iterable[Path]]
Day = Union[str, datetime.date]


def _options(settings: dict[str, Any]) -> list[str]:
    """The options of `caveat check` for these settings."""

    def several(values: Any) -> list[Any]:
        return [values] if isinstance(values, (str, os.PathLike)) else list(values or ())

    options = [f"--market={name}" for name in several(settings["markets"])]
    options += [f"--policy={os.fspath(policy)}" for policy in several(settings["policies"])]
    for key in ("product", "page", "as_of", "fail_on", "jobs"):
        if settings[key] is not None:
            options.append(f"--{key.replace('_', '-')}={settings[key]}")
    for key in ("config", "baseline"):
        if settings[key] is False:
            options.append(f"--no-{key}")
        elif settings[key] is not None:
            options.append(f"--{key}={os.fspath(settings[key])}")
    return options


def _text(core: _caveat.Checker, text: str | bytes, name: str | None, format: str | None) -> Report:
    return Report(*core.text(text.encode() if isinstance(text, str) else text, name, format))


def _files(core: _caveat.Checker, paths: Paths) -> Report:
    several = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    return Report(*core.files(several))


class Checker:
    """Settings with the rules that they choose, compiled once. It may be used by several threads at once, which then run
    side by side, since judging holds no lock of the interpreter. A pickle holds the settings, the day among them; whoever
    loads it compiles anew. Where front matter asks for further markets or policies, their rules are compiled besides; of
    such sets the sixteen that were used last are kept.

    Args:
        markets: Whose rules apply: `us`, `uk`, `eu`, `au`, `ca`. The default is `us`, or what the settings file says.
        policies: Further policies: names of packs, or files.
        product: What the copy sells (`supplement`, `cosmetic`, …); read from the copy unless given.
        page: What the pages are for (`article`, `product`, …); read from the copy unless given.
        as_of: The day to judge for, a `date` or `YYYY-MM-DD`. The default is today (UTC), when the checker is made.
        config: A settings file. Without it `check_files` takes the nearest `caveat.yaml` of each file, as the program does,
            and `check` takes none; with False none is taken.
        baseline: A record of old findings for `check_files`, found as the program finds it; with False none is taken.
        fail_on: From which severity on `Report.status` is 1: `error`, `warning` (the default), `advice` or `never`.
        jobs: Threads of `check_files`; the default is one for each processor.

    Raises:
        CaveatError: An option, the settings file or a policy is wrong.
    """

    def __init__(
        self,
        *,
        markets: Names | None = None,
        policies: Paths | None = None,
        product: str | None = None,
        page: str | None = None,
        as_of: Day | None = None,
        config: Path | Literal[False] | None = None,
        baseline: Path | Literal[False] | None = None,
        fail_on: str | None = None,
        jobs: int | None = None,
    ) -> None:
        settings = {key: value for key, value in locals().items() if key != "self"}
        for key in ("markets", "policies"):
            if settings[key] is not None and not isinstance(settings[key], (str, os.PathLike)):
                settings[key] = tuple(settings[key])
        self._core = _caveat.Checker(_options(settings))
        self._core.ready()
        self._settings = {**settings, "as_of": self._core.as_of}

    def check(self, text: str | bytes, *, name: str | None = None, format: str | None = None) -> Report:
        """Judge a text as `caveat check - --stdin-path NAME` does, but that it stands nowhere on disk: no file is read but
        those that the settings name.

        Args:
            text: The copy. Bytes are decoded as a file's are: by their mark, their declaration or their look.
            name: What the report calls it. Its folders help to tell the page (`blog/tea.html`, an address), and so do
                those of the settings file, which are relative to it.
            format: `html`, `markdown`, `text`, `json`, …; told by the ending of the name unless given, and Markdown
                without a name.

        Returns:
            The report. What is wrong with the text itself (binary, larger than 16 MB) is a finding, and the status 2.

        Raises:
            CaveatError: The format is unknown, or the name tells none.
            UnicodeEncodeError: The string is no text (it holds half of a surrogate pair).
        """
        return _text(self._core, text, name, format)

    def check_files(self, paths: Paths) -> Report:
        """Judge files and folders as `caveat check PATH…` does from the working folder. Settings, policies, baseline and
        register are read anew.

        Returns:
            The report. A file that cannot be read is a finding, and the status 2; the others are judged.

        Raises:
            CaveatError: There is nothing to report, since the settings cannot be used.
        """
        return _files(self._core, paths)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._settings,)

    def __repr__(self) -> str:
        given = [f"{key}={value!r}" for key, value in self._settings.items() if value is not None]
        return f"Checker({', '.join(given)})"


def _again(settings: dict[str, Any]) -> Checker:
    return Checker(**settings)


def check(
    text: str | bytes,
    *,
    name: str | None = None,
    format: str | None = None,
    product: str | None = None,
    page: str | None = None,
    markets: Names | None = None,
    policies: Paths | None = None,
    as_of: Day | None = None,
    config: Path | Literal[False] | None = None,
    fail_on: str | None = None,
) -> Report:
    """Judge one text. For many a `Checker` is faster: this compiles the rules each time.

    The arguments are those of `Checker` and of `Checker.check`.

    Raises:
        CaveatError: An option, the settings file or a policy is wrong, or the format is unknown.
        UnicodeEncodeError: The string is no text (it holds half of a surrogate pair).
    """
    checker = Checker(
        markets=markets,
        policies=policies,
        product=product,
        page=page,
        as_of=as_of,
        config=config,
        fail_on=fail_on,
    )
    return checker.check(text, name=name, format=format)


def check_files(
    paths: Paths,
    *,
    product: str | None = None,
    page: str | None = None,
    markets: Names | None = None,
    policies: Paths | None = None,
    as_of: Day | None = None,
    config: Path | Literal[False] | None = None,
    baseline: Path | Literal[False] | None = None,
    fail_on: str | None = None,
    jobs: int | None = None,
) -> Report:
    """Judge files and folders as `caveat check PATH…` does from the working folder.

    The arguments are those of `Checker`. A mistake in a settings file or policy is in the report, as the program has it.

    Raises:
        CaveatError: An option is wrong.
    """
    return _files(_caveat.Checker(_options(dict(locals()))), paths)
