#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the minimax polynomials of src/engine/functions.inc.h: Remez's second algorithm with a weight, in mpmath.

exp      P with e^r = 1 + r + r^2 P(r),            |r| <= ln2/2, least error relative to e^r
expm1    P with e^r - 1 = r + r^2 P(r),            |r| <= ln2/2, least error relative to e^r - 1
sigmoid  P with 1 - e^-r = r + r^2 P(r),           |r| <= ln2/16, least error relative to e^-r
tanh     P with e^r - 1 = r + r^2 P(r),            |r| <= ln2/16, least error relative to e^r - 1
log      R with log((1+s)/(1-s)) = 2s + s z R(z),  z = s^2, |s| <= 3 - 2 sqrt 2, least error relative to the log
Then the tables of sigmoid and tanh: the bits of 2^(j/8) less j eighths of the lowest bit of the exponent, and what r
lacks because both 2^(j/8) and ln2/8 are rounded.
Needs mpmath only."""
import struct
import sys

import mpmath as mp

mp.mp.prec = 200
FLOOR, LOW_FLOOR = mp.mpf("1e-3"), mp.mpf("1e-5")  # of a weight that is 0 at 0


def remez(f, weight, low, high, degree):
    """Coefficients of the polynomial p with the least max |weight * (f - p)| on [low, high], and that maximum."""
    n = degree + 2
    points = [(low + high) / 2 + (low - high) / 2 * mp.cos(mp.pi * i / (n - 1)) for i in range(n)]
    for _ in range(12):
        a = mp.matrix(n, n)
        b = mp.matrix(n, 1)
        for i, x in enumerate(points):
            for k in range(degree + 1):
                a[i, k] = x ** k
            a[i, degree + 1] = (-1) ** i / weight(x)
            b[i] = f(x)
        solved = mp.lu_solve(a, b)
        c = [solved[k] for k in range(degree + 1)]

        def error(x):
            return weight(x) * (f(x) - mp.polyval(c[::-1], x))
        grid = [low + (high - low) * i / 2000 for i in range(2001)]
        values = [error(x) for x in grid]
        runs, start = [], 0
        for i in range(1, len(grid) + 1):
            if i == len(grid) or (values[i] > 0) != (values[start] > 0):
                runs.append(max(range(start, i), key=lambda k: abs(values[k])))
                start = i
        if len(runs) < n:
            break
        while len(runs) > n:
            runs.pop(0 if abs(values[runs[0]]) < abs(values[runs[-1]]) else -1)
        points = [grid[i] for i in runs]
    return c, max(abs(v) for v in values)


def exp_rest(r):
    return (mp.expm1(r) - r) / r ** 2 if abs(r) > 1e-20 else mp.mpf(1) / 2 + r / 6


def rounded(x, single):
    with mp.workprec(24 if single else 53):
        return +x


def show_table(name, values, single, less=0):
    """The bits of values, j * less taken from the j-th."""
    digits, float_code, bits_code = (8, "<f", "<I") if single else (16, "<d", "<Q")
    words = [struct.unpack(bits_code, struct.pack(float_code, float(v)))[0] - j * less for j, v in enumerate(values)]
    print(f"{name}: " + ", ".join(f"0x{word:0{digits}x}" for word in words))


def show_tables(single):
    powers = [mp.mpf(2) ** (mp.mpf(j) / 8) for j in range(8)]
    eighth = mp.log(2) / 8
    rests = [mp.log(p / rounded(p, single)) + j * (rounded(eighth, single) - eighth) for j, p in enumerate(powers)]
    show_table("powers", [rounded(p, single) for p in powers], single, 1 << (20 if single else 49))
    show_table("their rests", [rounded(rest, single) for rest in rests], single)


def log_rest(z):
    s = mp.sqrt(z)
    return (mp.log((1 + s) / (1 - s)) - 2 * s) / (s * z) if z > mp.mpf(10) ** -20 else mp.mpf(2) / 3 + 2 * z / 5


def show(name, c, worst, single):
    print(f"{name}: error 2^{mp.nstr(mp.log(worst, 2), 5)}")
    for k, value in enumerate(c):
        print(f"  c{k} = {float(rounded(value, single)).hex()}{'f' if single else ''}")


half = mp.log(2) / 2 * mp.mpf("1.0001")
top = (3 - 2 * mp.sqrt(2)) ** 2 * mp.mpf("1.0001")
eighth_half = mp.log(2) / 16 * mp.mpf("1.0001")
for label, single, deg_exp, deg_expm1, deg_sigmoid, deg_tanh, deg_log in (("double", False, 9, 9, 5, 6, 6),
                                                                         ("single", True, 4, 5, 1, 2, 3)):
    print(label)
    show("exp", *remez(exp_rest, lambda r: max(r * r / mp.exp(r), FLOOR), -half, half, deg_exp), single)
    show("expm1", *remez(exp_rest, lambda r: max(abs(r), FLOOR), -half, half, deg_expm1), single)
    show("sigmoid", *remez(lambda r: -exp_rest(-r), lambda r: max(r * r * mp.exp(r), LOW_FLOOR), -eighth_half,
                           eighth_half, deg_sigmoid), single)
    show("tanh", *remez(exp_rest, lambda r: max(abs(r), LOW_FLOOR), -eighth_half, eighth_half, deg_tanh), single)
    show_tables(single)
    show("log", *remez(log_rest, lambda z: max(z / 2, FLOOR), mp.mpf(0), top, deg_log), single)
sys.exit(0)
