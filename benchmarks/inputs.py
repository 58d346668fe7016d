"""How fast, and in how much memory, a large pack is read: 5,000 partners in 100,000 lines of YAML.

Run it by hand: ``python benchmarks/inputs.py [PARTNERS]``. Each figure comes from a process of its own. The peer is
PyYAML's own fast way, ``yaml.load(…, Loader=yaml.CSafeLoader)``, which only builds plain dicts: no places, no model,
no references. The bars are those of the project: 1 s after start-up, and 150 MB above a Python that imports nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 5
BAR_SECONDS = 1.0
BAR_BYTES = 150 * 1000**2

BARE = """
import resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print('{"peak": %d, "seconds": 0}' % peak)
"""
OURS = """
import json, resource, sys, time
from govpack.inputs import read_pack
start = time.perf_counter()
pack, findings = read_pack(sys.argv[1])
seconds = time.perf_counter() - start
assert pack is not None, [str(finding) for finding in findings[:5]]
assert len(pack.partners) == int(sys.argv[2])
print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""
TREE = """
import json, resource, sys, time
from govpack.sources import read_yaml
start = time.perf_counter()
pack = read_yaml(sys.argv[1])
seconds = time.perf_counter() - start
assert len(pack["partners"]) == int(sys.argv[2])
print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""
PEER = """
import json, resource, sys, time, yaml
start = time.perf_counter()
with open(sys.argv[1], "rb") as stream:
    pack = yaml.load(stream, Loader=yaml.CSafeLoader)
seconds = time.perf_counter() - start
assert len(pack["partners"]) == int(sys.argv[2])
print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""
HEAD = """\
pack: {title: Large programme, as_of: 2026-09-30, owner: arch}
organisation:
  name: Large Bank
  legal_name: Large Bank plc
  registered_in: Ireland
  critical_functions: [{id: F-PAY, name: Payments, rto_hours: 2, rpo_minutes: 5}]
people:
  arch: {name: Jonas Meyer, role: Architect}
  coo: {name: Maren Solberg, role: Chief Operating Officer}
strategy:
  segments:
    - {id: strategic, name: Strategic}
    - {id: specialist, name: Specialist}
partners:
"""
PARTNER = """\
  - id: partner-{n}
    name: Partner {n}
    legal_name: Partner {n} Société Anonyme
    country: FR
    kind: model_vendor
    segment: {segment}
    description: "Supplies service {n}: models, support and advice"
    capabilities: [inference, training]
    value: {value}
    health: 4
    spend: {spend}
    plan: {spend}.50
    hosted_on: {host}
    alternatives: [partner-{other}, open-weight models]
    exit_months: 9
    exit_cost: 125000
    last_exit_test: 2026-03-31
    owner: arch
    sponsor: coo
    ict_service: true
"""


def write_pack(path: Path, partners: int) -> int:
    """Write a pack with so many partners, 20 lines each; the number of lines."""
    rows = (
        PARTNER.format(
            n=n,
            segment=("strategic", "specialist")[n % 2],
            value=n % 5 + 1,
            spend=1000 * n,
            host=f"partner-{n // 10}" if n else "null",
            other=(n + 1) % partners,
        )
        for n in range(partners)
    )
    text = HEAD + "".join(rows)
    path.write_text(text, encoding="utf-8")
    return text.count("\n")


def measure(script: str, *arguments: str) -> tuple[float, int]:
    """Best seconds and highest memory (bytes) of a few runs of `script`, each in a new process."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True)
        runs.append(json.loads(done.stdout))
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB on Linux
    return min(run["seconds"] for run in runs), max(run["peak"] for run in runs) * unit


def main() -> int:
    """Measure and print; 1 where a bar is missed."""
    partners = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.yaml"
        lines = write_pack(path, partners)
        _, bare = measure(BARE)
        rows = {
            "govpack: read, validate, check references": measure(OURS, str(path), str(partners)),
            "govpack: read to a marked tree": measure(TREE, str(path), str(partners)),
            "yaml.CSafeLoader (peer)": measure(PEER, str(path), str(partners)),
        }
    seconds, peak = next(iter(rows.values()))
    peer = rows["yaml.CSafeLoader (peer)"][0]
    print(f"{partners:,} partners in {lines:,} lines; best of {RUNS}; a bare process takes {bare / 1e6:.0f} MB")
    for name, (took, memory) in rows.items():
        print(f"  {name:<44}{took:7.2f} s {took / peer:6.2f} × peer {(memory - bare) / 1e6:7.0f} MB above bare")
    fast, small = seconds < BAR_SECONDS, peak - bare < BAR_BYTES
    print(f"  under {BAR_SECONDS:.0f} s after start-up: {'yes' if fast else 'NO'}")
    print(f"  under {BAR_BYTES / 1e6:.0f} MB above a bare process: {'yes' if small else 'NO'}")
    return 0 if fast and small else 1


if __name__ == "__main__":
    sys.exit(main())
