#include "evidence.h"

#include "query/lexer.h"
#include "query/query.h"

#include "dateline/entity.h"
#include "dateline/letters.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- what was asked for ---- */

/* What stands before the first colon or equals sign, when it names a field. */
static const struct field *split_field(struct str text, struct str *value)
{
	size_t at = 0;
	while (at < text.len && text.data[at] != ':' && text.data[at] != '=')
		at++;
	*value = text;
	if (at == text.len)
		return NULL;
	const struct field *field = field_find(str_trim((struct str){ text.data, at }));
	if (field)
		*value = (struct str){ text.data + at + 1, text.len - at - 1 };
	return field;
}

/* A value that cannot be one of the field has no key there. */
static enum status set_kind(const struct field *field, struct str value, struct names *names,
			    struct arena *arena, struct why_name *name, struct str *hint,
			    struct error *err)
{
	struct str canonical;
	struct typed_value typed;
	enum status status = filter_canonical(field, value, arena, &canonical, err);
	if (status != STATUS_OK)
		return status;
	name->as[field->kind].key = utf8_name_key_copy(canonical, arena);
	if (!names || field->role != FIELD_VALUE)
		return STATUS_OK;
	status = names_understand(names, field, value, canonical, arena, &typed, err);
	name->as[field->kind].is_known = typed.is_known;
	name->as[field->kind].end = typed.end;
	*hint = typed.hint;
	return status;
}

/* How it is taken in each kind would be too much to be told. */
static enum status set_all_kinds(struct str value, struct names *names, struct arena *arena,
				 struct why_name *name, struct error *err)
{
	struct str hint;
	for (const struct field *field = field_table; field->name; field++) {
		if (field->kind == KIND_NONE)
			continue;
		const enum status status = set_kind(field, value, names, arena, name, &hint, err);
		if (status != STATUS_OK && status != STATUS_BAD_REQUEST)
			return status;
	}
	return STATUS_OK;
}

/* "bogus:x", and not "Mission: Impossible". */
static bool begins_with_kind(struct str text, struct str *kind)
{
	size_t len = 0;
	while (len < text.len && is_letter(text.data[len]))
		len++;
	*kind = (struct str){ text.data, len };
	return len && len + 1 < text.len && (text.data[len] == ':' || text.data[len] == '=') &&
	       text.data[len + 1] != ' ';
}

static enum status no_such_kind(struct str kind, struct arena *arena, struct error *err)
{
	struct buffer names = { 0 };
	for (const struct field *field = field_table; field->name; field++)
		if (field->kind != KIND_NONE)
			buffer_add_format(&names, "%s%s", names.len ? ", " : "", field->name);
	const struct str shown = message_clip(kind, arena);
	const enum status status = error_set(err, STATUS_BAD_REQUEST,
					     "--why knows no kind \"%.*s\": there are %s",
					     STR_ARG(shown), names.data);
	buffer_release(&names);
	return status;
}

static enum status check_field(const struct field *field, struct str text, struct arena *arena,
			       struct error *err)
{
	struct str kind;
	if (!field && begins_with_kind(text, &kind))
		return no_such_kind(kind, arena, err);
	if (field && field->kind == KIND_NONE)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--why is for what an article mentions, and %s is nothing of that",
				 field->name);
	return STATUS_OK;
}

static enum status parse_one(struct str text, struct names *names, struct arena *arena,
			     struct why_name *name, struct str *hint, struct error *err)
{
	struct str value;
	name->field = split_field(text, &value);
	value = str_trim(value);
	const enum status status = check_field(name->field, text, arena, err);
	if (status != STATUS_OK)
		return status;
	if (!value.len)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--why needs a name, as person:Ollongren or Ollongren");
	name->typed = utf8_name_key_copy(value, arena);
	return name->field ? set_kind(name->field, value, names, arena, name, hint, err)
			   : set_all_kinds(value, names, arena, name, err);
}

enum status why_parse(const struct str_list *texts, struct names *names, struct arena *arena,
		      struct why *why, struct error *err)
{
	enum status status = STATUS_OK;
	*why = (struct why){
		.names = arena_zero(arena, texts->count, sizeof(*why->names)),
		.hints = { arena_alloc(arena, texts->count * sizeof(struct str)), 0 },
	};
	for (; why->count < texts->count && status == STATUS_OK; why->count++) {
		struct str hint = { "", 0 };
		status = parse_one(texts->items[why->count], names, arena, &why->names[why->count],
				   &hint, err);
		if (hint.len)
			why->hints.items[why->hints.count++] = hint;
	}
	return status;
}

