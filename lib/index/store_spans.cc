#include "store_spans.hh"
#include "store_match.hh"
#include <string>
void spans_match(struct store *store, const struct plan *plan, const struct docset *c, struct docset *set) {
	auto q = [&](const struct plan *k) { if (k->op == PLAN_TERM) return Xapian::Query(to_string(k->term)); std::vector<Xapian::Query> o; for (size_t i=0;i<k->count;i++) o.push_back(Xapian::Query(to_string(k->kids[i]->term))); return Xapian::Query(Xapian::Query::OP_OR, o.begin(), o.end()); };
	std::vector<Xapian::Query> v; for (size_t i=0;i<plan->count;i++) v.push_back(q(plan->kids[i]));
	Xapian::Enquire e(store->db); e.set_query(Xapian::Query(Xapian::Query::OP_PHRASE, v.begin(), v.end(), v.size())); e.set_weighting_scheme(Xapian::BoolWeight());
	Xapian::MSet m = e.get_mset(0, store->db.get_doccount());
	for (auto i = m.begin(); i != m.end(); ++i) if (docset_has(c, *i)) docset_add(set, *i);
}
