/* SPDX-License-Identifier: MIT
 * The formats of data files, in the order in which help lists them and luron.read asks them. X(NAME) is
 * lur_format_NAME, defined in a file of its own. */
#define LUR_DATA_FORMATS(X)                                                                                            \
  X(fann)                                                                                                              \
  X(proben1)                                                                                                           \
  X(snns)                                                                                                              \
  X(lens)                                                                                                              \
  X(arff)                                                                                                              \
  X(libsvm)                                                                                                            \
  X(npy)                                                                                                               \
  X(idx)
