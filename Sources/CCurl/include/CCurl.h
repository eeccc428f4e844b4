// Swift cannot call C's variadic functions. Each wrapper here fixes the one argument type that a group of options takes,
// so that a wrong type is an error of the compiler and not a wrong read of the stack.
#ifndef VITRINE_CCURL_H
#define VITRINE_CCURL_H

#include <curl/curl.h>
#include <stdbool.h>

// libcurl is loaded when it is first needed, and not with the program: it brings thirty libraries, whose loading is the
// larger part of a start, and the first frame needs none of them (docs/decisions/0009).
#define VITRINE_CURL_FUNCTIONS(X) \
    X(easy_cleanup) X(easy_getinfo) X(easy_init) X(easy_reset) X(easy_setopt) X(free) X(global_init) \
    X(multi_add_handle) X(multi_cleanup) X(multi_info_read) X(multi_init) X(multi_perform) X(multi_poll) \
    X(multi_remove_handle) X(multi_setopt) X(multi_wakeup) X(slist_append) X(slist_free_all) X(url) \
    X(url_cleanup) X(url_get) X(url_set) X(version)

#define VITRINE_CURL_FIELD(name) __typeof__(curl_##name) *name;
struct vitrine_curl_library { VITRINE_CURL_FUNCTIONS(VITRINE_CURL_FIELD) };
#undef VITRINE_CURL_FIELD

// What the library has under the names of curl.h; filled by vitrine_curl_load.
extern struct vitrine_curl_library vitrine_curl_library;

// Loads libcurl, once in a process, and blocks for some milliseconds. False where it or a part of it is missing.
bool vitrine_curl_load(void);

// Those that make a handle load the library; all others are given a handle that one of these has made.

static inline CURLM *vitrine_curl_multi_init(void) {
    return vitrine_curl_load() ? vitrine_curl_library.multi_init() : NULL;
}

// NULL where there is none.
static inline const char *vitrine_curl_version(void) {
    return vitrine_curl_load() ? vitrine_curl_library.version() : NULL;
}

static inline CURL *vitrine_curl_easy_init(void) {
    return vitrine_curl_load() ? vitrine_curl_library.easy_init() : NULL;
}

static inline CURLU *vitrine_curl_url(void) {
    return vitrine_curl_load() ? vitrine_curl_library.url() : NULL;
}

static inline struct curl_slist *vitrine_curl_slist_append(struct curl_slist *list, const char *line) {
    return vitrine_curl_load() ? vitrine_curl_library.slist_append(list, line) : NULL;
}

static inline void vitrine_curl_slist_free_all(struct curl_slist *list) {
    if (list) vitrine_curl_library.slist_free_all(list);
}

static inline void vitrine_curl_easy_cleanup(CURL *easy) { vitrine_curl_library.easy_cleanup(easy); }

static inline void vitrine_curl_easy_reset(CURL *easy) { vitrine_curl_library.easy_reset(easy); }

static inline void vitrine_curl_free(void *text) { vitrine_curl_library.free(text); }

static inline CURLMcode vitrine_curl_multi_add_handle(CURLM *multi, CURL *easy) {
    return vitrine_curl_library.multi_add_handle(multi, easy);
}

static inline CURLMcode vitrine_curl_multi_remove_handle(CURLM *multi, CURL *easy) {
    return vitrine_curl_library.multi_remove_handle(multi, easy);
}

static inline CURLMcode vitrine_curl_multi_cleanup(CURLM *multi) { return vitrine_curl_library.multi_cleanup(multi); }

static inline CURLMsg *vitrine_curl_multi_info_read(CURLM *multi, int *left) {
    return vitrine_curl_library.multi_info_read(multi, left);
}

static inline CURLMcode vitrine_curl_multi_perform(CURLM *multi, int *active) {
    return vitrine_curl_library.multi_perform(multi, active);
}

static inline CURLMcode vitrine_curl_multi_poll(CURLM *multi, int timeout_ms, int *events) {
    return vitrine_curl_library.multi_poll(multi, NULL, 0, timeout_ms, events);
}

