#include "features.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

/* ---- making them ---- */

struct list {
	uint64_t *items;
	size_t count;
};

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b * 0x9e3779b97f4a7c15u)) * 0xd6e8feb86659fd93u;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	return h ^ h >> 29;
}

static void add(struct list *list, uint64_t question, uint64_t answer)
{
	if (list->count < FEATURES_MOST)
		list->items[list->count++] = mix(question * 0x2545f4914f6cdd1du + 1, answer);
}

static void add2(struct list *list, uint64_t question, uint64_t a, uint64_t b)
{
	add(list, question, mix(a + 0x632be59bd9b4e019u, b));
}

static void add3(struct list *list, uint64_t question, uint64_t a, uint64_t b, uint64_t c)
{
	add2(list, question, mix(a + 0x632be59bd9b4e019u, b), c);
}

/* ---- of a word by itself ---- */

enum word_question {
	ASK_LOWER = 1,
	ASK_EXACT,
	ASK_FIGURE,
	ASK_SHAPE,
	ASK_CLASS,
	ASK_CLASS_SHAPE,
	ASK_LIST,
	ASK_LISTS,
	ASK_LISTS_SHAPE,
	ASK_PREFIX,
	ASK_SUFFIX,
	ASK_PART,
	ASK_PART_CLASS,
	ASK_LENGTH,
	ASK_KNOWN,
	ASK_SEEN,
	ASK_SEEN_SHAPE,
};

/* The question as asked by a neighbour `place` tokens away. */
static uint64_t from(enum word_question question, int place)
{
	return (uint64_t)question * 16 + (uint64_t)(place + WORD_REACH);
}

/* The class to `steps` steps, told apart from other lengths; 0 when there is none. */
static uint64_t class_to(unsigned path, unsigned steps)
{
	return path ? (path >> (4 * (4 - steps))) + (uint64_t)steps * 0x10000 : 0;
}

/* The finest class, and for words without one their shape. */
static uint64_t class_of(const struct tagger_word *word)
{
	return word->path ? word->path : 0x100000u + word->shape;
}

static void add_class(struct list *list, const struct tagger_word *word, int place)
{
	if (!word->path) {
		add2(list, from(ASK_CLASS, place), 0, word->shape);
		return;
	}
	for (unsigned steps = place == 0 ? 1 : 2; steps <= 4; steps++)
		add(list, from(ASK_CLASS, place), class_to(word->path, steps));
}

static void add_lists(struct list *list, const struct tagger_word *word, int place)
{
	const unsigned lists = word->lists & LIST_NAMES;
	for (unsigned bit = 1; bit <= LIST_FORM; bit *= 2)
		if (lists & bit)
			add(list, from(ASK_LIST, place), bit);
	add(list, from(ASK_LISTS, place), lists);
	add(list, from(ASK_SEEN, place), word->lists & LIST_SEEN);
	if (place >= -1 && place <= 1)
		add2(list, from(ASK_SEEN_SHAPE, place), word->lists & LIST_SEEN, word->shape);
}

static void add_affixes(struct list *list, struct str lower, int place, size_t most)
{
	size_t bytes = 0;
	for (size_t n = 1; n <= most && bytes < lower.len; n++) {
		size_t step;
		utf8_decode(lower.data + bytes, lower.len - bytes, &step);
		bytes += step;
		if (place == 0)
			add2(list, from(ASK_PREFIX, place), n, hash_bytes(lower.data, bytes));
	}
	size_t from_end = lower.len;
	for (size_t n = 1; n <= most && from_end > 0; n++) {
		do
			from_end--;
		while (from_end > 0 && (lower.data[from_end] & 0xc0) == 0x80);
		if (place == 0 || n == 3)
			add2(list, from(ASK_SUFFIX, place), n,
			     hash_bytes(lower.data + from_end, lower.len - from_end));
	}
}

