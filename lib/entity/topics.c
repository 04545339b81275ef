#include "topics.h"

#define PARTED " > "

struct topic_parts {
	struct str items[TOPIC_DEPTH_MAX];
	size_t count; /* more than TOPIC_DEPTH_MAX: too many */
};

static void add_part(struct topic_parts *parts, struct str part)
{
	part = str_trim(part);
	if (!part.len)
		return;
	if (parts->count < TOPIC_DEPTH_MAX)
		parts->items[parts->count] = part;
	parts->count++;
}

/* Splits at every place where `is_mark` holds, and hands the pieces on. */
static void split(struct str text, bool (*is_mark)(struct str text, size_t at),
		  void (*add)(struct topic_parts *parts, struct str piece), struct topic_parts *parts)
{
	size_t start = 0;
	for (size_t at = 0; at <= text.len; at++) {
		if (at < text.len && !is_mark(text, at))
			continue;
		add(parts, (struct str){ text.data + start, at - start });
		start = at + 1;
	}
}

/* Not the head of an arrow. */
static bool is_greater(struct str text, size_t at)
{
	return text.data[at] == '>' &&
	       (!at || (text.data[at - 1] != '-' && text.data[at - 1] != '='));
}

static bool is_slash(struct str text, size_t at)
{
	return text.data[at] == '/';
}

static bool is_slash_alone(struct str text, size_t at)
{
	return text.data[at] == '/' && at > 0 && at + 1 < text.len && text.data[at - 1] == ' ' &&
	       text.data[at + 1] == ' ';
}

/* "Top/News/World" and "/World", but neither "TV/Film" nor "24/7/365", and no address. */
static bool is_slashed_path(struct str text)
{
	size_t slashes = 0;
	bool has_digits = false, has_others = false;
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];
		slashes += c == '/';
		has_digits = has_digits || (c >= '0' && c <= '9');
		has_others = has_others || (c != '/' && c != ' ' && (c < '0' || c > '9'));
	}
	const bool is_path = slashes > 1 || (slashes && text.data[0] == '/');
	const bool is_number = has_digits && !has_others;
	return is_path && !is_number && !memmem(text.data, text.len, "://", 3);
}

static void add_slashed(struct topic_parts *parts, struct str text)
{
	text = str_trim(text);
	if (is_slashed_path(text))
		split(text, is_slash, add_part, parts);
	else
		add_part(parts, text);
}

static void add_greater(struct topic_parts *parts, struct str text)
{
	split(text, is_slash_alone, add_slashed, parts);
}

/* A < belongs to a tag, or is smaller. */
static bool may_be_path(struct str name)
{
	return name.len && !memchr(name.data, '<', name.len) &&
	       (memchr(name.data, '/', name.len) || memchr(name.data, '>', name.len));
}

struct str topic_canonical(struct str name, struct arena *arena)
{
	struct topic_parts parts = { .count = 0 };
	if (!may_be_path(name))
		return name;
	split(name, is_greater, add_greater, &parts);
	if (!parts.count || parts.count > TOPIC_DEPTH_MAX)
		return name;
	char *text = arena_alloc(arena, parts.count * (sizeof(PARTED) - 1) + name.len);
	size_t len = 0;
	for (size_t i = 0; i < parts.count; i++) {
		if (i) {
			memcpy(text + len, PARTED, sizeof(PARTED) - 1);
			len += sizeof(PARTED) - 1;
		}
		memcpy(text + len, parts.items[i].data, parts.items[i].len);
		len += parts.items[i].len;
	}
	return (struct str){ text, len };
}

size_t topic_levels(struct str name, size_t lengths[TOPIC_DEPTH_MAX])
{
	struct topic_parts parts = { .count = 0 };
	if (may_be_path(name))
		split(name, is_greater, add_greater, &parts);
	if (!parts.count || parts.count > TOPIC_DEPTH_MAX) {
		lengths[0] = name.len;
		return 1;
	}
	for (size_t i = 0; i < parts.count; i++)
		lengths[i] = (size_t)(parts.items[i].data - name.data) + parts.items[i].len;
	return parts.count;
}
