// Swift cannot call C's variadic functions. Each wrapper here fixes the one argument type that a group of options takes,
// so that a wrong type is an error of the compiler and not a wrong read of the stack.
#ifndef VITRINE_CCURL_SHIM_H
#define VITRINE_CCURL_SHIM_H

#include <curl/curl.h>

typedef size_t (*vitrine_curl_data_function)(char *, size_t, size_t, void *);
typedef int (*vitrine_curl_seek_function)(void *, curl_off_t, int);

// Options of the kind CURLOPTTYPE_LONG and CURLOPTTYPE_VALUES.
static inline CURLcode vitrine_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// Options of the kind CURLOPTTYPE_OFF_T, which is wider than long on some machines.
static inline CURLcode vitrine_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// Options of the kind CURLOPTTYPE_STRINGPOINT; libcurl keeps a copy.
static inline CURLcode vitrine_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

// Options of the kind CURLOPTTYPE_OBJECTPOINT and CURLOPTTYPE_CBPOINT: the caller keeps the object alive.
static inline CURLcode vitrine_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

// CURLOPT_HTTPHEADER: a list whose type differs from a plain pointer in libcurl's type checks.
static inline CURLcode vitrine_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

// The write, header and read functions, which share one shape.
static inline CURLcode vitrine_curl_set_data_function(
    CURL *easy, CURLoption option, vitrine_curl_data_function function) {
    return curl_easy_setopt(easy, option, function);
}

// CURLOPT_SEEKFUNCTION, whose shape is its own.
static inline CURLcode vitrine_curl_set_seek_function(CURL *easy, vitrine_curl_seek_function function) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, function);
}

// Facts of the kind CURLINFO_LONG; 0 where there is none.
static inline long vitrine_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

// Facts of the kind CURLINFO_OFF_T; -1 where there is none, as libcurl itself says "unknown".
static inline curl_off_t vitrine_curl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = -1;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : -1;
}

// Facts of the kind CURLINFO_STRING; they belong to the handle and die with its next use.
static inline const char *vitrine_curl_get_string(CURL *easy, CURLINFO info) {
    char *value = NULL;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

// CURLINFO_PRIVATE: declared as a string, though it is the pointer that was set.
static inline void *vitrine_curl_get_private(CURL *easy) {
    char *value = NULL;
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

// Options of the multi handle that take a number.
static inline CURLMcode vitrine_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// The code is inside a union; an access from Swift would depend on how that is imported.
static inline CURLcode vitrine_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

// CURL_GLOBAL_DEFAULT is a macro made of macros, which Swift does not see.
static inline CURLcode vitrine_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

#endif
