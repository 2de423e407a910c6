#!/usr/bin/python3
"""The zip of a Lambda function: package_lambda.py BINARY ZIP

    bootstrap              the static binary, stripped
    zoneinfo/              the machine's time zones, for where the function has none
    ca-certificates.crt    the authorities that Debian believes, likewise
    LICENSE, NOTICE        ours, and those of what is linked in, in licenses/

The same inputs make the same bytes: names are sorted, and every file is of one day. Refuses a binary
that wants a library or a loader of the machine it will run on.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
ZONES = pathlib.Path("/usr/share/zoneinfo")
AUTHORITIES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
DOCUMENTS = pathlib.Path("/usr/share/doc")
# Debian's packages that a static binary has parts of, and those whose files stand beside it.
LINKED = ("ca-certificates", "libabsl-dev", "libboost1.81-dev", "libbrotli-dev", "libc6-dev",
          "libcli11-dev", "libcrypt-dev", "libfmt-dev", "libspdlog-dev", "libsqlite3-dev",
          "libssl-dev", "libstdc++-12-dev", "libtomlplusplus-dev", "tzdata", "zlib1g-dev")
# What src/base/zones.cpp takes for no zone.
NO_ZONES = re.compile(r"(posix|right)/|(localtime|posixrules|Factory)$|.*[.]")
DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say


class Trouble(Exception):
    """What a person has to be told; no traceback helps them."""


def printed(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def stripped(binary):
    if re.search(r"^\s*(INTERP|DYNAMIC)\s", printed("readelf", "-lW", binary), re.M):
        raise Trouble(f"{binary} is not static: it needs a loader")
    with tempfile.TemporaryDirectory() as folder:
        bare = pathlib.Path(folder) / "bootstrap"
        printed("strip", "--strip-all", "-o", str(bare), binary)
        return bare.read_bytes()


def zones():
    """Each under all its names: a zip's links are not for every reader."""
    found = {}
    for folder, _, names in os.walk(ZONES, followlinks=True):
        for path in (pathlib.Path(folder) / name for name in names):
            name = path.relative_to(ZONES).as_posix()
            if not NO_ZONES.match(name) and (data := path.read_bytes()).startswith(b"TZif"):
                found[f"zoneinfo/{name}"] = data
    if "zoneinfo/America/New_York" not in found:
        raise Trouble(f"no time zones in {ZONES}: install tzdata")
    return found


def licences():
    found = {name: (ROOT / name).read_bytes() for name in ("LICENSE", "NOTICE")}
    for package in LINKED:
        path = DOCUMENTS / package / "copyright"
        if not path.is_file():
            raise Trouble(f"{path} is missing: what is linked in has to be given credit")
        found[f"licenses/{package}"] = path.read_bytes()
    return found


def write(path, files):
    """All of it or nothing: a zip that is cut off must not be taken for a package."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system = 3  # Unix: the mode below counts
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name == "bootstrap" else 0o100644) << 16
            package.writestr(entry, files[name])
    part.replace(path)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    binary, path = arguments[0], pathlib.Path(arguments[1])
    try:
        files = {"bootstrap": stripped(binary), "ca-certificates.crt": AUTHORITIES.read_bytes(),
                 **zones(), **licences()}
        write(path, files)
    except (OSError, Trouble) as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"package: {error.cmd[0]} fails: {error.stderr.strip()}", file=sys.stderr)
        return 1
    unpacked = sum(map(len, files.values()))
    print(f"   {path.name}: {path.stat().st_size / 1e6:.1f} MB, unpacked {unpacked / 1e6:.1f} MB, "
          f"of it bootstrap {len(files['bootstrap']) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
