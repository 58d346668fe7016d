"""A compiled template as bytes, code and all, so that another process has it without compiling it again.

Code is only good for the Python that made it, and calls what this release of govpack and Jinja have: `stamp` says which
they are, and where they differ the template is compiled anew from what it was made of.
"""

from __future__ import annotations

import marshal
import pickle
from importlib.util import MAGIC_NUMBER
from io import BytesIO
from threading import Lock
from types import CodeType
from typing import TYPE_CHECKING, Any

import jinja2
from lxml import etree

import govpack
from govpack.ooxml.package import Deflated
from govpack.template.language.environment import TemplateEnvironment
from govpack.template.parts.fragments import Fragment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govpack.template.parts.compiling import Compiled

_LOCK = type(Lock())


def stamp() -> tuple[bytes, str, str]:
    """What the code of a template is good for: Python's bytecode, and the releases of govpack and Jinja."""
    return MAGIC_NUMBER, govpack.__version__, jinja2.__version__


def dump_compiled(compiled: Compiled, members: Mapping[str, Deflated], fragments: Mapping[str, Fragment]) -> bytes:
    """`compiled` as bytes, but for those of the template's own `members` and `fragments`, which are named in it."""
    buffer = BytesIO()
    _Pickler(buffer, members, fragments).dump(compiled)
    return buffer.getvalue()


def load_compiled(data: bytes, members: Mapping[str, Deflated], fragments: Mapping[str, Fragment]) -> Compiled:
    """What `dump_compiled` gave for the same `members` and `fragments`.

    As with any pickle, `data` must come from who may run code.
    """
    compiled: Compiled = _Unpickler(BytesIO(data), members, fragments).load()
    return compiled


class _Pickler(pickle.Pickler):
    def __init__(self, file: BytesIO, *given: Mapping[str, Deflated] | Mapping[str, Fragment]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._places = {id(each): (number, name) for number, named in enumerate(given) for name, each in named.items()}

    def persistent_id(self, obj: Any) -> tuple[int, str] | None:
        return self._places.get(id(obj)) if isinstance(obj, (Deflated, Fragment)) else None

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, CodeType):
            return marshal.loads, (marshal.dumps(obj),)
        if isinstance(obj, TemplateEnvironment):
            return TemplateEnvironment, (), obj.own_state()
        if isinstance(obj, etree._Element):
            # Properties of a paragraph or run, which are read by themselves.
            return etree.fromstring, (etree.tostring(obj, with_tail=False),)
        if isinstance(obj, _LOCK):
            return Lock, ()
        return NotImplemented  # as pickle does of itself


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BytesIO, *given: Mapping[str, Deflated] | Mapping[str, Fragment]) -> None:
        super().__init__(file)
        self._given = given

    def persistent_load(self, pid: tuple[int, str]) -> Deflated | Fragment:
        number, name = pid
        return self._given[number][name]
