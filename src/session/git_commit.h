/* SPDX-License-Identifier: MIT
 * Which commit of a Git repository a script stands in. */
#ifndef LUR_SESSION_GIT_COMMIT_H
#define LUR_SESSION_GIT_COMMIT_H

enum { LUR_COMMIT_BYTES = 65 }; /* SHA-256 in hexadecimal digits; SHA-1 is shorter */

/* The commit that is checked out where the file at `path` stands; "" where there is none. */
void lur_git_commit_at(const char *path, char commit[LUR_COMMIT_BYTES]);

#endif
