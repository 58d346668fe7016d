"""How fast the template engine makes a contract and a deck, beside every peer on an equivalent template.

Run it by hand: ``python benchmarks/engine.py [--rounds N] [--quick]``. It installs the peers into a cache folder of its
own ($GOVPACK_BENCH_HOME), writes each one's template from one description, checks that all outputs say the same, and
times the engines in turns, each in a process of its own. benchmarks/README.md says what each is spared. Exit code 0; 1
where a bar is missed or an output says something else; a peer that can't be had or fails is named, and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import zlib
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from jinja2 import Template

import contract
import deck
import growth
import homes
import said
import syntaxes
import turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from turns import Cold, Racer

ROUNDS, QUICK_ROUNDS, COLD_RUNS, QUICK_COLD_RUNS = 30, 5, 7, 2
# How many times as fast as each peer, warm; and in a whole process.
BARS = {"docxtpl": 20, "rust-docxtpl": 5, "docxtemplater": 5}
COLD_BARS = ("docxtpl", "docxtemplater", "carbone")
FLOOR_BAR, DECK_BAR, SIZE_BAR, ROWS_BAR_MB, GROWTH_BAR = 2, 15, 1.10, 250, 1.3


@dataclass(slots=True)
class Outcome:
    """What the run came to: each bar with whether it is met and its figure; whether an output says something else."""

    bars: list[tuple[str, bool | None, str]] = field(default_factory=list)
    differ: bool = False

    def bar(self, what: str, value: float | None, limit: float, *, most: bool = False, unit: str = "×") -> None:
        """Hold `value` to a bar: at least `limit`, or at most. None where it was not measured."""
        met = None if value is None else value <= limit if most else value >= limit
        self.bars.append((what, met, "not measured" if value is None else f"{value:,.2f} {unit}"))

    def print(self) -> int:
        """The bars; the exit code."""
        print("\nBars, by medians or by the fastest of all, whichever flatters govpack less")
        for what, met, figure in self.bars:
            print(f"  {what:<76}{'–' if met is None else 'yes' if met else 'NO':>5}   {figure}")
        return int(self.differ or any(met is False for _, met, _ in self.bars))


def gather() -> list[homes.Engine]:
    """Every engine of the contract that can be had."""
    engines = [homes.own("govpack")]
    for name in (*homes.PYTHON_PEERS, *homes.NODE_PEERS):
        try:
            engines.append(homes.find(name))
        except homes.PeerError as error:
            print(f"! {name} can't be had: {error}")
    return engines


def enter(engines: Iterable[homes.Engine], files: dict[str, tuple[Path, Path]], outcome: Outcome) -> list[Racer]:
    """The engines ready to race, without those that fail or whose output differs from govpack's, which comes first."""
    racers: list[Racer] = []
    expected: list[str] = []
    for engine in engines:
        template, data = files[engine.name]
        try:
            racer = turns.ready(engine, template, data, template.with_name(f"made-{template.name}"))
        except homes.PeerError as error:
            print(f"! {engine.name} fails: {error}")
            continue
        assert racer.made
        texts = said.read(racer.made)
        expected = expected or texts
        if found := said.differences(expected, texts):
            outcome.differ = True
            print(f"! {engine.name} says something else and is left out:", *found, sep="\n    ")
            racer.worker.close()
            continue
        racers.append(racer)
    print(f"  {len(expected)} texts; {len(racers)} outputs say the same, word for word")
    return racers


def floor_racers(folder: Path, data: Path, made: Path) -> list[Racer]:
    """What no engine on Jinja and zlib goes below, as racers: they make no file, but say what `made` says."""
    template = folder / "floor.json"
    filled = contract.data()
    parts = syntaxes.write_parts(contract.describe(), syntaxes.FLOOR, filled)
    template.write_text(json.dumps(parts))
    rendered = {name: Template(text).render(filled).encode() for name, text in parts.items()}
    assert not said.differences(said.read(made), said.read_parts(rendered))
    return [turns.ready(homes.own(name, ""), template, data) for name in ("floor", "floor-zlib", "jinja")]


