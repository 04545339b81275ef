/*
 * tags.h: the kinds of names the tagger knows, and the tags it gives to tokens.
 *
 * A tag says of which kind a token's name is and where in the name the token stands (BILOU: begin, inside, last,
 * outside, unit). They are numbered so that all tags after which a name may begin come first: those behind
 * TAG_LAST(KINDS) need the rest of their name.
 */
#ifndef TAGGER_TAGS_H
#define TAGGER_TAGS_H

enum name_kind {
	NAME_PERSON,
	NAME_ORG,
	NAME_PLACE,
	NAME_PEOPLE, /* a nationality: Dutch, Chinese */
	NAME_OTHER,  /* an event, a product, a work */
	NAME_KINDS,
};

#define TAG_OUTSIDE 0
#define TAG_UNIT(kind) (1 + (kind))
#define TAG_LAST(kind) (1 + NAME_KINDS + (kind))
#define TAG_BEGIN(kind) (1 + 2 * NAME_KINDS + (kind))
#define TAG_INSIDE(kind) (1 + 3 * NAME_KINDS + (kind))
#define TAGS (1 + 4 * NAME_KINDS)
#define TAG_ENDS (1 + 2 * NAME_KINDS) /* tags below it end a name or are outside of one */
#define TAG_LANES 24                  /* TAGS rounded up, for rows of scores */

#define TAG_KIND(tag) (((tag)-1) % NAME_KINDS) /* of any tag but TAG_OUTSIDE */

#endif
