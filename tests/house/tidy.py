"""clang-tidy over every .cpp of src, in parallel; a file is looked at again only when something that
it reads has changed: itself, a header of ours it includes (however deep), its command line, the rules.

    tidy.py BUILD_FOLDER JOBS     BUILD_FOLDER holds compile_commands.json and keeps the stamps
"""

import concurrent.futures
import functools
import hashlib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
TOOL = "clang-tidy-19"


@functools.cache
def included(path):
    """Headers of ours that the file names, as paths."""
    names = re.findall(r'^#include "([^"]+)"', path.read_text(), re.MULTILINE)
    return [SRC / name for name in names if (SRC / name).is_file()]


def is_vendors_source(path):
    """Nothing but includes: a library compiled in one file of ours."""
    return all(re.match(r"#|//|$", line) for line in path.read_text().splitlines())


def closure(path):
    found, waiting = {path}, [path]
    while waiting:
        for header in included(waiting.pop()):
            if header not in found:
                found.add(header)
                waiting.append(header)
    return sorted(found)


def fingerprint(path, command, rules):
    digest = hashlib.sha256(f"{rules}\0{command}".encode())
    for name in closure(path):
        digest.update(f"\0{name}\0".encode() + name.read_bytes())
    return digest.hexdigest()


def main(build, jobs):
    build = pathlib.Path(build)
    version = subprocess.run([TOOL, "--version"], capture_output=True, text=True, check=True).stdout
    rules = version + (ROOT / ".clang-tidy").read_text()
    commands = json.loads((build / "compile_commands.json").read_text())
    stamps = build / "stamps"
    stamps.mkdir(exist_ok=True)

    def look(path, command):
        wanted = fingerprint(path, command, rules)
        stamp = stamps / str(path.relative_to(SRC)).replace("/", "__")
        if stamp.is_file() and stamp.read_text() == wanted:
            return None
        run = subprocess.run([TOOL, "-p", str(build), "--quiet", str(path)],
                             capture_output=True, text=True)
        if run.returncode == 0:
            stamp.write_text(wanted)
        else:
            print(f"{path.relative_to(ROOT)}:\n{run.stdout}{run.stderr}", flush=True)
        return run

    ours = [(pathlib.Path(c["file"]), c.get("command", "")) for c in commands]
    ours = [(path, command) for path, command in ours
            if path.is_relative_to(SRC) and not is_vendors_source(path)]
    with concurrent.futures.ThreadPoolExecutor(int(jobs)) as pool:
        results = list(pool.map(lambda pair: look(*pair), ours))
    runs = [run for run in results if run]
    bad = sum(1 for run in runs if run.returncode != 0)
    print(f"   clang-tidy: {len(results)} files, {len(runs)} looked at, {bad} with findings")
    return 1 if bad or not results else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
