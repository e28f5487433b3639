"""Train the reader (attribution, linker, names, parts of speech) and print its dev scores.

usage: python train.py --bench BENCH --encoder MINILM.safetensors --tokenizer TOKENIZER.json --silver SILVER.jsonl --out DIR
See README.md and the Makefile for the commands of the shipped weights. CPU; bfloat16 in the matrix products, float32 weights.
"""
import argparse
import copy
import json
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import corpus
from decode import predict, predict_names, predict_upos
from network import Reader, runs
from scoring import Counts, score


def collate(parts):
    """parts: (item, lo, hi). Tensors of one padded batch, word numbers relative to the window."""
    ids, shape, quote, first, n_words = [], [], [], [], []
    for it, lo, hi in parts:
        a, s, q, f = [corpus.CLS], [0], [0], []
        for w in range(lo, hi):
            if w > lo and it.paragraph[w] != it.paragraph[w - 1]:
                a.append(corpus.SEP), s.append(0), q.append(0)
            f.append(len(a))
            a += it.pieces[w]
            s += [it.shape[w]] * len(it.pieces[w])
            q += [it.quote[w]] * len(it.pieces[w])
        a.append(corpus.SEP), s.append(0), q.append(0)
        ids.append(a), shape.append(s), quote.append(q), first.append(f), n_words.append(hi - lo)
    t, w = max(map(len, ids)), max(n_words)
    pad = lambda rows, n: torch.tensor([r + [0] * (n - len(r)) for r in rows])
    length = torch.tensor([len(a) for a in ids])
    mask = torch.arange(t)[None] < length[:, None]
    return {
        "ids": pad(ids, t), "shape": pad(shape, t), "quote": pad(quote, t), "first": pad(first, w), "mask": mask[:, None, None, :],
        "word_mask": (torch.arange(w)[None] < torch.tensor(n_words)[:, None]).float(), "n_words": n_words,
        "paragraph": pad([list(it.paragraph[lo:hi]) for it, lo, hi in parts], w),
        "labels": {h: pad2([it.labels.get(h, np.full(len(it.start), -100))[lo:hi] for it, lo, hi in parts], w) for h in ("tag", "upos", *corpus.NAMES)},
    }


def bundles(items, rng, limit=140):
    """Short items (single sentences) put together as the paragraphs of one, in random order, so that no row is mostly padding."""
    items = rng.sample(items, len(items))
    group, out, n = [], [], 0
    for it in items + [None]:
        if it is None or n + len(it.start) > limit and group:
            whole = corpus.Item("bundle", "", *(np.concatenate([getattr(x, k) for x in group]) for k in ("start", "end")),
                                np.concatenate([x.paragraph + 1000 * i for i, x in enumerate(group)]),
                                *(np.concatenate([getattr(x, k) for x in group]) for k in ("shape", "quote", "cut")))
            whole.pieces = [p for x in group for p in x.pieces]
            whole.labels = {h: np.concatenate([x.labels[h] for x in group]) for h in group[0].labels}
            out.append(whole)
            group, n = [], 0
        if it is not None:
            group.append(it)
            n += len(it.start)
    return out


def pad2(rows, n):
    return torch.tensor(np.stack([np.concatenate([r, np.full(n - len(r), -100)]) for r in rows]))


def gold_links(parts, tag_logits, rng, imitate):
    """Cues of the batch with their labels. With `imitate`, cues the tagger now finds are mixed in: a found cue that
    overlaps a gold one may stand in for it, one that overlaps none is a negative (nothing belongs to it)."""
    rows, cues, gold = [], [], []
    guess = tag_logits.argmax(-1)
    for r, (it, lo, hi) in enumerate(parts):
        n = hi - lo
        taken = []
        found = runs(guess[r, :n].tolist(), 3, 4) if imitate else []
        for rel in it.relations:
            c = [w - lo for w in rel["cue"] if lo <= w < hi]
            if not c:
                continue
            cue = (c[0], c[-1] + 1)
            same = [f for f in found if f[0] < cue[1] and cue[0] < f[1]]
            taken += same
            if same and rng.random() < 0.5:
                cue = same[0]
            y = np.zeros(tag_logits.shape[1], np.int64)
            for role, k in (("source", 1), ("content", 2)):
                for w in rel[role]:
                    if lo <= w < hi:
                        y[w - lo] = k
            rows.append(r), cues.append(cue), gold.append(y)
        for f in found:
            if f not in taken:
                rows.append(r), cues.append(f), gold.append(np.zeros(tag_logits.shape[1], np.int64))
    return rows, cues, gold


