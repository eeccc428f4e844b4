// A clock that a test moves, for the programs under test. Preloaded into them (LD_PRELOAD), it adds an offset, which the test keeps
// in a file (VITRINE_MOVED_CLOCK) that both map, to every reading of a clock, and ends every wait for a time as soon as the offset
// brings that time. The programs themselves know nothing of it: they ship without any way to be told another time.
//
// What it covers is what they and their libraries call; `nm -D --undefined-only` lists it. Waits are cut into slices, after each of
// which the offset is looked at again.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define SLICE (4 * 1000000LL)
#define FOREVER INT64_MAX

// MARK: What is shared with the test (Tests/EndToEndTests/MovedClock.swift reads and writes the same places)

typedef struct {
    _Atomic int32_t process;   // 0 for a free place
    _Atomic int32_t awaiting;  // connections on which something was sent and nothing has come back yet
    _Atomic int32_t seen;      // the move after which its main thread, or any where that never waits, had nothing left to do
    int32_t unused;
} Place;

typedef struct {
    _Atomic int64_t offset;  // nanoseconds
    _Atomic int32_t moves;   // how often it was moved
    int32_t unused;
    Place places[64];
} Page;

static Page *page;
static Place *place;
static Place none;  // where the page has no place left
static _Atomic int main_waits;

static __typeof__(clock_gettime) *real_clock_gettime;
static __typeof__(sem_timedwait) *real_sem_timedwait;
static __typeof__(pthread_cond_timedwait) *real_cond_timedwait;