static void add_part(struct list *list, const struct model *model, struct str part, unsigned which)
{
	const uint64_t hash = word_hash(part);
	add2(list, ASK_PART * 16, which, hash);
	const struct list_slot *slot = model_list(model, hash);
	if (!slot)
		return;
	add2(list, ASK_PART_CLASS * 16, which, slot->path);
	add2(list, ASK_PART_CLASS * 16 + 1, which, slot->lists & LIST_NAMES);
}

/* The parts of a hyphenated word: what stands before the first hyphen and behind the last. */
static void add_parts(struct list *list, const struct model *model, struct str lower)
{
	const char *first = memchr(lower.data, '-', lower.len);
	const char *last = memrchr(lower.data, '-', lower.len);
	if (!first || first == lower.data || last + 1 == lower.data + lower.len)
		return;
	add_part(list, model, (struct str){ lower.data, (size_t)(first - lower.data) }, 0);
	add_part(list, model, (struct str){ last + 1, (size_t)(lower.data + lower.len - last - 1) },
		 1);
}

static void add_own(struct list *list, const struct model *model, const struct tagger_word *word,
		    struct str lower)
{
	add(list, from(ASK_EXACT, 0), word->exact);
	for (unsigned steps = 2; steps <= 4; steps++)
		add2(list, from(ASK_CLASS_SHAPE, 0), class_to(word->path, steps), word->shape);
	add2(list, from(ASK_LISTS_SHAPE, 0), word->lists & LIST_NAMES, word->shape);
	add2(list, from(ASK_LENGTH, 0), lower.len < 8 ? lower.len : 8, word->shape);
	add2(list, from(ASK_KNOWN, 0), word->path != 0, (word->lists & LIST_NAMES) != 0);
	add_parts(list, model, lower);
}

size_t features_of_word(const struct model *model, const struct tagger_word *word, int place,
			uint64_t features[FEATURES_MOST])
{
	struct list list = { features, 0 };
	struct buffer lower = { 0 };
	word_lower((struct str){ word->text, word->length }, &lower);
	add(&list, from(ASK_LOWER, place), word->lower);
	add(&list, from(ASK_FIGURE, place), word->figure);
	add(&list, from(ASK_SHAPE, place), word->shape);
	add_class(&list, word, place);
	add_lists(&list, word, place);
	if (word->shape != SHAPE_EDGE && place >= -1 && place <= 1)
		add_affixes(&list, buffer_str(&lower), place, 5);
	if (place == 0)
		add_own(&list, model, word, buffer_str(&lower));
	buffer_release(&lower);
	return list.count;
}

/* ---- of a place ---- */

enum place_question {
	ASK_PAIR = 0x1000, /* and so on, one for each line below */
	ASK_VOTES = 0x2000,
	ASK_MENTION = 0x3000,
	ASK_JOINED = 0x4000,
};

/* The five words around a token, and the token. */
struct around {
	const struct view *view;
	const struct view_token *token;
	const struct tagger_word *w[7]; /* w[3] is the token's */
};

/* Where it stands, as far as that says what a capital means. */
static unsigned situation(const struct view_token *token)
{
	return token->flags & (PLACE_FIRST | PLACE_CAPS | PLACE_HEADING);
}

/* How the word is written elsewhere in the article: a bit each for lower case, capital inside a sentence, other. */
static unsigned writing(const struct around *a)
{
	const struct seen *seen = &a->view->seen[a->w[3]->lexeme];
	const unsigned flags = a->token->flags;
	const bool letters = a->w[3]->flags & WORD_LETTERS;
	const bool own_lower = letters && !(flags & PLACE_CAPITAL);
	const bool own_other = letters && !own_lower && situation(a->token);
	const bool own_middle = letters && !own_lower && !own_other;
	return (unsigned)(seen->lower > own_lower) | (unsigned)(seen->middle > own_middle) << 1 |
	       (unsigned)(seen->other > own_other) << 2;
}

