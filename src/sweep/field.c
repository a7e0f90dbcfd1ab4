/* SPDX-License-Identifier: MIT */
#include "sweep/field.h"
