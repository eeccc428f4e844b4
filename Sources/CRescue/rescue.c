#define _GNU_SOURCE
#include "CRescue.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGQUIT, SIGSYS};
enum { crash_count = sizeof crashes / sizeof crashes[0], highest = 64, stall_ms = 200 };

static struct sigaction before[highest + 1];
// Bit n for signal n: those that the handler here has.
static uint64_t taken;
static int is_installed;

// What the handler reads. It is written only while `is_armed` is false.
static atomic_bool is_armed;
static int terminal;
// The terminal once more, for the handler alone, and a place where other threads' output goes from then on.
static int own_terminal = -1;
static int nowhere = -1;
static struct termios modes;
static char restore[512];
static size_t restore_length;
static char words[512];
static size_t words_length;

static long now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void write_patiently(const char *bytes, size_t length, long deadline) {
    size_t written = 0;
    while (written < length) {
        ssize_t count = write(own_terminal, bytes + written, length - written);
        if (count > 0) {
            written += (size_t)count;
            continue;
        }
        long left = deadline - now_ms();
        if (count < 0 && errno == EINTR && left > 0) continue;
        if (count == 0 || errno != EAGAIN || left <= 0) return;
        struct pollfd ready = {.fd = own_terminal, .events = POLLOUT};
        poll(&ready, 1, (int)left);
    }
}

static atomic_flag is_dying = ATOMIC_FLAG_INIT;

static int is_taken(int number) { return taken >> (number - 1) & 1; }

static void on_fatal(int number, siginfo_t *info, void *context) {
    (void)context;
    // Whoever comes first restores; a second thread that dies meanwhile must not end the process under its hands.
    if (atomic_flag_test_and_set(&is_dying)) {
        for (;;) pause();
    }
    if (atomic_exchange(&is_armed, 0)) {
        // In the background, touching the terminal would stop us here for ever.
        signal(SIGTTOU, SIG_IGN);
        // A thread that is drawing must not go on after the restoring.
        dup2(nowhere, terminal);
        const long deadline = now_ms() + stall_ms;
        write_patiently(restore, restore_length, deadline);
        tcsetattr(own_terminal, TCSANOW, &modes);
        // In the shell's own modes again, a line's end goes to the first column.
        write_patiently(words, words_length, deadline);
    }
    // Not whoever had the signal before: on a terminal the Swift runtime would stop there, show memory and ask.
    for (int other = 1; other <= highest; other++) {
        if (!is_taken(other)) continue;
        signal(other, before[other].sa_handler == SIG_IGN ? SIG_IGN : SIG_DFL);
    }
    // A fault of the processor happens again by itself, with its address; int3 and what was sent do not.
    int repeats = info->si_code > 0 && (number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL);
    if (repeats) return;
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    // Still here: the signal is ignored.
    atomic_flag_clear(&is_dying);
}

static int is_crash(int number) {
    for (int index = 0; index < crash_count; index++) {
        if (crashes[index] == number) return 1;
    }
    return 0;
}

// Whether a process that does nothing about a signal dies of it.
static int is_deadly(int number) {
    switch (number) {
    case SIGKILL:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
    case SIGCHLD:
    case SIGCONT:
    case SIGURG:
    case SIGWINCH: return 0;
    // Between these two and the first for programs, the C library's threads have theirs.
    default: return number <= SIGSYS || number >= SIGRTMIN;
    }
}

// Crashes are taken from whoever has them, the others only where nobody does: what is ignored or handled kills nobody.
static int take_signals(void) {
    struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (int number = 1; number <= highest; number++) {
        if (!is_deadly(number)) continue;
        if (sigaction(number, NULL, &before[number]) != 0) return -1;
        if (!is_crash(number) && before[number].sa_handler != SIG_DFL) continue;
        if (sigaction(number, &action, NULL) != 0) return -1;
        taken |= UINT64_C(1) << (number - 1);
    }
    return 0;
}

int rescue_install(int fd, const struct termios *saved, const void *bytes, size_t length) {
    if (length > sizeof restore) {
        errno = ENOSPC;
        return -1;
    }
    atomic_store(&is_armed, 0);
    if (nowhere < 0) nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (own_terminal >= 0) close(own_terminal);
    own_terminal = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (nowhere < 0 || own_terminal < 0) return -1;
    terminal = fd;
    modes = *saved;
    memcpy(restore, bytes, length);
    restore_length = length;
    words_length = 0;
    if (!is_installed) {
        // A stack overflow of the main thread leaves no room for a handler on the stack that overflowed.
        static char stack[32 * 1024];
        stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
        stack_t present;
        if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) sigaltstack(&alternate, NULL);
        is_installed = 1;
        if (take_signals() != 0) return -1;
    }
    atomic_store(&is_armed, 1);
    return 0;
}

void rescue_say(const void *line, size_t length) {
    if (length > sizeof words) return;
    int was_armed = atomic_exchange(&is_armed, 0);
    memcpy(words, line, length);
    words_length = length;
    atomic_store(&is_armed, was_armed);
}

// Whatever is opened next would get the number of a closed one, and with it what is meant for the user or comes from them.
static int open_standard_descriptors(void) {
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++) {
        if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
        // For reading alone, so that output is not lost without a word.
        int opened = open("/dev/null", O_RDONLY);
        if (opened < 0) return -1;
        if (opened == number) continue;
        int moved = dup2(opened, number);
        close(opened);
        if (moved < 0) return -1;
    }
    return 0;
}

int rescue_prepare_process(void) {
    if (open_standard_descriptors() != 0) return -1;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    // Where it is ignored, children are gone before they can be asked how they ended.
    signal(SIGCHLD, SIG_DFL);
    return 0;
}

int rescue_keep_memory_private(void) {
    for (int index = 0; index < crash_count; index++) {
        struct sigaction action;
        if (sigaction(crashes[index], NULL, &action) != 0) return -1;
        if (action.sa_handler == SIG_IGN) continue;
        signal(crashes[index], SIG_DFL);
    }
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
    // The limit does not hold where the system pipes core dumps to a program.
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void rescue_remove(void) {
    atomic_store(&is_armed, 0);
    if (!is_installed) return;
    for (int number = 1; number <= highest; number++) {
        if (is_taken(number)) sigaction(number, &before[number], NULL);
    }
    taken = 0;
    is_installed = 0;
}
