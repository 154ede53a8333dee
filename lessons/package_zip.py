"""A package as one file: a zip with the same bytes whenever its content is the same."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: a clock would change the bytes
PACKED = (".yaml", ".svg", ".vtt")


def pack(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, NO_TIME)
            entry.external_attr = 0o644 << 16
            is_text = name.endswith(PACKED)
            archive.writestr(entry, content, ZIP_DEFLATED if is_text else ZIP_STORED)
    return packed.getvalue()
