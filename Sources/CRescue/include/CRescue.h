#ifndef CRESCUE_H
#define CRESCUE_H

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

/// Restores the terminal when the process is about to die of a signal, be it a crash or any other that nobody handles:
/// writes `restore` to `terminal`, sets `modes`
/// again, and lets the signal do what it would have done. `terminal` should be non-blocking: one that takes nothing
/// is given up after 200 ms. Returns 0, or -1 with errno (ENOSPC where `restore` is longer than 512 bytes).
int rescue_install(int terminal, const struct termios *modes, const void *restore, size_t length);

/// What a death also writes, when the modes are as they were: one line with its end, of at most 512 bytes; a longer one
/// is left out. `rescue_install` forgets it.
void rescue_say(const void *line, size_t length);

/// Makes the process's surroundings what programs expect, before anything else is opened. A standard descriptor that the
/// process was started without takes no file that is opened later: reading from it is at the end, writing to it fails.
/// A pipe without a reader and a file at its largest size are told by write, not by a signal that kills. Children can be
/// waited for. Returns 0, or -1 with errno.
int rescue_prepare_process(void);

/// From now on a crash leaves neither a core dump nor the Swift runtime's backtrace, since both show memory, secrets in
/// it among it: the deadly signals do what they do by default. Returns 0, or -1 with errno.
int rescue_keep_memory_private(void);

/// From now on deaths leave the terminal alone: it has been given back.
void rescue_remove(void);

/// Catches `signals` and makes the returned descriptor readable when one arrives. Those the process was started to
/// ignore stay ignored. The descriptor is closed by `signals_close`. Returns -1 with errno.
int signals_open(const int *signals, size_t count);

/// The signals since the last call, bit n for signal n; makes the descriptor unreadable again.
uint64_t signals_take(void);

/// Stops the whole job as Ctrl-Z would, from the main thread; returns when it goes on, or at once where nothing could
/// make it go on again.
void signals_stop(void);

/// Gives every signal back what it did before.
void signals_close(void);

#endif
