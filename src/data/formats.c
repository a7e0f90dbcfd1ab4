/* SPDX-License-Identifier: MIT
 * The table of formats. */
#include "data/formats.h"

#include "data/fann.h"
#include "data/idx.h"

const struct lur_data_format lur_data_formats[] = {
    {"fann", "(path)", "A data set from a training file of FANN.", 1, lur_fann_load},
    {"idx", "(images, labels)",
     "A data set from two IDX files such as MNIST's, compressed by gzip or not. Inputs are the numbers as they are\n"
     "(0 to 255 for bytes), and each label becomes an output.",
     2, lur_idx_load},
    {0},
};
