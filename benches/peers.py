"""Near-duplicate pairs of a JSON lines file by another tool, for `cargo bench --bench table`.

usage: peers.py datasketch|rensa|text-dedup ARTICLES.jsonl PAIRS.tsv

128 permutations, 5-word shingles, Jaccard threshold 0.3, one process. Writes pairs of line numbers;
prints documents, seconds without reading the file, and the tool's version, tab-separated.
"""

import importlib.metadata
import json
import re
import sys
import time

PERMUTATIONS, SHINGLE, THRESHOLD = 128, 5, 0.3
WORD = re.compile(r"\w+")


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    made = []
    for number, text in enumerate(texts):
        print_ = MinHash(num_perm=PERMUTATIONS)
        print_.update_batch([s.encode() for s in shingles(text)])
        made.append(print_)
        for other in index.query(print_):
            if print_.jaccard(made[other]) >= THRESHOLD:
                yield other, number
        index.insert(number, print_)


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    made = []
    for number, text in enumerate(texts):
        print_ = RMinHash(num_perm=PERMUTATIONS, seed=42)
        print_.update(list(shingles(text)))
        made.append(print_)
        for other in index.query(print_):
            if other != number and print_.jaccard(made[other]) >= THRESHOLD:
                yield other, number
        index.insert(number, print_)


PEERS = {"datasketch": datasketch, "rensa": rensa}


def main():
    name, articles, out = sys.argv[1:]
    with open(articles, encoding="utf-8") as lines:
        texts = [json.loads(line).get("text") or "" for line in lines]
    version = importlib.metadata.version(name)
    started = time.perf_counter()
    pairs = list(PEERS[name](texts))
    seconds = time.perf_counter() - started
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(f"{a}\t{b}\n" for a, b in pairs)
    print(f"{len(texts)}\t{seconds:.3f}\t{version}")


main()
