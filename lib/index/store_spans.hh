#include "store.hh"
void spans_match(struct store *store, const struct plan *plan, const struct docset *candidates,
		 struct docset *set);
