/* SPDX-License-Identifier: MIT
 * A network by itself: its shape, its parameters, the scaling of its inputs and the names of its classes; and its
 * file, a text that keeps every bit (hexadecimal floating-point numbers). One owner, freed by one call.
 *
 * The file:
 *   luron-network 1                    the format's version; 2 with functions, 3 with shortcuts, 4 with names or
 *                                      scaled targets
 *   widths 4 8 3                       inputs, units of each layer
 *   activation sigmoid
 *   output_activation softmax
 *   bias true
 *   precision double
 *   shortcut 0 2                       only in version 3: a layer reads an earlier one, or 0, the inputs; a line each
 *   function 1 swish 6                 only from version 2: the layer whose activation is a function, its name, and how
 *                                      many lines of a program follow (engine/program/program.h)
 *   shift 0x1.75f2p+2 ...              only with a scaling: a number an input
 *   scale 0x1.a6p-1 ...
 *   target_shift 0x1.8p+4 ...          only where targets were scaled: a number an output
 *   target_scale 0x1p+3 ...
 *   class setosa                       only with classes: one line per output; \\ \n \r stand for backslash, line ends
 *   input age                          only with names, from here to `output`: one line per input, escaped so, too
 *   onehot 1 2 3                       inputs 1 and 2 from 0 are categories of a column, whose name has 3 bytes
 *   unknown zeros                      a category that is none of these is all zeros
 *   fill 0x1.8p+4 ...                  what stands in place of missing inputs
 *   output species=setosa              one line per output
 *   unit 0x1.8p-2 ...                  one line per unit, layer by layer: weights in input order, then the bias if any
 *   end */
#ifndef LUR_DATA_NETWORK_H
#define LUR_DATA_NETWORK_H

#include "base/buffer.h"
#include "data/dataset.h"
#include "engine/engine.h"

struct lur_network {
  struct lur_shape shape;                       /* own: owned, without named numbers */
  char own_name[LUR_MAX_LAYERS][LUR_NAME_ROOM]; /* of the functions in shape.own */
  double *parameters;                           /* lur_shape_n_parameters(&shape) */
  double *shift, *scale;                        /* width[0] each, or both NULL */
  double *target_shift, *target_scale;          /* the same of outputs; fma(o, scale, shift) is one as targets were */
  int n_classes;                                /* 0, or the number of outputs */
  char **classes;
  /* As in struct lur_dataset; names NULL where they are not known: */
  char **input_names, **output_names;
  int n_onehot;
  struct lur_onehot *onehot;
  bool unknown_is_zeros;
  double *fill; /* what stands in place of each missing input; or NULL */
};

/* Parameters all zero, no scaling, no classes, no functions. */
struct lur_network *lur_network_new(const struct lur_shape *shape, struct lur_error *e);
void lur_network_free(struct lur_network *n);
struct lur_network *lur_network_copy(const struct lur_network *n, struct lur_error *e);
int lur_network_set_scaling(struct lur_network *n, const double *shift, const double *scale, struct lur_error *e);
int lur_network_set_target_scaling(struct lur_network *n, const double *shift, const double *scale,
                                   struct lur_error *e);
/* Names of inputs and outputs and the inputs' categories, as d has them; fill as above. */
int lur_network_set_labels(struct lur_network *n, const struct lur_dataset *d, const double *fill, struct lur_error *e);
int lur_network_set_classes(struct lur_network *n, int n_classes, const char *const *classes, struct lur_error *e);

/* A function as the activation of a layer: a copy of the program, in which these numbers are in place. */
int lur_network_set_function(struct lur_network *n, int layer, const char *name, const struct lur_program *p,
                             int n_numbers, const char *const *names, const double *values, struct lur_error *e);
const char *lur_network_activation(const struct lur_network *n, int layer); /* its name */

/* Scales the input where there is a scaling, calls lur_forward, and scales outputs back where targets were. work has
 * room for lur_network_n_work(n). */
void lur_network_forward(const struct lur_network *n, const double *input, double *work, double *out);
size_t lur_network_n_work(const struct lur_network *n);

/* The place of the largest of n >= 1 outputs, the first of equals: the class that they say. */
int lur_largest_output(const double *output, int n);

/* Saving replaces the file at once or not at all: it writes a neighbour, then renames it. */
int lur_network_save(const struct lur_network *n, const char *path, struct lur_error *e);
struct lur_network *lur_network_load(const char *path, struct lur_error *e);

/* The file's text from and to memory. `name` stands in messages. */
void lur_network_write(const struct lur_network *n, struct lur_buffer *out);
struct lur_network *lur_network_read(const char *name, const char *text, size_t n_bytes, struct lur_error *e);

#endif
