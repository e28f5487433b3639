"""Write a trained reader as a `rashomon/weights/1` file (described in docs/models.md and encoder/weights.rs).

usage: python export.py READER.pt VOCAB.txt NAME OUT
Matrices and word embeddings become int8 with one scale a row; all else float32. The queries' factor 1/sqrt(32) is folded
into their weights, the segment embedding into the positions, and all flat heads lie in one matrix.
"""
import hashlib
import json
import struct
import sys

import numpy as np
import torch

from corpus import NAMES, UPOS, WINDOW
from network import D, DISTANCES, HEADS, LAYERS, Reader


def tensors(model: Reader):
    """(name, float array, whether int8 by rows)"""
    n = lambda t: t.detach().double().numpy()
    yield "word", n(model.word.weight), True
    yield "position", n(model.position.weight[:WINDOW] + model.segment), False
    yield "shape", n(model.shape.weight), False
    yield "quote", n(model.quote.weight), False

    def linear(name, w, b):
        yield name + ".weight", w, True
        yield name + ".bias", b, False

    def norm(name, m):
        yield name + ".weight", n(m.weight), False
        yield name + ".bias", n(m.bias), False

    yield from norm("ln0", model.ln0)
    for i, layer in enumerate(model.layers):
        s = (D // HEADS) ** -0.5
        qkv = [(n(layer.q.weight) * s, n(layer.q.bias) * s), (n(layer.k.weight), n(layer.k.bias)), (n(layer.v.weight), n(layer.v.bias))]
        yield from linear(f"layers.{i}.qkv", np.concatenate([w for w, _ in qkv]), np.concatenate([b for _, b in qkv]))
        for part in ("o", "up", "down"):
            m = getattr(layer, part)
            yield from linear(f"layers.{i}.{part}", n(m.weight), n(m.bias))
        for part in ("ln1", "ln2"):
            yield from norm(f"layers.{i}.{part}", getattr(layer, part))
    flat = [model.tag, model.upos, *(model.names[k] for k in NAMES)]
    yield from linear("heads", np.concatenate([n(m.weight) for m in flat]), np.concatenate([n(m.bias) for m in flat]))
    yield from linear("pair_word", n(model.pair_word.weight), n(model.pair_word.bias))
    yield from linear("pair_cue", n(model.pair_cue.weight), np.zeros(model.pair_cue.weight.shape[0]))
    yield "pair_tag", n(model.pair_tag.weight).T, False
    for k in ("distance", "paragraph", "between"):
        yield "pair_" + k, n(getattr(model, "pair_" + k).weight), False
    yield from linear("pair_conv", n(model.pair_conv.weight), n(model.pair_conv.bias))
    yield from linear("pair_out", n(model.pair_out.weight), n(model.pair_out.bias))
    for k in ("tag_crf", "pair_crf"):
        transition, start = getattr(model, k).weights()
        yield k + ".transition", n(transition), False
        yield k + ".start", n(start), False


def main(reader: str, vocabulary: str, name: str, out: str) -> None:
    model = Reader()
    model.load_state_dict(torch.load(reader, map_location="cpu"))
    blobs, places, at = [], {}, 0

    def put(data: bytes) -> int:
        nonlocal at
        start = at
        data += b"\0" * (-len(data) % 64)
        blobs.append(data)
        at += len(data)
        return start

    vocab = open(vocabulary, "rb").read()
    vocab_at = put(vocab)
    for key, a, int8 in tensors(model):
        if int8:
            scale = (np.abs(a).max(1) / 127).astype(np.float32)
            scale[scale == 0] = 1
            q = np.clip(np.rint(a / scale[:, None].astype(np.float64)), -127, 127).astype(np.int8)
            places[key] = {"type": "i8", "shape": list(a.shape), "at": put(q.tobytes()), "scale": put(scale.astype("<f4").tobytes())}
        else:
            places[key] = {"type": "f32", "shape": list(a.shape), "at": put(np.ascontiguousarray(a, "<f4").tobytes())}
    # offsets count from the start of the file, which the header's own length moves: settle it by padding the header
    header = {"format": "rashomon/weights/1", "name": name, "names": [[k, v] for k, v in NAMES.items()], "upos": UPOS, "distances": DISTANCES}

    def text(base: int) -> bytes:
        moved = {k: {**p, "at": p["at"] + base, **({"scale": p["scale"] + base} if "scale" in p else {})} for k, p in places.items()}
        return json.dumps({**header, "vocabulary": [vocab_at + base, len(vocab)], "tensors": moved}, separators=(",", ":")).encode()

    base = (12 + len(text(10 ** 8)) + 63) // 64 * 64
    head = text(base)
    head += b" " * (base - 12 - len(head))
    body = b"RASHOMON" + struct.pack("<I", len(head)) + head + b"".join(blobs)
    with open(out, "wb") as f:
        f.write(body + hashlib.sha256(body).digest())
    print(out, len(body) + 32, "bytes, sha256", hashlib.sha256(body).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
