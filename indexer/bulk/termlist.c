#include "termlist.h"

#include "packing.h"

#define ENTRY_MAX (2 + 255 + PACKED_NUMBER_MAX)

/* So that an entry can be written without looking at the room for each of its parts. */
static inline char *make_room(struct buffer *out)
{
	if (out->capacity - out->len <= ENTRY_MAX) {
		buffer_extend(out, ENTRY_MAX);
		out->len -= ENTRY_MAX;
	}
	return out->data + out->len;
}

static inline void end_at(struct buffer *out, char *to)
{
	*to = '\0';
	out->len = (size_t)(to - out->data);
}

void termlist_begin(struct termlist *list, struct buffer *out, uint32_t length, uint32_t count)
{
	*list = (struct termlist){ .out = out };
	if (count == 0)
		return;
	char *to = make_room(out);
	to = pack_number(to, length);
	end_at(out, pack_number(to, count));
}

/*
 * A small wdf and the shared length are packed into one byte, by the length of the term before, which a reader knows; it tells by
 * its size: a plain shared length is never above that of the term before.
 */
void termlist_add(struct termlist *list, struct str term, uint32_t shared, uint32_t wdf)
{
	char *to = make_room(list->out);
	size_t packed = SIZE_MAX;
	if (list->has_last) {
		packed = termlist_pack(wdf, list->last.len, shared);
		*to++ = (char)(packed != SIZE_MAX ? packed : shared);
	} else {
		shared = 0;
	}
	const size_t rest = term.len - shared;
	*to++ = (char)rest;
	memcpy(to, term.data + shared, rest);
	to += rest;
	if (packed == SIZE_MAX)
		to = pack_number(to, wdf);
	end_at(list->out, to);
	list->last = term;
	list->has_last = true;
}
