/* SPDX-License-Identifier: MIT
 * The one product that a run by units is made of: c[row][lanes] = start[row][lanes] + sum over k of
 * a[row][k] b[k][lanes], k ascending, one fused step after the other. Rows and lanes are independent: a few rows by two
 * registers are in flight at once, and each a is set in all lanes of a register. And how a matrix is turned. */
#ifndef LUR_KERNEL_PRODUCT_INC_H
#define LUR_KERNEL_PRODUCT_INC_H

#include "engine/kernel/update.inc.h"

enum { PANEL = 2 * REG_LANES, TILE_ROWS = REG_BYTES == 64 ? 8 : 4 };

FUNCTION size_t padded(size_t n) {
  return (n + REG_LANES - 1) / REG_LANES * REG_LANES;
}

/* Numbers whose columns are lanes: row k of the panel q of columns is at + q * panel + k * row, and of a last panel of
 * one register at + q * panel + k * narrow. */
struct lanes {
  real *at;
  size_t panel, row, narrow;
  size_t first; /* the row that is row 0 of the product */
};
FUNCTION struct lanes rows_of(const real *at, size_t stride) {
  return (struct lanes){(real *)at, PANEL, stride, stride, 0};
}
/* Panels that stand one after the other, each with n_rows rows; from one of them on. */
FUNCTION struct lanes panels_of(const real *at, size_t n_rows, size_t first) {
  return (struct lanes){(real *)at, PANEL * n_rows, PANEL, REG_LANES, first};
}
/* All rows are this one. */
FUNCTION struct lanes every_row(const real *at, size_t panel) {
  return (struct lanes){(real *)at, panel, 0, 0, 0};
}
/* Row 0 in a panel of two registers, and in a last one of one. */
FUNCTION real *panel_at(const struct lanes *l, size_t q) {
  return l->at + q * l->panel + l->first * l->row;
}
FUNCTION real *narrow_at(const struct lanes *l, size_t q) {
  return l->at + q * l->panel + l->first * l->narrow;
}

/* The other factor: its rows run along memory, or its k do; the other index goes by `stride`. */
enum along { ALONG_K, ALONG_ROWS };
struct factor {
  const real *at;
  size_t stride;
};

/* One panel of a product. */
struct panel {
  const real *b, *start;
  real *c;
  size_t b_row, start_row, c_row, n_k;
  const struct rule *descent; /* c is the whole gradient: parameters go down it at once; NULL: c is stored */
};

/* Parameters stand in a vec as their gradient does. */
FUNCTION void product_end(int n_regs, const struct panel *p, real *c, const reg *sum) {
  if (n_regs == 2 && p->descent)
    change_by(LUR_SGD, p->descent, (size_t)(c - (real *)p->descent->block->gradient), (vec){sum[0], sum[1]});
  else
    UNROLL for (int u = 0; u < n_regs; u++) reg_store(c + u * REG_LANES, sum[u]);
}

FUNCTION void product_tile(int n_rows, int n_regs, enum along along, struct factor a, size_t row,
                           const struct panel *p) {
  const size_t a_row = along == ALONG_K ? a.stride : 1, a_k = along == ALONG_K ? 1 : a.stride;
  const real *ak = a.at + row * a_row, *b = p->b, *start = p->start + row * p->start_row;
  real *c = p->c + row * p->c_row;
  reg sum[TILE_ROWS][2];
  UNROLL for (int r = 0; r < n_rows; r++) UNROLL for (int u = 0; u < n_regs; u++) sum[r][u] =
      reg_load(start + (size_t)r * p->start_row + u * REG_LANES);
  for (size_t k = 0; k < p->n_k; k++, b += p->b_row, ak += a_k) {
    reg bk[2];
    UNROLL for (int u = 0; u < n_regs; u++) bk[u] = reg_load(b + u * REG_LANES);
    UNROLL for (int r = 0; r < n_rows; r++) {
      const reg x = reg_set(ak[(size_t)r * a_row]);
      UNROLL for (int u = 0; u < n_regs; u++) sum[r][u] = reg_fma(x, bk[u], sum[r][u]);
    }
  }
  UNROLL for (int r = 0; r < n_rows; r++) product_end(n_regs, p, c + (size_t)r * p->c_row, sum[r]);
}

