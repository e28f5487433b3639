"""The training texts: bench files to words, wordpieces, labels and windows.

A *word* is what BERT's basic tokeniser makes: a run of letters and digits, or one punctuation mark. Every head
reads and labels words (at their first wordpiece). A *window* is what one pass of the encoder sees: whole paragraphs packed
together up to `WINDOW` wordpieces, longer paragraphs cut at sentence ends. The Rust runtime
(`rashomon-analyze/src/encoder`) does exactly the same; the parity fixture holds both to it.
"""
import gzip
import json
import os
import random
import re
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

WINDOW = 192          # wordpieces, with [CLS] and the [SEP] after every paragraph
CLS, SEP = 101, 102
ROLES = ["source", "cue", "content"]
TAGS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]
NAMES = {
    "news": ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
             "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"],
    "re3d": ["Organisation", "Location", "Person", "Nationality", "Temporal", "Quantity", "Weapon", "MilitaryPlatform",
             "Money", "DocumentReference"],
    "crossner": ["politicalparty", "politician", "person", "organisation", "location", "country", "election", "event", "misc"],
    "uner": ["PER", "ORG", "LOC"],
}
RE3D_CLEARED = {"US State Department", "UK Government", "Australian Department of Foreign Affairs"}
SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"‘(])")


@dataclass
class Item:
    """One text with its words and whatever gold it carries. Word arrays run in parallel."""
    id: str
    text: str
    start: np.ndarray = None
    end: np.ndarray = None
    paragraph: np.ndarray = None
    shape: np.ndarray = None
    quote: np.ndarray = None
    cut: np.ndarray = None            # true where a sentence or paragraph opens
    pieces: list = None
    labels: dict = field(default_factory=dict)      # head -> word labels, -100 = unknown
    relations: list = field(default_factory=list)   # {role: sorted word numbers}
    gold: list = field(default_factory=list)        # as published: {role: [[start, end], ...]}


def shape_of(word: str, spaced: bool) -> int:
    """0 no letter, 1 lower, 2 Title, 3 ALL CAPITALS, 4 miXed, 5 with a digit; plus 6 if nothing blank stands before."""
    if any(c.isdigit() for c in word):
        k = 5
    elif not any(c.isalpha() for c in word):
        k = 0
    else:
        up = [c.isupper() for c in word if c.isalpha()]
        k = 1 if not any(up) else 3 if all(up) and len(up) > 1 else 2 if up[0] and not any(up[1:]) else 4
    return k + (0 if spaced else 6)


def prepare(id: str, text: str, tokenizer: Tokenizer) -> Item:
    it = Item(id, text)
    cols = {k: [] for k in ("start", "end", "paragraph", "shape", "quote", "cut", "pieces")}
    n_par = 0
    for m in re.finditer(r"[^\n]+", text):
        base, par = m.start(), m.group()
        if not par.strip():
            continue
        opens = {x.end() for x in SENTENCE_END.finditer(par)} | {0}
        enc = tokenizer.encode(par, add_special_tokens=False)
        inside, last, prev_word, pending = False, 0, None, False
        for piece, (a, b), w in zip(enc.ids, enc.offsets, enc.word_ids):
            if w == prev_word:
                cols["pieces"][-1].append(piece)
                cols["end"][-1] = base + b
                continue
            prev_word = w
            first = par[a]
            # the whole word, for its shape
            stop = enc.word_to_chars(w)[1]
            pending = any(o <= a for o in opens)
            opens = {o for o in opens if o > a}
            if first in "“«„" or (first == '"' and not inside):
                q, inside = 2, True
            elif first in "”»" or (first == '"' and inside):
                q, inside = 3, False
            else:
                q = 1 if inside else 0
            for k, v in (("start", base + a), ("end", base + b), ("paragraph", n_par), ("shape", shape_of(par[a:stop], a == 0 or par[a - 1].isspace())),
                         ("quote", q), ("cut", pending), ("pieces", [piece])):
                cols[k].append(v)
        n_par += 1
    it.pieces = cols.pop("pieces")
    for k, v in cols.items():
        setattr(it, k, np.array(v, dtype=bool if k == "cut" else np.int64))
    return it


def words_in(it: Item, spans) -> list:
    out = []
    for a, b in spans:
        lo = int(np.searchsorted(it.end, a, side="right"))
        while lo < len(it.start) and it.start[lo] < b:
            out.append(lo)
            lo += 1
    return sorted(set(out))


def bio(it: Item, spans, kinds: list) -> np.ndarray:
    y = np.zeros(len(it.start), np.int64)
    for a, b, kind in spans:
        if kind not in kinds:
            continue
        k = 1 + 2 * kinds.index(kind)
        for n, w in enumerate(words_in(it, [(a, b)])):
            y[w] = k if n == 0 else k + 1
    return y


