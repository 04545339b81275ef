/*
 * guard.hh: the one gate between libxapian's exceptions and C. Every function of the shim is one call
 * of guard(); what is thrown inside is mapped to a status in guard.cc and nowhere else.
 */
#ifndef DATELINE_GUARD_HH
#define DATELINE_GUARD_HH

#include "dateline/status.h"
#include "dateline/store.h"

#include <string>
#include <xapian.h>

/* To be called inside a handler: turns the exception in flight into words and a status. */
enum status guard_caught(struct error *err, const char *doing) noexcept;

/* True when a lock could not be had because somebody else has it, false when for another reason. */
bool guard_is_held(const Xapian::DatabaseLockError &e) noexcept;

/* `call` returns a status; `doing` says what is under way and to which index, as "reading the index". */
template <typename Call>
enum status guard(struct error *err, const char *doing, Call call) noexcept
{
	try {
		return call();
	} catch (...) {
		return guard_caught(err, doing);
	}
}

#endif
