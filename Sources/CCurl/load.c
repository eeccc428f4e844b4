#define _GNU_SOURCE
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

struct vitrine_curl_library vitrine_curl_library;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_whole;

static void load(void) {
    // Never closed again: OpenSSL registers what is to be done at the process's end.
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    bool found = true;
#define FIND(name) \
    vitrine_curl_library.name = (__typeof__(curl_##name) *)dlsym(library, "curl_" #name); \
    found = found && vitrine_curl_library.name;
    VITRINE_CURL_FUNCTIONS(FIND)
#undef FIND
    is_whole = found;
}

bool vitrine_curl_load(void) {
    pthread_once(&once, load);
    return is_whole;
}