/* ---- which entities ---- */

/* An entity of the article, as a value. */
struct candidate {
	const struct entity *entity;
	struct str key;
	bool is_known;
	struct point_list ends; /* what it counts for; none when that is hidden */
	bool is_meant, is_mentioned;
	struct point meant;        /* the end that is meant; of one not known, at least the kind */
	const struct field *field; /* as it is shown; of those meant */
	struct str name;
};

/* A date is meant by its year and month too. */
static bool has_key(const struct candidate *candidate, struct str wanted)
{
	const struct str have = candidate->key;
	if (!wanted.len || have.len < wanted.len || memcmp(have.data, wanted.data, wanted.len) != 0)
		return false;
	return have.len == wanted.len ||
	       (candidate->entity->kind == KIND_WHEN && have.data[wanted.len] == ' ');
}

static bool is_called(const struct entity *entity, struct str typed)
{
	struct buffer key = { 0 };
	bool called = false;
	for (size_t i = 0; i < entity->variants.count && !called; i++) {
		buffer_reset(&key);
		utf8_name_key(entity->variants.items[i], &key);
		called = str_equal(buffer_str(&key), typed);
	}
	buffer_release(&key);
	return called;
}

static bool is_of_field(const struct why_name *name, enum facet_kind kind)
{
	return !name->field || name->field->kind == kind;
}

static bool names_point_of(const struct why_name *name, struct point end)
{
	return name->as[end.kind].is_known && same_point(name->as[end.kind].end, end);
}

/*
 * By the value that both count for. Whoever names a kind gets what the filter of the same words gets; else what the article
 * calls so is meant as well.
 */
static bool fits_known(const struct why_name *name, struct candidate *candidate)
{
	const struct point_list *ends = &candidate->ends;
	const bool may_be_called = !name->field || !name->as[name->field->kind].is_known;
	for (int by_name = 0; by_name <= may_be_called; by_name++)
		for (size_t i = 0; i < ends->count; i++) {
			const struct point end = ends->items[i];
			if (!is_of_field(name, end.kind) ||
			    !(by_name ? is_called(candidate->entity, name->typed)
				      : names_point_of(name, end)))
				continue;
			candidate->meant = end;
			return true;
		}
	return false;
}

/* Without a value to go by, by the name. */
static bool fits(const struct why_name *name, struct candidate *candidate)
{
	const enum facet_kind kind = candidate->entity->kind;
	if (candidate->is_known)
		return fits_known(name, candidate);
	candidate->meant.kind = kind;
	return is_of_field(name, kind) &&
	       (has_key(candidate, name->as[kind].key) || is_called(candidate->entity, name->typed));
}

static bool is_meant(const struct why *why, struct candidate *candidate)
{
	for (size_t i = 0; i < why->count; i++)
		if (fits(&why->names[i], candidate))
			return true;
	return false;
}

static enum status name_candidate(const struct evidence_tools *tools, struct candidate *candidate,
				  struct error *err)
{
	candidate->field = field_of_kind(candidate->meant.kind);
	candidate->name = candidate->entity->name;
	if (!candidate->is_known)
		return STATUS_OK;
	return names_shown(tools->names, candidate->meant, tools->arena, &candidate->name, err);
}

/* What the entity counts for. Dates are no names. */
static enum status find_ends(const struct evidence_tools *tools, struct candidate *candidate,
			     struct error *err)
{
	if (!tools->names || candidate->entity->kind == KIND_WHEN)
		return STATUS_OK;
	return names_of_article(tools->names, candidate->entity, &candidate->is_known, tools->arena,
				&candidate->ends, err);
}

/* Fills one for each entity of the record. */
static enum status find_candidates(const struct why *why, const struct record *record,
				   const struct evidence_tools *tools, struct candidate *candidates,
				   struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < record->entity_count && status == STATUS_OK; i++) {
		struct candidate *candidate = &candidates[i];
		*candidate = (struct candidate){
			.entity = &record->entities[i],
			.key = utf8_name_key_copy(record->entities[i].name, tools->arena),
		};
		status = find_ends(tools, candidate, err);
		if (status != STATUS_OK)
			break;
		candidate->is_meant = is_meant(why, candidate);
		if (candidate->is_meant)
			status = name_candidate(tools, candidate, err);
	}
	return status;
}

/* ---- the sentences ---- */

