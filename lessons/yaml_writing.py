"""YAML as a writer would have it: long texts as blocks, in the order given. Plain Python."""

from __future__ import annotations

import re
from typing import Any

import yaml

WIDTH = 100
_ODD = re.compile("[\x85\u2028\u2029\ufeff\r]")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _write_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    # PyYAML itself falls back to quotes where a block would lose something, but for the ends of
    # a line that only Unicode knows.
    if _ODD.search(text):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def write_yaml(values: Any) -> str:
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
