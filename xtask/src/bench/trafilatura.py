"""trafilatura as the other side of `cargo xtask bench ingest`.

Reads the pages whose paths stand in the file named by the first argument, says "ready VERSION", and then for every line on
standard input extracts all of them once and answers with the CPU seconds (user and system) it took. One thread.
"""

import gzip
import sys
import time

import trafilatura

pages = []
with open(sys.argv[1], encoding="utf-8") as paths:
    for path in paths.read().splitlines():
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as page:
            pages.append(page.read())
print(f"ready trafilatura {trafilatura.__version__}", flush=True)
for _ in sys.stdin:
    start = time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, include_comments=False, include_tables=True, fast=True, with_metadata=True)
    print(time.process_time() - start, flush=True)
