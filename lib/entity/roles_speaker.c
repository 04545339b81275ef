#include "roles_inside.h"

/*
 * From each verb of saying to whoever says it: the name right before it ("Jane Doe said"), before what is told of them
 * ("Jane Doe, a teacher, said"), or behind it ("...," said Jane Doe). What stands inside a quotation is said by the one who is
 * quoted, and so its verbs do not count.
 */

#define ACCORDING "according" /* to Jane Doe */

#define QUOTATIONS 16

/* Of the paragraph that is read, and of the article. */
struct speech {
	const struct reading *reading;
	struct str text;
	const struct mention *mentions;
	size_t mention_count;
	size_t from, to;            /* of the paragraph */
	size_t next;                /* the first mention behind where we are */
	struct start_set starts;    /* of verbs */
	size_t said_last;           /* the mention that spoke last in the paragraph */
	bool is_quoting, is_german; /* inside a quotation, and one that opened below the line */
	size_t opened;              /* where the last quotation did */
	struct span quotations[QUOTATIONS]; /* the last ones of the paragraph, in turn */
	size_t quotation_count;
};

/* A verb, or "according to", and the stretch around it that is looked at. */
struct saying {
	enum verb_weight weight;
	bool is_according;
	size_t start, end;
	size_t from, to;
};

#define NOBODY SIZE_MAX

/* ---- sentences ---- */

static bool ends_sentence(struct str text, size_t from, size_t at)
{
	const char c = text.data[at];
	if (c == '!' || c == '?' || c == ';' || c == '|')
		return true;
	return c == '.' && at + 1 < text.len && text.data[at + 1] == ' ' &&
	       !is_short_form(text, from, at + 1);
}

/* The first byte of the clause before `at`: behind a mark that ends a sentence, or a quotation. */
static size_t clause_start(struct str text, size_t from, size_t at)
{
	while (at > from && !ends_sentence(text, from, at - 1) && !quote_before(text, from, at))
		at--;
	return at;
}

static bool has_quote_before(struct str text, size_t from, size_t at)
{
	at = clause_start(text, from, at);
	return quote_before(text, from, at) > 0;
}

static bool has_quote_behind(struct str text, size_t from, size_t to)
{
	size_t at = from;
	while (at < to && !ends_sentence(text, from, at) && !quote_after(text, at, to))
		at++;
	return at < to && quote_after(text, at, to) > 0;
}

static bool has_that(struct str text, size_t at, size_t to)
{
	for (int i = 0; i < 5; i++) {
		const struct span span = word_after(text, at, to);
		if (span.start == span.end)
			return false;
		if (word_is(span_str(text, span), "that"))
			return true;
		at = span.end;
	}
	return false;
}

/* ---- mentions ---- */

static enum facet_kind kind_of(const struct speech *speech, size_t mention)
{
	const struct entity_result *found = speech->reading->found;
	return found->entities[found->mentions[mention].entity].kind;
}

static bool is_person(const struct speech *speech, size_t mention)
{
	return kind_of(speech, mention) == KIND_PERSON;
}

#define NEAR 8 /* mentions that are looked at on each side */

/* The person, else the organisation, whose name ends at `end`. */
static size_t mention_ending(const struct speech *speech, size_t from, size_t end)
{
	size_t best = NOBODY;
	for (size_t i = speech->next, n = 0; i-- > 0 && n < NEAR; n++) {
		const struct mention *mention = &speech->mentions[i];
		if (mention->start < from)
			break;
		if (mention->end != end)
			continue;
		if (is_person(speech, i))
			return i;
		if (kind_of(speech, i) == KIND_ORG)
			best = i;
	}
	return best;
}

/* ---- before the verb ---- */

/* Behind "Rand Paul" of "Rand Paul (R-Ky.) said". */
static size_t skip_parentheses_back(struct str text, size_t from, size_t at)
{
	if (at == from || text.data[at - 1] != ')')
		return at;
	const size_t most = at - from < 48 ? at - from : 48;
	const char *open = memrchr(text.data + at - most, '(', most);
	return open ? skip_blanks_back(text, from, (size_t)(open - text.data)) : at;
}

static size_t skip_adverbs_back(struct str text, size_t from, size_t at)
{
	for (int i = 0; i < 3; i++) {
		const struct span span = word_before(text, from, at);
		if (!name_is_adverb(span_str(text, span)))
			break;
		at = span.start;
	}
	return skip_blanks_back(text, from, at);
}