struct gathering {
	const struct why *why;
	const struct record *record;
	const struct evidence_tools *tools;
	struct candidate *candidates; /* by entity */
	struct evidence *pieces;
	size_t count, capacity;
	uint32_t more; /* mentions that are not shown */
	struct token_list tokens;
	struct sentence_list sentences; /* of the paragraph at hand */
	size_t paragraph;               /* whose sentences those are; more than there are: none */
	struct sentence shown;          /* what of the text the last piece shows */
	struct str shown_text;
	uint32_t shown_offset; /* bytes before it in shown_text */
	size_t sentence_count;
};

static struct evidence *add_piece(struct gathering *gathering, const struct candidate *about)
{
	memory_reserve(&gathering->pieces, &gathering->capacity, gathering->count,
		       sizeof(*gathering->pieces));
	struct evidence *piece = &gathering->pieces[gathering->count++];
	*piece = (struct evidence){ .field = about->field, .name = about->name };
	return piece;
}

/* The paragraph that the byte is in, from the one at hand on; mentions rise. */
static size_t paragraph_of(const struct article *article, size_t from, uint32_t at)
{
	while (from < article->paragraph_count && article->paragraphs[from].end <= at)
		from++;
	return from;
}

static void cut_sentences(struct gathering *gathering, uint32_t at)
{
	const struct article *article = &gathering->record->article;
	const size_t from = gathering->paragraph < article->paragraph_count ? gathering->paragraph
									    : 0;
	const size_t number = paragraph_of(article, from, at);
	if (number == gathering->paragraph || number >= article->paragraph_count)
		return;
	const struct paragraph *paragraph = &article->paragraphs[number];
	const struct str text = { article->text.data + paragraph->start,
				  paragraph->end - paragraph->start };
	gathering->paragraph = number;
	gathering->tokens.count = 0;
	gathering->sentences.count = 0;
	analyser_run(gathering->tools->analyser, text, paragraph->start, 1, &gathering->tokens);
	sentences_add(article->text, paragraph->start, paragraph->end, gathering->tokens.items,
		      gathering->tokens.count, &gathering->sentences);
}

/* From the sentence in which the mention begins to the end of that in which it ends. */
static struct sentence sentence_around(const struct gathering *gathering,
				       const struct mention *mention)
{
	const struct sentence_list *list = &gathering->sentences;
	struct sentence around = { mention->start, mention->end };
	size_t low = 0, high = list->count;
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		if (list->items[middle].start <= mention->start)
			low = middle;
		else
			high = middle;
	}
	if (low < list->count && list->items[low].start <= mention->start) {
		around.start = list->items[low].start;
		while (low + 1 < list->count && list->items[low].end < mention->end)
			low++;
		if (list->items[low].end > mention->end)
			around.end = list->items[low].end;
	}
	return around;
}

static bool is_inside_character(char byte)
{
	return ((uint8_t)byte & 0xC0) == 0x80;
}

/* The first blank's other side in [at, stop), else a place between two characters. */
static uint32_t word_from(struct str text, uint32_t at, uint32_t stop)
{
	for (uint32_t i = at; i < stop; i++)
		if (text.data[i] == ' ')
			return i + 1;
	while (at < stop && is_inside_character(text.data[at]))
		at++;
	return at;
}

/* The last blank in (start, at], else a place between two characters. */
static uint32_t word_until(struct str text, uint32_t start, uint32_t at)
{
	for (uint32_t i = at; i > start; i--)
		if (text.data[i] == ' ')
			return i;
	while (at > start && is_inside_character(text.data[at]))
		at--;
	return at;
}

/* So much of a long sentence as fits, with the mention in its first half. */
static struct sentence clip(struct str text, struct sentence sentence, const struct mention *mention)
{
	const uint32_t before = EVIDENCE_BYTES / 3;
	if (sentence.end - sentence.start <= EVIDENCE_BYTES)
		return sentence;
	if (mention->start - sentence.start > before)
		sentence.start = word_from(text, mention->start - before, mention->start);
	if (sentence.end - sentence.start > EVIDENCE_BYTES) {
		const uint32_t end = sentence.start + EVIDENCE_BYTES;
		if (mention->end < end)
			sentence.end = word_until(text, mention->end, end);
		else
			sentence.end = mention->end;
	}
	return sentence;
}

