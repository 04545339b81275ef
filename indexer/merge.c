#include "merge.h"

#include "likeness.h"

#include "dateline/field.h"
#include "dateline/intern.h"
#include "dateline/schema.h"

#include <stdlib.h>

/*
 * When a name counts for another of its kind: what it must be to the other, in how many articles it stands for it, and in
 * which part of the articles where it stands for any fuller name. Articles that have it as an entity of its own do not tell
 * what it stands for; but where they are too many, it is more often something else that nobody spells out. The figures were
 * found by reading what was merged in two large sets of news.
 */
struct rule {
	enum likeness likeness;
	uint32_t kinds;   /* bits by kind */
	uint32_t least;   /* articles that mean the other by it */
	uint32_t percent; /* of the articles that mean something by it */
	uint32_t own_times; /* so many more articles may have it as an entity of its own; 0: any number */
	bool must_be_greater; /* the other must be the name of more articles */
};

#define BIT(kind) (UINT32_C(1) << (kind))

#define PEOPLE BIT(KIND_PERSON)
#define ORGS BIT(KIND_ORG)

static const struct rule rules[] = {
	{ LIKE_LETTERS, ORGS | BIT(KIND_OTHER), 1, 1, 0, true },
	{ LIKE_ACRONYM, ORGS | BIT(KIND_OTHER), 3, 80, 0, false },
	{ LIKE_FIRST, ORGS, 3, 80, 8, false },
	/* A first name alone is mostly that of somebody whom nobody has to name. */
	{ LIKE_FIRST, PEOPLE, 3, 95, 2, false },
	{ LIKE_WORD, PEOPLE | ORGS, 3, 80, 8, false },
	{ LIKE_PART, PEOPLE | ORGS, 3, 80, 0, true },
	{ LIKE_INITIAL, PEOPLE, 1, 60, 0, true },
	{ LIKE_NICKNAME, PEOPLE, 3, 80, 0, true },
};

static const struct rule *find_rule(enum likeness likeness, enum facet_kind kind)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].likeness == likeness && rules[i].kinds & BIT(kind))
			return &rules[i];
	return NULL;
}

/* The kinds whose names are looked at; who is quoted and what agency it is from go by the names of people and organisations. */
static const struct {
	enum facet_kind kind, role;
} kinds[] = {
	{ KIND_PERSON, KIND_SPEAKER },
	{ KIND_ORG, KIND_AGENCY },
	{ KIND_OTHER, KIND_NONE },
};

/* Terms that are read at a time. */
#define PIECE_TERMS ((size_t)16384)

#define NO_NAME UINT32_MAX

/* A name that articles have by the variant at work, and how many. */
struct meaning {
	struct str name;
	uint32_t count;
};

struct merging {
	struct ledger *ledger;
	struct store *view;
	enum facet_kind kind;
	/* The variant at work, and what articles mean by it. */
	struct buffer variant;
	struct arena arena; /* of the names */
	struct meaning *meanings;
	size_t meaning_count, meaning_capacity;
	/* What was found: name keys, and which other one each counts for. */
	struct intern names;
	uint32_t *targets;
	size_t target_capacity;
	struct buffer scratch;
};

/* ---- deciding ---- */

/* Articles that have an entity of this very name. */
static enum status count_own(struct merging *merging, enum facet_kind kind, struct str name,
			     uint32_t *own, struct error *err)
{
	buffer_reset(&merging->scratch);
	schema_value_term(field_of_kind(kind), name, &merging->scratch);
	return store_frequency(merging->view, buffer_str(&merging->scratch), own, err);
}

static uint32_t add_name(struct merging *merging, struct str name)
{
	bool is_new;
	const uint32_t number = intern_add(&merging->names, name, &is_new);
	if (is_new) {
		memory_reserve(&merging->targets, &merging->target_capacity, number,
			       sizeof(*merging->targets));
		merging->targets[number] = NO_NAME;
	}
	return number;
}

static void add_pair(struct merging *merging, struct str from, struct str to)
{
	const uint32_t number = add_name(merging, from), target = add_name(merging, to);
	merging->targets[number] = target;
}

/*
 * Whether `name`, which is in `count` articles, is the greater of two. A name of one word, or of letters alone, counts for one of
 * more letters; of others, each counts for one that is in more articles, or in as many and has more words. So names do not
 * count for each other in a circle.
 */
static bool is_greater(uint32_t count, struct str name, uint32_t other_count, struct str other,
		       enum likeness likeness)
{
	if (count != other_count)
		return count > other_count;
	return likeness == LIKE_PART || (likeness != LIKE_INITIAL && str_compare(name, other) > 0);
}