static void add_pairs(struct list *list, const struct around *a)
{
	const struct tagger_word *const *w = a->w;
	add2(list, ASK_PAIR + 1, w[2]->lower, w[3]->lower);
	add2(list, ASK_PAIR + 2, w[3]->lower, w[4]->lower);
	add2(list, ASK_PAIR + 3, w[2]->lower, w[4]->lower);
	add2(list, ASK_PAIR + 4, w[1]->lower, w[2]->lower);
	add2(list, ASK_PAIR + 5, w[4]->lower, w[5]->lower);
	add2(list, ASK_PAIR + 6, class_of(w[2]), class_of(w[3]));
	add2(list, ASK_PAIR + 7, class_of(w[3]), class_of(w[4]));
	add2(list, ASK_PAIR + 8, class_of(w[2]), class_of(w[4]));
	add2(list, ASK_PAIR + 9, class_of(w[1]), class_of(w[2]));
	add2(list, ASK_PAIR + 10, class_of(w[4]), class_of(w[5]));
	add2(list, ASK_PAIR + 11, w[3]->figure, w[2]->lower);
	add2(list, ASK_PAIR + 12, w[3]->figure, w[4]->lower);
	add2(list, ASK_PAIR + 13, w[2]->lists & LIST_NAMES, w[3]->lists & LIST_NAMES);
	add2(list, ASK_PAIR + 14, w[3]->lists & LIST_NAMES, w[4]->lists & LIST_NAMES);
	add2(list, ASK_PAIR + 16, w[2]->lists & LIST_SEEN, w[3]->lists & LIST_SEEN);
	add2(list, ASK_PAIR + 17, w[3]->lists & LIST_SEEN, w[4]->lists & LIST_SEEN);
	add2(list, ASK_PAIR + 15, 3, w[0]->lower);
	add2(list, ASK_PAIR + 15, 4, w[6]->lower);
}

static void add_shapes(struct list *list, const struct around *a)
{
	const struct tagger_word *const *w = a->w;
	const unsigned near = w[2]->shape | (unsigned)w[3]->shape << 4 | (unsigned)w[4]->shape << 8;
	const unsigned wide = near | (unsigned)w[1]->shape << 12 | (unsigned)w[5]->shape << 16;
	const unsigned where = situation(a->token);
	add2(list, ASK_PAIR + 20, near, where);
	add2(list, ASK_PAIR + 21, wide, where);
	add2(list, ASK_PAIR + 22, w[3]->shape, where);
	add3(list, ASK_PAIR + 23, class_of(w[3]), w[3]->shape, where);
	add2(list, ASK_PAIR + 24, w[3]->lists & LIST_NAMES, where);
	add3(list, ASK_PAIR + 25, w[3]->shape, where, class_to(w[4]->path, 4));
	add3(list, ASK_PAIR + 26, w[3]->shape, where, class_to(w[2]->path, 4));
	add2(list, ASK_PAIR + 27, w[3]->lower, where);
	const unsigned written = writing(a);
	add2(list, ASK_PAIR + 31, w[3]->lists & LIST_SEEN, where);
	add3(list, ASK_PAIR + 32, w[3]->lists & LIST_SEEN, where, written);
	add2(list, ASK_PAIR + 33, w[3]->lists & LIST_SEEN, w[3]->lists & LIST_NAMES);
	const unsigned spelled = a->view->seen[w[3]->lexeme].spelled;
	if (spelled) {
		add2(list, ASK_PAIR + 34, spelled, w[3]->shape);
		add3(list, ASK_PAIR + 35, spelled, w[3]->shape, w[3]->lists & LIST_SEEN);
		add3(list, ASK_PAIR + 36, spelled, w[2]->lower, w[4]->lower);
	}
	add3(list, ASK_PAIR + 28, written, where, w[3]->shape);
	add3(list, ASK_PAIR + 29, written, where, class_to(w[3]->path, 3));
	add3(list, ASK_PAIR + 30, written, where, w[3]->lists & LIST_NAMES);
}

