"""caveat reads health, wellness, aesthetics, supplement and skincare copy, and says what a careful reviewer would send
back, where, and which rule of which regulator is behind it.

>>> import caveat
>>> report = caveat.check("Our tea cures eczema.", product="food")
>>> [(finding.severity, finding.line, finding.excerpt) for finding in report.findings]
[('error', 1, 'cures eczema')]

`check` judges a text, `check_files` files and folders, and a `Checker` many texts with rules that are compiled once.
"""

from __future__ import annotations

from ._caveat import CaveatError, __version__

TYPE_CHECKING = False  # As `typing` has it, which would take longer to import than all else that the program needs.
if TYPE_CHECKING:
    from ._check import Checker, check, check_files
    from ._report import (
        Excepted,
        Exemption,
        File,
        Finding,
        Kind,
        Label,
        Place,
        Product,
        Report,
        Silenced,
        Source,
        Statement,
        Summary,
        Unchecked,
        Unread,
        UnreadFile,
        UnreadKind,
        Verdict,
    )

__all__ = [
    "CaveatError",
    "Checker",
    "Excepted",
    "Exemption",
    "File",
    "Finding",
    "Kind",
    "Label",
    "Place",
    "Product",
    "Report",
    "Silenced",
    "Source",
    "Statement",
    "Summary",
    "Unchecked",
    "Unread",
    "UnreadFile",
    "UnreadKind",
    "Verdict",
    "__version__",
    "check",
    "check_files",
]


if not TYPE_CHECKING:
    # The program needs none of the rest, and would start later for it.
    def __getattr__(name):
        if name in __all__:
            from . import _check, _report

            return getattr(_check if hasattr(_check, name) else _report, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