/* How sure, that it is who speaks. 0: not at all. */
struct speaker {
	size_t mention;
	struct span evidence;
	int doubt;      /* percent, to be taken off */
	size_t partner; /* "John Roe and Jane Doe said" */
};

static struct speaker speaker_of(const struct speech *speech, size_t mention, int doubt)
{
	if (mention == NOBODY)
		return (struct speaker){ .mention = NOBODY, .partner = NOBODY };
	const struct mention *at = &speech->mentions[mention];
	return (struct speaker){ mention, { at->start, at->end }, doubt, NOBODY };
}

/* The name before "and" in front of that one. */
static size_t partner_of(const struct speech *speech, size_t from, size_t mention)
{
	const struct str text = speech->text;
	const struct span span = name_before_titles(text, from, speech->mentions[mention].start);
	if (!word_is(span_str(text, span), "and"))
		return NOBODY;
	return mention_ending(speech, from, skip_blanks_back(text, from, span.start));
}

/* What a name is that stands right before the verb; what is spoken of does not speak. */
static struct speaker subject_of(const struct speech *speech, size_t from, size_t mention)
{
	struct speaker speaker = speaker_of(speech, mention, 0);
	speaker.partner = partner_of(speech, from, mention);
	const size_t first = speaker.partner == NOBODY ? mention : speaker.partner;
	if (name_is_object(speech->text, from, speech->mentions[first].start))
		return speaker_of(speech, NOBODY, 0);
	return speaker;
}

/* Does what is told of somebody begin at `at`, up to the comma before the verb? */
static bool is_apposition(const struct speech *speech, size_t mention, size_t comma)
{
	const struct str text = speech->text;
	const size_t at = speech->mentions[mention].end;
	if (text.data[at] != ',' || at == comma)
		return false;
	const struct span span = word_after(text, at + 1, comma);
	const struct str word = span_str(text, span);
	if (!word.len || word_is(word, "and") || word_is(word, "but"))
		return false;
	if (!is_capitalised(word))
		return true;
	for (size_t i = mention + 1; i < speech->next && speech->mentions[i].start < comma; i++) {
		if (is_person(speech, i))
			return false;
	}
	return true;
}

/*
 * Who it is of whom something is told between commas before the verb. Of several names it is the first that something is told of: "Jane
 * Doe, a friend of John Roe, said".
 */
static size_t find_told_of(const struct speech *speech, size_t from, size_t comma)
{
	const struct str text = speech->text;
	const size_t start = clause_start(text, from, comma);
	size_t best = NOBODY;
	for (size_t i = speech->next, n = 0; i-- > 0 && n < NEAR; n++) {
		const struct mention *mention = &speech->mentions[i];
		if (mention->start < start)
			break;
		if (!is_person(speech, i) || mention->end > comma ||
		    subject_of(speech, start, i).mention == NOBODY)
			continue;
		if (mention->end == comma || (is_apposition(speech, i, comma) &&
					      name_is_subject(text, start, mention->start)))
			best = i;
	}
	return best;
}

static bool is_pronoun(struct str word)
{
	return word_is(word, "he") || word_is(word, "she");
}

/* Is the name one that somebody says? Who is quoted rarely speaks of himself by name. */
static bool is_quoted(const struct speech *speech, const struct mention *mention)
{
	const size_t count = speech->quotation_count;
	for (size_t i = count < QUOTATIONS ? 0 : count - QUOTATIONS; i < count; i++) {
		const struct span *quotation = &speech->quotations[i % QUOTATIONS];
		if (mention->start >= quotation->start && mention->start < quotation->end)
			return true;
	}
	return false;
}

/* The one person of the paragraph so far, or the one that its last sentences are about. */
static size_t find_antecedent(const struct speech *speech, size_t pronoun, bool is_direct)
{
	size_t only = NOBODY, subject = NOBODY;
	bool is_alone = true;
	for (size_t i = speech->next, n = 0; i-- > 0 && n < NEAR; n++) {
		const struct mention *mention = &speech->mentions[i];
		if (mention->start < speech->from)
			break;
		if (!is_person(speech, i) || mention->end > pronoun || is_quoted(speech, mention))
			continue;
		if (only == NOBODY)
			only = i;
		is_alone &= mention->entity == speech->mentions[only].entity;
		const bool is_told_of =
			i == speech->said_last ||
			(!name_is_object(speech->text, speech->from, mention->start) &&
			 name_is_subject(speech->text, speech->from, mention->start));
		if (subject == NOBODY && is_told_of)
			subject = i;
	}
	if (only != NOBODY && is_alone)
		return only;
	return is_direct ? subject : NOBODY;
}

