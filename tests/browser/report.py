#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The report in a headless Chromium: its script runs under its policy and draws; pointing shows the value that the
results have; axes, value and slices can be chosen; nothing is asked of any network; names full of markup stay text;
nothing is wider than the page at 400 pixels; the theme is the one asked for, and on paper it is light and has no
choices; where values crowd, colours are those of luron plot's rule. Exit code 77 where there is no Chromium.

usage: report.py LURON"""
import html
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

NAME = "</script><img src=x onerror=alert(1)>"
SCRIPT = """return { name = %s,
  inputs = {{0,0},{0,1},{1,0},{1,1}},
  targets = function(p) return p.kind == "a" and {0,1,1,0} or {0,0,0,1} end, hidden = 2, epochs = 40,
  stop = { error = 0.45 },
  params = { kind = "a" },
  sweep = { learning_rate = { 0.1, 1, 10 }, init_scale = { 1, 2 }, kind = { "a", "</script><b>" }, seed = { 1, 2 } } }
"""
NOTHING = """return { inputs = {{1}}, targets = function(p) return { p.goal } end, activation = "linear", epochs = 40,
  params = { goal = 1 }, sweep = { learning_rate = { 0.1, 0.2, 0.3 }, init_scale = { 1, 2, 3 }, goal = { 1, 1e308 } } }
"""
# What a person does, and what the page says then.
BEGIN = """<script>const errors = []; addEventListener('error', event => errors.push(event.message));
addEventListener('load', () => {
  const said = { errors }, value = document.getElementById('value');
  const choose = (name, text) => {
    const box = [...document.querySelectorAll('select')].find(s => s.name === name);
    const option = [...box.options].find(o => o.text === text);
    box.value = option.value;
    box.dispatchEvent(new Event('change'));
  };
  const point = (x, y) => {
    const canvas = document.querySelector('canvas'), box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + box.width * x,
      clientY: box.top + box.height * y }));
    return value.textContent;
  };
"""
END = """  document.body.dataset.said = JSON.stringify(said);
});</script>"""
PROBE_NOTHING = BEGIN + """  choose('value', 'loss');
  choose('goal', '1e+308');
  choose('colours', 'rank');
  said.first = point(0.2, 0.9);
""" + END
# The style of paper is put in force by its text: the screen's is left out.
PROBE_LOOK = BEGIN + """  const look = () => {
    const of = e => getComputedStyle(e), root = document.documentElement;
    return { paper: of(document.body).backgroundColor, ink: of(document.querySelector('.figure text')).fill,
      form: of(document.querySelector('form')).display, wide: root.scrollWidth - root.clientWidth, inner: innerWidth };
  };
  said.title = document.title;
  said.above = document.querySelector('h1').textContent;
  said.below = document.querySelector('h1 + p').textContent;
  said.screen = look();
  const style = document.querySelector('style');
  style.textContent = style.textContent.replace(/@media print/g, '@media all')
    .replace(/@media screen/g, '@media not all');
  said.print = look();
""" + END
FRAME = """<script>addEventListener('load', () => {
  document.body.dataset.said = document.querySelector('iframe').contentDocument.body.dataset.said;
});</script>"""
PROBE_SHADE = BEGIN + """  choose('value', 'loss');
  said.shade = document.querySelector('canvas').dataset.shade;
""" + END
# Losses a * b: five of 25 are far above the others, which are so close together, or so.
CROWDED = """return { inputs = {{0}}, targets = function(p) return { math.sqrt(p.a * p.b) } end, activation = "linear",
  bias = false, learning_rate = 0, epochs = 1, params = { a = 1, b = 1 },
  sweep = { a = { 1, 1.1, 1.2, 1.3, 1.4 }, b = { %s } } }
"""
PROBE = BEGIN + """  const colors = () => {
    const canvas = document.querySelector('canvas'), c = canvas.getContext('2d'), seen = new Set();
    for (let x = 0; x < canvas.width; x++) for (let y = 0; y < canvas.height; y++)
      seen.add(c.getImageData(x, y, 1, 1).data.join());
    return seen.size;
  };
  choose('value', 'loss');
  said.colors = colors();
  said.first = point(0.2, 0.9);
  choose('kind', 'a');
  said.sliced = point(0.2, 0.9);
  choose('to the right', 'init_scale');
  said.turned = point(0.2, 0.9);
  choose('value', 'share solved');
  said.share = point(0.2, 0.9);
  choose('upwards', '(nothing)');
  said.hidden = document.getElementById('picture').hidden;
  said.lines = document.querySelectorAll('#lines .line').length;
  choose('upwards', 'learning_rate');
  said.more_lines = document.querySelectorAll('#lines .line').length;
  said.images = document.images.length;
""" + END


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=100).stdout


def dump(chromium, page, *words):
    """The page's elements as they are when it is drawn, and what it asked of networks."""
    dom = run(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
              "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + page + ".profile",
              "--log-net-log=" + page + ".json", "--dump-dom", *words, "file://" + page)
    with open(page + ".json", encoding="utf-8") as f:
        log = json.load(f)
    start = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    jobs = [event["params"] for event in log["events"] if event["type"] == start and "url" in event.get("params", {})]
    asked = [job["url"] for job in jobs if job.get("initiator") != "not an origin"]  # those are the browser's own
    return dom, [url for url in asked if not url.startswith(("file:", "data:"))]


