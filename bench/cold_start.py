"""The row of a function's cold start: from the start of its process to its first answer."""

import contextlib
import os
import shutil

import function
from measure import CannotRun, Row, Spread, cores, in_turn, memory_mib, pinned, ratios
from servers import COMPARE, ROOT, make_folder

PACKAGE = ROOT / "build" / "package" / "fairlead-lambda.zip"
STARTS = 10  # a round; what counts of them is the median
LINE_TIME, LINE_MEMORY = 5, 3


def start(core, command, task_root, secrets):
    """Milliseconds to the first answer of GET /healthz, and the most memory it had by then."""
    endpoint = f"http://127.0.0.1:{secrets.port}"
    with function.RuntimeApi() as api:
        api.send(function.get_event("/healthz"))
        with pinned(core):
            running = function.Function(
                api, command,
                function.environment(task_root, api.port, AWS_ENDPOINT_URL=endpoint),
                task_root, task_root / "log")
        with running:
            try:
                answer, seconds = running.first_answer()
            except CannotRun as error:
                printed = (task_root / "log").read_text(errors="replace")[-600:]
                raise CannotRun(f"{error}\n{printed}") from error
            if answer.status != 200:
                raise CannotRun(f"GET /healthz is answered {answer}")
            return seconds * 1000, memory_mib(running.pid, "VmHWM")


def round_of(core, command, task_root, secrets):
    starts = [start(core, command, task_root, secrets) for _ in range(STARTS)]
    return [Spread.of(values).median for values in zip(*starts)]


def cold_start(rounds):
    """The zip as Lambda unpacks it, and Python's function, on one core each in turn."""
    if not PACKAGE.is_file():
        raise CannotRun(f"{PACKAGE.relative_to(ROOT)} is not there: ./dev package lambda")
    core, _ = cores()
    folders = [make_folder("function"), make_folder("python-function")]
    try:
        with contextlib.ExitStack() as stack:
            secrets = stack.enter_context(function.SecretsManager())
            function.unpack(PACKAGE, folders[0])
            shutil.copy(COMPARE / "health_function.py", folders[1])
            ours, theirs = in_turn(
                rounds,
                lambda: round_of(core, ["./bootstrap"], folders[0], secrets),
                lambda: round_of(core, ["/usr/bin/python3", "-B", "health_function.py"],
                                 folders[1], secrets))
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    return rows(ours, theirs)


def rows(ours, theirs):
    (our_time, our_memory), (their_time, their_memory) = zip(*ours), zip(*theirs)
    time, memory = ratios(their_time, our_time), ratios(their_memory, our_memory)
    size = os.path.getsize(PACKAGE) / 1e6
    return [
        Row("cold_start", "a function's start to its first answer; beside Python with boto3",
            f"{Spread.of(our_time).median:.1f} ms", f"{Spread.of(their_time).median:.0f} ms",
            f"1/{time.text(1)}", f"≤ 1/{LINE_TIME}", time.median >= LINE_TIME,
            (f"medians of {STARTS} starts a round; the zip has {size:.1f} MB",)),
        Row("cold_start.memory", "the most memory it had by then; beside Python with boto3",
            f"{Spread.of(our_memory).median:.1f} MiB", f"{Spread.of(their_memory).median:.1f} MiB",
            f"1/{memory.text(1)}", f"≤ 1/{LINE_MEMORY}", memory.median >= LINE_MEMORY)]
