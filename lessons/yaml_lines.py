"""YAML that remembers on which line each value stands. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

# Of libyaml, which comes with PyYAML's wheels: eight times as fast, and nothing that is read
# differs. It goes a thousand lists deep.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP = "exceeded maximum nesting depth"


class YamlError(ValueError):
    """Not readable as YAML; ``line`` says where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Document:
    """A YAML file: its content, and the line of every part of it."""

    content: Any
    root: yaml.Node

    def line(self, location: Sequence[str | int]) -> int:
        """The line (from 1) of a value, by its path such as ``("steps", 0, "title")``.

        A step of the path that is not in the file (a missing key) leaves the line at what
        would hold it.
        """
        node = self.root
        line = node.start_mark.line + 1
        for part in location:
            found = _child(node, part)
            if found is not None:
                line, node = found
        return line


def _child(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line + 1, item
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    return None


def read_yaml(text: str) -> Document:
    """Raises ``YamlError`` for text that is no YAML, a key that comes twice, and a list or mapping
    that is named (``&``) to stand elsewhere too (``*``); a word or a date may be."""
    loader = None
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        if root is None:
            raise YamlError(1, "the file is empty")
        _refuse_double_keys(root)
        return Document(loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not YAML"
        if problem == _TOO_DEEP:
            problem = "too many lists inside each other"
        raise YamlError(mark.line + 1 if mark else 1, problem) from error
    except yaml.YAMLError as error:
        raise YamlError(1, str(error)) from error
    except RecursionError as error:
        raise YamlError(1, "too many lists inside each other") from error
    except ValueError as error:  # a date such as 2026-02-31
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, str(error)) from error
    finally:
        if loader is not None:
            loader.dispose()


def _refuse_double_keys(root: yaml.Node) -> None:
    waiting, seen_nodes = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen_nodes:
            # Lists that name each other ten times over are larger than any memory (S-62).
            if not isinstance(node, yaml.ScalarNode):
                raise YamlError(
                    node.start_mark.line + 1, "write this out: '*' may only name a word"
                )
            continue
        seen_nodes.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                if key.value in keys:
                    raise YamlError(key.start_mark.line + 1, f"'{key.value}' is there twice")
                keys.add(str(key.value))
                waiting.append(value)