static struct speaker pronoun_speaker(const struct speech *speech, const struct saying *saying,
				      struct span pronoun)
{
	const size_t first = pronoun.start < saying->start ? pronoun.start : saying->start;
	const bool is_direct = quote_before(speech->text, speech->from,
					    skip_blanks_back(speech->text, speech->from, first)) > 0;
	const size_t mention = find_antecedent(speech, pronoun.start, is_direct);
	return (struct speaker){ mention, pronoun, 30, NOBODY };
}

static struct speaker find_before(const struct speech *speech, const struct saying *saying)
{
	const struct str text = speech->text;
	size_t at = skip_adverbs_back(text, saying->from, saying->start);
	at = skip_parentheses_back(text, saying->from, at);
	const size_t mention = mention_ending(speech, saying->from, at);
	if (mention != NOBODY)
		return subject_of(speech, saying->from, mention);
	if (at > saying->from && text.data[at - 1] == ',')
		return speaker_of(speech, find_told_of(speech, saying->from, at - 1), 5);
	const struct span span = word_before(text, saying->from, at);
	const struct str word = span_str(text, span);
	if (is_pronoun(word))
		return pronoun_speaker(speech, saying, span);
	/* "Jane Doe, who said" */
	if (word_is(word, "who")) {
		size_t end = skip_blanks_back(text, saying->from, span.start);
		end -= end > saying->from && text.data[end - 1] == ',';
		const size_t who = mention_ending(speech, saying->from, end);
		return speaker_of(speech, who != NOBODY && is_person(speech, who) ? who : NOBODY, 5);
	}
	return speaker_of(speech, NOBODY, 0);
}

/* ---- behind the verb ---- */

/* Behind the name ends what is said of saying: "said Jane Doe.", and not "said Jane Doe was ill". */
static bool ends_attribution(struct str text, size_t at, size_t to)
{
	at = skip_blanks(text, at, to);
	if (at >= to)
		return true;
	const char c = text.data[at];
	return c == '.' || c == ',' || c == ';' || c == ':' || c == '(' ||
	       quote_after(text, at, to) > 0 || dash_after(text, at, to) > 0;
}

/* "said Jane Doe's lawyer" */
static bool is_possessive(struct str text, size_t at, size_t to)
{
	return apostrophe_after(text, at, to) > 0 && !quote_after(text, at, to);
}

static bool is_right_name(const struct speech *speech, const struct saying *saying, size_t mention)
{
	const struct mention *name = &speech->mentions[mention];
	const struct str text = speech->text;
	return name_follows_title(text, saying->end, name->start, !saying->is_according) &&
	       !name_is_object(text, saying->end, name->start) &&
	       !is_possessive(text, name->end, saying->to);
}

static size_t find_behind(const struct speech *speech, const struct saying *saying)
{
	size_t org = NOBODY;
	for (size_t i = speech->next, n = 0; i < speech->mention_count && n < NEAR; i++, n++) {
		const struct mention *name = &speech->mentions[i];
		if (name->end > saying->to)
			break;
		if (name->start < saying->end || !is_right_name(speech, saying, i))
			continue;
		if (is_person(speech, i))
			return i;
		if (org == NOBODY && kind_of(speech, i) == KIND_ORG &&
		    ends_attribution(speech->text, name->end, saying->to))
			org = i;
	}
	return org;
}

/* Does the verb come behind a quotation, or behind the comma that ends a statement? */
enum inversion {
	INVERSION_NONE,
	INVERSION_COMMA,
	INVERSION_QUOTE,
};

static enum inversion inversion_of(struct str text, const struct saying *saying)
{
	size_t at = skip_blanks_back(text, saying->from, saying->start);
	if (quote_before(text, saying->from, at))
		return INVERSION_QUOTE;
	if (at == saying->from || text.data[at - 1] != ',')
		return INVERSION_NONE;
	at = skip_blanks_back(text, saying->from, at - 1);
	return quote_before(text, saying->from, at) ? INVERSION_QUOTE : INVERSION_COMMA;
}