def print_race(racers: list[Racer], cold: dict[str, Cold]) -> None:
    """A row for each engine; ratios are to the first. Memory is above a bare interpreter."""
    columns = ("warm|ms", "ratio|", "fastest|ms", "once|ms", "file|KB", "peak|MB", "cold|ms", "ratio|", "peak|MB")
    for heads in zip(*(column.split("|") for column in columns), strict=True):
        print(f"  {'':<24}" + "".join(f"{head:>9}" for head in heads))
    ours = racers[0]
    for racer in racers:
        engine = racer.worker.engine
        row = f"  {f'{engine.name} {engine.version}':<24}{racer.median * 1e3:>9.2f}{racer.median / ours.median:>7.1f} ×"
        row += f"{min(racer.seconds) * 1e3:>9.2f}"
        if racer.made and engine.name in cold:
            whole, bare = cold[engine.name], cold[f"bare {engine.name}"]
            held = racer.worker.ask("peak") - bare.peak
            row += f"{racer.once * 1e3:>9.1f}{racer.made.stat().st_size / 1e3:>9.1f}{held / 1e3:>9.1f}"
            row += f"{whole.median * 1e3:>9.0f}{whole.median / cold[ours.worker.engine.name].median:>7.2f} ×"
            row += f"{(whole.peak - bare.peak) / 1e3:>9.1f}"
        print(row)


def print_bare(cold: dict[str, Cold]) -> None:
    """What a process costs that does nothing."""
    python, node = (cold.get(f"bare {name}") for name in ("govpack", "docxtemplater"))
    words = [
        f"{word} {bare.median * 1e3:.0f} ms, {bare.peak / 1e3:.1f} MB"
        for word, bare in (("Python", python), ("Node.js", node))
        if bare
    ]
    print(f"  bare: {'; '.join(words)}. Memory is above that")


def filled_members(made: Path) -> list[str]:
    """The members of a deck that change from one rendering to the next."""
    folders = ("ppt/slides/slide", "ppt/notesSlides/notes", "ppt/charts/chart", "ppt/embeddings/")
    with ZipFile(made) as package:
        return [name for name in package.namelist() if name.startswith(folders)]


def size_ratio(made: Path) -> float:
    """How much larger the members of `made` are than zlib at level 6 makes them."""
    with ZipFile(made) as package:
        infos = package.infolist()
        squeezed = sum(len(zlib.compress(package.read(info), 6)) - 6 for info in infos)
        return sum(info.compress_size for info in infos) / squeezed


def race_contract(engines: list[homes.Engine], folder: Path, rounds: int, colds: int, outcome: Outcome) -> None:
    """The contract by every engine, warm and cold, and the floor."""
    described, filled = contract.describe(), contract.data()
    data = folder / "contract.json"
    data.write_text(json.dumps(filled))
    files: dict[str, tuple[Path, Path]] = {}
    for name, syntax in syntaxes.SYNTAXES.items():
        template = folder / f"{name}.docx"
        template.write_bytes(syntaxes.write_template(described, syntax, filled))
        files[name] = (template, data)
    print(f"\nContract: {contract.CLAUSES} clauses, {contract.ROWS} rows, {len(contract.VALUES)} values")
    racers = enter(engines, files, outcome)
    assert racers[0].made
    floors = floor_racers(folder, data, racers[0].made)
    turns.race([*racers, *floors], rounds)
    cold = turns.run_cold([racer.worker.engine for racer in racers], files, folder, colds)
    print_race([*racers, *floors], cold)
    print_bare(cold)
    for name, text in syntaxes.LACKS.items():
        print(f"  {name}: {text}")
    ours, by_name = racers[0], {racer.worker.engine.name: racer for racer in racers}
    for name, least in BARS.items():
        ratio = turns.times_as_fast(ours.seconds, by_name[name].seconds) if name in by_name else None
        outcome.bar(f"contract, warm: at least {least} × as fast as {name}", ratio, least)
    above = 1 / turns.times_as_fast(ours.seconds, floors[0].seconds)
    outcome.bar(f"contract, warm: at most {FLOOR_BAR} × the floor", above, FLOOR_BAR, most=True)
    outcome.bar("contract: at most 10 % larger than by zlib, level 6", size_ratio(racers[0].made), SIZE_BAR, most=True)
    for name in COLD_BARS:
        ratio = turns.times_as_fast(cold["govpack"].seconds, cold[name].seconds) if name in cold else None
        outcome.bar(f"contract, whole process: faster than {name}", ratio, 1)
    for racer in (*racers, *floors):
        racer.worker.close()


