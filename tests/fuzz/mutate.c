/* SPDX-License-Identifier: MIT
 * Feeds a reader with damaged samples: fixed seed, so that a failure comes back. Usage: fuzz_X [rounds] [seed].
 * The readers have libFuzzer's entry point: tests/fuzz/libfuzzer.sh searches on with it, from what fuzz_X write
 * FOLDER leaves there: the samples, and the words in FOLDER.dict. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { ROOM_BYTES = 8192 };

struct fuzz {
  uint64_t state;
  uint8_t text[ROOM_BYTES];
  size_t n;
};

/* SplitMix64 (Steele, Lea, Flood 2014) */
static size_t draw(struct fuzz *f, size_t below) {
  uint64_t z = f->state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return below ? (size_t)((z ^ (z >> 31)) % below) : 0;
}

static void insert(struct fuzz *f, size_t at, const void *bytes, size_t n) {
  if (f->n + n > ROOM_BYTES)
    return;
  memmove(f->text + at + n, f->text + at, f->n - at);
  memcpy(f->text + at, bytes, n);
  f->n += n;
}

static void repeat_part(struct fuzz *f) {
  uint8_t part[256];
  size_t from = draw(f, f->n), n = 1 + draw(f, sizeof part - 1);
  if (n > f->n - from)
    n = f->n - from;
  memcpy(part, f->text + from, n);
  insert(f, draw(f, f->n), part, n);
}

static void remove_part(struct fuzz *f) {
  size_t from = draw(f, f->n), n = 1 + draw(f, f->n - from);
  n = draw(f, 4) ? 1 : n;
  memmove(f->text + from, f->text + from + n, f->n - from - n);
  f->n -= n;
}

static void mutate(struct fuzz *f) {
  if (f->n == 0)
    return;
  switch (draw(f, 5)) {
  case 0: f->text[draw(f, f->n)] ^= (uint8_t)(1u << draw(f, 8)); break;
  case 1: f->text[draw(f, f->n)] = (uint8_t)draw(f, 256); break;
  case 2: remove_part(f); break;
  case 3: repeat_part(f); break;
  default: {
    const char *word = fuzz_words[draw(f, fuzz_n_words)];
    insert(f, draw(f, f->n), word, strlen(word));
  }
  }
}

/* In a block of its exact size, so that ASan sees a read behind its end. */
static void feed(const struct fuzz *f) {
  uint8_t *copy = malloc(f->n ? f->n : 1);
  if (!copy)
    abort();
  memcpy(copy, f->text, f->n);
  LLVMFuzzerTestOneInput(copy, f->n);
  free(copy);
}

static FILE *open_file(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", folder, name);
  FILE *f = fopen(path, "w");
  if (!f)
    abort();
  return f;
}

static int write_samples(const char *folder) {
  char name[32];
  for (size_t i = 0; i < fuzz_n_samples; i++) {
    snprintf(name, sizeof name, "/sample-%zu", i);
    FILE *f = open_file(folder, name);
    fputs(fuzz_samples[i], f);
    fclose(f);
  }
  FILE *dictionary = open_file(folder, ".dict");
  for (size_t i = 0; i < fuzz_n_words; i++) {
    fputc('"', dictionary);
    for (const char *at = fuzz_words[i]; *at; at++)
      fprintf(dictionary, "\\x%02x", (unsigned char)*at);
    fputs("\"\n", dictionary);
  }
  return fclose(dictionary);
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "write") == 0)
    return write_samples(argv[2]);
  long rounds = argc > 1 ? atol(argv[1]) : 20000;
  static struct fuzz f;
  f.state = argc > 2 ? (uint64_t)atoll(argv[2]) : 1;
  for (long i = 0; i < rounds; i++) {
    const char *sample = fuzz_samples[draw(&f, fuzz_n_samples)];
    f.n = strlen(sample);
    memcpy(f.text, sample, f.n);
    for (size_t k = 1 + draw(&f, 8); k > 0; k--)
      mutate(&f);
    feed(&f);
  }
  printf("%ld inputs\n", rounds);
  return 0;
}
