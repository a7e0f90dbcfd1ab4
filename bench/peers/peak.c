/* SPDX-License-Identifier: MIT
 * Runs a command and prints what it used: seconds of processor time, and the peak of its memory. A child's peak counts
 * what its parent had when it was forked, so the parent must be as small as this.
 *
 *     peak COMMAND [ARGUMENT ...] */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[1], argv + 1);
    _exit(127);
  }
  int status = 1;
  struct rusage used = {0};
  if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0)
    return 1;
  const double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
  printf("{\"cpu\": %.6f, \"peak_bytes\": %.0f}\n", cpu, (double)used.ru_maxrss * 1024);
  return 0;
}
