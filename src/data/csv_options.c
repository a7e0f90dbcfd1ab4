/* SPDX-License-Identifier: MIT
 * The options of luron.csv, for people, and the names of their choices. Constant. */
#include <stddef.h>

#include "data/csv.h"

const char *const lur_missing_names[] = {"error", "skip", "mean", "median", NULL};
_Static_assert(sizeof lur_missing_names / sizeof *lur_missing_names == LUR_N_MISSINGS + 1, "a name each");
const char *const lur_text_names[] = {"error", "onehot", NULL};
_Static_assert(sizeof lur_text_names / sizeof *lur_text_names == LUR_N_TEXTS + 1, "a name each");
const char *const lur_unknown_names[] = {"error", "zeros", NULL};

const struct lur_csv_option lur_csv_option_table[] = {
    {"targets",
     "A column or a list of them: names of the header, or numbers from 1, from the end if negative.\n"
     "In a name, * stands for any text: \"y*\". They are what the network should answer.",
     "the last that is not dropped"},
    {"inputs", "The same: what the network sees.", "all that are no targets and not dropped"},
    {"drop", "The same: columns to leave out, such as names and numbers of rows.", "none"},
    {"onehot",
     "The same: inputs whose texts are categories. Each becomes an input of its own, named as sex=female:\n"
     "1 if the row has that text, else 0. { column = \"sex\", \"male\", \"female\" } in place of a name lists them.",
     "none"},
    {"text",
     "What to do about an input that is neither a number nor true, false, yes or no (1 and 0): \"error\" refuses it;\n"
     "\"onehot\" takes each column with such a text as onehot does.",
     "\"error\""},
    {"unknown",
     "What to do later about a category that the data set does not have: \"error\" names it; \"zeros\" sets all "
     "inputs\n"
     "of the column to 0.",
     "\"error\""},
    {"header",
     "true: the first line names the columns; false: it is a row. If you do not say, it names them, and the\n"
     "file is refused if it looks like a row: if most of its cells are numbers where the next line has numbers.",
     "not said"},
    {"skip", "So many lines are passed over before the first.", "0"},
    {"comment", "One character: lines that begin with it are passed over.", "none"},
    {"missing",
     "\"error\" refuses a file with a missing cell (empty, NA, NaN, null, None, ? and their like); \"skip\" leaves\n"
     "the row out; \"mean\" takes the mean of the column's other cells, \"median\" their median, and of texts the "
     "most\n"
     "frequent one; a row without its target is left out. They are those of the training patterns, if others are held\n"
     "out.",
     "\"error\""},
    {"missing_values", "A list of more cells that are missing: { -999, \".\" }. Numbers are found in any spelling.",
     "none"},
    {"classes",
     "\"auto\": numbers are numbers, names are classes, a mixture is refused; true: each different text is a class,\n"
     "numbers too; false: numbers only; a list such as {\"no\", \"yes\"}: these, in this order, and no others.",
     "\"auto\""},
    {"separator",
     "One character; \" \" is any run of blanks. If you do not say, it is the one of comma, semicolon, tab and blanks\n"
     "that cuts the first 20 lines into equally many cells.",
     "found by looking"},
    {"decimal", "What stands before the decimals of a number: \".\" or \",\".", "\".\""},
    {NULL, NULL, NULL}};
