/* SPDX-License-Identifier: MIT
 * Functions that programs use and engine.h is about to have, by the C library's: good for tests of the program alone.
 * TODO away with the commit that adds them there. */
#ifndef LUR_PROGRAM_STANDIN_H
#define LUR_PROGRAM_STANDIN_H

double lur_sin(double x);
double lur_cos(double x);
double lur_tan(double x);
double lur_erf(double x);
double lur_floor(double x);
double lur_ceil(double x);
double lur_floor_div(double a, double b);
double lur_mod(double a, double b);
double lur_pow(double a, double b);
double lur_pow_constant(double a, double b);

#endif
