#include "store.hh"

#include <cerrno>
#include <cstring>
#include <new>

/* The words of libxapian are kept, the names of its exceptions are not. */
static enum status caught_xapian(struct error *err, const char *doing, enum status status,
				 const Xapian::Error &e) noexcept
{
	const char *words = e.get_msg().c_str();
	const char *system = e.get_error_string();
	if (status == STATUS_CORRUPT)
		return error_set(err, status,
				 "%s: the index is damaged (%s%s%s): make it anew with `dateline index "
				 "--rebuild`",
				 doing, words, system ? ", " : "", system ? system : "");
	if (system)
		return error_set(err, status, "%s: %s (%s)", doing, words, system);
	return error_set(err, status, "%s: %s", doing, words);
}

bool guard_is_held(const Xapian::DatabaseLockError &e) noexcept
{
	return strstr(e.get_msg().c_str(), "already locked") != nullptr;
}

static enum status caught_lock(struct error *err, const char *doing,
			       const Xapian::DatabaseLockError &e) noexcept
{
	if (guard_is_held(e))
		return error_set(err, STATUS_LOCKED,
				 "%s: another program is writing to this index: wait until it is done",
				 doing);
	return caught_xapian(err, doing, STATUS_SYSTEM, e);
}

/* That the directory and its first file are there was seen before: so what is not is missing. */
static enum status caught_database(struct error *err, const char *doing,
				   const Xapian::DatabaseError &e) noexcept
{
	const char *system = e.get_error_string();
	const bool is_missing = system && strcmp(system, strerror(ENOENT)) == 0;
	const enum status status = system && !is_missing ? STATUS_SYSTEM : STATUS_CORRUPT;
	return caught_xapian(err, doing, status, e);
}

enum status guard_caught(struct error *err, const char *doing) noexcept
{
	try {
		throw;
	} catch (const Xapian::DatabaseModifiedError &) {
		return error_set(err, STATUS_RETRY, "%s: the index changed meanwhile", doing);
	} catch (const Xapian::DatabaseLockError &e) {
		return caught_lock(err, doing, e);
	} catch (const Xapian::DatabaseVersionError &e) {
		return caught_xapian(err, doing, STATUS_OTHER_VERSION, e);
	} catch (const Xapian::DocNotFoundError &) {
		return error_set(err, STATUS_NOT_FOUND, "%s: no such document", doing);
	} catch (const Xapian::DatabaseError &e) {
		return caught_database(err, doing, e);
	} catch (const Xapian::InvalidArgumentError &e) {
		return caught_xapian(err, doing, STATUS_SYSTEM, e);
	} catch (const Xapian::Error &e) {
		return caught_xapian(err, doing, STATUS_CORRUPT, e);
	} catch (const out_of_time &) {
		return error_set(err, STATUS_TIMEOUT, "%s: not done in the time that was allowed",
				 doing);
	} catch (const std::bad_alloc &) {
		return error_set(err, STATUS_SYSTEM, "%s: out of memory", doing);
	} catch (const std::exception &e) {
		return error_set(err, STATUS_CORRUPT, "%s: %s", doing, e.what());
	} catch (...) {
		return error_set(err, STATUS_CORRUPT, "%s: failed for an unknown reason", doing);
	}
}
