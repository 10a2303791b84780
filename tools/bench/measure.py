"""What runs inside the process of a peer written in Python: measure.mjs, told again."""

import json
import math
import statistics
import sys
import time


def serve(version, works):
    say({"version": version, "kinds": list(works)})
    job = None
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if "prepare" in order:
                job = works[order["prepare"]["kind"]](order["prepare"])
                say({"sample": sample(*job)})
            else:
                say({"seconds": median(job[0], order["round"])})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


def say(answer):
    print(json.dumps(answer), flush=True)


def sample(run, read):
    """Eight numbers of a first result, by which the peers are compared."""
    values = read(run())
    return [float(values[i * (len(values) - 1) // 7]) for i in range(8)]


def median(run, budget):
    """The median time of a run, in seconds; short runs are timed many at once."""
    first = timed(run, 1)
    if first >= budget:
        return first
    together = max(1, math.ceil(1e-3 / first))
    budget -= first
    times = []
    while budget > 0:
        seconds = timed(run, together)
        times.append(seconds / together)
        budget -= seconds
    return statistics.median(times)


def timed(run, count):
    start = time.perf_counter()
    for _ in range(count):
        run()
    return time.perf_counter() - start