def attribution(bench: str, split: str, tok: Tokenizer, silver: str = None) -> list:
    path = f"{bench}/attribution/{split}.jsonl"
    lines = gzip.open(path + ".gz", "rt", encoding="utf8") if not os.path.exists(path) else open(path, encoding="utf8")
    names = {}
    if silver:
        names = {d["id"]: d["entities"] for d in map(json.loads, open(silver, encoding="utf8"))}
    out = []
    for d in map(json.loads, lines):
        it = prepare(d["id"], d["text"], tok)
        it.gold = d["relations"]
        it.relations = [{r: words_in(it, rel[r]) for r in ROLES} for rel in d["relations"]]
        y = np.zeros(len(it.start), np.int64)
        for role, k in (("content", 5), ("source", 1), ("cue", 3)):
            for rel in d["relations"]:
                for span in rel[role]:
                    ws = words_in(it, [span])
                    if role == "content" and any(y[w] for w in ws):
                        continue
                    for n, w in enumerate(ws):
                        y[w] = k if n == 0 else k + 1
        it.labels["tag"] = y
        if d["id"] in names:
            it.labels["news"] = bio(it, names[d["id"]], NAMES["news"])
        out.append(it)
    return out


def held_out(key: str) -> bool:
    """A fifth of the cleared names files, by a fixed hash of the item or document, is never trained on."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(key)) % 5 == 0


def names(bench: str, tok: Tokenizer):
    """(train items, held-out items) of the cleared names sets, and re3d's uncleared publishers as held-out."""
    train, dev = [], []
    for set_ in ("crossner", "uner", "re3d"):
        for d in map(json.loads, open(f"{bench}/names/{set_}.jsonl", encoding="utf8")):
            it = prepare(d["id"], d["text"], tok)
            ents = sorted((e["start"], e["end"], e["type"]) for e in d["entities"] if not e.get("nested"))
            it.labels[set_] = bio(it, ents, NAMES[set_])
            it.gold = ents
            if set_ == "re3d":
                (train if d["source"] in RE3D_CLEARED else dev).append(it)
            else:
                (dev if held_out(d.get("document", d["id"])) else train).append(it)
    return train, dev


def treebank(path: str, tok: Tokenizer) -> list:
    """Documents of a CoNLL-U file: sentences joined by a space, a new line at each paragraph; head `upos`."""
    out, text, tags, id = [], "", [], None
    sent, pos, new_par = "", [], False

    def flush():
        nonlocal text, tags
        if id and text:
            it = prepare(id, text, tok)
            y = np.full(len(it.start), -100, np.int64)
            for a, b, t in tags:
                for w in words_in(it, [(a, b)]):
                    if y[w] < 0 and t in UPOS:
                        y[w] = UPOS.index(t)
            it.labels["upos"] = y
            out.append(it)
        text, tags = "", []

    opener = gzip.open if path.endswith(".gz") else open
    at, skip_until, mwt = 0, 0, (0, 0)
    for line in opener(path, "rt", encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            flush()
            id, new_par = line.split("=")[-1].strip(), False
        elif line.startswith("# newpar"):
            new_par = True
        elif line.startswith("# text = "):
            sent = line[9:]
            if text:
                text += "\n" if new_par else " "
            base, new_par = len(text), False
            text += sent
            at = 0
        elif line and line[0].isdigit():
            f = line.split("\t")
            if "." in f[0]:
                continue
            if "-" in f[0]:
                a = sent.find(f[1], at)
                lo, hi = map(int, f[0].split("-"))
                skip_until, mwt = hi, (a, a + len(f[1]))
                at = a
                continue
            a = sent.find(f[1], at)
            if int(f[0]) <= skip_until and (a < 0 or a >= mwt[1]):
                continue
            if a < 0:
                continue
            tags.append((base + a, base + a + len(f[1]), f[3]))
            at = a + len(f[1])
    flush()
    return out


def windows(it: Item, rng: random.Random = None, limit: int = WINDOW) -> list:
    """Runs of words [lo, hi) that one pass reads. With `rng` the first window is cut short, to vary the packing."""
    n = len(it.start)
    units, lo = [], 0                       # a unit = a paragraph, or a sentence of a long one, or a part of a long sentence
    cost = [len(p) for p in it.pieces]
    room = limit - 2

    def split(lo, hi, level):
        total = sum(cost[lo:hi])
        if total <= room:
            units.append((lo, hi, total))
            return
        if level == 0:
            a = lo
            for w in range(lo + 1, hi):
                if it.cut[w]:
                    split(a, w, 1)
                    a = w
            split(a, hi, 1)
        else:
            a, t = lo, 0
            for w in range(lo, hi):
                if t + cost[w] > room and w > a:
                    units.append((a, w, t))
                    a, t = w, 0
                t += cost[w]
            units.append((a, hi, t))

    while lo < n:
        hi = lo
        while hi < n and it.paragraph[hi] == it.paragraph[lo]:
            hi += 1
        split(lo, hi, 0)
        lo = hi
    out, a, b, t, last = [], 0, 0, 1, None
    budget = limit if rng is None else rng.randint(limit // 4, limit)
    for lo, hi, c in units:
        joins = last is not None and it.paragraph[lo] == last
        extra = c + (0 if joins else 1)
        if b > a and t + extra > budget:
            out.append((a, b))
            a, t, budget = lo, 1, limit
            extra = c + 1
        b, t, last = hi, t + extra, it.paragraph[lo]
    if b > a:
        out.append((a, b))
    return out
