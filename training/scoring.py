"""The scorer of `bench/attribution` (definitions of `lab/polnear.py`) and entity F1.

Spans are compared as sets of word tokens, so tokenisation and punctuation do not matter.
"""
import re

WORD = re.compile(r"\w+(?:[’']\w+)?")


def to_ids(spans, words) -> frozenset:
    return frozenset(i for a, b in spans for i, (x, y) in enumerate(words) if x < b and y > a)


def iou(a, b) -> float:
    return len(a & b) / max(1, len(a | b))


class Counts:
    def __init__(self):
        self.tp = self.n_pred = self.n_gold = 0

    def add(self, tp, n_pred, n_gold):
        self.tp += tp
        self.n_pred += n_pred
        self.n_gold += n_gold

    @property
    def f1(self):
        return 200 * self.tp / max(1, self.n_pred + self.n_gold)

    def __str__(self):
        return f"P {100 * self.tp / max(1, self.n_pred):5.1f} R {100 * self.tp / max(1, self.n_gold):5.1f} F1 {self.f1:5.1f}"


def match(gold, pred, ok) -> int:
    """Greedy one-to-one pairs by falling overlap."""
    pairs = sorted(((iou(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(pred) if g & p), reverse=True)
    used_g, used_p, n = set(), set(), 0
    for _, i, j in pairs:
        if i not in used_g and j not in used_p and ok(gold[i], pred[j]):
            used_g.add(i)
            used_p.add(j)
            n += 1
    return n


def score(items) -> dict:
    """items: (text, gold relations, predicted relations), relations as {role: [[start, end], ...]}."""
    out = {f"{r} exact": Counts() for r in ("source", "cue", "content")}
    out |= {"content iou50": Counts(), "relation": Counts()}
    for text, gold, pred in items:
        words = [m.span() for m in WORD.finditer(text)]
        G = [{r: to_ids(x[r], words) for r in ("source", "cue", "content")} for x in gold]
        P = [{r: to_ids(x[r], words) for r in ("source", "cue", "content")} for x in pred]
        for r in ("source", "cue", "content"):
            g = sorted({x[r] for x in G if x[r]}, key=sorted)
            p = sorted({x[r] for x in P if x[r]}, key=sorted)
            out[f"{r} exact"].add(len(set(g) & set(p)), len(p), len(g))
            if r == "content":
                out["content iou50"].add(match(g, p, lambda a, b: iou(a, b) >= 0.5), len(p), len(g))
        used, n = set(), 0
        for a in G:
            for j, b in enumerate(P):
                if j in used or iou(a["content"], b["content"]) < 0.5:
                    continue
                if (a["cue"] & b["cue"] or not a["cue"]) and (a["source"] & b["source"] or not (a["source"] or b["source"])):
                    used.add(j)
                    n += 1
                    break
        out["relation"].add(n, len(P), len(G))
    return out
