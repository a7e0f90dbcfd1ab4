/* SPDX-License-Identifier: MIT
 * The works of bench/engine.c as one would write them in C for many runs: scalar loops on the C library's exp, and a
 * network of one hidden layer on BLAS products. bench/engine_table.py compiles this with -DREAL=float or double; the
 * neuron and XOR without vectors, the network with all that the compiler can do.
 *
 *     loops neuron|xor|network STARTS DATA N_PATTERNS N_RUNS N_EPOCHS
 *
 * STARTS and DATA are what engine-bench --starts and --data print. Prints nanoseconds of processor time a step or
 * pattern and the mean of the final losses, as JSON. */
#include <cblas.h>
#include <math.h>
#include <string.h>

#include "talk.h"

#ifndef REAL
#define REAL double
#endif
#define IS_SINGLE (sizeof(REAL) == sizeof(float))
enum { BLOCK = 64, N_IN = 64, N_HIDDEN = 32, N_OUT = 10, BATCH = 32 };
enum { W_ROW = N_IN + 1, V_ROW = N_HIDDEN + 1, N_NETWORK = N_HIDDEN * W_ROW + N_OUT * V_ROW };

static REAL exp_of(REAL x) {
  return IS_SINGLE ? (REAL)expf((float)x) : (REAL)exp((double)x);
}
static REAL sigmoid(REAL x) {
  return 1 / (1 + exp_of(-x));
}

/* ---- One sigmoid unit, x = 1, t = 0: a block of runs a step, so that their chains overlap ---- */
static double neuron_block(const double *starts, size_t n, long n_epochs) {
  REAL w[BLOCK] = {0}, b[BLOCK] = {0}, rate[BLOCK] = {0};
  double loss = 0;
  for (size_t i = 0; i < n; i++) {
    rate[i] = (REAL)starts[3 * i];
    w[i] = (REAL)starts[3 * i + 1];
    b[i] = (REAL)starts[3 * i + 2];
  }
  for (long e = 0; e < n_epochs; e++)
    for (size_t i = 0; i < n; i++) {
      const REAL change = rate[i] * (0 - sigmoid(w[i] + b[i]));
      w[i] += change;
      b[i] += change;
    }
  for (size_t i = 0; i < n; i++)
    loss += log1p(exp((double)(w[i] + b[i])));
  return loss;
}

static double neurons(const double *starts, size_t n_runs, long n_epochs) {
  double loss = 0;
  for (size_t at = 0; at < n_runs; at += BLOCK)
    loss += neuron_block(starts + 3 * at, n_runs - at < BLOCK ? n_runs - at : BLOCK, n_epochs);
  return loss / (double)n_runs;
}

/* ---- XOR 2-2-1 by cross-entropy, online, one run after the other with its parameters in registers ---- */
static double xor_run(const double *start, const double *data, long n_epochs) {
  const REAL rate = (REAL)start[0];
  REAL a = (REAL)start[1], b = (REAL)start[2], c = (REAL)start[3], d = (REAL)start[4], e = (REAL)start[5],
       f = (REAL)start[6], u = (REAL)start[7], v = (REAL)start[8], s = (REAL)start[9];
  double loss = 0;
  for (long k = 0; k <= n_epochs; k++)
    for (int i = 0; i < 4; i++) {
      const REAL x = (REAL)data[3 * i], y = (REAL)data[3 * i + 1], t = (REAL)data[3 * i + 2];
      const REAL g = sigmoid(c + a * x + b * y), h = sigmoid(f + d * x + e * y), z = s + u * g + v * h;
      if (k == n_epochs) { /* the final loss */
        loss += log1p(exp(-fabs((double)z))) + (z > 0 ? z * (1 - t) : -z * t);
        continue;
      }
      const REAL change = rate * (t - sigmoid(z)), dg = change * u * g * (1 - g), dh = change * v * h * (1 - h);
      u += change * g;
      v += change * h;
      s += change;
      a += dg * x;
      b += dg * y;
      c += dg;
      d += dh * x;
      e += dh * y;
      f += dh;
    }
  return loss / 4;
}

static double xors(const double *starts, const double *data, size_t n_runs, long n_epochs) {
  double loss = 0;
  for (size_t k = 0; k < n_runs; k++)
    loss += xor_run(starts + 10 * k, data, n_epochs);
  return loss / (double)n_runs;
}

/* ---- 64-32-10, relu, softmax, batches: BLAS products into memory kept between batches, updates fused in them ---- */
struct network {
  float w[N_IN * N_HIDDEN], c[N_HIDDEN], v[N_HIDDEN * N_OUT], d[N_OUT]; /* [input][unit] */
  float h[BATCH * N_HIDDEN], z[BATCH * N_OUT], g[BATCH * N_HIDDEN];
};

static void begin(struct network *m, const double *p) {
  for (int j = 0; j < N_HIDDEN; j++, p += W_ROW) {
    for (int i = 0; i < N_IN; i++)
      m->w[i * N_HIDDEN + j] = (float)p[i];
    m->c[j] = (float)p[N_IN];
  }
  for (int j = 0; j < N_OUT; j++, p += V_ROW) {
    for (int i = 0; i < N_HIDDEN; i++)
      m->v[i * N_OUT + j] = (float)p[i];
    m->d[j] = (float)p[N_HIDDEN];
  }
}

