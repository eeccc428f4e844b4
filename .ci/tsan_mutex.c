// Tells ThreadSanitizer of Swift's Mutex. Where it waits for another thread it does so in the standard library, which is built without
// the sanitizer: without this, whatever a contended mutex guards is reported as a race. Preloaded by .ci/sanitize, and by nothing else.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Only the program under test has them: not what starts it.
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

static void *library(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (!function) abort();
    return function;
}

SWIFT void lock_slow(unsigned thread, SELF) __asm__(LOCK);
SWIFT void lock_slow(unsigned thread, SELF) {
    static SWIFT void (*lock)(unsigned, SELF);
    if (!lock) lock = library(LOCK);
    lock(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT void unlock_slow(SELF) __asm__(UNLOCK);
SWIFT void unlock_slow(SELF) {
    static SWIFT void (*unlock)(SELF);
    if (!unlock) unlock = library(UNLOCK);
    if (__tsan_release) __tsan_release(self);
    unlock(self);
}
