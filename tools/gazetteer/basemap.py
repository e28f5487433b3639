#!/usr/bin/env python3
"""Makes the base map: basemap.py WORLD_ATLAS_DIR OUT_FILE

Reads countries-50m.json of npm world-atlas (Natural Earth 1:50m, public domain). An arc used by one country is coast, an arc
used by two is a border. Writes each arc as a polyline:

    "RSHMAP01"  count:u32   then per line: flags:u8 (1 = border, 0 = coast)  points:u16  box: 4 x i16 (west south east north,
    1/180 degree, rounded outwards)  first point: 2 x i16  then deltas: 2 x i8 per point (1/180 degree); a longer step is
    cut into several.
"""
import collections
import json
import math
import struct
import sys

source, out = sys.argv[1:]
UNIT = 180  # steps a degree: 32,400 for 180 degrees fits i16; about 0.6 km
topo = json.load(open(source + "/countries-50m.json", encoding="utf-8"))
scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
uses = collections.Counter()


def count(arcs):
    for a in arcs:
        if isinstance(a, list):
            count(a)
        else:
            uses[a if a >= 0 else ~a] += 1


for g in topo["objects"]["countries"]["geometries"]:
    count(g.get("arcs", []))
lines = []
for i, arc in enumerate(topo["arcs"]):
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        p = (round((x * scale[0] + move[0]) * UNIT), round((y * scale[1] + move[1]) * UNIT))
        p = (max(-32400, min(32400, p[0])), p[1])
        if not points or p != points[-1]:
            points.append(p)
    # Points closer than the map can show are dropped, ends kept; steps longer than a delta holds are cut.
    thin = points[:1]
    for p in points[1:-1]:
        if abs(p[0] - thin[-1][0]) + abs(p[1] - thin[-1][1]) >= 7:
            thin.append(p)
    if len(points) > 1:
        thin.append(points[-1])
    steps = thin[:1]
    for p in thin[1:]:
        a = steps[-1]
        n = max(1, math.ceil(max(abs(p[0] - a[0]), abs(p[1] - a[1])) / 127))
        for k in range(1, n + 1):
            steps.append((a[0] + (p[0] - a[0]) * k // n, a[1] + (p[1] - a[1]) * k // n))
    if len(steps) < 2:
        continue
    for start in range(0, len(steps) - 1, 400):  # short lines make tight boxes
        lines.append((uses[i] > 1, steps[start:start + 401]))
with open(out, "wb") as f:
    f.write(b"RSHMAP01" + struct.pack("<I", len(lines)))
    for border, points in lines:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        f.write(struct.pack("<BH6h", border, len(points), min(xs), min(ys), max(xs), max(ys), *points[0]))
        for a, b in zip(points, points[1:]):
            f.write(struct.pack("<2b", b[0] - a[0], b[1] - a[1]))
print(len(lines), "lines", sum(len(p) for _, p in lines), "points")
