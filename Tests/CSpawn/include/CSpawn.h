#ifndef CSPAWN_H
#define CSPAWN_H

#include <spawn.h>

// Closes every descriptor from `from` on in the program that is started. A call of the C library's that Swift's module of it hides.
int spawn_closing_from(posix_spawn_file_actions_t *actions, int from);

#endif