/* Decides about a variant and one of the names that it stands for in so many articles of all that mean something by it. */
static enum status decide_pair(struct merging *merging, struct str variant, struct str name,
			       uint64_t count, uint64_t meant, struct error *err)
{
	const enum likeness likeness = likeness_of(variant, name);
	const struct rule *rule = find_rule(likeness, merging->kind);
	if (!rule || count < rule->least || count * 100 < meant * rule->percent)
		return STATUS_OK;
	uint32_t own, other;
	enum status status = count_own(merging, merging->kind, variant, &own, err);
	if (status == STATUS_OK)
		status = count_own(merging, merging->kind, name, &other, err);
	if (status != STATUS_OK || !own || !other ||
	    (rule->own_times && own > count * rule->own_times) ||
	    (rule->must_be_greater && !is_greater(other, name, own, variant, likeness)))
		return STATUS_OK;
	add_pair(merging, variant, name);
	return STATUS_OK;
}

/* "F.B.I." and "FBI" stand for nothing but each other: which counts for which is decided by how many have it. */
static enum status decide_letters(struct merging *merging, struct error *err)
{
	const struct str variant = buffer_str(&merging->variant);
	enum status status = STATUS_OK;
	size_t kept = 0;
	for (size_t i = 0; i < merging->meaning_count && status == STATUS_OK; i++) {
		const struct meaning *meaning = &merging->meanings[i];
		if (likeness_of(variant, meaning->name) != LIKE_LETTERS) {
			merging->meanings[kept++] = *meaning;
			continue;
		}
		status = decide_pair(merging, variant, meaning->name, 1, 1, err);
		if (status == STATUS_OK)
			status = decide_pair(merging, meaning->name, variant, 1, 1, err);
	}
	merging->meaning_count = kept;
	return status;
}

/* How many articles mean the name, or say the same with more or fewer words, where the variant is an acronym of it. */
static uint64_t count_near(const struct merging *merging, const struct meaning *best)
{
	uint64_t count = 0;
	const bool is_acronym = likeness_of(buffer_str(&merging->variant), best->name) ==
				LIKE_ACRONYM;
	for (size_t i = 0; i < merging->meaning_count; i++) {
		const struct meaning *meaning = &merging->meanings[i];
		if (meaning == best || (is_acronym && likeness_is_near(meaning->name, best->name)))
			count += meaning->count;
	}
	return count;
}

/* All articles that have a name by that variant were seen. */
static enum status decide(struct merging *merging, struct error *err)
{
	const enum status status = decide_letters(merging, err);
	if (status != STATUS_OK || !merging->meaning_count)
		return status;
	const struct meaning *best = &merging->meanings[0];
	uint64_t meant = 0;
	for (size_t i = 0; i < merging->meaning_count; i++) {
		meant += merging->meanings[i].count;
		if (merging->meanings[i].count > best->count)
			best = &merging->meanings[i];
	}
	return decide_pair(merging, buffer_str(&merging->variant), best->name,
			   count_near(merging, best), meant, err);
}

/* ---- reading the terms ---- */

static void begin_variant(struct merging *merging, struct str variant)
{
	buffer_reset(&merging->variant);
	buffer_add_str(&merging->variant, variant);
	merging->meaning_count = 0;
	arena_reset(&merging->arena);
}

/* One name that articles have by a variant. */
static enum status take_term(struct merging *merging, struct str term, uint32_t frequency,
			     struct error *err)
{
	struct str variant, name;
	if (!schema_alias_read(term, &variant, &name))
		return STATUS_OK;
	enum status status = STATUS_OK;
	if (!str_equal(variant, buffer_str(&merging->variant))) {
		status = decide(merging, err);
		begin_variant(merging, variant);
	}
	/* Those that mean it by its own name are counted by the term of that, which they have in any case. */
	if (str_equal(variant, name))
		return status;
	memory_reserve(&merging->meanings, &merging->meaning_capacity, merging->meaning_count,
		       sizeof(*merging->meanings));
	merging->meanings[merging->meaning_count++] =
		(struct meaning){ arena_copy(&merging->arena, name), frequency };
	return status;
}

static enum status read_piece(struct merging *merging, struct str prefix, struct buffer *from,
			      struct arena *arena, bool *more, struct error *err)
{
	struct term_entry *entries;
	size_t count;
	enum status status = store_terms_from(merging->view, prefix, buffer_str(from), PIECE_TERMS,
					      arena, &entries, &count, err);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = take_term(merging, entries[i].term, entries[i].frequency, err);
	*more = status == STATUS_OK && count == PIECE_TERMS;
	if (*more) {
		/* The next term is that behind the last one. */
		buffer_reset(from);
		buffer_add_str(from, entries[count - 1].term);
		buffer_add_char(from, '\0');
	}
	return status;
}