FUNCTION void product_panel(int n_regs, enum along along, struct factor a, size_t n_rows, const struct panel *p) {
  size_t row = 0;
  for (; row + TILE_ROWS <= n_rows; row += TILE_ROWS)
    product_tile(TILE_ROWS, n_regs, along, a, row, p);
  if (TILE_ROWS > 4 && row + 4 <= n_rows) {
    product_tile(4, n_regs, along, a, row, p);
    row += 4;
  }
  if (row + 2 <= n_rows) {
    product_tile(2, n_regs, along, a, row, p);
    row += 2;
  }
  if (row < n_rows)
    product_tile(1, n_regs, along, a, row, p);
}

/* n_lanes: of a row of c, b and start; what is past them up to a register's end is computed, too. descent: as above; a
 * last panel of one register is stored. */
FUNCTION void product(enum along along, struct factor a, size_t n_rows, size_t n_k, size_t n_lanes,
                      const struct lanes *b, const struct lanes *start, const struct lanes *c,
                      const struct rule *descent) {
  const size_t n_regs = padded(n_lanes) / REG_LANES;
  for (size_t q = 0; q < n_regs / 2; q++) {
    const struct panel p = {panel_at(b, q),
                            panel_at(start, q),
                            panel_at(c, q),
                            b->row,
                            start->row,
                            c->row,
                            n_k,
                            descent};
    product_panel(2, along, a, n_rows, &p);
  }
  if (n_regs % 2) {
    const size_t q = n_regs / 2;
    const struct panel p = {narrow_at(b, q),
                            narrow_at(start, q),
                            narrow_at(c, q),
                            b->narrow,
                            start->narrow,
                            c->narrow,
                            n_k,
                            NULL};
    product_panel(1, along, a, n_rows, &p);
  }
}
static __attribute__((noinline)) void product_along_k(struct factor a, size_t n_rows, size_t n_k, size_t n_lanes,
                                                      const struct lanes *b, const struct lanes *start,
                                                      const struct lanes *c) {
  product(ALONG_K, a, n_rows, n_k, n_lanes, b, start, c, NULL);
}
static __attribute__((noinline)) void product_along_rows(struct factor a, size_t n_rows, size_t n_k, size_t n_lanes,
                                                         const struct lanes *b, const struct lanes *start,
                                                         const struct lanes *c) {
  product(ALONG_ROWS, a, n_rows, n_k, n_lanes, b, start, c, NULL);
}
static __attribute__((noinline)) void product_descent(struct factor a, size_t n_rows, size_t n_k, size_t n_lanes,
                                                      const struct lanes *b, const struct lanes *start,
                                                      const struct lanes *c, const struct rule *descent) {
  product(ALONG_ROWS, a, n_rows, n_k, n_lanes, b, start, c, descent);
}

/* A square of registers. A column's numbers come together as rows i and i + half of them are merged, again and again.
 */
FUNCTION void turn_square(size_t n_rows, size_t n_columns, const real *from, size_t from_row, real *to, size_t to_row) {
  reg x[REG_LANES], y[REG_LANES];
  UNROLL for (size_t r = 0; r < REG_LANES; r++) x[r] = r < n_rows ? reg_load_anywhere(from + r * from_row) : reg_set(0);
  UNROLL for (int merged = 1; merged < REG_LANES; merged *= 2) {
    UNROLL for (int i = 0; i < REG_LANES / 2; i++) {
      y[2 * i] = reg_merge_low(x[i], x[i + REG_LANES / 2]);
      y[2 * i + 1] = reg_merge_high(x[i], x[i + REG_LANES / 2]);
    }
    UNROLL for (int i = 0; i < REG_LANES; i++) x[i] = y[i];
  }
  UNROLL for (size_t c = 0; c < REG_LANES; c++) if (c < n_columns) reg_store_anywhere(to + c * to_row, x[c]);
}

/* to[c][r] = from[r][c]. Rows of both have room up to a register's end. */
static void turn(size_t n_rows, size_t n_columns, const real *from, size_t from_row, real *to, size_t to_row) {
  if (n_rows < 4 || n_columns < 4) {
    for (size_t r = 0; r < n_rows; r++)
      for (size_t c = 0; c < n_columns; c++)
        to[c * to_row + r] = from[r * from_row + c];
    return;
  }
  for (size_t r = 0; r < n_rows; r += REG_LANES)
    for (size_t c = 0; c < n_columns; c += REG_LANES)
      turn_square(n_rows - r, n_columns - c, from + r * from_row + c, from_row, to + c * to_row + r, to_row);
}

#endif
