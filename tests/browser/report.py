#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The report in a headless Chromium: its script runs under its policy, pointing at a cell shows the value that the
results have, and a name full of markup stays text. Exit code 77 where there is no Chromium.

usage: report.py LURON"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

NAME = "</script><img src=x onerror=\"document.title='broken'\">"
SCRIPT = """return { name = %s,
  inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {{0},{1},{1},{0}}, hidden = 2, epochs = 20,
  sweep = { learning_rate = { 0.1, 1, 10 }, init_scale = { 1, 2 }, seed = { 1, 2 } } }
"""
# Points at the cell of the smallest x and y, and says what the page says then.
PROBE = """<script>addEventListener('load', () => {
  const map = document.querySelector('.map'), image = map.querySelector('img'), box = image.getBoundingClientRect();
  const [left, top, width, height, nx, ny] = map.dataset.place.split(' ').map(Number);
  const scale = box.width / image.naturalWidth;
  image.dispatchEvent(new MouseEvent('mousemove', { clientX: box.left + (left + width / 2) * scale,
    clientY: box.top + (top + (ny - 0.5) * height) * scale }));
  document.body.dataset.images = document.images.length;
});</script>"""


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=100).stdout


def dump(chromium, page, folder):
    return run(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder + "/profile",
               "--dump-dom", "file://" + page)


def check(chromium, luron, folder):
    os.chdir(folder)
    with open("s.lua", "w", encoding="utf-8") as f:
        f.write(SCRIPT % json.dumps(NAME))
    run(luron, "sweep", "s.lua", "-o", "s.db", "--quiet")
    run(luron, "report", "s.db", "-o", "report.html")
    dom = dump(chromium, folder + "/report.html", folder)
    assert 'data-ready="yes"' in dom, "the page's script did not run under its policy"
    assert "<title>broken" not in dom and "<img src=\"x\"" not in dom, "a name became markup"
    with open("report.html", encoding="utf-8") as f:
        page = f.read()
    assert "default-src 'none'" in page and not re.search(r"(src|href)=\"(?!data:)", page)
    # The same page without its policy, so that a probe may run in it.
    with open("probe.html", "w", encoding="utf-8") as f:
        free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        f.write(free.replace("</body>", PROBE + "</body>"))
    dom = dump(chromium, folder + "/probe.html", folder)
    rows = [json.loads(line) for line in
            run(luron, "export", "s.db", "learning_rate = 0.1 and init_scale = 1", "--jsonl").splitlines()]
    mean = sum(row["loss"] for row in rows) / len(rows)
    shown = re.search(r"<figcaption>learning_rate 0.1, init_scale 1: ([-0-9.e]+)</figcaption>", dom)
    assert shown and abs(float(shown[1]) - mean) <= 1e-5 * abs(mean), (shown and shown[0], mean)
    assert 'data-images="1"' in dom


def main(luron):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium")
        return 77
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        check(chromium, os.path.abspath(luron), folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
