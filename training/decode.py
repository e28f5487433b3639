"""From a trained reader to relations, names and tags: the same decisions the Rust runtime makes."""
import torch

import corpus
from network import runs


def batches(items, size=16):
    """Windows of all items, alike lengths together: yields lists of (number of the item, item, lo, hi)."""
    parts = [(i, it, lo, hi) for i, it in enumerate(items) for lo, hi in corpus.windows(it)]
    parts.sort(key=lambda p: p[3] - p[2])
    for k in range(0, len(parts), size):
        yield parts[k: k + size]


def pieces_of(it, lo, labels, role):
    """Character spans of the words with this label; neighbours join."""
    out = []
    for i, k in enumerate(labels):
        if k != role:
            continue
        w = lo + i
        if out and i and labels[i - 1] == role and it.paragraph[w] == it.paragraph[w - 1]:
            out[-1][1] = int(it.end[w])
        else:
            out.append([int(it.start[w]), int(it.end[w])])
    return out


def relations(it, lo, cue_list, link_labels):
    out = []
    for (a, b), y in zip(cue_list, link_labels):
        content = pieces_of(it, lo, y, 2)
        if content:
            out.append({"source": pieces_of(it, lo, y, 1), "cue": [[int(it.start[lo + a]), int(it.end[lo + b - 1])]], "content": content})
    return out


@torch.inference_mode()
def predict(model, items, cue_bias=0.0, size=16):
    from train import collate
    out = [[] for _ in items]
    bias = torch.tensor([0, 0, 0, cue_bias, 0, 0, 0.0])
    for group in batches(items, size):
        b = collate([g[1:] for g in group])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = model.encode(b)
            logits = model.tag(words)
        tags = model.tag_crf.viterbi(logits, b["n_words"], bias)
        rows, cues = [], []
        for r, y in enumerate(tags):
            for c in runs(y, 3, 4):
                rows.append(r), cues.append(c)
        if not cues:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pair = model.link(words, logits, b["paragraph"], rows, cues)
        labels = model.pair_crf.viterbi(pair, [b["n_words"][r] for r in rows])
        for r, (i, it, lo, hi) in enumerate(group):
            mine = [k for k in range(len(rows)) if rows[k] == r]
            out[i] += relations(it, lo, [cues[k] for k in mine], [labels[k] for k in mine])
    return out


@torch.inference_mode()
def predict_names(model, items, head):
    from train import collate
    out = [[] for _ in items]
    kinds = corpus.NAMES[head]
    for group in batches(items):
        b = collate([g[1:] for g in group])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            y = model.names[head](model.encode(b)).argmax(-1).tolist()
        for r, (i, it, lo, hi) in enumerate(group):
            last = None
            for w in range(hi - lo):
                k = y[r][w]
                kind = kinds[(k - 1) // 2] if k else None
                broken = w and it.paragraph[lo + w] != it.paragraph[lo + w - 1]
                if k and (k % 2 == 1 or last != kind or broken):
                    out[i].append([int(it.start[lo + w]), int(it.end[lo + w]), kind])
                elif k:
                    out[i][-1][1] = int(it.end[lo + w])
                last = kind
    return out


@torch.inference_mode()
def predict_upos(model, items):
    from train import collate
    right = total = 0
    for group in batches(items):
        b = collate([g[1:] for g in group])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            y = model.upos(model.encode(b)).argmax(-1)
        gold = b["labels"]["upos"]
        right += int(((y == gold) & (gold >= 0)).sum())
        total += int((gold >= 0).sum())
    return right, total