static void add_phrase(struct list *list, const struct around *a)
{
	const struct view_token *token = a->token;
	const unsigned length = token->phrase_length < 4 ? token->phrase_length : 4;
	if (!length)
		return;
	add2(list, ASK_PAIR + 40, token->phrase, token->phrase_lists & LIST_NAMES);
	add3(list, ASK_PAIR + 41, token->phrase, token->phrase_lists & LIST_NAMES, length);
	add3(list, ASK_PAIR + 43, token->phrase, token->phrase_lists & LIST_SEEN, length);
	for (unsigned bit = 1; bit <= LIST_FORM; bit *= 2)
		if (token->phrase_lists & bit)
			add2(list, ASK_PAIR + 42, bit, token->phrase);
}

static void add_run(struct list *list, const struct around *a, size_t at)
{
	const struct view_token *token = a->token;
	if (!(token->flags & PLACE_CAPITAL))
		return;
	const struct tagger_word *first = view_word(a->view, at - token->run_start);
	const struct tagger_word *last = view_word(a->view, at + token->run_end);
	const struct tagger_word *before = view_word(a->view, at - token->run_start - 1);
	const struct tagger_word *after = view_word(a->view, at + token->run_end + 1);
	const unsigned place = token->run_start | (unsigned)token->run_end << 8;
	const unsigned role = (token->run_start == 0) | (unsigned)(token->run_end == 0) << 1;
	add2(list, ASK_PAIR + 50, place, situation(token));
	add2(list, ASK_PAIR + 51, last->lower, role);
	add2(list, ASK_PAIR + 52, first->lower, role);
	add2(list, ASK_PAIR + 53, before->lower, role);
	add2(list, ASK_PAIR + 54, after->lower, role);
	add2(list, ASK_PAIR + 55, class_of(last), role);
	add2(list, ASK_PAIR + 56, class_of(first), role);
	add3(list, ASK_PAIR + 57, class_of(before), role, 0);
	add3(list, ASK_PAIR + 58, class_of(after), role, 0);
	add2(list, ASK_PAIR + 59, last->lists & LIST_NAMES, place);
	add2(list, ASK_PAIR + 60, first->lists & LIST_NAMES, place);
	add3(list, ASK_PAIR + 62, last->lists & LIST_SEEN, place, 0);
	add3(list, ASK_PAIR + 63, first->lists & LIST_SEEN, place, 0);
	add3(list, ASK_PAIR + 61, before->lower, after->lower, role);
}

/* ---- across what joins two runs of capitals: "Water and Power Development Authority" ---- */

#define JOIN_MOST 4 /* tokens */

/* A run beside another, or beside a token that joins. */
struct run {
	size_t first, last; /* places; last 0: there is none */
};

static struct run run_behind(const struct view *view, size_t end)
{
	for (size_t i = end + 1; i <= end + JOIN_MOST; i++) {
		const struct view_token *token = &view->tokens[i];
		if (!(token->flags & PLACE_OPEN))
			break;
		if (token->flags & PLACE_CAPITAL)
			return (struct run){ i, i + token->run_end };
	}
	return (struct run){ 0 };
}

static struct run run_before(const struct view *view, size_t start)
{
	for (size_t i = start - 1; i + JOIN_MOST >= start; i--) {
		const struct view_token *token = &view->tokens[i];
		if (!(token->flags & PLACE_OPEN))
			break;
		if (token->flags & PLACE_CAPITAL)
			return (struct run){ i - token->run_start, i };
	}
	return (struct run){ 0 };
}

/* The token that is asked about: the run it is in, or itself; and its part in that. */
struct joining {
	size_t start, end;
	unsigned role;
	bool is_capital;
};

