"""Pelican's writer: writes files whole, and only if they changed."""

import io
import os
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.writers import Writer

from plugins.newspaper.fingerprint import digest
from plugins.newspaper.printing.record import Printing, Record
from plugins.strict_pelican import StrictPelican


class RecordingWriter(Writer):
    """Pelican's writer over the record: whole files, and only those whose bytes changed."""

    record: Record

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> "_WholeFile":
        name = Path(os.path.relpath(filename, self.record.output)).as_posix()
        return _WholeFile(self.record.pelican_pages, name, encoding)


class _WholeFile(io.StringIO):
    """Text that reaches its file at once, when closed."""

    def __init__(self, printing: Printing, name: str, encoding: str) -> None:
        super().__init__(newline="")
        self._printing, self._name, self._encoding = printing, name, encoding

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is None:
            content = self.getvalue().encode(self._encoding)
            self._printing.write(self._name, content, digest(content))
        super().__exit__(kind, error, trace)


def offer_writer(build: StrictPelican) -> type[Writer]:
    """Open the record, which locks the output: only now, when there are no problems, so that no build waits in vain."""
    # Pelican makes the writer itself, from a class.
    return type("Writer", (RecordingWriter,), {"record": build.record.open()})


def register() -> None:
    signals.get_writer.connect(offer_writer)