static enum status read_terms(struct merging *merging, struct error *err)
{
	struct buffer prefix = { 0 }, from = { 0 };
	struct arena arena = { 0 };
	enum status status = STATUS_OK;
	schema_alias_kind(merging->kind, &prefix);
	begin_variant(merging, STR(""));
	for (bool more = true; more && status == STATUS_OK; arena_reset(&arena))
		status = read_piece(merging, buffer_str(&prefix), &from, &arena, &more, err);
	if (status == STATUS_OK)
		status = decide(merging, err);
	buffer_release(&prefix);
	buffer_release(&from);
	arena_release(&arena);
	return status;
}

/* ---- writing the numbers ---- */

static enum status read_number(struct merging *merging, enum facet_kind kind, struct str name,
			       uint32_t *number, struct error *err)
{
	struct buffer value = { 0 };
	buffer_reset(&merging->scratch);
	schema_number_key(kind, name, &merging->scratch);
	enum status status = ledger_get(merging->ledger, buffer_str(&merging->scratch), &value, err);
	if (status == STATUS_OK && !schema_number_read(buffer_str(&value), number))
		status = error_set(err, STATUS_CORRUPT,
				   "the index is damaged (a name without a number): make it anew "
				   "with `dateline index --rebuild`");
	buffer_release(&value);
	return status;
}

#define DONE UINT32_MAX

/* Goes the chain from a name; what is at its end is left in the targets of all that is on it. */
static void follow_chain(uint32_t *targets, uint32_t *turns, uint32_t name, uint32_t turn)
{
	uint32_t end = name;
	for (; !turns[end] && targets[end] != NO_NAME; end = targets[end])
		turns[end] = turn;
	/* An end was never on a chain; what was on an earlier one leads to its end in one step, or to none. */
	if (turns[end])
		end = turns[end] == DONE ? targets[end] : NO_NAME;
	for (uint32_t at = name, next; turns[at] == turn; at = next) {
		next = targets[at];
		turns[at] = DONE;
		targets[at] = end;
	}
}

/*
 * What each name counts for in the end takes the place of what it counts for. The rules make no circles, but names are whatever
 * articles bring: those in a circle, and those that lead into one, count for themselves. Each step is gone once.
 */
static void follow_chains(struct merging *merging)
{
	const uint32_t count = (uint32_t)merging->names.count;
	uint32_t *turns = memory_zero((size_t)count + 1, sizeof(*turns));
	for (uint32_t i = 0; i < count; i++)
		follow_chain(merging->targets, turns, i, i + 1);
	free(turns);
}

/* The pair as numbers of a kind; *found is false when one of the names is that of no article. */
static enum status number_pair(struct merging *merging, enum facet_kind kind, uint32_t name,
			       struct merged_pair *pair, bool *found, struct error *err)
{
	const struct str from = merging->names.keys[name],
			 to = merging->names.keys[merging->targets[name]];
	uint32_t own, other = 0;
	enum status status = count_own(merging, kind, from, &own, err);
	if (status == STATUS_OK && own)
		status = count_own(merging, kind, to, &other, err);
	*found = status == STATUS_OK && own && other;
	if (!*found)
		return status;
	status = read_number(merging, kind, from, &pair->from, err);
	return status == STATUS_OK ? read_number(merging, kind, to, &pair->to, err) : status;
}

/* What was found for one kind of names is written for a kind of which they are the names too. */
static enum status write_pairs(struct merging *merging, enum facet_kind kind, struct error *err)
{
	struct buffer value = { 0 };
	size_t count = 0;
	struct merged_pair *pairs = memory_zero(merging->names.count + 1, sizeof(*pairs));
	enum status status = STATUS_OK;
	for (uint32_t i = 0; i < merging->names.count && status == STATUS_OK; i++) {
		bool found = false;
		if (merging->targets[i] != NO_NAME)
			status = number_pair(merging, kind, i, &pairs[count], &found, err);
		count += found;
	}
	if (status == STATUS_OK) {
		merged_encode(pairs, count, &value);
		buffer_reset(&merging->scratch);
		schema_merged_key(kind, &merging->scratch);
		status = ledger_set(merging->ledger, buffer_str(&merging->scratch),
				    buffer_str(&value), err);
	}
	free(pairs);
	buffer_release(&value);
	return status;
}

static void release(struct merging *merging)
{
	buffer_release(&merging->variant);
	buffer_release(&merging->scratch);
	arena_release(&merging->arena);
	intern_release(&merging->names);
	free(merging->meanings);
	free(merging->targets);
}

enum status merge_names(struct ledger *ledger, struct error *err)
{
	struct merging merging = { .ledger = ledger, .view = ledger->view };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && status == STATUS_OK; i++) {
		merging.kind = kinds[i].kind;
		intern_reset(&merging.names);
		status = read_terms(&merging, err);
		follow_chains(&merging);
		if (status == STATUS_OK)
			status = write_pairs(&merging, kinds[i].kind, err);
		if (status == STATUS_OK && kinds[i].role != KIND_NONE)
			status = write_pairs(&merging, kinds[i].role, err);
	}
	release(&merging);
	return status;
}
