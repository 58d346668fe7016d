"""Compiled templates kept in a folder of one user's, so that the next process need not compile them again.

An entry goes by a hash of all that it comes from: the template, its fragments, which values become controls, and the
code that compiles it. What has changed has another name, so no entry is ever out of date. Like the bytecode that Python
keeps, an entry is code that runs: a folder that others may write to is left alone.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng as zlib

import govpack
from govpack.template.pickling import dump_compiled, load_compiled, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govpack.ooxml.package import Package
    from govpack.template.parts.compiling import Compiled
    from govpack.template.parts.controls import Controls
    from govpack.template.parts.fragments import Fragment

# Some six kits' templates; those that nobody asked for the longest go.
_MOST = 100
_SUFFIX = ".compiled"
_DIGEST = hashlib.sha256().digest_size
# Libraries, besides Jinja, whose work is part of what a template is compiled to.
_LIBRARIES = ("lxml", "markdown-it-py")


class TemplateStore:
    """What templates are compiled to, in `folder`. Where that can't be read or written, nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._maker = _maker()
        # How much code the entries have that this process knows, by their names.
        self._held: dict[str, int] = {}

    def find(self, package: Package, fragments: Mapping[str, Fragment], controls: Controls | None) -> Compiled | None:
        """What `package` was compiled to before, with the same `fragments` and `controls`; None where it was not."""
        name = self._name(package, fragments, controls)
        if name is None or not _is_private(self._folder):
            return None
        file = self._folder / name
        try:
            data = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        try:
            compiled = load_compiled(zlib.decompress(data[_DIGEST:]), package.members, fragments)
        except Exception:
            return None
        self._held[name] = len(compiled.environment.codes)
        return compiled._replace(neutral=bool(controls and controls.neutral))

    def keep(
        self, compiled: Compiled, package: Package, fragments: Mapping[str, Fragment], controls: Controls | None
    ) -> None:
        """Keep what `package` is compiled to, unless the store has all of it; fragments count that were used so far."""
        name = self._name(package, fragments, controls)
        size = len(compiled.environment.codes)
        if name is None or self._held.get(name) == size:
            return
        self._held[name] = size
        packed = zlib.compress(dump_compiled(compiled, package.members, fragments), 1)
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_private(self._folder):
                self._write(name, hashlib.sha256(packed).digest() + packed)
                self._make_room()

    def _write(self, name: str, data: bytes) -> None:
        handle, path = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(path, self._folder / name)
        except BaseException:
            os.unlink(path)
            raise

    def _make_room(self) -> None:
        with os.scandir(self._folder) as listed:
            entries = sorted((entry.stat().st_mtime, entry.path) for entry in listed if entry.is_file())
        for _, path in entries[:-_MOST]:
            os.unlink(path)

    def _name(self, package: Package, fragments: Mapping[str, Fragment], controls: Controls | None) -> str | None:
        """The name of the entry; None where what chooses the controls can't be told from another."""
        try:
            wanted = pickle.dumps(controls.wanted) if controls else b""
        except (pickle.PicklingError, AttributeError, TypeError):
            return None
        said = hashlib.sha256(self._maker)
        for part in (package.name, *package.members, *fragments):
            said.update(f"{part}\n".encode(errors="surrogatepass"))
        for member in package.members.values():
            said.update(member.data)
        said.update(repr([tuple(fragment) for fragment in fragments.values()]).encode(errors="surrogatepass"))
        said.update(wanted)
        return said.hexdigest() + _SUFFIX


def _is_private(folder: Path) -> bool:
    """Whether only this user may write to `folder`."""
    if sys.platform == "win32":  # a user's own folders are closed to others
        return folder.is_dir()
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _maker() -> bytes:
    """What compiles templates here, to the last edit of its code."""
    libraries = [(name, metadata.version(name)) for name in _LIBRARIES]
    own = sorted(_files(Path(govpack.__file__).parent))
    return repr((stamp(), sys.version, libraries, own)).encode()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            else:
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns
