"""Pages per second and core: copytrail beside trafilatura (PyPI) on the same pages, in the same run, turn by turn.

usage: pages.py COPYTRAIL FOLDER [PYTHON-WITH-TRAFILATURA] [ROUNDS]

Seconds are processor time of the process itself (user and system), so that a busy machine changes little; the
second column holds what starting alone costs, which is taken off. The best round counts.
"""

import os
import resource
import subprocess
import sys

TRAFILATURA = """
import sys, os
from trafilatura import bare_extraction
folder = sys.argv[1]
for name in sorted(os.listdir(folder) if folder else []):
    with open(os.path.join(folder, name), 'rb') as page:
        try:
            bare_extraction(page.read(), with_metadata=True)
        except Exception as error:
            print(name, error, file=sys.stderr)
"""


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    binary, folder = sys.argv[1:3]
    python = sys.argv[3] if len(sys.argv) > 3 else sys.executable
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    pages = len(os.listdir(folder))
    tools = {
        "copytrail": ([binary, "extract", "--format", "jsonl", folder], [binary, "formats"]),
        "trafilatura": ([python, "-c", TRAFILATURA, folder], [python, "-c", TRAFILATURA, ""]),
    }
    best = {name: (float("inf"), 0.0) for name in tools}
    for _ in range(rounds):
        for name, (work, start) in tools.items():
            idle = seconds(start)
            best[name] = min(best[name], (seconds(work) - idle, idle))
    print(f"{'tool':<12} {'pages':>6} {'start s':>8} {'work s':>8} {'pages/s and core':>17}")
    for name, (work, idle) in best.items():
        print(f"{name:<12} {pages:>6} {idle:>8.2f} {work:>8.2f} {pages / work:>17.1f}")
    print(f"copytrail is {best['trafilatura'][0] / best['copytrail'][0]:.1f} times as fast")


main()
