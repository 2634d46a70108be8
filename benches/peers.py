"""Near-duplicate pairs of a JSON lines file by another tool, for `cargo bench --bench table`.

usage: peers.py datasketch|rensa|gaoya|text-dedup ARTICLES.jsonl PAIRS.tsv

128 permutations, 5-word shingles, Jaccard threshold 0.3. text-dedup is run as its own command and reads the file itself;
the others get the texts. Writes pairs of line numbers; prints documents, seconds, and the tool's version, tab-separated.
"""

import importlib.metadata
import itertools
import json
import os
import pickle
import re
import subprocess
import sys
import tempfile
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


def gaoya(texts):
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=THRESHOLD, num_bands=32, band_size=4, num_hashes=PERMUTATIONS,
        analyzer="word", lowercase=True, ngram_range=(SHINGLE, SHINGLE))
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    for number, others in enumerate(index.par_bulk_query(texts)):
        yield from ((other, number) for other in others if other < number)


def text_dedup(articles):
    """Runs the command; gives its seconds and the pairs within each of its groups."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        command = [
            sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", os.path.abspath(articles),
            "--split", "train", "--cache_dir", os.path.join(folder, "cache"), "--output", out, "--column", "text",
            "--ngram", str(SHINGLE), "--num_perm", str(PERMUTATIONS), "--threshold", str(THRESHOLD), "--debug",
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, HF_HUB_OFFLINE="1"))
        seconds = time.perf_counter() - started
        with open(os.path.join(out, "uf.pkl"), "rb") as file:
            found = pickle.load(file)
    groups = {}
    for number in list(found.parent):
        groups.setdefault(found.find(number), []).append(number)
    pairs = [pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)]
    return seconds, pairs


PEERS = {"datasketch": datasketch, "rensa": rensa, "gaoya": gaoya}


def main():
    name, articles, out = sys.argv[1:]
    with open(articles, encoding="utf-8") as lines:
        texts = [json.loads(line).get("text") or "" for line in lines]
    version = importlib.metadata.version(name)
    if name == "text-dedup":
        seconds, pairs = text_dedup(articles)
    else:
        started = time.perf_counter()
        pairs = list(PEERS[name](texts))
        seconds = time.perf_counter() - started
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(f"{a}\t{b}\n" for a, b in pairs)
    print(f"{len(texts)}\t{seconds:.3f}\t{version}")


main()