__attribute__((constructor)) static void begin(void) {
    real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    real_sem_timedwait = dlsym(RTLD_NEXT, "sem_timedwait");
    real_cond_timedwait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    const char *path = getenv("VITRINE_MOVED_CLOCK");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *map = mmap(NULL, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (map == MAP_FAILED) return;
    page = map;
    place = &none;
    for (int i = 0; i < 64; i++) {
        int32_t nobody = 0;
        if (!atomic_compare_exchange_strong(&page->places[i].process, &nobody, (int32_t)getpid())) continue;
        place = &page->places[i];
        break;
    }
}

static int64_t offset(void) { return page ? atomic_load(&page->offset) : 0; }

static int64_t real_now(clockid_t clock) {
    struct timespec time;
    if (real_clock_gettime) real_clock_gettime(clock, &time);
    else syscall(SYS_clock_gettime, clock, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static int64_t now(void) { return real_now(CLOCK_MONOTONIC) + offset(); }

static int64_t nanoseconds(const struct timespec *time) { return time->tv_sec * SECOND + time->tv_nsec; }

static struct timespec timespec_of(int64_t time) {
    if (time < 0) time = 0;
    return (struct timespec){.tv_sec = time / SECOND, .tv_nsec = time % SECOND};
}

static int64_t after(int64_t duration) { return duration < 0 ? FOREVER : now() + duration; }

// The next slice of a wait until `deadline`; at most 0 when the time has come.
static int64_t slice(int64_t deadline) {
    int32_t moves = atomic_load(&page->moves);
    int64_t left = deadline == FOREVER ? FOREVER : deadline - now();
    if (left <= 0) return left;
    int is_main = gettid() == getpid();
    if (is_main) atomic_store(&main_waits, 1);
    if (is_main || !atomic_load(&main_waits)) atomic_store(&place->seen, moves);
    return left < SLICE ? left : SLICE;
}

// MARK: Readings

int clock_gettime(clockid_t clock, struct timespec *time) {
    int code = real_clock_gettime ? real_clock_gettime(clock, time) : (int)syscall(SYS_clock_gettime, clock, time);
    int is_moved = clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME
        || clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE;
    if (code == 0 && page && is_moved) *time = timespec_of(nanoseconds(time) + offset());
    return code;
}

int gettimeofday(struct timeval *time, void *zone) {
    (void)zone;
    int64_t moved = real_now(CLOCK_REALTIME) + offset();
    *time = (struct timeval){.tv_sec = moved / SECOND, .tv_usec = moved % SECOND / 1000};
    return 0;
}

time_t time(time_t *result) {
    time_t moved = (time_t)((real_now(CLOCK_REALTIME) + offset()) / SECOND);
    if (result) *result = moved;
    return moved;
}

// MARK: Waits

static int raw_poll(struct pollfd *files, nfds_t count, int64_t duration, const sigset_t *mask) {
    struct timespec time = timespec_of(duration);
    return (int)syscall(SYS_ppoll, files, count, duration < 0 ? NULL : &time, mask, (size_t)(_NSIG / 8));
}

static int sliced_poll(struct pollfd *files, nfds_t count, int64_t duration, const sigset_t *mask) {
    if (!page || duration == 0) return raw_poll(files, count, duration, mask);
    int64_t deadline = after(duration);
    while (1) {
        int64_t next = slice(deadline);
        int ready = raw_poll(files, count, next < 0 ? 0 : next, mask);
        if (ready != 0 || next <= 0) return ready;
    }
}

int poll(struct pollfd *files, nfds_t count, int milliseconds) {
    return sliced_poll(files, count, milliseconds < 0 ? -1 : milliseconds * 1000000LL, NULL);
}

int ppoll(struct pollfd *files, nfds_t count, const struct timespec *duration, const sigset_t *mask) {
    return sliced_poll(files, count, duration ? nanoseconds(duration) : -1, mask);
}

static void pause_for(int64_t duration) {
    int64_t deadline = after(duration);
    for (int64_t next; (next = slice(deadline)) > 0;) raw_poll(NULL, 0, next, NULL);
}

int nanosleep(const struct timespec *duration, struct timespec *left) {
    if (!page) return (int)syscall(SYS_nanosleep, duration, left);
    pause_for(nanoseconds(duration));
    if (left) *left = timespec_of(0);
    return 0;
}

int usleep(useconds_t microseconds) {
    struct timespec duration = timespec_of(microseconds * 1000LL);
    return nanosleep(&duration, NULL);
}

unsigned int sleep(unsigned int seconds) {
    struct timespec duration = timespec_of(seconds * SECOND);
    nanosleep(&duration, NULL);
    return 0;
}

int sem_timedwait(sem_t *semaphore, const struct timespec *deadline) {
    if (!page) return real_sem_timedwait(semaphore, deadline);
    int64_t end = nanoseconds(deadline) - real_now(CLOCK_REALTIME) + real_now(CLOCK_MONOTONIC);
    while (1) {
        int64_t next = slice(end);
        struct timespec until = timespec_of(real_now(CLOCK_REALTIME) + (next < 0 ? 0 : next));
        int code = real_sem_timedwait(semaphore, &until);
        if (code == 0 || errno != ETIMEDOUT || next <= 0) return code;
    }
}

int sem_wait(sem_t *semaphore) {
    static __typeof__(sem_wait) *real;
    if (!real) real = dlsym(RTLD_NEXT, "sem_wait");
    if (!page || !real_sem_timedwait) return real(semaphore);
    while (1) {
        struct timespec until = timespec_of(real_now(CLOCK_REALTIME) + slice(FOREVER));
        int code = real_sem_timedwait(semaphore, &until);
        if (code == 0 || errno != ETIMEDOUT) return code;
    }
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *deadline) {
    if (!page) return real_cond_timedwait(condition, mutex, deadline);
    // Its clock is not known: seconds since 1970 are many, since the start of the machine few.
    clockid_t clock = deadline->tv_sec > 1000000000 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    int64_t left = nanoseconds(deadline) - real_now(clock) - offset();
    if (left <= 0) return ETIMEDOUT;
    struct timespec until = timespec_of(real_now(clock) + (left < SLICE ? left : SLICE));
    int code = real_cond_timedwait(condition, mutex, &until);
    // Waking without a reason is allowed, and has the caller look again; going on to wait here could miss a signal.
    return code == ETIMEDOUT && nanoseconds(deadline) > real_now(clock) + offset() ? 0 : code;
}

// MARK: Timers that epoll waits for

static struct {
    int is_set, is_absolute;
    int64_t deadline, offset, interval;  // the deadline by the moved clock; the offset when it was set
} timers[1024];
static pthread_mutex_t timers_lock = PTHREAD_MUTEX_INITIALIZER;

int timerfd_settime(int file, int flags, const struct itimerspec *value, struct itimerspec *before) {
    if (!page || file < 0 || file >= 1024) return (int)syscall(SYS_timerfd_settime, file, flags, value, before);
    int64_t time = nanoseconds(&value->it_value);
    pthread_mutex_lock(&timers_lock);
    int64_t moved = offset();
    timers[file].is_set = time != 0;
    timers[file].is_absolute = (flags & TFD_TIMER_ABSTIME) != 0;
    timers[file].offset = moved;
    timers[file].interval = nanoseconds(&value->it_interval);
    timers[file].deadline = timers[file].is_absolute ? time : real_now(CLOCK_MONOTONIC) + moved + time;
    struct itimerspec real = *value;
    if (timers[file].is_absolute && time != 0) real.it_value = timespec_of(time - moved < 1 ? 1 : time - moved);
    int code = (int)syscall(SYS_timerfd_settime, file, flags, &real, before);
    pthread_mutex_unlock(&timers_lock);
    return code;
}

// Sets those again that were set before the last move.
static void renew_timers(void) {
    pthread_mutex_lock(&timers_lock);
    int64_t moved = offset();
    for (int file = 0; file < 1024; file++) {
        if (!timers[file].is_set || timers[file].offset == moved) continue;
        struct itimerspec left;
        // One that has run out already is its owner's to set again.
        if (syscall(SYS_timerfd_gettime, file, &left) != 0 || nanoseconds(&left.it_value) == 0) {
            timers[file].is_set = 0;
            continue;
        }
        int64_t wait = nanoseconds(&left.it_value) - (moved - timers[file].offset);
        struct itimerspec next = {.it_value = timespec_of(wait < 1 ? 1 : wait), .it_interval = timespec_of(timers[file].interval)};
        timers[file].offset = moved;
        syscall(SYS_timerfd_settime, file, 0, &next, NULL);
    }
    pthread_mutex_unlock(&timers_lock);
}

int epoll_pwait(int file, struct epoll_event *events, int count, int milliseconds, const sigset_t *mask) {
    int64_t deadline = page ? after(milliseconds < 0 ? -1 : milliseconds * 1000000LL) : 0;
    while (1) {
        int is_sliced = page && milliseconds != 0;
        if (is_sliced) renew_timers();
        int64_t next = is_sliced ? slice(deadline) : 0;
        int wait = !is_sliced ? milliseconds : next <= 0 ? 0 : (int)((next + 999999) / 1000000);
        int ready = (int)syscall(SYS_epoll_pwait, file, events, count, wait, mask, (size_t)(_NSIG / 8));
        if (ready != 0 || !is_sliced || next <= 0) return ready;
    }
}

int epoll_wait(int file, struct epoll_event *events, int count, int milliseconds) {
    return epoll_pwait(file, events, count, milliseconds, NULL);
}

// MARK: Questions that are on their way

static _Atomic unsigned char awaits[4096];

static void note(int file, int is_awaiting) {
    if (!page || file < 0 || file >= 4096) return;
    int before = atomic_exchange(&awaits[file], (unsigned char)is_awaiting);
    if (before != is_awaiting) atomic_fetch_add(&place->awaiting, is_awaiting - before);
}

ssize_t send(int file, const void *bytes, size_t count, int flags) {
    note(file, 1);
    return syscall(SYS_sendto, file, bytes, count, flags, NULL, 0);
}

ssize_t recv(int file, void *bytes, size_t count, int flags) {
    ssize_t received = syscall(SYS_recvfrom, file, bytes, count, flags, NULL, NULL);
    if (received >= 0 || (errno != EAGAIN && errno != EINTR)) note(file, 0);
    return received;
}

int close(int file) {
    note(file, 0);
    return (int)syscall(SYS_close, file);
}
