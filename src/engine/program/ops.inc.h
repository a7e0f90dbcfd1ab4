/* SPDX-License-Identifier: MIT
 * The operations of a traced program: one row each. Text form, builder, derivative, the reference interpreter and the
 * kernels' tables are made from the list, so that a row that one of them lacks does not compile.
 * The values are those of docs/numerics.md ("Traced values"): one rounding each, a NaN takes the false side. */
#ifndef LUR_PROGRAM_OPS_INC_H
#define LUR_PROGRAM_OPS_INC_H

/* X(ID, word in the text form, number of operands, value). c is 1 or 0, as comparisons give it. */
#define LUR_OPS(X)                                                                                                     \
  X(CONSTANT, constant, 0, "a number, written as a hexadecimal float")                                                 \
  X(INPUT, input, 0, "an argument of the function, by its name")                                                       \
  X(NUMBER, number, 0, "a named number of the run, p.NAME or h.NAME")                                                  \
  X(ADD, add, 2, "a + b")                                                                                              \
  X(SUB, sub, 2, "a - b")                                                                                              \
  X(MUL, mul, 2, "a * b")                                                                                              \
  X(DIV, div, 2, "a / b")                                                                                              \
  X(NEG, neg, 1, "-a")                                                                                                 \
  X(FMA, fma, 3, "a * b + c, one rounding")                                                                            \
  X(FLOOR_DIV, floor_div, 2, "a // b")                                                                                 \
  X(MOD, mod, 2, "a % b")                                                                                              \
  X(POW, pow, 2, "a ^ b, by logarithm and exponential")                                                                \
  X(POW_CONSTANT, pow_constant, 2, "a ^ b where b is a constant: products, for small whole numbers")                   \
  X(ABS, abs, 1, "a without its sign")                                                                                 \
  X(FLOOR, floor, 1, "the largest whole number up to a; zero is +0")                                                   \
  X(CEIL, ceil, 1, "the least whole number from a on; zero is +0")                                                     \
  X(MAX, max, 2, "a < b ? b : a")                                                                                      \
  X(MIN, min, 2, "b < a ? b : a")                                                                                      \
  X(SQRT, sqrt, 1, "the square root")                                                                                  \
  X(EXP, exp, 1, "e^a")                                                                                                \
  X(EXPM1, expm1, 1, "e^a - 1")                                                                                        \
  X(LOG, log, 1, "the natural logarithm")                                                                              \
  X(LOG1P, log1p, 1, "log(1 + a)")                                                                                     \
  X(SIN, sin, 1, "the sine")                                                                                           \
  X(COS, cos, 1, "the cosine")                                                                                         \
  X(TAN, tan, 1, "the tangent")                                                                                        \
  X(ERF, erf, 1, "the error function")                                                                                 \
  X(SIGMOID, sigmoid, 1, "as the activation")                                                                          \
  X(TANH, tanh, 1, "as the activation")                                                                                \
  X(RELU, relu, 1, "as the activation")                                                                                \
  X(LEAKY_RELU, leaky_relu, 1, "as the activation")                                                                    \
  X(SOFTPLUS, softplus, 1, "as the activation")                                                                        \
  X(STEP, step, 1, "as the activation")                                                                                \
  X(LT, lt, 2, "1 if a < b, else 0")                                                                                   \
  X(LE, le, 2, "1 if a <= b, else 0")                                                                                  \
  X(EQ, eq, 2, "1 if a equals b, else 0")                                                                              \
  X(SELECT, select, 3, "b if a is 1, c if it is 0; a is a comparison or a constant")                                   \
  X(MUL_TAKEN, mul_taken, 2, "a is 0 ? +0 : a * b; only in derivatives, behind a selection")                           \
  X(DIV_TAKEN, div_taken, 2, "a is 0 ? +0 : a / b; only in derivatives, behind a selection")

/* The arguments of functions. X(ID, name in the text form, indexed, varies): indexed ones have a number (a state's, a
 * draw's); those that do not vary with units, patterns or parameters are computed in double, once an update. */
#define LUR_INPUTS(X)                                                                                                  \
  X(Z, z, false, true)                                                                                                 \
  X(O, o, false, true)                                                                                                 \
  X(T, t, false, true)                                                                                                 \
  X(W, w, false, true)                                                                                                 \
  X(G, g, false, true)                                                                                                 \
  X(STATE, s, true, true) /* s1, s2 ... in the order of struct lur_program.state */                                    \
  X(IS_BIAS, is_bias, false, true)                                                                                     \
  X(LEARNING_RATE, learning_rate, false, false)                                                                        \
  X(UPDATE, step, false, false) /* h.step: updates, from 1 */                                                          \
  X(EPOCH, epoch, false, false)                                                                                        \
  X(EPOCHS, epochs, false, false)                                                                                      \
  X(FAN_IN, fan_in, false, false)                                                                                      \
  X(FAN_OUT, fan_out, false, false)                                                                                    \
  X(LAYER, layer, false, false)                                                                                        \
  X(UNIT, unit, false, true)                                                                                           \
  X(FROM, input, false, true) /* r.input: from 1; 0 for a bias */                                                      \
  X(UNIFORM, u, true, true)   /* u1, u2 ...: draw d of the parameter, in (0,1) */                                      \
  X(NORMAL, n, true, true)

/* The roles: X(ID, name). */
#define LUR_ROLES(X)                                                                                                   \
  X(ACTIVATION, activation)                                                                                            \
  X(LOSS, loss)                                                                                                        \
  X(OPTIMIZER, optimizer)                                                                                              \
  X(SCHEDULE, schedule)                                                                                                \
  X(PENALTY, penalty)                                                                                                  \
  X(INIT, init)

#endif
