import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def locked_versions(path: Path) -> dict[str, str]:
    """Name → version of a lock file made by ``uv pip compile``."""
    versions: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#", "\t")):
            requirement = Requirement(line.removesuffix("\\").strip())
            [specifier] = requirement.specifier
            versions[canonicalize_name(requirement.name)] = specifier.version
    return versions


def out_of_step(wanted: list[str], locked: dict[str, str]) -> list[str]:
    """What is asked for and not locked, or locked outside its bounds."""
    faults = []
    for line in wanted:
        requirement = Requirement(line)
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            faults.append(f"{requirement.name} is not locked")
        elif version not in requirement.specifier:
            faults.append(f"{requirement.name} is locked at {version}, wanted {line}")
    return faults


class Command(BaseCommand):
    help = "Fails when pyproject.toml and the lock files in requirements/ are out of step."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
        dependencies = project["project"]["dependencies"]
        base = locked_versions(settings.BASE_DIR / "requirements" / "base.txt")
        dev = locked_versions(settings.BASE_DIR / "requirements" / "dev.txt")
        faults = out_of_step(dependencies, base)
        faults += out_of_step(dependencies + project["dependency-groups"]["dev"], dev)
        faults += [
            f"{name} is {version} in base.txt and {dev.get(name)} in dev.txt"
            for name, version in base.items()
            if dev.get(name) != version
        ]
        if faults:
            raise CommandError("; ".join(faults) + ". Run: make lock")
        self.stdout.write(f"{len(dev)} packages locked, in step with pyproject.toml")
