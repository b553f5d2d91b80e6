"""How a process that serves takes its memory."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

ARENA_MAX = -8
"""glibc's M_ARENA_MAX (malloc.h), as `mallopt` takes it."""


def share_arena() -> None:
    """Has all threads take their memory from one place, unless MALLOC_ARENA_MAX says otherwise; only glibc knows more than one.

    Python lets one thread run at a time, so that a place for each gains nothing, and keeps what the others could use: 15 MB of 200.
    """
    if "MALLOC_ARENA_MAX" not in os.environ:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(ARENA_MAX, 1)