/* z becomes softmax - target; returns the batch's loss. */
static float forward(struct network *m, const float *x, const float *t) {
  float loss = 0;
  for (int i = 0; i < BATCH; i++) {
    memcpy(m->h + i * N_HIDDEN, m->c, sizeof m->c);
    memcpy(m->z + i * N_OUT, m->d, sizeof m->d);
  }
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, BATCH, N_HIDDEN, N_IN, 1, x, N_IN, m->w, N_HIDDEN, 1, m->h,
              N_HIDDEN);
  for (int i = 0; i < BATCH * N_HIDDEN; i++)
    m->h[i] = m->h[i] > 0 ? m->h[i] : 0;
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, BATCH, N_OUT, N_HIDDEN, 1, m->h, N_HIDDEN, m->v, N_OUT, 1,
              m->z, N_OUT);
  for (int i = 0; i < BATCH; i++) {
    float *z = m->z + i * N_OUT, most = z[0], all = 0, hit = 0;
    for (int j = 1; j < N_OUT; j++)
      most = z[j] > most ? z[j] : most;
    for (int j = 0; j < N_OUT; j++) {
      hit += t[i * N_OUT + j] * (z[j] - most);
      z[j] = expf(z[j] - most);
      all += z[j];
    }
    for (int j = 0; j < N_OUT; j++)
      z[j] = z[j] / all - t[i * N_OUT + j];
    loss += logf(all) - hit;
  }
  return loss;
}

static void update(struct network *m, const float *x, float rate) {
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, BATCH, N_HIDDEN, N_OUT, 1, m->z, N_OUT, m->v, N_OUT, 0, m->g,
              N_HIDDEN);
  for (int i = 0; i < BATCH * N_HIDDEN; i++)
    m->g[i] = m->h[i] > 0 ? m->g[i] : 0;
  cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, N_HIDDEN, N_OUT, BATCH, -rate, m->h, N_HIDDEN, m->z, N_OUT, 1,
              m->v, N_OUT);
  cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, N_IN, N_HIDDEN, BATCH, -rate, x, N_IN, m->g, N_HIDDEN, 1, m->w,
              N_HIDDEN);
  for (int i = 0; i < BATCH; i++) {
    for (int j = 0; j < N_OUT; j++)
      m->d[j] -= rate * m->z[i * N_OUT + j];
    for (int j = 0; j < N_HIDDEN; j++)
      m->c[j] -= rate * m->g[i * N_HIDDEN + j];
  }
}

static double networks(const double *starts, const float *x, const float *t, size_t n_data, size_t n_runs,
                       long n_epochs) {
  static struct network m;
  double loss = 0;
  for (size_t k = 0; k < n_runs; k++) {
    const double *start = starts + k * (N_NETWORK + 1);
    begin(&m, start + 1);
    for (long e = 0; e <= n_epochs; e++)
      for (size_t at = 0; at < n_data; at += BATCH) {
        const float seen = forward(&m, x + at * N_IN, t + at * N_OUT);
        if (e == n_epochs)
          loss += seen / (double)n_data;
        else
          update(&m, x + at * N_IN, (float)start[0] / BATCH);
      }
  }
  return loss / (double)n_runs;
}

/* ---- */
static float *columns(const double *rows, size_t n_rows, size_t n_columns, size_t first, size_t n) {
  float *x = calloc(n_rows * n, sizeof *x);
  if (!x)
    exit(1);
  for (size_t i = 0; i < n_rows * n; i++)
    x[i] = (float)rows[i / n * n_columns + first + i % n];
  return x;
}

int main(int argc, char **argv) {
  if (argc < 7)
    return 2;
  const char *work = argv[1];
  const size_t n_data = (size_t)atol(argv[4]), n_runs = (size_t)atol(argv[5]);
  const long n_epochs = atol(argv[6]);
  const int is_neuron = strcmp(work, "neuron") == 0, is_xor = strcmp(work, "xor") == 0;
  const double *starts = read_rows(argv[2], "", n_runs, is_neuron ? 3 : is_xor ? 10 : N_NETWORK + 1);
  const double *data = read_rows(argv[3], "", n_data, is_neuron ? 2 : is_xor ? 3 : N_IN + N_OUT);
  const float *x = is_neuron || is_xor ? NULL : columns(data, n_data, N_IN + N_OUT, 0, N_IN);
  const float *t = x ? columns(data, n_data, N_IN + N_OUT, N_IN, N_OUT) : NULL;
  if (x)
    networks(starts, x, t, n_data, 1, 1); /* BLAS finds its kernels */
  const double from = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
  const double loss = is_neuron ? neurons(starts, n_runs, n_epochs)
                      : is_xor  ? xors(starts, data, n_runs, n_epochs)
                                : networks(starts, x, t, n_data, n_runs, n_epochs);
  const double seconds = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - from;
  printf("{\"ns\": %.6g, \"loss\": %.17g, \"version\": \"gcc %s\"}\n",
         seconds * 1e9 / ((double)n_runs * (double)n_epochs * (double)n_data), loss, __VERSION__);
  return 0;
}
