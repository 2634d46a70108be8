"""A crawl of gigabytes: a WARC.gz made from a folder of pages is added, stopped half way, and added again.

usage: warc.py COPYTRAIL FOLDER MEGABYTES

Each copy of a page has an address of its own. Told are the seconds, the most memory that either run held (as the
kernel counts it), and whether what is on file is what one whole run would have put there: every page once.
"""

import gzip
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time


def record(address, page):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-02T10:15:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 6)


def write(path, folder, size):
    pages = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as page:
            pages.append(page.read())
    addresses = []
    with open(path, "wb") as crawl:
        while crawl.tell() < size:
            number = len(addresses)
            addresses.append(f"https://paper-{number % 97}.example/story/{number}")
            crawl.write(record(addresses[-1], pages[number % len(pages)]))
    return len(addresses)


def add(binary, store, path, stop_after=None):
    run = subprocess.Popen([binary, "--db", store, "add", "-q", path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if stop_after is not None:
        time.sleep(stop_after)
        run.send_signal(signal.SIGINT)
    return run.wait()


def on_file(binary, store):
    listed = subprocess.run(
        [binary, "--db", store, "list", "--format", "jsonl"], capture_output=True, stdin=subprocess.DEVNULL
    )
    return len(listed.stdout.splitlines())


def main():
    binary, folder, megabytes = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as home:
        path, store = os.path.join(home, "crawl.warc.gz"), os.path.join(home, "stopped.db")
        pages = write(path, folder, megabytes * 1_000_000)
        print(f"{pages} pages, {os.path.getsize(path) / 1e6:.0f} MB packed", flush=True)
        begun = time.monotonic()
        # Half of what the whole would take at some hundred pages a second.
        status = add(binary, store, path, stop_after=pages / 400)
        print(f"stopped with exit status {status}: {on_file(binary, store)} articles on file", flush=True)
        status = add(binary, store, path)
        taken = time.monotonic() - begun
        print(f"added again, exit status {status}: {on_file(binary, store)} articles in {taken:.0f} s with the stop", flush=True)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"most memory of either run: {peak:.0f} MiB", flush=True)
        once = os.path.join(home, "once.db")
        add(binary, once, path)
        checked = subprocess.run([binary, "--db", store, "check"], stdin=subprocess.DEVNULL, capture_output=True)
        same = on_file(binary, once) == on_file(binary, store)
        print(f"as one whole run: {'yes' if same else 'NO'}; check: exit status {checked.returncode}")


main()