static void show_sentence(struct gathering *gathering, const struct mention *mention)
{
	static const char ellipsis[] = "…";
	const struct str text = gathering->record->article.text;
	cut_sentences(gathering, mention->start);
	const struct sentence whole = sentence_around(gathering, mention);
	const struct sentence shown = clip(text, whole, mention);
	struct buffer line = { 0 };
	buffer_add_text(&line, shown.start > whole.start ? ellipsis : "");
	gathering->shown_offset = (uint32_t)line.len;
	buffer_add(&line, text.data + shown.start, shown.end - shown.start);
	buffer_add_text(&line, shown.end < whole.end ? ellipsis : "");
	gathering->shown = shown;
	gathering->shown_text = arena_copy(gathering->tools->arena, buffer_str(&line));
	gathering->sentence_count++;
	buffer_release(&line);
}

static bool is_shown(const struct gathering *gathering, const struct mention *mention)
{
	return gathering->sentence_count && mention->start >= gathering->shown.start &&
	       mention->end <= gathering->shown.end;
}

static void add_mention(struct gathering *gathering, const struct mention *mention,
			const struct candidate *about)
{
	if (!is_shown(gathering, mention)) {
		if (gathering->sentence_count == EVIDENCE_SENTENCES) {
			gathering->more++;
			return;
		}
		show_sentence(gathering, mention);
	}
	struct evidence *piece = add_piece(gathering, about);
	const uint32_t moved = gathering->shown.start - gathering->shown_offset;
	piece->sentence = gathering->shown_text;
	piece->mark = (struct mark){ mention->start - moved, mention->end - moved };
	piece->rule = mention->rule;
	piece->confidence = mention->confidence;
}

/* What the publisher gives beside the text, and the text does not have. */
static void add_given(struct gathering *gathering)
{
	const struct record *record = gathering->record;
	for (uint32_t i = 0; i < record->entity_count; i++) {
		if (!gathering->candidates[i].is_meant || gathering->candidates[i].is_mentioned)
			continue;
		struct evidence *piece = add_piece(gathering, &gathering->candidates[i]);
		piece->rule = RULE_PUBLISHER;
		piece->confidence = record->entities[i].confidence;
	}
}

/* Of an entity that counts for several values: what it counts for where it is called so. */
static enum status find_part(const struct gathering *gathering, const struct mention *mention,
			     struct candidate *part, struct error *err)
{
	const struct evidence_tools *tools = gathering->tools;
	struct str text = { gathering->record->article.text.data + mention->start,
			    mention->end - mention->start };
	struct entity called = *part->entity;
	called.variants = (struct str_list){ &text, 1 };
	const enum status status = names_of_article(tools->names, &called, &part->is_known,
						    tools->arena, &part->ends, err);
	if (status != STATUS_OK)
		return status;
	part->is_meant = is_meant(gathering->why, part);
	return part->is_meant ? name_candidate(tools, part, err) : STATUS_OK;
}

static enum status gather(struct gathering *gathering, struct error *err)
{
	const struct record *record = gathering->record;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < record->mention_count && status == STATUS_OK; i++) {
		const struct mention *mention = &record->mentions[i];
		struct candidate *candidate = &gathering->candidates[mention->entity];
		if (!candidate->is_meant)
			continue;
		struct candidate part = *candidate;
		if (candidate->ends.count > 1)
			status = find_part(gathering, mention, &part, err);
		if (status != STATUS_OK || !part.is_meant)
			continue;
		candidate->is_mentioned = true;
		add_mention(gathering, mention, &part);
	}
	if (status == STATUS_OK)
		add_given(gathering);
	token_list_release(&gathering->tokens);
	sentence_list_release(&gathering->sentences);
	return status;
}

/* All of it in the arena now. */
static void hand_over(struct gathering *gathering, struct answer_hit *hit)
{
	const size_t size = gathering->count * sizeof(*hit->evidence);
	hit->evidence = arena_alloc(gathering->tools->arena, size);
	if (size)
		memcpy(hit->evidence, gathering->pieces, size);
	hit->evidence_count = gathering->count;
	hit->evidence_more = gathering->more;
	free(gathering->pieces);
}

enum status evidence_find(const struct why *why, const struct record *record,
			  const struct evidence_tools *tools, struct answer_hit *hit,
			  struct error *err)
{
	struct gathering gathering = {
		.why = why,
		.record = record,
		.tools = tools,
		.candidates = memory_alloc(record->entity_count * sizeof(struct candidate)),
		.paragraph = SIZE_MAX,
	};
	enum status status = find_candidates(why, record, tools, gathering.candidates, err);
	if (status == STATUS_OK)
		status = gather(&gathering, err);
	if (status == STATUS_OK)
		hand_over(&gathering, hit);
	else
		free(gathering.pieces);
	free(gathering.candidates);
	return status;
}
