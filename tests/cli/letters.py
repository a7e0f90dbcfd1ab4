#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The letters of figures: PDFs hold their fonts, as outlines, and their text can be searched; titles in any script are
drawn as they are written.

usage: letters.py LURON figures|titles
       letters.py --same PDF SVG: whether the PDF's text is the SVG's, in fonts that it holds
Exit code 77: what reads PDFs, or a font, is not there."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.dom.minidom

SWEEP = """
local luron = require "luron"
return { name = "Letters", inputs = {{0,0},{0,1},{1,0},{1,1}}, targets = {0,1,1,0}, hidden = 2, epochs = 40, curve = 5,
         stop = { error = 0.45 }, activation = "tanh",
         sweep = { optimizer = { "sgd", "adam" }, learning_rate = { 0.1, 0.3, 1 }, seed = luron.range(1, 4) } }
"""
FIGURES = {
    "heatmap": "letters.db -x learning_rate -y optimizer -v loss",
    "curves": "letters.db -x learning_rate --by optimizer",
    "effect": "letters.db -x optimizer -v epochs", "learning": "letters.db -x epoch --by optimizer",
    "survival": "letters.db --ecdf --by learning_rate", "parallel": "letters.db --axes optimizer,learning_rate",
    "run": "letters.lua --curve", "boundary": "letters.lua --boundary", "hinton": "letters.lua --weights"}
# name, title, a language of which a font must have the letters.
TITLES = [("Korean", "학습률과 손실", "ko"), ("accents", "Époques où l’erreur décroît, Größe, časová řada", "fr"),
          ("right to left", "معدل التعلم", "ar"), ("both ways", "loss של הרשת", "he")]


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def skip(why):
    print(why)
    sys.exit(77)


def characters(text):
    """Without blanks, and without what only says how letters are joined or in which direction they run."""
    return sorted(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")


def svg_texts(path):
    page = xml.dom.minidom.parse(path)
    return [t.firstChild.data for t in page.getElementsByTagName("text") if t.firstChild]


def fonts(pdf):
    """name, type, whether it is held in the file, of each."""
    lines = output("pdffonts", pdf).splitlines()
    columns = [m.start() for m in re.finditer(r"-+", lines[1])]
    rows = [[line[a:b].strip() for a, b in zip(columns, columns[1:] + [None])] for line in lines[2:]]
    return [(row[0], row[1], row[3]) for row in rows]


def mistakes(pdf, texts):
    """What is wrong with the letters of a PDF that should show these texts."""
    found, wrong = fonts(pdf), []
    if not found:
        wrong.append("no font")
    wrong += [f"font {name} is {kind}" for name, kind, _ in found if "Type 3" in kind]
    wrong += [f"font {name} is not held" for name, _, held in found if held != "yes"]
    left = characters(output("pdftotext", "-enc", "UTF-8", pdf, "-"))
    for text in texts:
        for c in characters(text):
            if c not in left:
                wrong.append(f"{c!r} of {text!r} is not found")
                break
            left.remove(c)
    return wrong


def draw(luron, folder, name, words):
    """Paths of the PDF and the SVG; what was said on stderr. Cairo 1.16 loses 768 bytes for each font of a PDF whose
    outlines are CFF, as those of Noto CJK are; so leaks are not looked for."""
    paths, said = [], ""
    env = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
    for kind in ("pdf", "svg", "png"):
        path = os.path.join(folder, f"{name}.{kind}".replace(" ", "_"))
        done = subprocess.run([luron, "plot", *words, "-o", path], cwd=folder, stderr=subprocess.PIPE, check=True,
                              text=True, env=env)
        paths.append(path)
        said += done.stderr
    return paths[0], paths[1], said


def has_font(language):
    return bool(output("fc-list", f":lang={language}", "family").strip())


def main():
    missing = [tool for tool in ("pdffonts", "pdftotext", "fc-list") if not shutil.which(tool)]
    if missing:
        skip(f"{missing[0]} is not there (poppler-utils, fontconfig)")
    if sys.argv[1] == "--same":
        wrong = mistakes(sys.argv[2], svg_texts(sys.argv[3]))
        print(*wrong, sep="\n", end="\n" if wrong else "")
        sys.exit(1 if wrong else 0)
    luron, what = os.path.abspath(sys.argv[1]), sys.argv[2]
    n_wrong, without = 0, []
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "letters.lua"), "w", encoding="utf-8") as f:
            f.write(SWEEP)
        subprocess.run([luron, "sweep", "letters.lua", "-o", "letters.db", "--quiet"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        cases = [(name, words.split(), None) for name, words in FIGURES.items()]
        if what == "titles":
            without = [name for name, _, language in TITLES if not has_font(language)]
            cases = [(name, [*FIGURES["curves"].split(), f"--title={title}", f"--xlabel={title} x"], title)
                     for name, title, _ in TITLES if name not in without]
        for name, words, title in cases:
            pdf, svg, said = draw(luron, folder, name, words)
            texts = svg_texts(svg)
            wrong = mistakes(pdf, texts) + ([said.strip()] if said else [])
            if title and title not in texts:
                wrong.append(f"the SVG has {texts[:1]}")
            if title is None and not {"Letters"} & set(texts) and name != "hinton":
                wrong.append("the experiment's name is not there")
            print(f"{name}: {'; '.join(wrong) or 'good'}")
            n_wrong += bool(wrong)
    if n_wrong:
        sys.exit(1)
    if without:
        skip(f"no font has the letters of {', '.join(without)}")


if __name__ == "__main__":
    main()