static void add_behind(struct list *list, const struct around *a, const struct joining *j,
		       struct run run)
{
	const struct tagger_word *head = view_word(a->view, run.last);
	const struct tagger_word *own = view_word(a->view, j->end);
	const uint64_t joint = j->is_capital ? view_word(a->view, j->end + 1)->lower : own->lower;
	add3(list, ASK_JOINED, j->role, joint, head->lower);
	add3(list, ASK_JOINED + 1, j->role, joint, class_of(head));
	add3(list, ASK_JOINED + 2, j->role, joint,
	     class_to(head->path, 2) + 256 * (run.last - run.first));
	add3(list, ASK_JOINED + 3, j->role, joint, head->lists & LIST_NAMES);
	if (j->is_capital)
		add3(list, ASK_JOINED + 4, mix(j->role, joint), class_to(own->path, 3),
		     class_to(head->path, 3));
}

static void add_before(struct list *list, const struct around *a, const struct joining *j,
		       struct run run)
{
	const struct tagger_word *last = view_word(a->view, run.last);
	const struct tagger_word *own = view_word(a->view, j->end);
	const uint64_t joint = j->is_capital ? view_word(a->view, j->start - 1)->lower : own->lower;
	add3(list, ASK_JOINED + 5, j->role, joint, last->lower);
	add3(list, ASK_JOINED + 6, j->role, joint, class_of(last));
	add3(list, ASK_JOINED + 7, j->role, joint, view_word(a->view, run.first)->lower);
	add3(list, ASK_JOINED + 8, j->role, joint, last->lists & LIST_NAMES);
	if (j->is_capital)
		add3(list, ASK_JOINED + 9, mix(j->role, joint), class_to(own->path, 3),
		     class_to(last->path, 3));
}

static void add_joined(struct list *list, const struct around *a, size_t at)
{
	const struct view_token *token = a->token;
	struct joining j = { .start = at, .end = at, .is_capital = token->flags & PLACE_CAPITAL };
	if (j.is_capital) {
		j.start -= token->run_start;
		j.end += token->run_end;
		j.role = 1 + (j.start == at) + 2 * (unsigned)(j.end == at);
	}
	const struct run behind = run_behind(a->view, j.end), before = run_before(a->view, j.start);
	if (behind.last)
		add_behind(list, a, &j, behind);
	if (before.last)
		add_before(list, a, &j, before);
	if (j.is_capital || !behind.last || !before.last)
		return;
	const struct tagger_word *front = view_word(a->view, before.last);
	const struct tagger_word *head = view_word(a->view, behind.last);
	add3(list, ASK_JOINED + 10, a->w[3]->lower, class_to(front->path, 3),
	     class_to(head->path, 3));
	add3(list, ASK_JOINED + 11, a->w[3]->lower, front->lists & LIST_NAMES,
	     head->lists & LIST_NAMES);
	add3(list, ASK_JOINED + 12, a->w[3]->lower, before.last - before.first,
	     behind.last - behind.first);
}

size_t features_of_place(const struct view *view, size_t at, uint64_t features[FEATURES_MOST])
{
	struct list list = { features, 0 };
	struct around a = { .view = view, .token = &view->tokens[at] };
	for (size_t i = 0; i < 7; i++)
		a.w[i] = view_word(view, at + i - 3);
	add_pairs(&list, &a);
	add_shapes(&list, &a);
	add_phrase(&list, &a);
	add_run(&list, &a, at);
	add_joined(&list, &a, at);
	return list.count;
}

/* ---- of other mentions ---- */

#define OWN_REACH 5 /* mentions in front and behind */
#define RUN_REACH 2
#define RUN_MOST 5

static size_t add_mentions(const struct view *view, size_t at, enum mention_of of, size_t reach,
			   struct other_mention *mentions)
{
	size_t count = 0, place = at;
	for (size_t i = 0; i < reach && (place = view->tokens[place].mention_before); i++)
		mentions[count++] = (struct other_mention){ (uint32_t)place, of };
	place = at;
	for (size_t i = 0; i < reach && (place = view->tokens[place].mention_after); i++)
		mentions[count++] = (struct other_mention){ (uint32_t)place, of };
	return count;
}

