"""Controls of the template that hold more than text: checkboxes, dates and drop-down lists, set as Word sets them."""

from __future__ import annotations

import datetime
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from lxml import etree

from govpack.findings import did_you_mean
from govpack.ooxml.names import qn
from govpack.ooxml.xml import escape
from govpack.template.markup.dialects import WORD
from govpack.template.markup.paragraphs import drop
from govpack.template.values.locales import Locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from govpack.template.language.faults import Faults
    from govpack.template.language.slots import Slot
    from govpack.template.markup.identifiers import Identifiers
    from govpack.template.rendering.characters import Characters

# Stand in the control's markup for what is known only when it is filled.
ID, TEXT, DATE = "\ufdd4", "\ufdd5", "\ufdd6"
_DECLARATIONS = re.compile(r' xmlns:?\w*="[^"]*"')
# A date picture of Word and CLDR's pattern differ in the names of weekdays.
_WEEKDAYS = re.compile("d{3,}")
_AFTER_PLACEHOLDER = frozenset(
    qn(name)
    for name in ("w:dataBinding", "w15:appearance", "w15:dataBinding", "w:date", "w:dropDownList", "w:comboBox")
)
_TRUE, _FALSE = ("true", "yes", "1", "on"), ("false", "no", "0", "off")


@dataclass(slots=True, eq=False)
class Native:
    """A control of the template that a tag sets.

    `markup` is the control with marks for its id, text and date; `missing` the same as a placeholder. `states` are a
    checkbox's signs for off and on, `entries` a list's texts by value, `picture` and `language` those of a date.
    """

    kind: str
    own_id: int = 0
    markup: str = ""
    missing: str = ""
    states: tuple[str, str] = ("\u2610", "\u2612")
    entries: dict[str, str] = field(default_factory=dict)
    picture: str = "d MMMM yyyy"
    language: str = ""

    def write(self, value: Any, locale: Locale, text: Callable[[str], str], control_id: int) -> str:
        """The control showing `value`. TypeError or ValueError say what it would take instead."""
        match self.kind:
            case "checkbox":
                checked = is_checked(value)
                return self._filled(self.states[checked], control_id, date=str(int(checked)), text=text)
            case "date":
                day = _day_of(value)
                shown = self._locale(locale).date(day, self._pattern())
                return self._filled(shown, control_id, date=f"{day.isoformat()}T00:00:00Z", text=text)
        return self._filled(self.entries[self._entry(value)], control_id, date="", text=text)

    def write_missing(self, shown: str, control_id: int) -> str:
        """The control with the mark of a missing value: `shown`, as it reads in XML."""
        if self.kind == "checkbox":
            return self._filled(self.states[0], control_id, date="0", text=escape)
        return self.missing.replace(ID, str(control_id)).replace(TEXT, shown)

    def data(self, value: Any) -> str:
        """`value` as the XML that the control is bound to holds it."""
        match self.kind:
            case "checkbox":
                return "true" if is_checked(value) else "false"
            case "date":
                return f"{_day_of(value).isoformat()}T00:00:00"
        return self._entry(value)

    def _filled(self, shown: str, control_id: int, *, date: str, text: Callable[[str], str]) -> str:
        return self.markup.replace(ID, str(control_id)).replace(DATE, date).replace(TEXT, text(shown))

    def _entry(self, value: Any) -> str:
        wanted = str(value)
        if wanted in self.entries:
            return wanted
        for entry, shown in self.entries.items():
            if shown == wanted:
                return entry
        names = list(dict.fromkeys(self.entries.values()))
        near = did_you_mean(wanted, names)
        raise ValueError(f"the list has no entry '{wanted}'{near}; it has {', '.join(names) or 'none'}")

    def _pattern(self) -> str:
        return _WEEKDAYS.sub(lambda found: "EEEE" if len(found[0]) > 3 else "EEE", self.picture)

    def _locale(self, fallback: Locale) -> Locale:
        try:
            return Locale(self.language) if self.language else fallback
        except ValueError:
            return fallback


class NativeWriter:
    """Sets the template's own controls in one rendering; what a value does not fit is reported to `faults`."""

    def __init__(
        self, slots: list[Slot], faults: Faults, characters: Characters, identifiers: Identifiers, locale: Locale
    ) -> None:
        self._slots = slots
        self._faults = faults
        self._characters = characters
        self._identifiers = identifiers
        self._locale = locale

    def set(self, number: int, slot: Slot, native: Native, value: str) -> str:
        """The control `native`, which the tag of the slot `number` sets to `value`."""

        def shown(text: str) -> str:
            return self._characters.write(number, slot, text)

        try:
            return native.write(value, self._locale, shown, self._identifiers.control_id(native.own_id))
        except (TypeError, ValueError) as error:
            self._faults.report(number, str(error))
            return ""

    def bound_data(self, number: int, value: Any) -> str:
        """What the XML holds that the control at the slot `number` is bound to; its faults are the control's."""
        native = self._slots[number].native
        if native is None or value is None or isinstance(value, Undefined):
            return ""
        try:
            return escape(native.data(value))
        except (TypeError, ValueError):
            return ""


