#include "check.h"
#include "../commands.h"
#include "../facets/columns.h"

#include "dateline/schema.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Lines that are printed; of a badly damaged index nobody reads them all. */
#define FINDINGS_SHOWN 20

/* How often a check that a writer overtook is begun again. */
#define ATTEMPTS_MAX 5

#define COLUMN_BYTES ((size_t)192 << 10)

void findings_add(struct findings *findings, const char *format, ...)
{
	if (findings->count++ >= FINDINGS_SHOWN)
		return;
	va_list args;
	va_start(args, format);
	add_message_v(&findings->text, format, args);
	va_end(args);
	buffer_add_char(&findings->text, '\n');
}

void findings_release(struct findings *findings)
{
	buffer_release(&findings->text);
}

/* ---- prints ---- */

/* The finaliser of SplitMix64 (Steele, Lea and Flood, 2014), so that sums of neighbours do not meet. */
uint64_t check_scatter(uint64_t x)
{
	x += UINT64_C(0x9E3779B97F4A7C15);
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

uint64_t check_hash(struct str text)
{
	uint64_t hash = text.len;
	for (size_t at = 0; at < text.len;) {
		const size_t len = text.len - at < 8 ? text.len - at : 8;
		uint64_t piece = 0;
		memcpy(&piece, text.data + at, len);
		hash = check_scatter(hash ^ piece);
		at += len;
	}
	return hash;
}

void print_add(struct print *print, uint32_t id)
{
	print->sum += check_scatter(id);
	print->count++;
}

enum status print_of_term(struct store *store, struct str term, struct buffer *scratch,
			  struct print *print, struct error *err)
{
	*print = (struct print){ 0 };
	buffer_reset(scratch);
	const enum status status = store_postings(store, term, scratch, err);
	for (size_t at = 0; status == STATUS_OK && at < scratch->len; at += sizeof(uint32_t)) {
		uint32_t id;
		memcpy(&id, scratch->data + at, sizeof(id));
		print_add(print, id);
	}
	return status;
}

void print_compare(struct findings *findings, const char *what, struct str name,
		   const struct print *by_term, const struct print *by_column)
{
	if (by_term->count != by_column->count)
		findings_add(findings, "%s \"%.*s\" has %u articles by its term, %u by the column",
			     what, STR_ARG(name), by_term->count, by_column->count);
	else if (by_term->sum != by_column->sum)
		findings_add(findings,
			     "%s \"%.*s\" has other articles by its term than by the column", what,
			     STR_ARG(name));
}

enum status check_each_value(const struct examination *examination, uint32_t slot,
			     void (*read)(void *context, uint32_t id, struct str value),
			     void *context, struct error *err)
{
	struct column_stream values;
	struct str value;
	uint32_t id;
	enum status status;
	column_stream_start(&values, examination->store, slot, &examination->all);
	while ((status = column_stream_next(&values, &id, &value, err)) == STATUS_OK && id)
		read(context, id, value);
	column_stream_release(&values);
	return status;
}

/* ---- the parts ---- */

/* libxapian's own check; every line of its report is a finding when it found any. */
static enum status check_structure(const char *db, struct findings *findings, struct error *err)
{
	struct buffer report = { 0 };
	uint32_t faults = 0;
	const enum status status = store_check(db, &report, &faults, err);
	if (status == STATUS_OK && faults) {
		const char *at = report.data ? report.data : "";
		while (*at) {
			const size_t len = strcspn(at, "\n");
			if (len)
				findings_add(findings, "structure: %.*s", (int)len, at);
			at += len + (at[len] == '\n');
		}
		if (!report.len)
			findings_add(findings, "structure: %u faults", faults);
	}
	buffer_release(&report);
	return status;
}

static enum status check_count(struct examination *examination, struct error *err)
{
	const struct plan every = { .op = PLAN_ALL };
	const enum status status = store_match(examination->store, &every, &examination->all, err);
	const uint32_t listed = docset_count(&examination->all);
	if (status == STATUS_OK && listed != store_count(examination->store))
		findings_add(examination->findings, "%u articles are listed, but the index counts %u",
			     listed, store_count(examination->store));
	return status;
}

/* Any other stamp than the first means that somebody writes: then even what is damaged may be none. */
static enum status compare_stamps(const struct examination *examination, struct error *err)
{
	struct buffer stamp = { 0 };
	enum status status = store_stamp(examination->db, &stamp, err);
	if (status == STATUS_OK && !str_equal(buffer_str(&examination->stamp), buffer_str(&stamp)))
		status = error_set(err, STATUS_RETRY, "%s: the index changed meanwhile",
				   examination->db);
	buffer_release(&stamp);
	return status;
}

enum status check_reopen(struct examination *examination, struct error *err)
{
	struct error changed;
	enum status status = STATUS_OK;
	if (!examination->stamp.len)
		status = store_stamp(examination->db, &examination->stamp, err);
	if (status != STATUS_OK)
		return status;
	store_close(examination->store);
	status = store_open(examination->db, &examination->store, err);
	if (compare_stamps(examination, &changed) == STATUS_OK)
		return status;
	*err = changed;
	return changed.status;
}

/* What cannot be read is a finding like any other, and the parts that come after may be whole. */
static enum status note_damage(enum status status, struct findings *findings, const struct error *err)
{
	if (status != STATUS_CORRUPT && status != STATUS_NOT_FOUND)
		return status;
	findings_add(findings, "%s", err->text);
	return STATUS_OK;
}

static enum status examine_structure(struct examination *examination, struct error *err)
{
	return check_structure(examination->db, examination->findings, err);
}

/* Damage that somebody's commit made is none, so behind every part it is seen that there was no commit. */
static enum status examine_parts(struct examination *examination, struct error *err)
{
	static enum status (*const parts[])(struct examination *, struct error *) = {
		examine_structure, check_count, check_records,   check_names,
		check_dates,       check_uses,  check_positions,
	};
	enum status status = STATUS_OK;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && status == STATUS_OK; i++) {
		status = note_damage(parts[i](examination, err), examination->findings, err);
		if (status == STATUS_OK)
			status = check_reopen(examination, err);
	}
	return status;
}

