"""The rows that are timed within one process: presign, service key, store."""

import json
import os
import shutil

from measure import CannotRun, Row, Spread, cores, in_turn, pinned, ratios, tool
from servers import COMPARE, ROOT, make_folder

BENCH = ROOT / "build" / "release" / "bench" / "fairlead_bench"


def timed(pattern, core=None, seconds=120):
    """What Google Benchmark says of the functions whose name the pattern finds, by name."""
    if not os.access(BENCH, os.X_OK):
        raise CannotRun(f"{BENCH.relative_to(ROOT)} is not built")
    folder = make_folder("micro")
    command = [str(BENCH), f"--benchmark_filter={pattern}", "--benchmark_format=json"]
    try:
        if core is None:
            said = tool(command, seconds, cwd=folder)
        else:
            with pinned(core):
                said = tool(command, seconds, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found = {}
    for one in json.loads(said).get("benchmarks", []):
        if one.get("error_occurred"):
            raise CannotRun(f"{one['name']}: {one['error_message']}")
        found[one["name"]] = one
    if not found:
        raise CannotRun(f"fairlead_bench has no {pattern}")
    return found


def nanoseconds(one):
    return one["cpu_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[one["time_unit"]]


def presign(rounds):
    core, _ = cores()

    def ours():
        return nanoseconds(timed("^presign$", core)["presign"]) / 1e3

    def theirs():
        with pinned(core):
            return float(tool(["/usr/bin/python3", "-B", str(COMPARE / "presign.py"), "2"], 30))

    us, them = in_turn(rounds, ours, theirs)
    ratio = ratios(them, us)
    return [Row("presign", "one form: policy, signature, JSON; beside boto3's",
                f"{Spread.of(us).median:.2f} µs", f"{Spread.of(them).median:.0f} µs",
                ratio.text(0) + " ×", "≥ 50 ×", ratio.median >= 50)]


def proved_key(rounds):
    core, _ = cores()
    known, proof = [], []
    for _ in range(rounds):
        found = timed("^(proved_key$|bcrypt/12)", core)
        known.append(nanoseconds(found["proved_key"]) / 1e3)
        proof.append(nanoseconds(found["bcrypt/12"]) / 1e3)
    ours = Spread.of(known)
    return [Row("proved_key", "a service key after its first proof; beside bcrypt of cost 12",
                f"{ours.text()} µs", f"{Spread.of(proof).median:.0f} µs",
                ratios(proof, known).text(0) + " ×", "≤ 2 µs", ours.median <= 2)]


def store(rounds):
    grouped, single, speed, slow = [], [], [], []
    for _ in range(rounds):
        found = timed("^store/")
        together = next(one for name, one in found.items() if name.startswith("store/256/"))
        alone = next(one for name, one in found.items() if name.startswith("store/1/"))
        grouped.append(together["syncs_per_commit"])
        single.append(alone["syncs_per_commit"])
        speed.append(together["commits_per_second"])
        slow.append(alone["commits_per_second"])
    ours = Spread.of(grouped)
    return [Row("store", "syncs of the disk for one commit, 64 waiting; beside one transaction each",
                ours.text(3), Spread.of(single).text(2), "1/" + ratios(single, grouped).text(0),
                "≤ 1/8", ours.median <= Spread.of(single).median / 8,
                (f"{Spread.of(speed).text(0)} commits a second, {Spread.of(slow).text(0)} alone",))]
