"""The extension module; `caveat` is what to import."""

import os
from typing import final

__all__ = ["CaveatError", "Checker", "__version__", "run"]

__version__: str

class CaveatError(Exception):
    """caveat cannot do its job: an option, a settings file or a policy is wrong. The message is the program's."""

@final
class Checker:
    def __new__(cls, options: list[str]) -> Checker: ...
    @property
    def as_of(self) -> str: ...
    def ready(self) -> None: ...
    def text(self, text: bytes, name: str | None, format: str | None) -> tuple[str, int]: ...
    def files(self, paths: list[str | os.PathLike[str]]) -> tuple[str, int]: ...

def run(line: list[str]) -> int: ...