def is_checked(value: Any) -> bool:
    """Whether `value` ticks a checkbox. TypeError where it says neither yes nor no."""
    word = str(value).strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise TypeError(f"a checkbox takes true or false; found '{value}'")


def _day_of(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        raise TypeError(f"a date control takes a date, without the filter 'date'; found '{value}'") from None


def kind_of(control: etree._Element) -> str:
    """``checkbox``, ``date`` or ``list`` where `control` is such a one, else nothing."""
    properties = control.find(qn("w:sdtPr"))
    for child in properties if properties is not None else ():
        if child.tag == qn("w14:checkbox"):
            return "checkbox"
        if child.tag == qn("w:date"):
            return "date"
        if child.tag in (qn("w:dropDownList"), qn("w:comboBox")):
            return "list"
    return ""


def read_native(control: etree._Element, kind: str, tag: str) -> Native:
    """The `control` as one that can be set; `tag` is what its own tag reads afterwards. The element stays as it is."""
    native = Native(kind)
    own = control.find(f"{qn('w:sdtPr')}/{qn('w:id')}")
    native.own_id = int(own.get(qn("w:val"), "0")) if own is not None else 0
    made = deepcopy(control)
    properties = made.find(qn("w:sdtPr"))
    assert properties is not None
    if (node := properties.find(qn("w:id"))) is not None:
        node.set(qn("w:val"), ID)
    if (node := properties.find(qn("w:tag"))) is not None and "{" in node.get(qn("w:val"), ""):
        node.set(qn("w:val"), tag)
    match kind:
        case "checkbox":
            native.states = _read_checkbox(properties)
        case "date":
            _read_date(native, properties)
        case "list":
            for item in properties.iter(qn("w:listItem")):
                entry, shown = item.get(qn("w:value"), ""), item.get(qn("w:displayText"), "")
                native.entries[entry or shown] = shown or entry
    leave_one_run(made)
    native.markup = _markup_of(made)
    native.missing = _as_placeholder(made, properties)
    return native


def _read_checkbox(properties: etree._Element) -> tuple[str, str]:
    box = properties.find(qn("w14:checkbox"))
    assert box is not None
    value = qn("w14:val")
    signs = []
    for name, default in (("w14:uncheckedState", "2610"), ("w14:checkedState", "2612")):
        state = box.find(qn(name))
        signs.append(chr(int(state.get(value, default) if state is not None else default, 16)))
    checked = box.find(qn("w14:checked"))
    if checked is None:
        checked = etree.Element(qn("w14:checked"))
        box.insert(0, checked)
    checked.set(value, DATE)
    return signs[0], signs[1]


def _read_date(native: Native, properties: etree._Element) -> None:
    date = properties.find(qn("w:date"))
    assert date is not None
    date.set(qn("w:fullDate"), DATE)
    for name, attribute in (("w:dateFormat", "picture"), ("w:lid", "language")):
        node = date.find(qn(name))
        if node is not None and node.get(qn("w:val")):
            setattr(native, attribute, node.get(qn("w:val")))


def leave_one_run(control: etree._Element) -> None:
    """Leave one run in the control's content, with a mark for its text; that of a placeholder loses its look."""
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    assert properties is not None
    assert content is not None
    runs = list(content.iter(qn("w:r")))
    run = runs[0] if runs else etree.SubElement(next(content.iter(qn("w:p")), content), qn("w:r"))
    for other in runs[1:]:
        drop(other)
    look = run.find(qn("w:rPr"))
    for placeholder in properties.findall(qn("w:showingPlcHdr")):
        properties.remove(placeholder)
        look = properties.find(qn("w:rPr"))
    look = deepcopy(look) if look is not None else None
    for child in list(run):
        run.remove(child)
    if look is not None:
        run.append(look)
    text = etree.SubElement(run, qn("w:t"))
    text.set(qn("xml:space"), "preserve")
    text.text = TEXT


def _as_placeholder(control: etree._Element, properties: etree._Element) -> str:
    """The markup of the control while its value is missing: highlighted, without a date, as Word's placeholder."""
    date = properties.find(qn("w:date"))
    if date is not None:
        del date.attrib[qn("w:fullDate")]
    place = next((n for n, child in enumerate(properties) if child.tag in _AFTER_PLACEHOLDER), len(properties))
    properties.insert(place, etree.Element(qn("w:showingPlcHdr")))
    run = next(control.iter(qn("w:r")))
    look = WORD.with_look(run.find(qn("w:rPr")), highlight=True)
    for old in run.findall(qn("w:rPr")):
        run.remove(old)
    if look is not None:
        run.insert(0, look)
    return _markup_of(control)


def _markup_of(control: etree._Element) -> str:
    control.tail = None
    head, end, rest = etree.tostring(control, encoding="unicode").partition(">")
    # The part's root declares the same names; elements inside keep those of their own.
    return _DECLARATIONS.sub("", head) + end + rest