enum status examination_run(struct examination *examination, struct error *err)
{
	enum status status = check_reopen(examination, err);
	if (status == STATUS_OK)
		status = examine_parts(examination, err);
	return note_damage(status, examination->findings, err);
}

void examination_release(struct examination *examination)
{
	docset_release(&examination->all);
	buffer_release(&examination->stamp);
	store_close(examination->store);
	examination->store = NULL;
}

/* ---- the command ---- */

static enum status print_result(const struct examination *examination, struct error *err)
{
	const struct findings *findings = examination->findings;
	struct buffer out = { 0 };
	buffer_add_str(&out, buffer_str(&findings->text));
	if (findings->count > FINDINGS_SHOWN) {
		buffer_add_text(&out, "... and ");
		add_grouped(&out, findings->count - FINDINGS_SHOWN);
		buffer_add_text(&out, " more\n");
	}
	if (!findings->count) {
		const uint32_t articles = store_count(examination->store);
		add_grouped(&out, articles);
		buffer_add_text(&out, articles == 1 ? " article, " : " articles, ");
		add_grouped(&out, examination->names);
		buffer_add_text(&out, examination->names == 1 ? " name" : " names");
		buffer_add_text(&out, ": no damage found\n");
	}
	const enum status status = render_out(buffer_str(&out), false, err);
	buffer_release(&out);
	return status;
}

/* The exit code of the child when the index was written to; of no command. */
#define EXIT_OVERTAKEN 75

static int examine(const char *db)
{
	struct error err;
	struct findings findings = { 0 };
	struct examination examination = { .db = db, .findings = &findings };
	enum status status = examination_run(&examination, &err);
	int code = status == STATUS_RETRY ? EXIT_OVERTAKEN : findings.count ? EXIT_NONE : EXIT_DONE;
	if (status == STATUS_OK)
		status = print_result(&examination, &err);
	if (status != STATUS_OK && status != STATUS_RETRY)
		code = say_error(&err);
	examination_release(&examination);
	findings_release(&findings);
	return code;
}

static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGABRT || signal == SIGFPE ||
	       signal == SIGILL;
}

/*
 * Some damage makes libxapian crash instead of saying so. For a check that is an answer like any other, so the
 * work is done by a child, whose end is looked at: its exit code, or *signal.
 */
static int examine_in_child(const char *db, int *signal)
{
	fflush(stdout);
	*signal = 0;
	const pid_t child = fork();
	if (child == 0) {
		command_expose_faults();
		_exit(examine(db));
	}
	int state = 0;
	if (child < 0 || waitpid(child, &state, 0) != child)
		return examine(db);
	if (WIFEXITED(state))
		return WEXITSTATUS(state);
	*signal = WTERMSIG(state);
	return EXIT_TROUBLE;
}

/* A crash, too, may come from a writer that overtook the check: only one that comes again each time is damage. */
static int run(const char *db)
{
	int code = EXIT_OVERTAKEN, signal = 0;
	for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		code = examine_in_child(db, &signal);
		if (code != EXIT_OVERTAKEN && !is_crash(signal))
			break;
	}
	if (is_crash(signal)) {
		printf("%s is so badly damaged that reading it ends the program (signal %d)\n", db,
		       signal);
		return EXIT_NONE;
	}
	if (signal)
		say("the check was stopped by signal %d", signal);
	else if (code == EXIT_OVERTAKEN)
		say("%s is being written to: check it again when that is done", db);
	return code == EXIT_OVERTAKEN ? EXIT_TROUBLE : code;
}

int command_check(int argc, char **argv)
{
	struct other_options options;
	int code;
	if (!other_options_parse(&check_argp, "check", argc, argv, &options, &code))
		return code;
	return run(options.common.db);
}
