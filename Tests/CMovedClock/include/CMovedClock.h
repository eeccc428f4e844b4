#ifndef CMOVEDCLOCK_H
#define CMOVEDCLOCK_H

// Nothing to call: the library is preloaded into the programs under test (LD_PRELOAD). See MovedClock.c.

#endif