def report(model, tok, dev, names_dev, upos_dev, log):
    model.eval()
    t = time.time()
    out = score([(it.text, it.gold, p) for it, p in zip(dev, predict(model, dev))])
    for k, v in out.items():
        log(f"  {k:14s} {v}")
    if names_dev:
        for head in ("crossner", "uner", "re3d"):
            c = Counts()
            items = [it for it in names_dev if head in it.labels]
            for it, ents in zip(items, predict_names(model, items, head)):
                g = {tuple(x) for x in it.gold if x[2] in corpus.NAMES[head]}
                p = {tuple(x) for x in ents}
                c.add(len(g & p), len(p), len(g))
            log(f"  names {head:8s} {c}")
    if upos_dev:
        right, total = predict_upos(model, upos_dev)
        log(f"  upos {100 * right / total:.2f} of {total} words")
    log(f"  scored in {time.time() - t:.0f} s")
    model.train()
    return out


def main():
    ap = argparse.ArgumentParser()
    for k in ("bench", "encoder", "tokenizer", "silver", "out"):
        ap.add_argument("--" + k, required=True)
    ap.add_argument("--start", help="a reader.pt to go on from, instead of the bare encoder")
    ap.add_argument("--epochs", type=float, default=3.6)
    ap.add_argument("--lr", type=float, default=2e-4)
    ap.add_argument("--head-lr", type=float, default=1e-3)
    ap.add_argument("--batch", type=int, default=8)
    ap.add_argument("--drop", type=float, default=0.1)
    ap.add_argument("--ema", type=float, default=0.998)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=1, help="two threads that share busy cores wait for each other")
    ap.add_argument("--score-every", type=float, default=2.0, help="epochs")
    ap.add_argument("--limit", type=int, default=0, help="articles; for a smoke test")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    sink = open(f"{a.out}/log.txt", "a", encoding="utf8")

    def log(s):
        print(s, flush=True)
        sink.write(s + "\n")
        sink.flush()

    tok = Tokenizer.from_file(a.tokenizer)
    tok.no_padding(), tok.no_truncation()
    train = corpus.attribution(a.bench, "train", tok, a.silver)
    dev = corpus.attribution(a.bench, "dev", tok)
    names_train, names_dev = corpus.names(a.bench, tok)
    upos_train, upos_dev = (corpus.treebank(f"{a.bench}/treebank/ewt-{s}", tok) for s in ("train.conllu.gz", "dev.conllu"))
    if a.limit:
        train, dev, upos_dev = train[: a.limit], dev[:10], upos_dev[:10]
    names_train = names_train + [it for it in names_train if "re3d" in it.labels] * 2
    n_pieces = sum(len(p) for it in train for p in it.pieces)
    model = Reader(a.drop)
    model.warm_start(a.encoder)
    if a.start:
        model.load_state_dict(torch.load(a.start, map_location="cpu"))
    ema = copy.deepcopy(model).eval()
    head = [p for n, p in model.named_parameters() if n.split(".")[0] in ("tag", "names", "upos", "shape", "quote") or n.startswith("pair")]
    crf = [p for n, p in model.named_parameters() if "_crf" in n]
    ids = {id(p) for p in head} | {id(p) for p in crf}
    groups = [{"params": [p for p in model.parameters() if id(p) not in ids], "lr": a.lr, "weight_decay": 0.01},
              {"params": [p for n, p in model.named_parameters() if id(p) in {id(x) for x in head} and "_crf" not in n], "lr": a.head_lr, "weight_decay": 0.01},
              {"params": crf, "lr": 5e-3, "weight_decay": 0.0}]
    peak = [g["lr"] for g in groups]
    opt = torch.optim.AdamW(groups, fused=True)
    log(f"{vars(a)}\n{len(train)} articles, {n_pieces} wordpieces, dev {len(dev)}, names {len(names_train)}/{len(names_dev)}, upos {len(upos_train)}/{len(upos_dev)}")
    seen, step, t0, due, aux = 0, 0, time.time(), a.score_every, []
    total = a.epochs * n_pieces
    tally = []
    while seen < total:
        parts = [(it, lo, hi) for it in train for lo, hi in corpus.windows(it, rng)]
        parts.sort(key=lambda p: p[2] - p[1] + rng.random() * 40)
        batches = [parts[i: i + a.batch] for i in range(0, len(parts), a.batch)]
        rng.shuffle(batches)
        model.train()
        for main_parts in batches:
            if len(aux) < 3:
                small = [it for set_ in ("crossner", "uner", "re3d") for it in bundles([x for x in names_train if set_ in x.labels], rng)]
                aux += [(it, lo, hi) for src in (small, rng.sample(upos_train, min(160, len(upos_train)))) for it in src for lo, hi in corpus.windows(it, rng)]
                rng.shuffle(aux)
            parts_now = main_parts + [aux.pop()]
            b = collate(parts_now)
            frac = seen / total                  # learning rate: 150 steps up, then straight down
            for g, p in zip(opt.param_groups, peak):
                g["lr"] = p * min(1, (step + 1) / 150) * max(0.01, 1 - frac)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                words = model.encode(b)
                words = model.drop(words)
                m = len(main_parts)
                logits = model.tag(words[:m])
                heads = {h: (model.upos if h == "upos" else model.names[h])(words) for h in ("upos", *corpus.NAMES)}
                rows, cues, gold = gold_links(main_parts, logits, rng, step > 500)
                pair = model.link(words[:m], logits, b["paragraph"], rows, cues) if cues else None
            n_words = b["word_mask"][:m].sum()
            loss_tag = model.tag_crf.nll(logits, b["labels"]["tag"][:m].clamp(min=0), b["word_mask"][:m]) / n_words
            loss_pair = torch.zeros(())
            if cues:
                loss_pair = model.pair_crf.nll(pair, torch.tensor(np.stack(gold)), b["word_mask"][torch.tensor(rows)]) / n_words
            loss = loss_tag + loss_pair
            for h, z in heads.items():
                y = b["labels"][h]
                if (y >= 0).any():
                    loss = loss + (0.2 if h == "news" else 0.3) * F.cross_entropy(z.float().transpose(1, 2), y, ignore_index=-100)
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            seen += sum(len(p) for it, lo, hi in main_parts for p in it.pieces[lo:hi])
            if step % 5 == 0:
                keep = min(a.ema ** 5, step / (step + 20))
                with torch.no_grad():
                    torch._foreach_lerp_(list(ema.parameters()), list(model.parameters()), 1 - keep)
            tally.append((loss_tag.item(), loss_pair.item(), loss.item()))
            if step % 100 == 0:
                t = np.mean(tally[-100:], 0)
                log(f"{time.time() - t0:5.0f}s step {step} epoch {seen / n_pieces:.2f} tag {t[0]:.4f} pair {t[1]:.4f} all {t[2]:.4f} {seen / (time.time() - t0):.0f}/s")
            if seen / n_pieces >= due or seen >= total:
                due += a.score_every
                torch.save(ema.state_dict(), f"{a.out}/reader.pt.new")
                os.replace(f"{a.out}/reader.pt.new", f"{a.out}/reader.pt")
                log(f"epoch {seen / n_pieces:.2f}")
                report(ema, tok, dev, names_dev, upos_dev, log)
            if seen >= total:
                break
    json.dump(vars(a), open(f"{a.out}/settings.json", "w"), indent=1)


if __name__ == "__main__":
    main()
