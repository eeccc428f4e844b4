#define _GNU_SOURCE
#include "CRescue.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { highest = 64 };

static int event = -1;
static atomic_uint_fast64_t arrived;
static uint64_t caught;
static struct sigaction before[highest];

// A set of bits beside an eventfd, not bytes in a pipe: a storm of one signal cannot fill it and lose another.
static void on_signal(int number) {
    int kept = errno;
    atomic_fetch_or(&arrived, UINT64_C(1) << number);
    uint64_t one = 1;
    ssize_t ignored = write(event, &one, sizeof one);
    (void)ignored;
    errno = kept;
}

int signals_open(const int *signals, size_t count) {
    if (event >= 0) {
        errno = EBUSY;
        return -1;
    }
    event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (event < 0) return -1;
    // Handlers, not a mask with a signalfd: a mask is inherited by every child, a handler by none.
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t index = 0; index < count; index++) {
        int number = signals[index];
        if (number <= 0 || number >= highest) continue;
        if (sigaction(number, NULL, &before[number]) != 0) continue;
        if (before[number].sa_handler == SIG_IGN) continue;
        if (sigaction(number, &action, NULL) == 0) caught |= UINT64_C(1) << number;
    }
    return event;
}

uint64_t signals_take(void) {
    uint64_t drained;
    ssize_t ignored = read(event, &drained, sizeof drained);
    (void)ignored;
    return atomic_exchange(&arrived, 0);
}

void signals_stop(void) {
    // The default for a while, and not SIGSTOP: that would also stop a job which no shell is there to continue.
    struct sigaction standard = {.sa_handler = SIG_DFL}, kept;
    if (sigaction(SIGTSTP, NULL, &kept) != 0 || kept.sa_handler == SIG_IGN) return;
    sigaction(SIGTSTP, &standard, NULL);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &kept, NULL);
}

void signals_close(void) {
    for (int number = 1; number < highest; number++) {
        if (caught >> number & 1) sigaction(number, &before[number], NULL);
    }
    caught = 0;
    if (event >= 0) close(event);
    event = -1;
    atomic_store(&arrived, 0);
}
