"""Extracts every page once a turn and tells the CPU seconds: one JSON line a turn. Pages: paths on standard input, then END."""
import gzip
import json
import sys
import time

import trafilatura

pages = []
for line in sys.stdin:
    path = line.rstrip("\n")
    if path == "END":
        break
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    pages.append(opened.read())
print(json.dumps({"version": "trafilatura " + trafilatura.__version__}), flush=True)
for line in sys.stdin:
    begun = time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, include_comments=False, include_tables=True, fast=True, with_metadata=True)
    print(json.dumps({"seconds": time.process_time() - begun}), flush=True)