static inline CURLMcode vitrine_curl_multi_wakeup(CURLM *multi) { return vitrine_curl_library.multi_wakeup(multi); }

static inline void vitrine_curl_url_cleanup(CURLU *url) { vitrine_curl_library.url_cleanup(url); }

static inline CURLUcode vitrine_curl_url_get(const CURLU *url, CURLUPart part, char **text, unsigned int flags) {
    return vitrine_curl_library.url_get(url, part, text, flags);
}

static inline CURLUcode vitrine_curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned int flags) {
    return vitrine_curl_library.url_set(url, part, text, flags);
}

typedef size_t (*vitrine_curl_data_function)(char *, size_t, size_t, void *);
typedef int (*vitrine_curl_seek_function)(void *, curl_off_t, int);

// Options of the kind CURLOPTTYPE_LONG and CURLOPTTYPE_VALUES.
static inline CURLcode vitrine_curl_set_long(CURL *easy, CURLoption option, long value) {
    return vitrine_curl_library.easy_setopt(easy, option, value);
}

// Options of the kind CURLOPTTYPE_OFF_T, which is wider than long on some machines.
static inline CURLcode vitrine_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return vitrine_curl_library.easy_setopt(easy, option, value);
}

// Options of the kind CURLOPTTYPE_STRINGPOINT; libcurl keeps a copy.
static inline CURLcode vitrine_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return vitrine_curl_library.easy_setopt(easy, option, value);
}

// Options of the kind CURLOPTTYPE_OBJECTPOINT and CURLOPTTYPE_CBPOINT: the caller keeps the object alive.
static inline CURLcode vitrine_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return vitrine_curl_library.easy_setopt(easy, option, value);
}

// CURLOPT_HTTPHEADER: a list whose type differs from a plain pointer in libcurl's type checks.
static inline CURLcode vitrine_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return vitrine_curl_library.easy_setopt(easy, option, value);
}

// The write, header and read functions, which share one shape.
static inline CURLcode vitrine_curl_set_data_function(
    CURL *easy, CURLoption option, vitrine_curl_data_function function) {
    return vitrine_curl_library.easy_setopt(easy, option, function);
}

// CURLOPT_SEEKFUNCTION, whose shape is its own.
static inline CURLcode vitrine_curl_set_seek_function(CURL *easy, vitrine_curl_seek_function function) {
    return vitrine_curl_library.easy_setopt(easy, CURLOPT_SEEKFUNCTION, function);
}

// Facts of the kind CURLINFO_LONG; 0 where there is none.
static inline long vitrine_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return vitrine_curl_library.easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

// Facts of the kind CURLINFO_OFF_T; -1 where there is none, as libcurl itself says "unknown".
static inline curl_off_t vitrine_curl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = -1;
    return vitrine_curl_library.easy_getinfo(easy, info, &value) == CURLE_OK ? value : -1;
}

// Facts of the kind CURLINFO_STRING; they belong to the handle and die with its next use.
static inline const char *vitrine_curl_get_string(CURL *easy, CURLINFO info) {
    char *value = NULL;
    return vitrine_curl_library.easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

// CURLINFO_PRIVATE: declared as a string, though it is the pointer that was set.
static inline void *vitrine_curl_get_private(CURL *easy) {
    char *value = NULL;
    return vitrine_curl_library.easy_getinfo(easy, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

// Options of the multi handle that take a number.
static inline CURLMcode vitrine_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return vitrine_curl_library.multi_setopt(multi, option, value);
}

// The code is inside a union; an access from Swift would depend on how that is imported.
static inline CURLcode vitrine_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

// CURL_GLOBAL_DEFAULT is a macro made of macros, which Swift does not see.
static inline CURLcode vitrine_curl_global_init(void) {
    return vitrine_curl_load() ? vitrine_curl_library.global_init(CURL_GLOBAL_DEFAULT) : CURLE_FAILED_INIT;
}

#endif
