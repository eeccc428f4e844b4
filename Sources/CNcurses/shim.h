#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H

// The wide interface (cchar_t, add_wchnstr) is declared only on request.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <ncursesw/curses.h>
#include <ncursesw/term.h>

// Declared by hand where the name would need a feature macro before the first system header.
extern int wcwidth(wchar_t);
extern int memfd_create(const char *name, unsigned int flags);

// The flag is a macro of the same feature: close on exec.
static inline int curses_output_file(void) { return memfd_create("screen", 1U); }

// Global variables: Swift sees shared mutable state in them, and some builds of ncurses make them macros.
static inline WINDOW *curses_window(void) { return stdscr; }
static inline WINDOW *curses_physical_screen(void) { return curscr; }
static inline int curses_colors(void) { return COLORS; }
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

// Attributes are macros with casts and shifts, which Swift does not import.
static inline attr_t curses_bold(void) { return WA_BOLD; }
static inline attr_t curses_dim(void) { return WA_DIM; }
static inline attr_t curses_italic(void) { return WA_ITALIC; }
static inline attr_t curses_underline(void) { return WA_UNDERLINE; }
static inline attr_t curses_reverse(void) { return WA_REVERSE; }

// tigetstr takes a non-const pointer and answers -1 for a name that is no string: here NULL, as for an absent one.
static inline const char *curses_string(const char *name) {
    const char *value = tigetstr((char *)name);
    return value == (const char *)-1 ? NULL : value;
}

// Reads the description of a terminal's type without starting curses; 0, or -1 where there is none.
static inline int curses_describe(const char *type) {
    int verdict = 0;
    return setupterm((char *)type, 1, &verdict) == OK ? 0 : -1;
}

// Forgets the description again.
static inline void curses_forget_description(void) { del_curterm(cur_term); }

// A number of the description; -1 or -2 where it has none.
static inline int curses_number(const char *name) { return tigetnum((char *)name); }

// The pair comes in through `opts`, which is a void pointer to an int: the typed parameter is only a short.
static inline int curses_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, 0, &pair);
}

// tparm is variadic. NULL where the terminal has no margins.
static inline const char *curses_scroll_margins(int top, int bottom) {
    const char *string = curses_string("csr");
    return string ? tparm(string, (long)top, (long)bottom, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : NULL;
}

// wmove, wadd_wchnstr and their kin are macros in some builds; these are always calls.
static inline int curses_put_cells(int y, int x, const cchar_t *cells, int count) {
    return wmove(stdscr, y, x) == ERR ? ERR : wadd_wchnstr(stdscr, cells, count);
}
static inline int curses_move(int y, int x) { return wmove(stdscr, y, x); }

#endif