static struct speaker find_inverted(const struct speech *speech, const struct saying *saying)
{
	const struct str text = speech->text;
	const enum inversion inversion = inversion_of(text, saying);
	if (inversion == INVERSION_NONE || saying->weight == VERB_TELL)
		return speaker_of(speech, NOBODY, 0);
	const struct span next = word_after(text, saying->end, saying->to);
	if (inversion == INVERSION_QUOTE && is_pronoun(span_str(text, next)))
		return pronoun_speaker(speech, saying, next);
	const size_t mention = find_behind(speech, saying);
	if (mention == NOBODY || (inversion == INVERSION_COMMA &&
				  !ends_attribution(text, speech->mentions[mention].end, saying->to)))
		return speaker_of(speech, NOBODY, 0);
	return speaker_of(speech, mention, inversion == INVERSION_COMMA ? 5 : 0);
}

/* ---- verdicts ---- */

/* "told of", "called on", "added to", "said to be": nobody speaks. */
static bool is_no_saying(struct str text, const struct saying *saying)
{
	const struct span next = word_after(text, saying->end, saying->to);
	const struct str word = span_str(text, next);
	if (saying->weight == VERB_TELL)
		return word_is(word, "of");
	const struct str verb = { text.data + saying->start, saying->end - saying->start };
	if (word_is(verb, "called") || word_is(verb, "calls"))
		return word_is(word, "on") || word_is(word, "for");
	if (!word_is(word, "to"))
		return false;
	const bool is_deed = word_is(verb, "added") || word_is(verb, "adds") ||
			     word_is(verb, "continued") || word_is(verb, "continues");
	return is_deed || (saying->weight == VERB_SAY &&
			   word_is(span_str(text, word_after(text, next.end, saying->to)), "be"));
}

/* How much the verb and the marks around it say; 0 when they do not say that somebody is quoted. */
static int weigh(struct str text, const struct saying *saying)
{
	if (is_no_saying(text, saying))
		return 0;
	const bool is_quoted = has_quote_before(text, saying->from, saying->start) ||
			       has_quote_behind(text, saying->end, saying->to);
	switch (saying->weight) {
	case VERB_SAY:
	case VERB_TELL:
		return is_quoted ? 95 : 80;
	case VERB_THAT:
		return is_quoted ? 90 : has_that(text, saying->end, saying->to) ? 70 : 0;
	default:
		return is_quoted ? 80 : 0;
	}
}

static void add_speaker(struct speech *speech, const struct speaker *speaker, int weight)
{
	const struct entity_result *found = speech->reading->found;
	const struct entity *entity = &found->entities[speech->mentions[speaker->mention].entity];
	/* What agencies say is reporting. */
	if (entity->kind == KIND_ORG && agency_of_name(entity->name))
		return;
	speech->said_last = speaker->mention;
	role_add(speech->reading, (struct role){
					  .kind = KIND_SPEAKER,
					  .name = entity->name,
					  .start = (uint32_t)speaker->evidence.start,
					  .end = (uint32_t)speaker->evidence.end,
					  .rule = RULE_QUOTE,
					  .confidence = (uint8_t)(weight - speaker->doubt),
				  });
}

static void judge(struct speech *speech, struct saying *saying)
{
	saying->from = saying->start - speech->from > WINDOW ? saying->start - WINDOW : speech->from;
	saying->to = speech->to - saying->end > WINDOW ? saying->end + WINDOW : speech->to;
	while (speech->next < speech->mention_count &&
	       speech->mentions[speech->next].start < saying->start)
		speech->next++;
	struct speaker speaker = find_before(speech, saying);
	if (speaker.mention == NOBODY)
		speaker = find_inverted(speech, saying);
	const int weight = speaker.mention == NOBODY ? 0 : weigh(speech->text, saying);
	if (!weight)
		return;
	if (speaker.partner != NOBODY && is_person(speech, speaker.partner)) {
		const struct speaker partner = speaker_of(speech, speaker.partner, 10);
		add_speaker(speech, &partner, weight);
	}
	add_speaker(speech, &speaker, weight);
}

/* "according to Jane Doe" */
static void judge_according(struct speech *speech, size_t start, size_t end)
{
	const struct span to = word_after(speech->text, end, speech->to);
	if (!word_is(span_str(speech->text, to), "to"))
		return;
	struct saying saying = { VERB_SAY, true, start, to.end, 0, 0 };
	saying.from = start - speech->from > WINDOW ? start - WINDOW : speech->from;
	saying.to = speech->to - to.end > WINDOW ? to.end + WINDOW : speech->to;
	while (speech->next < speech->mention_count && speech->mentions[speech->next].start < start)
		speech->next++;
	const struct speaker speaker = speaker_of(speech, find_behind(speech, &saying), 15);
	if (speaker.mention != NOBODY)
		add_speaker(speech, &speaker, weigh(speech->text, &saying));
}

