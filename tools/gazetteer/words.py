#!/usr/bin/env python3
"""Remakes the word lists of the place reader: words.py PLACES.tsv DICT NAMES_DIR OUT_DIR

DICT is /usr/share/dict/american-english-small (Debian wamerican-small), NAMES_DIR the folder `names` of the PyPI package
names 0.3.0. Heads of the files (lines with #) are kept.
"""
import glob
import pathlib
import sys
import unicodedata

places, dictionary, names_dir, out = sys.argv[1:]


def fold(name):
    name = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in name if not unicodedata.combining(c) and c not in "'\u2019\u2018`")


def rewrite(path, words):
    head = [line for line in open(path, encoding="utf-8") if line.startswith("#")]
    path.write_text("".join(head) + "\n".join(sorted(words)) + "\n", encoding="utf-8")


keys = set()
for line in open(places, encoding="utf-8"):
    fields = line.rstrip("\n").split("\t")
    keys.update(fold(name) for name in [fields[2], *fields[9].split("|")])
words = {w.strip() for w in open(dictionary, encoding="utf-8")}
common = {w for w in words if w.isascii() and w.isalpha() and w.islower() and len(w) > 1 and w in keys}
given = {line.split()[0].lower() for f in glob.glob(names_dir + "/dist.*.first") for line in open(f, encoding="utf-8")}
surnames = [line.split()[0].lower() for line in open(names_dir + "/dist.all.last", encoding="utf-8")][:10000]
rewrite(pathlib.Path(out) / "surnames.txt", {name for name in surnames if name in keys})
rewrite(pathlib.Path(out) / "common-words.txt", common)
rewrite(pathlib.Path(out) / "given-names.txt", given)
