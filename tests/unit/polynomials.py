#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints the minimax polynomials of src/engine/functions.inc.h: Remez's second algorithm with a weight, in mpmath.

exp      P with e^r = 1 + r + r^2 P(r),            |r| <= ln2/2, least error relative to e^r
expm1    P with e^r - 1 = r + r^2 P(r),            |r| <= ln2/2, least error relative to e^r - 1
sigmoid  P with 1 - e^-r = r + r^2 P(r),           |r| <= ln2/16, least error relative to e^-r
tanh     P with e^r - 1 = r + r^2 P(r),            |r| <= ln2/16, least error relative to e^r - 1
log      R with log((1+s)/(1-s)) = 2s + s z R(z),  z = s^2, |s| <= 3 - 2 sqrt 2, least error relative to the log
sin      S with sin r = r + r z S(z),              z = r^2, |r| <= pi/4, least error relative to sin r
cos      C with cos r = 1 - z/2 + z^2 C(z),        z = r^2, |r| <= pi/4, least error relative to cos r
erf      G with -log(1 - erf x) = x (c + x G(x)),  c = 2 / sqrt pi, x to where it rounds to 1, error relative to erf x
pow      Q with log((1+s)/(1-s)) = 2s + s z (2/3 + z Q(z)), |s| <= 1/25, least error relative to the log; double only
Then the tables of sigmoid and tanh: the bits of 2^(j/8) less j eighths of the lowest bit of the exponent, and what r
lacks because both 2^(j/8) and ln2/8 are rounded; and pow's, the logarithms of c = 1 + j/8, j -2 to 5, c's place being
the low three bits of 8c, in two words, the first a multiple of 2^-42.
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


def sin_rest(z):
    r = mp.sqrt(z)
    return (mp.sin(r) / r - 1) / z if z > 1e-15 else -mp.mpf(1) / 6 + z / 120


def cos_rest(z):
    return (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z ** 2 if z > 1e-8 else mp.mpf(1) / 24 - z / 720 + z * z / 40320


def erf_rest(x):
    c = 2 / mp.sqrt(mp.pi)
    return (-mp.log(mp.erfc(x)) / x - c) / x if x > 1e-12 else c * c / 2


def erf_weight(x):
    return max(mp.erfc(x) * x * x / mp.erf(x), mp.mpf("1e-25")) if x > 0 else mp.mpf("1e-12")


def pow_rest(z):
    return (log_rest(z) - mp.mpf(2) / 3) / z if z > 1e-8 else mp.mpf(2) / 5 + 2 * z / 7 + 2 * z * z / 9


def show_logs():
    logs = [mp.log(mp.mpf(j if j >= 6 else j + 8) / 8) for j in range(8)]
    high = [mp.nint(x * 2 ** 42) / 2 ** 42 for x in logs]
    show_table("logs", high, False)
    show_table("their rests", [rounded(x - h, False) for x, h in zip(logs, high)], False)


def show(name, c, worst, single):
    print(f"{name}: error 2^{mp.nstr(mp.log(worst, 2), 5)}")
    for k, value in enumerate(c):
        print(f"  c{k} = {float(rounded(value, single)).hex()}{'f' if single else ''}")


half = mp.log(2) / 2 * mp.mpf("1.0001")
top = (3 - 2 * mp.sqrt(2)) ** 2 * mp.mpf("1.0001")
eighth_half = mp.log(2) / 16 * mp.mpf("1.0001")
quarter = (mp.pi / 4 * mp.mpf("1.001")) ** 2
for label, single, deg_exp, deg_expm1, deg_sigmoid, deg_tanh, deg_log, deg_sin, deg_erf, erf_top in (
        ("double", False, 9, 9, 5, 6, 6, 5, 23, "5.9375"), ("single", True, 4, 5, 1, 2, 3, 2, 7, "3.9375")):
    print(label)
    show("exp", *remez(exp_rest, lambda r: max(r * r / mp.exp(r), FLOOR), -half, half, deg_exp), single)
    show("expm1", *remez(exp_rest, lambda r: max(abs(r), FLOOR), -half, half, deg_expm1), single)
    show("sigmoid", *remez(lambda r: -exp_rest(-r), lambda r: max(r * r * mp.exp(r), LOW_FLOOR), -eighth_half,
                           eighth_half, deg_sigmoid), single)
    show("tanh", *remez(exp_rest, lambda r: max(abs(r), LOW_FLOOR), -eighth_half, eighth_half, deg_tanh), single)
    show_tables(single)
    show("log", *remez(log_rest, lambda z: max(z / 2, FLOOR), mp.mpf(0), top, deg_log), single)
    show("sin", *remez(sin_rest, lambda z: max(z, LOW_FLOOR), mp.mpf(0), quarter, deg_sin), single)
    show("cos", *remez(cos_rest, lambda z: max(z * z / mp.cos(mp.sqrt(z)), LOW_FLOOR), mp.mpf(0), quarter, deg_sin),
         single)
    show("erf", *remez(erf_rest, erf_weight, mp.mpf(0), mp.mpf(erf_top), deg_erf), single)
show("pow", *remez(pow_rest, lambda z: max(z * z / 2, mp.mpf("1e-9")), mp.mpf(0), mp.mpf("0.0016001"), 4), False)
show_logs()
sys.exit(0)