/* ---- the text ---- */

static void note_verbs(struct speech *speech)
{
	for (size_t i = 0; i < speech_verb_count; i++)
		start_set_add(&speech->starts, speech_verbs[i].word);
	start_set_add(&speech->starts, ACCORDING);
}

static void read_word(struct speech *speech, size_t start)
{
	size_t end = start;
	while (end < speech->to && begins_word(speech->text, end))
		end++;
	const struct str word = { speech->text.data + start, end - start };
	if (word_is(word, ACCORDING)) {
		judge_according(speech, start, end);
		return;
	}
	const struct speech_verb *verb = speech_verb_find(word);
	if (verb)
		judge(speech, &(struct saying){ verb->weight, false, start, end, 0, 0 });
}

static void set_quoting(struct speech *speech, size_t at, bool is_quoting)
{
	if (is_quoting && !speech->is_quoting)
		speech->opened = at;
	else if (!is_quoting && speech->is_quoting)
		speech->quotations[speech->quotation_count++ % QUOTATIONS] =
			(struct span){ speech->opened, at };
	speech->is_quoting = is_quoting;
}

/* Notes the quotation that the mark at `at` opens or closes. */
static void read_mark(struct speech *speech, size_t at)
{
	const uint8_t *mark = (const uint8_t *)speech->text.data + at;
	if (*mark == '"' || (*mark == 0xC2 && (mark[1] == 0xAB || mark[1] == 0xBB)))
		set_quoting(speech, at, !speech->is_quoting);
	if (*mark != 0xE2 || mark[1] != 0x80)
		return;
	speech->is_german |= mark[2] == 0x9E;
	if (mark[2] == 0x9E)
		set_quoting(speech, at, true);
	else if (mark[2] == 0x9C)
		set_quoting(speech, at, !speech->is_german);
	else if (mark[2] == 0x9D)
		set_quoting(speech, at, false);
}

/* A verb has a blank before it. */
static inline void read_byte(struct speech *speech, size_t at)
{
	const char *data = speech->text.data + at;
	if (*data != ' ')
		read_mark(speech, at);
	else if (speech->to - at > 3 && start_set_has(&speech->starts, data + 1) &&
		 !speech->is_quoting)
		read_word(speech, at + 1);
}

static void read_paragraph(struct speech *speech, const struct paragraph *paragraph)
{
	static const uint8_t wanted[256] = { [' '] = 1, ['"'] = 1, [0xC2] = 1, [0xE2] = 1 };
	uint32_t picked[PICK_CHUNK];
	speech->from = paragraph->start;
	speech->to = paragraph->end;
	speech->is_quoting = speech->is_german = false;
	speech->quotation_count = 0;
	speech->said_last = NOBODY;
	read_word(speech, speech->from); /* which has no blank before it */
	for (size_t at = speech->from; at < speech->to; at += PICK_CHUNK) {
		const size_t count = pick_bytes(speech->text, at, speech->to, wanted, picked);
		for (size_t i = 0; i < count; i++)
			read_byte(speech, picked[i]);
	}
}

/* "Jane Doe: “...”" */
static void read_colons(struct speech *speech)
{
	for (size_t i = 0; i < speech->mention_count; i++) {
		const struct mention *mention = &speech->mentions[i];
		const size_t end = mention->end;
		if (end + 3 >= speech->text.len || speech->text.data[end] != ':' ||
		    speech->text.data[end + 1] != ' ' || !is_person(speech, i) ||
		    !quote_after(speech->text, end + 2, speech->text.len))
			continue;
		const struct speaker speaker = speaker_of(speech, i, 0);
		add_speaker(speech, &speaker, 80);
	}
}

void roles_find_speakers(const struct reading *reading)
{
	struct speech speech = {
		.reading = reading,
		.text = reading->text,
		.mentions = reading->found->mentions,
		.mention_count = reading->found->mention_count,
	};
	if (!speech.mention_count)
		return;
	note_verbs(&speech);
	for (size_t i = 0; i < reading->article->paragraph_count; i++)
		read_paragraph(&speech, &reading->article->paragraphs[i]);
	read_colons(&speech);
}