def probe(chromium, page, name, more="", script=PROBE, width=None):
    """The same page without its policy, so that a probe may run in it; in a frame where it is to be narrow, because
    Chromium's windows are 500 pixels wide at least."""
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    free = free.replace("</body>", more + script + "</body>")
    if width:
        free = f'<iframe srcdoc="{html.escape(free)}" style="width:{width}px;height:800px;border:0"></iframe>' + FRAME
    with open(name, "w", encoding="utf-8") as f:
        f.write(free)
    dom, asked = dump(chromium, os.path.abspath(name))
    said = re.search(r' data-said="([^"]*)"', dom)
    assert said, "the probe did not end"
    return json.loads(html.unescape(said[1])), asked


def rows_of(luron, where):
    return [json.loads(line) for line in run(luron, "export", "s.db", where, "--jsonl").splitlines()]


def expect(said, where, name, number, n_runs):
    shown = re.fullmatch(re.escape(where) + ": " + name + r" ([-0-9.e]+)(?:,| of) (\d+) runs", said)
    assert shown and abs(float(shown[1]) - number) <= 1e-5 * abs(number) and int(shown[2]) == n_runs, (said, number)


def check_pointing(luron, said):
    at = "learning_rate 0.1, init_scale 1"
    rows = rows_of(luron, "learning_rate = 0.1 and init_scale = 1")
    kinds = {row["kind"] for row in rows}
    medians = [statistics.median(row["loss"] for row in rows if row["kind"] == kind) for kind in kinds]
    assert len(medians) == 2
    expect(said["first"], at, "loss", statistics.median(medians), 4)
    rows = [row for row in rows if row["kind"] == "a"]
    expect(said["sliced"], at, "loss", statistics.median(row["loss"] for row in rows), 2)
    at = "init_scale 1, learning_rate 0.1"
    expect(said["turned"], at, "loss", statistics.median(row["loss"] for row in rows), 2)
    expect(said["share"], at, "share solved", sum(row["status"] == "solved" for row in rows) / 2, 2)


def check(chromium, luron, folder):
    os.chdir(folder)
    with open("s.lua", "w", encoding="utf-8") as f:
        f.write(SCRIPT % json.dumps(NAME))
    run(luron, "sweep", "s.lua", "-o", "s.db", "--quiet")
    run(luron, "report", "s.db", "-o", "report.html")
    with open("report.html", encoding="utf-8") as f:
        page = f.read()
    assert "default-src 'none'" in page and not re.search(r"(src|href)=\"", page)
    dom, asked = dump(chromium, folder + "/report.html")
    assert 'data-ready="yes"' in dom and "<canvas" in dom, "the page's script did not run under its policy"
    assert "<img" not in dom and "<b>\"" not in dom and not asked, (asked, "a name became markup")
    said, asked = probe(chromium, page, "probe.html")
    assert said["colors"] == 6 and said["images"] == 0 and not asked, (said, asked)
    assert said["hidden"] and said["lines"] == 1 and said["more_lines"] == 6, said  # with their keys
    check_pointing(luron, said)
    _, asked = probe(chromium, page, "asking.html", more='<img src="http://127.0.0.1:9/x.png">')
    assert asked, "a request was not seen"  # or the checks above say nothing


def check_look(chromium, luron, folder):
    run(luron, "report", "s.db", "-o", "look.html", "--theme=dark", "--title=A <b>title</b>")
    with open("look.html", encoding="utf-8") as f:
        page = f.read()
    said, _ = probe(chromium, page, folder + "/looked.html", script=PROBE_LOOK, width=400)
    assert said["errors"] == [] and said["below"] == NAME, said
    assert said["title"] == said["above"] == "A <b>title</b>", said
    screen, paper = said["screen"], said["print"]
    assert screen["inner"] == 400 and screen["wide"] <= 0 and paper["wide"] <= 0, said
    assert screen["paper"] == "rgb(24, 26, 31)" and screen["form"] == "flex", said
    assert paper["paper"] == "rgb(255, 255, 255)" and paper["ink"] == "rgb(34, 34, 34)", said
    assert paper["form"] == "none", said


def check_shades(chromium, luron, folder):
    for b, shade in ("0.1, 0.15, 0.25, 0.4, 2.5", "log"), ("0.1, 0.11, 0.12, 0.13, 2.5", "rank"):
        with open("c.lua", "w", encoding="utf-8") as f:
            f.write(CROWDED % b)
        run(luron, "sweep", "c.lua", "-o", shade + ".db", "--quiet")
        run(luron, "report", shade + ".db", "-o", shade + ".html")
        with open(shade + ".html", encoding="utf-8") as f:
            said, _ = probe(chromium, f.read(), folder + "/shade.html", script=PROBE_SHADE)
        assert said["errors"] == [] and said["shade"] == shade, said


def check_nothing(chromium, luron, folder):
    """A choice of values at which no run has one."""
    with open("n.lua", "w", encoding="utf-8") as f:
        f.write(NOTHING)
    run(luron, "sweep", "n.lua", "-o", "n.db", "--quiet")
    run(luron, "report", "n.db", "-o", "nothing.html")
    with open("nothing.html", encoding="utf-8") as f:
        page = f.read()
    said, _ = probe(chromium, page, folder + "/none.html", script=PROBE_NOTHING)
    assert said["errors"] == [] and said["first"].endswith("no value, 1 run"), said


def main(luron):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium")
        return 77
    luron = os.path.abspath(luron)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        check(chromium, luron, folder)
        check_nothing(chromium, luron, folder)
        check_look(chromium, luron, folder)
        check_shades(chromium, luron, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