size_t mentions_of_place(const struct view *view, size_t at,
			 struct other_mention mentions[MENTIONS_MOST])
{
	const struct view_token *token = &view->tokens[at];
	if (!(token->flags & PLACE_CAPITAL))
		return 0;
	size_t count = add_mentions(view, at, MENTION_OWN, OWN_REACH, mentions);
	if (token->run_end && token->run_end < RUN_MOST)
		count += add_mentions(view, at + token->run_end, MENTION_LAST, RUN_REACH,
				      mentions + count);
	if (token->run_start && token->run_start < RUN_MOST)
		count += add_mentions(view, at - token->run_start, MENTION_FIRST, RUN_REACH,
				      mentions + count);
	return count;
}

size_t features_of_mention(const struct view *view, struct other_mention mention,
			   uint64_t features[FEATURES_MOST])
{
	struct list list = { features, 0 };
	const struct view_token *token = &view->tokens[mention.place];
	if (token->flags & (PLACE_CAPS | PLACE_HEADING))
		return 0;
	const struct tagger_word *before = view_word(view, mention.place - 1);
	const struct tagger_word *after = view_word(view, mention.place + 1);
	const bool first = !token->run_start, last = !token->run_end;
	const unsigned role = first | (unsigned)last << 1;
	const uint64_t ask = ASK_MENTION + 16 * (uint64_t)mention.of;
	add2(&list, ask, before->lower, first);
	add2(&list, ask + 1, after->lower, last);
	add2(&list, ask + 2, class_to(before->path, 3), first);
	add2(&list, ask + 3, class_to(after->path, 3), last);
	if (!first)
		add2(&list, ask + 4, view_word(view, mention.place - token->run_start - 1)->lower,
		     role);
	if (!last)
		add2(&list, ask + 5, view_word(view, mention.place + token->run_end + 1)->lower,
		     role);
	add2(&list, ask + 6, before->lower, after->lower);
	return list.count;
}

/* The winning kind with how clearly it won and its role, but not of how many. */
static unsigned votes_kind(unsigned votes)
{
	return votes ? 1 + ((votes - 1) & 3) + ((votes - 1) / 12) * 4 : 0;
}

size_t features_of_votes(const struct view *view, size_t at, uint64_t features[FEATURES_MOST])
{
	struct list list = { features, 0 };
	const struct view_token *token = &view->tokens[at];
	const unsigned before = token[-1].votes, own = token->votes, after = token[1].votes;
	if (!before && !own && !after)
		return 0;
	const struct tagger_word *word = view_word(view, at);
	const unsigned place = token->run_start | (unsigned)token->run_end << 8;
	add(&list, ASK_VOTES, own);
	add(&list, ASK_VOTES + 5, votes_kind(own));
	add2(&list, ASK_VOTES + 1, own, situation(token));
	add3(&list, ASK_VOTES + 2, votes_kind(own), word->shape, place);
	add2(&list, ASK_VOTES + 3, votes_kind(own), word->lists & LIST_NAMES);
	add2(&list, ASK_VOTES + 4, votes_kind(own), class_to(word->path, 4));
	add2(&list, ASK_VOTES + 6, votes_kind(own), before);
	add2(&list, ASK_VOTES + 7, votes_kind(own), after);
	add3(&list, ASK_VOTES + 8, votes_kind(before), votes_kind(own), votes_kind(after));
	if (token->flags & PLACE_CAPITAL) {
		const struct view_token *first = token - token->run_start;
		const struct view_token *last = token + token->run_end;
		add2(&list, ASK_VOTES + 9, votes_kind(last->votes), place);
		add2(&list, ASK_VOTES + 10, votes_kind(first->votes), place);
	}
	return list.count;
}
