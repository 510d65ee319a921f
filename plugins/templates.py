"""Compiled templates, kept in the paper's store between builds; a damaged one is compiled again."""

import marshal
from importlib.metadata import version
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache, bc_magic

from plugins.newspaper.fingerprint import fingerprint
from plugins.newspaper.store import Store


class KeptTemplates(BytecodeCache):
    """Jinja's bytecode cache over ours."""

    def __init__(self, store: Store, environment: dict[str, Any]) -> None:
        self._store = store
        self._common = fingerprint(bc_magic, version("jinja2"), environment)

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._store.take(f"template/{bucket.key}", self._common + bucket.checksum)
        if code is not None:
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.put(f"template/{bucket.key}", self._common + bucket.checksum, marshal.dumps(bucket.code))
