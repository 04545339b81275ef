#include "termlist_codes.h"

/*
 * Bits of the codes of term lists.
 *
 * Counted were the bytes, matches and distances that deflate_text finds in the term lists of 6,000 articles of Reuters-21578 and of 2,000
 * longer ones of US newspapers, as shares of the size of each set, the latter twice. Looked for was what makes an average list shortest
 * together with its header, which prefers few different lengths in long runs: the symbols were cut into runs by dynamic programming, with
 * a price for the room that a code takes, and a price for each symbol of the header; the price was moved until the codes fitted. What was
 * left of the room was filled with the change that saved most, and random changes were kept as long as they made the sum smaller. What
 * hardly occurs, such as bytes above 127, has a long code.
 */
const struct deflate_codes termlist_codes = {
	.symbols = {
		12, 5, 5, 5, 5, 6, 6, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8,
		8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 10, 10, 8, 8,
		8, 8, 8, 8, 8, 8, 8, 8, 8, 12, 12, 12, 12, 12, 12, 10, 10, 10, 10, 10, 10, 10,
		10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 12, 12,
		12, 12, 12, 12, 12, 5, 7, 6, 5, 4, 7, 6, 7, 5, 10, 7, 5, 6, 5, 5, 7, 10, 5, 5,
		5, 6, 7, 7, 7, 7, 12, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 5, 6, 7, 8, 10, 10, 10, 10, 10, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13,
		13, 13, 13, 13, 13, 13, 13, 13,
	},
	.distances = {
		9, 9, 9, 9, 9, 9, 7, 7, 7, 7, 7, 7, 7, 7, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 5, 8,
		8, 8, 8, 8,
	},
	.header = {
		0, 0, 0, 6, 6, 3, 4, 3, 5, 6, 4, 0, 5, 6, 0, 0, 1, 0, 0,
	},
};
