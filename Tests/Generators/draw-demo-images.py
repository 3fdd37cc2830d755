#!/usr/bin/env python3
"""Draws the demo's images: content/**/*.png.

    Tests/Generators/draw-demo-images.py [--check]

Flat shapes by signed distance, so that edges are smooth at any size. Standard library only;
the same PNG bytes for the same zlib. With --check nothing is written, and a picture whose
pixels differ from the file's is reported.
"""
import math, os, struct, sys, zlib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "content")


# Distances: negative inside. All in picture units, y down.

def circle(x, y, r):
    return lambda px, py: math.hypot(px - x, py - y) - r, (x - r, y - r, x + r, y + r)


def box(x0, y0, x1, y1, r=0):
    cx, cy, hx, hy = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2 - r, (y1 - y0) / 2 - r

    def d(px, py):
        qx, qy = abs(px - cx) - hx, abs(py - cy) - hy
        return math.hypot(max(qx, 0), max(qy, 0)) + min(max(qx, qy), 0) - r
    return d, (x0, y0, x1, y1)


def line(x0, y0, x1, y1, w):
    dx, dy = x1 - x0, y1 - y0
    n = dx * dx + dy * dy or 1

    def d(px, py):
        t = max(0, min(1, ((px - x0) * dx + (py - y0) * dy) / n))
        return math.hypot(px - x0 - t * dx, py - y0 - t * dy) - w / 2
    return d, (min(x0, x1) - w, min(y0, y1) - w, max(x0, x1) + w, max(y0, y1) + w)


def ring(x, y, r, w, start=0, end=360):
    """An arc from `start` to `end` degrees, clockwise from the right, with round ends."""
    full = end - start >= 360
    ends = [(x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))) for a in (start, end)]

    def d(px, py):
        angle = (math.degrees(math.atan2(py - y, px - x)) - start) % 360
        if full or angle <= end - start:
            return abs(math.hypot(px - x, py - y) - r) - w / 2
        return min(math.hypot(px - ex, py - ey) for ex, ey in ends) - w / 2
    o = r + w
    return d, (x - o, y - o, x + o, y + o)


def polygon(*points, r=0):
    xs, ys = [p[0] for p in points], [p[1] for p in points]

    def d(px, py):
        best, inside = 1e9, False
        for i, (x1, y1) in enumerate(points):
            x0, y0 = points[i - 1]
            dx, dy = x1 - x0, y1 - y0
            t = max(0, min(1, ((px - x0) * dx + (py - y0) * dy) / (dx * dx + dy * dy)))
            best = min(best, math.hypot(px - x0 - t * dx, py - y0 - t * dy))
            if (y0 > py) != (y1 > py) and px < x0 + (py - y0) / (y1 - y0) * dx:
                inside = not inside
        return (-best if inside else best) - r
    return d, (min(xs) - r, min(ys) - r, max(xs) + r, max(ys) + r)


def wave(x, y0, y1, sway, w):
    """A rising wisp of steam."""
    steps = 8
    at = [(x + sway * math.sin(i / steps * 2 * math.pi), y0 + (y1 - y0) * i / steps) for i in range(steps + 1)]
    parts = [line(*at[i], *at[i + 1], w)[0] for i in range(steps)]
    return lambda px, py: min(p(px, py) for p in parts), (x - abs(sway) - w, min(y0, y1) - w, x + abs(sway) + w, max(y0, y1) + w)


def minus(a, b):
    return lambda px, py: max(a[0](px, py), -b[0](px, py)), a[1]


def within(a, b):
    return lambda px, py: max(a[0](px, py), b[0](px, py)), a[1]


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def draw(width, height, scale, background, shapes):
    """Rows of RGB bytes; `scale` is pixels per unit; each shape is (shape, color) or (shape, color, opacity)."""
    top, bottom = (rgb(c) for c in background)
    rows = []
    for row in range(height):
        t = row / (height - 1)
        rows.append([[a + (b - a) * t for a, b in zip(top, bottom)] for _ in range(width)])
    for (distance, (x0, y0, x1, y1)), color, *rest in shapes:
        opacity, color = (rest[0] if rest else 1), rgb(color)
        for j in range(max(0, int(y0 * scale) - 2), min(height, int(y1 * scale) + 3)):
            line_of = rows[j]
            for i in range(max(0, int(x0 * scale) - 2), min(width, int(x1 * scale) + 3)):
                cover = 0.5 - distance((i + 0.5) / scale, (j + 0.5) / scale) * scale
                if cover > 0:
                    a, pixel = min(1, cover) * opacity, line_of[i]
                    for k in range(3):
                        pixel[k] += (color[k] - pixel[k]) * a
    return [bytes(min(255, max(0, round(v))) for pixel in line_of for v in pixel) for line_of in rows]


