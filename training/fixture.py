"""Numbers of the reader in PyTorch (float32) for the Rust parity test.

usage: python fixture.py READER.pt TOKENIZER.json OUT.json
The sentences are invented. Output: per text its words' spans (bytes), shapes, quote states, flat-head scores and linker scores.
"""
import json
import sys

import torch
from tokenizers import Tokenizer

import corpus
from decode import predict
from network import Reader, runs
from train import collate

TEXTS = [
    "The interior ministry of Norvania said on Tuesday that two bridges near Port Aldis had been destroyed overnight.",
    "“We saw three aircraft,” a fisherman told the Coastal Herald. “Nobody warned us.”\nAccording to the Aldis Monitoring Group, at least 14 people were hurt; the army denied it.",
    "Col. Ren Ostrava, a spokesman, called the report \"pure invention\" and added: \"No U.N.-marked vehicle was hit.\"",
]


def main(reader: str, tokenizer: str, out: str) -> None:
    model = Reader().eval()
    model.load_state_dict(torch.load(reader, map_location="cpu"))
    tok = Tokenizer.from_file(tokenizer)
    tok.no_padding(), tok.no_truncation()
    cases = []
    with torch.inference_mode():
        for text in TEXTS:
            it = corpus.prepare("case", text, tok)
            b = collate([(it, 0, len(it.start))])
            words = model.encode(b)
            heads = torch.cat([model.tag(words), model.upos(words), *(model.names[k](words) for k in corpus.NAMES)], -1)[0]
            tags = model.tag(words)
            cues = [c for c in runs(model.tag_crf.viterbi(tags, b["n_words"])[0], 3, 4)]
            link = model.link(words, tags, b["paragraph"], [0] * len(cues), cues) if cues else torch.zeros(0)
            byte = lambda n: len(text[:n].encode())
            r = lambda t: [round(float(x), 4) for x in t.flatten()]
            cases.append({
                "text": text, "spans": [[byte(a), byte(e)] for a, e in zip(it.start, it.end)], "shape": it.shape.tolist(), "quote": it.quote.tolist(),
                "pieces": [p for w in it.pieces for p in w], "heads": r(heads), "cues": cues, "link": r(link),
                "relations": [{k: [[byte(a), byte(e)] for a, e in rel[k]] for k in ("source", "cue", "content")} for rel in predict_exact(model, it)],
            })
    json.dump(cases, open(out, "w", encoding="utf8"), separators=(",", ":"), ensure_ascii=False)


def predict_exact(model, it):
    from decode import relations
    b = collate([(it, 0, len(it.start))])
    words = model.encode(b)
    logits = model.tag(words)
    cues = runs(model.tag_crf.viterbi(logits, b["n_words"])[0], 3, 4)
    if not cues:
        return []
    pair = model.link(words, logits, b["paragraph"], [0] * len(cues), cues)
    return relations(it, 0, cues, model.pair_crf.viterbi(pair, [b["n_words"][0]] * len(cues)))


if __name__ == "__main__":
    main(*sys.argv[1:])