def race_deck(folder: Path, rounds: int, colds: int, outcome: Outcome) -> None:
    """The deck by govpack and by python-pptx."""
    data, files = folder / "deck.json", {}
    data.write_text(json.dumps(deck.data()))
    content = deck.write_template()
    for name in ("govpack", "python-pptx"):
        files[name] = (folder / f"{name}.pptx", data)
        files[name][0].write_bytes(content)
    print(f"\nDeck: {deck.SLIDES} slides with notes, a table, two charts with their workbooks")
    racers = enter([homes.own("govpack"), homes.own("python-pptx", "python-pptx")], files, outcome)
    made = racers[0].made
    assert made
    members = folder / "changed.json"
    members.write_text(json.dumps({"changed": filled_members(made)}))
    floors = [turns.ready(homes.own("deflate", ""), made, members)]
    turns.race([*racers, *floors], rounds)
    cold = turns.run_cold([racer.worker.engine for racer in racers], files, folder, colds)
    print_race([*racers, *floors], cold)
    print("  deflate: the members that change, by govpack's compressor, and nothing else")
    ratio = turns.times_as_fast(racers[0].seconds, racers[1].seconds) if len(racers) > 1 else None
    outcome.bar(f"deck, warm: at least {DECK_BAR} × as fast as python-pptx", ratio, DECK_BAR)
    for racer in (*racers, *floors):
        racer.worker.close()


def load() -> str:
    """How busy the machine is."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "load unknown"


def main() -> int:
    """Install, compare, measure and print."""
    parser = argparse.ArgumentParser(description="Race the template engine against its peers.")
    parser.add_argument("--rounds", type=int, help=f"turns of each engine (default {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help="few rounds, small sizes: to see that all of it runs")
    arguments = parser.parse_args()
    rounds = arguments.rounds or (QUICK_ROUNDS if arguments.quick else ROUNDS)
    colds = QUICK_COLD_RUNS if arguments.quick else COLD_RUNS
    outcome = Outcome()
    engines = gather()
    print(f"Python {platform.python_version()}, Jinja {version('jinja2')}, zlib {zlib.ZLIB_RUNTIME_VERSION}; {load()}")
    print(f"Medians of {rounds} rounds in turns, {colds} whole processes; peers in {homes.home()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        race_contract(engines, folder, rounds, colds, outcome)
        race_deck(folder, rounds, colds, outcome)
        grown = growth.run(engines, folder, quick=arguments.quick)
    for what, factor in grown.factors.items():
        text = f"{what}: from one size to the next, no more than {GROWTH_BAR} × as much as linear"
        outcome.bar(text, factor, GROWTH_BAR, most=True)
    held = f"{growth.MOST_ROWS:,} rows: the whole process in less than {ROWS_BAR_MB} MB"
    outcome.bar(held, grown.most_rows_mb, ROWS_BAR_MB, most=True, unit="MB")
    print(f"\nat the end: {load()}")
    return outcome.print()


if __name__ == "__main__":
    sys.exit(main())