def png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    # Filter 1 (difference to the pixel on the left) packs flat areas best.
    raw = b"".join(b"\x01" + row[:3] + bytes((row[i] - row[i - 3]) & 255 for i in range(3, len(row))) for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def cup():
    return [
        (circle(50, 54, 40), "#f7dcb8"),
        (wave(40, 14, 30, 2.6, 3.2), "#ffffff", 0.9), (wave(51, 11, 30, 2.6, 3.2), "#ffffff", 0.9),
        (wave(62, 14, 30, 2.6, 3.2), "#ffffff", 0.9),
        (ring(70, 52, 10, 5.5), "#c9552c"),
        (box(20, 76, 82, 82, 3), "#8c3a1c"),
        (minus(box(28, 26, 72, 76, 18), box(0, 0, 100, 38)), "#e06a3b"),
        (within(box(28, 26, 44, 76, 14), box(28, 38, 40, 76)), "#ee8a5e"),
        (box(28, 36, 72, 42, 3), "#5a2a17"),
    ]


def kettle():
    return [
        (circle(50, 52, 40), "#cfe3ef"),
        (ring(46, 42, 19, 4.5, 190, 350), "#33424d"),
        (polygon((60, 52), (80, 36), (84, 39), (66, 66), r=1.5), "#2f7ea6"),
        (polygon((28, 44), (64, 44), (70, 74), (22, 74), r=5), "#3b93bf"),
        (polygon((30, 46), (38, 46), (33, 73), (24, 73), r=3), "#68b2d6"),
        (box(36, 35, 56, 41, 3), "#2f7ea6"), (circle(46, 33, 3.6), "#33424d"),
        (line(83, 44, 84, 54, 2.6), "#5cc0ef"), (line(86, 60, 86.5, 66, 2.6), "#5cc0ef"), (circle(87, 73, 2), "#5cc0ef"),
        (box(20, 78, 72, 81, 1.5), "#33424d"),
    ]


def car():
    wheel = lambda x: [(circle(x, 68, 9), "#23303b"), (circle(x, 68, 4), "#cdd8e0")]
    return [
        (circle(78, 26, 9), "#ffd27a"),
        (box(0, 76, 100, 100), "#c9d8cf"), (box(8, 84, 26, 87, 1.5), "#ffffff"), (box(42, 84, 60, 87, 1.5), "#ffffff"),
        (box(76, 84, 94, 87, 1.5), "#ffffff"),
        (polygon((30, 50), (38, 35), (63, 35), (74, 50), r=4), "#2766b1"),
        (polygon((36, 49), (41, 39), (50, 39), (50, 49), r=1), "#d7ecfa"), (polygon((54, 39), (61, 39), (68, 49), (54, 49), r=1), "#d7ecfa"),
        (box(12, 48, 90, 69, 8), "#2f7bd0"), (box(12, 60, 90, 69, 4), "#2766b1"),
        (box(84, 52, 90, 57, 2), "#ffe6a3"), (box(12, 52, 17, 57, 2), "#f2695c"), (box(52, 54, 60, 56, 1), "#d7ecfa"),
        *wheel(30), *wheel(71),
    ]


def star():
    points = []
    for i in range(10):
        r, a = (33, 14.5)[i % 2], math.radians(-90 + 36 * i)
        points.append((50 + r * math.cos(a), 53 + r * math.sin(a)))
    half = [p for p in points]
    return [
        (circle(50, 52, 41), "#e6e0fb"),
        (polygon(*points, r=5), "#f2b233"),
        (within(polygon(*half, r=5), box(0, 0, 50, 100)), "#f7c659"),
        (circle(16, 24, 3), "#b9a8f2"), (circle(86, 30, 2.4), "#b9a8f2"), (circle(82, 84, 3.4), "#b9a8f2"), (circle(17, 80, 2.2), "#b9a8f2"),
    ]


def bell():
    return [
        (circle(50, 52, 41), "#dde8fb"),
        (circle(50, 79, 7), "#c98a1c"),
        (ring(50, 25, 4, 4), "#c98a1c"),
        (minus(box(29, 26, 71, 100, 21), box(0, 68, 100, 100)), "#f2b233"),
        (within(box(29, 26, 71, 100, 21), box(29, 26, 42, 68)), "#f7c659"),
        (box(22, 66, 78, 75, 4.5), "#e09f25"),
        (circle(70, 31, 10.5), "#dde8fb"), (circle(70, 31, 8), "#e2483d"),
    ]


def badge():
    points = []
    for i in range(32):
        r, a = (34, 31)[i % 2], math.radians(11.25 * i)
        points.append((50 + r * math.cos(a), 42 + r * math.sin(a)))
    bean = [(math.cos(a / 24 * 2 * math.pi), math.sin(a / 24 * 2 * math.pi)) for a in range(24)]
    turn = math.radians(35)
    bean = [(50 + 10 * x * math.cos(turn) - 15 * y * math.sin(turn), 42 + 10 * x * math.sin(turn) + 15 * y * math.cos(turn)) for x, y in bean]
    return [
        (polygon((34, 64), (49, 68), (40, 95), (35, 87), (26, 90), r=1), "#c44f2c"),
        (polygon((66, 64), (51, 68), (60, 95), (65, 87), (74, 90), r=1), "#e06a3b"),
        (polygon(*points, r=2), "#d9971f"), (circle(50, 42, 27.5), "#f2b84b"), (circle(50, 42, 23), "#fbe3b0"),
        (polygon(*bean, r=1), "#6b3a20"),
        (wave(50, 30, 54, -2.4, 2.2), "#fbe3b0"),
    ]


def headphones():
    """Wide: 200 x 100."""
    page = lambda s: polygon((100, 50), (100 + s * 15, 44), (100 + s * 34, 46), (100 + s * 34, 80), (100 + s * 15, 78), (100, 84), r=1.5)
    lines = [(line(100 + s * 9, y + 1.2, 100 + s * 28, y - 0.6, 1.7), "#d8c7ae") for s in (-1, 1) for y in (57, 63, 69)]
    return [
        (circle(100, 54, 44), "#f9d9b9"), (circle(36, 26, 6), "#f6cda3"), (circle(166, 70, 8), "#f6cda3"), (circle(176, 24, 4), "#f6cda3"),
        (circle(24, 76, 4), "#f6cda3"),
        (ring(100, 52, 35, 6, 180, 360), "#2f3d57"),
        (polygon((62, 52), (100, 56), (138, 52), (138, 86), (100, 90), (62, 86), r=1.5), "#b4461e"),
        (page(-1), "#fffaf2"), (page(1), "#f7ecdb"), *lines,
        (line(100, 52, 100, 86, 1.4), "#d8c7ae"),
        (box(57, 46, 72, 74, 7), "#e06a3b"), (box(128, 46, 143, 74, 7), "#e06a3b"),
        (box(63, 46, 72, 74, 4), "#2f3d57"), (box(128, 46, 137, 74, 4), "#2f3d57"),
    ]


def calendar():
    """Wide: 200 x 100."""
    cells = []
    for row in range(4):
        for col in range(7):
            if (row, col) not in ((0, 0), (0, 1), (3, 5), (3, 6)):
                x, y = 70 + col * 10, 47 + row * 10
                cells.append((circle(x, y, 2.4), "#d5846a" if (row, col) == (2, 4) else "#c7cede"))
    return [
        (circle(30, 70, 14), "#d3dcf3"), (circle(172, 30, 18), "#d3dcf3"), (circle(160, 84, 6), "#d3dcf3"),
        (box(57, 19, 145, 91, 8), "#b9c5e4"), (box(56, 16, 144, 88, 8), "#ffffff"),
        (minus(box(56, 16, 144, 60, 8), box(0, 36, 200, 100)), "#4b5fb5"),
        (box(73, 10, 78, 24, 2.5), "#2e3b78"), (box(122, 10, 127, 24, 2.5), "#2e3b78"),
        *cells, (ring(110, 67, 6, 2.2), "#c44f2c"),
    ]


def maple():
    """Wide: 200 x 100."""
    leaf = [(0, -20), (4, -12), (10, -14), (8, -4), (18, -8), (16, -2), (20, 1), (10, 8), (11, 12), (1.5, 10.5), (1.5, 19),
            (-1.5, 19), (-1.5, 10.5), (-11, 12), (-10, 8), (-20, 1), (-16, -2), (-18, -8), (-8, -4), (-10, -14), (-4, -12)]

    def place(x, y, size, degrees):
        a = math.radians(degrees)
        return polygon(*[(x + size * (u * math.cos(a) - v * math.sin(a)), y + size * (u * math.sin(a) + v * math.cos(a))) for u, v in leaf], r=0.6)
    glass = polygon((82, 22), (118, 22), (113, 90), (87, 90), r=2)
    return [
        (circle(100, 56, 42), "#f4c9a0"),
        (place(38, 40, 0.62, -24), "#e59a57"), (place(170, 62, 0.5, 30), "#e59a57"), (place(162, 22, 0.34, -12), "#e9ae76"),
        (place(26, 82, 0.3, 18), "#e9ae76"),
        (line(110, 6, 104, 60, 3.2), "#5f7f6e"),
        (glass, "#fdf3e6"), (within(glass, box(70, 34, 130, 58)), "#f1dcc0"), (within(glass, box(70, 52, 130, 100)), "#a8673a"),
        (within(glass, box(70, 46, 130, 54)), "#cf9a68"),
        (box(88, 32, 97, 41, 2), "#ffffff", 0.85), (box(101, 36, 110, 45, 2), "#ffffff", 0.7), (box(92, 45, 101, 53, 2), "#ffffff", 0.55),
        (within(glass, box(82, 20, 90, 100)), "#ffffff", 0.3),
        (box(70, 91, 130, 94, 1.5), "#8a532d"),
        (place(128, 74, 0.78, 22), "#d2562b"),
    ]


PICTURES = {
    "coffee/orders/cup.png": (192, 192, 1.92, ("#fdeedb", "#fbe2c4"), cup),
    "coffee/orders/kettle.png": (192, 192, 1.92, ("#e6f1f8", "#d8e9f3"), kettle),
    "coffee/badge.png": (352, 352, 3.52, ("#dff0e8", "#c6e4d6"), badge),
    "coffee/maple.png": (640, 320, 3.2, ("#fbe6cf", "#f7d4b0"), maple),
    "rides/car.png": (192, 192, 1.92, ("#dff0fb", "#eaf5fc"), car),
    "rides/star.png": (192, 192, 1.92, ("#f1edfd", "#e9e3fb"), star),
    "audiobooks/bell.png": (192, 192, 1.92, ("#edf3fd", "#e4edfc"), bell),
    "audiobooks/headphones.png": (640, 320, 3.2, ("#fdebd8", "#fadfc3"), headphones),
    "audiobooks/calendar.png": (640, 320, 3.2, ("#e9eefb", "#dde5f8"), calendar),
}


def pixels(data):
    """The decompressed rows of a PNG that `png` wrote."""
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    return zlib.decompress(packed)


def main():
    check, wrong = "--check" in sys.argv[1:], 0
    for name, (width, height, scale, background, shapes) in sorted(PICTURES.items()):
        path = os.path.join(ROOT, name)
        data = png(width, height, draw(width, height, scale, background, shapes()))
        if check:
            with open(path, "rb") as f:
                if pixels(f.read()) != pixels(data):
                    print("%s differs from its drawing" % name)
                    wrong = 1
            continue
        with open(path, "wb") as f:
            f.write(data)
        print("%s: %d bytes" % (name, len(data)))
    return wrong


if __name__ == "__main__":
    sys.exit(main())
