#include "../../lib/entity/roles_inside.h"

#include "testing.h"

static struct text_builder builder;
static struct arena arena;
static struct article article;
static struct role_list roles;
static struct entity *entities; /* in the arena */
static struct mention mentions[512];
static struct entity_result found;

static void set_up(void)
{
	article = (struct article){ 0 };
	entities = arena_zero(&arena, 8, sizeof(*entities));
	found = (struct entity_result){ .entities = entities, .mentions = mentions };
	text_builder_reset(&builder);
}

static void tear_down(void)
{
	text_builder_release(&builder);
	role_list_release(&roles);
	arena_release(&arena);
}

/* ---- articles ---- */

static void title(const char *text)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, str_from(text));
}

static void paragraph(const char *text)
{
	text_builder_add(&builder, PARAGRAPH_TEXT, str_from(text));
}

/* What the text calls `as` is the entity. To be called when all paragraphs are added. */
static void entity_as(enum facet_kind kind, const char *name, const char *as)
{
	const struct str text = buffer_str(&builder.text);
	const size_t len = strlen(as);
	size_t number = 0;
	while (number < found.entity_count && !str_equal(entities[number].name, str_from(name)))
		number++;
	if (number == found.entity_count)
		entities[found.entity_count++] = (struct entity){ kind, 90, str_from(name), { 0 } };
	for (size_t at = 0; at + len <= text.len; at++) {
		if (memcmp(text.data + at, as, len) != 0 || begins_word(text, at + len) ||
		    ends_word(text, 0, at))
			continue;
		size_t place = found.mention_count++;
		for (; place && mentions[place - 1].start > at; place--)
			mentions[place] = mentions[place - 1];
		mentions[place] = (struct mention){ (uint32_t)at, (uint32_t)(at + len),
						    (uint32_t)number, RULE_TAGGER, 90 };
	}
}

static void person(const char *name)
{
	entity_as(KIND_PERSON, name, name);
}

/* "Kind: name (evidence, confidence)" of each role of that kind, parted by "; ". */
static struct str run(enum facet_kind kind, bool with_evidence)
{
	text_builder_finish(&builder, &arena, &article);
	roles.count = 0;
	roles_find(&article, &found, &arena, &roles);
	static struct buffer out;
	buffer_reset(&out);
	uint32_t end = 0;
	for (size_t i = 0; i < roles.count; i++) {
		const struct role *role = &roles.items[i];
		ck_assert(i == 0 || role->start >= roles.items[i - 1].start);
		ck_assert_uint_le(role->end, article.text.len);
		ck_assert_uint_le(role->start, role->end);
		ck_assert(role->confidence > 0 && role->confidence <= 100);
		ck_assert(role->rule > RULE_NONE && role->rule < RULE_COUNT);
		ck_assert_uint_gt(role->name.len, 0);
		if (role->kind != kind)
			continue;
		ck_assert_uint_ge(role->start, end);
		end = role->end;
		buffer_add_format(&out, "%s%.*s", out.len ? "; " : "", STR_ARG(role->name));
		if (with_evidence)
			buffer_add_format(&out, " (%.*s, %u)", (int)(role->end - role->start),
					  article.text.data + role->start, role->confidence);
	}
	const struct str copy = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return copy;
}

static struct str names(enum facet_kind kind)
{
	return run(kind, false);
}

static struct str evidence(enum facet_kind kind)
{
	return run(kind, true);
}

/* Of an article that is one paragraph, without entities. */
static struct str names_of(enum facet_kind kind, const char *text)
{
	tear_down();
	set_up();
	paragraph(text);
	return names(kind);
}

static struct str agency(const char *text)
{
	return names_of(KIND_AGENCY, text);
}

static struct str dateline(const char *text)
{
	return names_of(KIND_DATELINE, text);
}

/* Who is quoted in a text that mentions Jane Doe (also as "Doe"), John Roe and Acme. */
static struct str speaker(const char *text)
{
	tear_down();
	set_up();
	paragraph(text);
	person("Jane Doe");
	person("John Roe");
	entity_as(KIND_ORG, "Acme", "Acme");
	return names(KIND_SPEAKER);
}

/* ---- agencies ---- */

START_TEST(agencies_in_datelines)
{
	assert_str(agency("(Reuters) - Virginia's governor met his cabinet."), "Reuters");
	assert_str(agency("WASHINGTON (AP) — The president met."), "Associated Press");
	assert_str(agency("LONDON, Feb 6 (Xinhua) -- The prime minister met."), "Xinhua");
	assert_str(agency("BERLIN (AFP/dpa) - The chancellor met."), "Agence France-Presse; dpa");
	assert_str(agency("ROME (ANSA) - The pope met."), "ANSA");
	assert_str(agency("ROME (CBSDC/AP) - The pope met."), "Associated Press");
	assert_str(agency("The (CNN) network met."), "");
	assert_str(agency("ROME (MAYBE) - The pope met."), "");
}
END_TEST

START_TEST(agencies_that_report)
{
	assert_str(agency("China denied it, reports Reuters."), "Reuters");
	assert_str(agency("Reuters reported on Monday that it is so."), "Reuters");
	assert_str(agency("A man told Reuters it is so."), "Reuters");
	assert_str(agency("It is so, according to Reuters."), "Reuters");
	assert_str(agency("It is so, according to state-run news agency Xinhua."), "Xinhua");
	assert_str(agency("He told the Russian news agency Interfax so."), "Interfax");
	assert_str(agency("The Associated Press first reported the firing."), "Associated Press");
	assert_str(agency("In an interview with Agence France-Presse he wept."),
		   "Agence France-Presse");
	assert_str(agency("A man was quoted by the Yonhap news agency."), "Yonhap");
	assert_str(agency("A Reuters/Ipsos poll found it."), "");
	assert_str(agency("She once worked for Reuters."), "");
	assert_str(agency("The Reuters building burned."), "");
	assert_str(agency("reuters reported it."), "");
}
END_TEST

/* Other things are called so too. */
START_TEST(agencies_that_are_words)
{
	assert_str(agency("He told AP it is so."), "");
	assert_str(agency("He told the AP it is so."), "Associated Press");
	assert_str(agency("The AP reported that it is so."), "Associated Press");
	assert_str(agency("Students passed the AP exam."), "");
	assert_str(agency("In the MENA region the PA said no."), "PA Media");
	assert_str(agency("The map reported nothing, and told Ani."), "");
	assert_str(agency("He told afp and Afp."), "");
}
END_TEST

START_TEST(agencies_in_credits)
{
	assert_str(agency("— Agence France-Presse"), "Agence France-Presse");
	assert_str(agency("The Associated Press contributed to this report."), "Associated Press");
	assert_str(agency("(PTI)"), "PTI");
	assert_str(agency("Source: Xinhua"), "Xinhua");
	assert_str(agency("\xC2\xA9 2024 Reuters"), "Reuters");
	assert_str(agency("Reuters"), "Reuters");
	assert_str(agency("They all loved Reuters"), "");
}
END_TEST

START_TEST(credits_stand_at_the_end)
{
	paragraph("The Associated Press contributed to the party.");
	for (int i = 0; i < 5; i++)
		paragraph("Nothing happened.");
	assert_str(names(KIND_AGENCY), "");
}
END_TEST

START_TEST(agencies_of_photos)
{
	paragraph("A man (Jane Doe/Reuters). REUTERS/Jane Doe. Photo: Jane Doe, AFP/Getty. AP Photo/Jane Doe");
	assert_str(evidence(KIND_AGENCY),
		   "Reuters (Reuters, 50); Reuters (REUTERS, 50); "
		   "Agence France-Presse (AFP, 50); Associated Press (AP, 50)");
	assert_str(agency("A UT/TT poll, a Bloomberg/Des Moines Register poll."), "");
}
END_TEST

START_TEST(agencies_in_fields)
{
	static struct str authors[] = { { "By Claire Miller, Reuters", 25 }, { "AP", 2 }, { 0 } };
	paragraph("Nothing happened.");
	article.source = STR("Agence France-Presse");
	article.authors = (struct str_list){ authors, 3 };
	assert_str(evidence(KIND_AGENCY), "Agence France-Presse (, 100); Associated Press (, 100); "
					  "Reuters (, 100)");
	for (size_t i = 0; i < roles.count; i++)
		ck_assert_int_eq(roles.items[i].rule, RULE_PUBLISHER);
}
END_TEST

START_TEST(agencies_are_in_order)
{
	for (size_t i = 0; i < agency_count; i++) {
		const struct agency *agency = &agency_table[i];
		ck_assert_msg(i == 0 || strcmp(agency[-1].key, agency->key) < 0, "%s", agency->key);
		ck_assert_msg(agency_of_name(str_from(agency->key)) == agency, "%s", agency->key);
		/* What it is called in full must not be another. */
		const struct agency *named = agency_of_name(str_from(agency->name));
		ck_assert_msg(!named || strcmp(named->name, agency->name) == 0, "%s", agency->name);
	}
	ck_assert_ptr_null(agency_of_name(STR("")));
	ck_assert_ptr_null(agency_of_name(STR("reuter")));
	ck_assert_ptr_null(agency_of_name(STR("reuterss")));
	ck_assert_ptr_nonnull(agency_of_name(STR("AGENCE  FRANCE-PRESSE")));
}
END_TEST

/* ---- datelines ---- */

START_TEST(datelines_in_texts)
{
	assert_str(dateline("BEIJING, Feb 6 (Reuters) - China said no."), "Beijing");
	assert_str(dateline("WASHINGTON (AP) — The president met."), "Washington");
	assert_str(dateline("Salvador, Feb 26 - Showers continued."), "Salvador");
	assert_str(dateline("SAN ANTONIO, Tex., March 9 - TCN Inc said no."), "San Antonio");
	assert_str(dateline("PORT-AU-PRINCE, Haiti (AP) - It shook."), "Port-au-Prince");
	assert_str(dateline("ST. LOUIS (AP) - It shook."), "St. Louis");
	assert_str(dateline("ST LOUIS, March 3 - It shook."), "St. Louis");
	assert_str(dateline("KABUL/ISLAMABAD (Reuters) - It shook."), "Kabul; Islamabad");
	assert_str(dateline("Paris (CNN) It shook."), "Paris");
	assert_str(dateline("LONDON \xE2\x80\x94 It shook."), "London");
	assert_str(dateline("HOUSTON, 6 February 2024 - It shook."), "Houston");
	assert_str(dateline("PARIS Feb 6 - It shook."), "Paris");
}
END_TEST

START_TEST(other_beginnings)
{
	assert_str(dateline("EXCLUSIVE - It shook."), "");
	assert_str(dateline("UPDATE (Reuters) - It shook."), "");
	assert_str(dateline("WATCH: It shook."), "");
	assert_str(dateline("APRIL 6 (Reuters) - It shook."), "");
	assert_str(dateline("MAR8 (Reuters) - It shook."), "");
	assert_str(dateline("Rashida Tlaib (D-MI) went on."), "");
	assert_str(dateline("Game of Thrones (HBO) - It shook."), "");
	assert_str(dateline("(Reuters) - It shook."), "");
	assert_str(dateline("Scarlett Roe (Jane Doe/Reuters) shook."), "");
	assert_str(dateline("President Roe (Photo: Jane Doe, AP) - it shook."), "");
	assert_str(dateline("SPOILERS - It shook."), "");
	assert_str(dateline("The United Kingdom (UK) shook."), "");
	assert_str(dateline("Feb 6 - It shook."), "");
	assert_str(dateline("I - It shook."), "");
	assert_str(dateline("London shook."), "");
}
END_TEST

START_TEST(places_of_datelines_are_those_found)
{
	paragraph("SPRINGFIELD \xE2\x80\x94 It shook.");
	paragraph("Springfield is small.");
	entity_as(KIND_PLACE, "Springfield (Illinois)", "SPRINGFIELD");
	assert_str(evidence(KIND_DATELINE), "Springfield (Illinois) (SPRINGFIELD, 90)");
}
END_TEST

START_TEST(people_are_no_datelines)
{
	paragraph("JANE DOE (Reuters) - It shook.");
	entity_as(KIND_PERSON, "Jane Doe", "JANE DOE");
	assert_str(names(KIND_DATELINE), "");
	assert_str(names(KIND_AGENCY), "Reuters");
}
END_TEST

/* "United States" is only the beginning of the name. */
START_TEST(places_inside_other_names)
{
	paragraph("The United States Coast Guard (USCG) - it shook.");
	entity_as(KIND_PLACE, "United States", "United States");
	assert_str(names(KIND_DATELINE), "");
}
END_TEST

START_TEST(datelines_below_the_first_paragraphs)
{
	title("NEW YORK - A title");
	paragraph("Jane Doe");
	paragraph("USA TODAY");
	paragraph("PARIS \xE2\x80\x93 It shook.");
	paragraph("LONDON \xE2\x80\x93 It shook there too.");
	assert_str(names(KIND_DATELINE), "Paris");
}
END_TEST

START_TEST(datelines_in_fields)
{
	paragraph("Nothing happened.");
	article.dateline = STR("GARDEN CITY, NY, April 3 -");
	assert_str(evidence(KIND_DATELINE), "Garden City (, 100)");
	article.dateline = STR("NEW DELHI, April 3 (PTI) -");
	assert_str(names(KIND_DATELINE), "New Delhi");
	assert_str(names(KIND_AGENCY), "PTI");
	article.dateline = STR(" -- 1987");
	assert_str(names(KIND_DATELINE), "");
}
END_TEST

/* ---- authors ---- */

START_TEST(bylines)
{
	assert_str(names_of(KIND_AUTHOR, "By Jane Doe"), "Jane Doe");
	assert_str(names_of(KIND_AUTHOR, "By Jane Doe and John Q. Roe"), "Jane Doe; John Q. Roe");
	assert_str(names_of(KIND_AUTHOR, "By JANE DOE, Staff Writer"), "Jane Doe");
	assert_str(names_of(KIND_AUTHOR, "by Jane Doe, John Roe and Max van der Moe"),
		   "Jane Doe; John Roe; Max van der Moe");
	assert_str(names_of(KIND_AUTHOR, "By: Jean-Claude Doe | Reuters"), "Jean-Claude Doe");
	assert_str(names_of(KIND_AUTHOR, "By Jane Doe, Associated Press"), "Jane Doe");
	assert_str(names_of(KIND_AUTHOR, "By Jane Doe, CNN Political Editor"), "Jane Doe");
	assert_str(names_of(KIND_AUTHOR, "By \xC3\x89mile Zola"), "\xC3\x89mile Zola");
}
END_TEST

START_TEST(other_paragraphs_with_by)
{
	assert_str(names_of(KIND_AUTHOR, "By Tuesday Morning"), "");
	assert_str(names_of(KIND_AUTHOR, "By The Numbers"), "");
	assert_str(names_of(KIND_AUTHOR, "By Jane Doe he was loved."), "");
	assert_str(names_of(KIND_AUTHOR, "By Jane"), "");
	assert_str(names_of(KIND_AUTHOR, "Byron Smith"), "");
	assert_str(names_of(KIND_AUTHOR, "By"), "");
	assert_str(names_of(KIND_AUTHOR, "By Associated Press"), "");
}
END_TEST

START_TEST(reporters_are_authors)
{
	assert_str(names_of(KIND_AUTHOR,
			    "(Reporting by Jane Doe and John Roe in London; additional reporting "
			    "by Max Moe; writing by Ann Poe; editing by Dan Noe)"),
		   "Jane Doe; John Roe; Max Moe; Ann Poe");
	assert_str(names_of(KIND_AUTHOR, "(Editing by Dan Noe)"), "");
	assert_str(names_of(KIND_AUTHOR, "Reporting by Jane Doe was good."), "");
}
END_TEST

START_TEST(authors_of_the_publisher_settle_it)
{
	static struct str authors[] = { { "Max Moe", 7 } };
	paragraph("By Jane Doe");
	article.authors = (struct str_list){ authors, 1 };
	assert_str(names(KIND_AUTHOR), "");
}
END_TEST

START_TEST(bylines_stand_at_the_ends)
{
	for (int i = 0; i < 3; i++)
		paragraph("Nothing happened.");
	paragraph("By Jane Doe");
	for (int i = 0; i < 3; i++)
		paragraph("Nothing happened.");
	assert_str(names(KIND_AUTHOR), "");
}
END_TEST

START_TEST(titles_in_bylines)
{
	paragraph("By U.S. Senators Jane Doe and John Roe");
	person("Jane Doe");
	assert_str(names(KIND_AUTHOR), "Jane Doe; John Roe");
}
END_TEST

START_TEST(papers_in_bylines_are_no_authors)
{
	paragraph("By Jane Doe, Washington Post");
	entity_as(KIND_ORG, "Washington Post", "Washington Post");
	assert_str(names(KIND_AUTHOR), "Jane Doe");
}
END_TEST

/* ---- speakers ---- */

START_TEST(names_before_the_verb)
{
	assert_str(speaker("\"I won,\" Jane Doe said."), "Jane Doe");
	assert_str(speaker("Jane Doe said: \"I won.\""), "Jane Doe");
	assert_str(speaker("\xE2\x80\x9CI won,\xE2\x80\x9D Jane Doe later said on Monday."),
		   "Jane Doe");
	assert_str(speaker("Jane Doe told reporters that she won."), "Jane Doe");
	assert_str(speaker("Jane Doe (R-Ky.) said she won."), "Jane Doe");
	assert_str(speaker("Jane Doe on Monday said she won."), "Jane Doe");
	assert_str(speaker("Jane Doe, a teacher, said she won."), "Jane Doe");
	assert_str(speaker("Jane Doe, 37, who met John Roe, said she won."), "Jane Doe");
	assert_str(speaker("He met Jane Doe, who said she won."), "Jane Doe");
	assert_str(speaker("Acme said it won."), "Acme");
	assert_str(speaker("Jane Doe and John Roe said they won."), "Jane Doe; John Roe");
	assert_str(speaker("JANE DOE SAYS SHE WON"), "");
}
END_TEST

START_TEST(names_behind_the_verb)
{
	assert_str(speaker("\"I won,\" said Jane Doe."), "Jane Doe");
	assert_str(speaker("\"I won,\" said Rep. Jane Doe during a party."), "Jane Doe");
	assert_str(speaker("\"I won,\" said the group's president, Jane Doe."), "Jane Doe");
	assert_str(speaker("\"I won,\" said former Minister of Defence Jane Doe."), "Jane Doe");
	assert_str(speaker("She won, said Jane Doe."), "Jane Doe");
	assert_str(speaker("\xE2\x80\x9EIch habe gewonnen\xE2\x80\x9C, sagte Jane Doe."), "Jane Doe");
	assert_str(speaker("\xC2\xABHe ganado\xC2\xBB, dijo Jane Doe."), "Jane Doe");
	assert_str(speaker("\xE2\x80\x98I won,\xE2\x80\x99 said Jane Doe."), "Jane Doe");
	assert_str(speaker("She won, said Acme."), "Acme");
}
END_TEST

START_TEST(names_that_do_not_speak)
{
	assert_str(speaker("Jane Doe won."), "");
	assert_str(speaker("Jane Doe did not say that she won."), "");
	assert_str(speaker("Jane Doe never said that she won."), "");
	assert_str(speaker("Jane Doe was told that she won."), "");
	assert_str(speaker("Jane Doe is said to be ill."), "");
	assert_str(speaker("A spokesman for Jane Doe said she won."), "");
	assert_str(speaker("A lawyer for former President Jane Doe said she won."), "");
	assert_str(speaker("Jane Doe's lawyer said she won."), "");
	assert_str(speaker("\"She won,\" said Jane Doe's lawyer."), "");
	assert_str(speaker("\"She won,\" said a lawyer for Jane Doe."), "");
	assert_str(speaker("\"She won,\" said a man who knows Jane Doe."), "");
	assert_str(speaker("Officials said Jane Doe won."), "");
	assert_str(speaker("A study by John Roe and Jane Doe said so."), "");
	assert_str(speaker("The mayor, who said Jane Doe won, left."), "");
	assert_str(speaker("It was Jane Doe. Said and done."), "");
	assert_str(speaker("Jane Doe told of a long war."), "");
	assert_str(speaker("Jane Doe added to the \"mess\"."), "");
	assert_str(speaker("Jane Doe called on \"all good men\"."), "");
}
END_TEST

START_TEST(verbs_that_need_a_quotation)
{
	assert_str(speaker("Jane Doe announced a plan."), "");
	assert_str(speaker("Jane Doe announced that she won."), "Jane Doe");
	assert_str(speaker("Jane Doe called it a \"plan\"."), "Jane Doe");
	assert_str(speaker("Jane Doe called it a plan. The \"plan\" failed."), "");
	assert_str(speaker("\"We won,\" added Jane Doe."), "Jane Doe");
	assert_str(speaker("Jane Doe asked for tea."), "");
}
END_TEST

/* What is inside a quotation is said by the one who is quoted. */
START_TEST(quotations_inside)
{
	assert_str(speaker("\"I heard that John Roe said no,\" Jane Doe said."), "Jane Doe");
	assert_str(speaker("\xE2\x80\x9CI heard that John Roe said no,\xE2\x80\x9D said Jane Doe."),
		   "Jane Doe");
}
END_TEST

START_TEST(the_nearer_name_speaks)
{
	assert_str(speaker("After a talk with John Roe, Jane Doe said she won."), "Jane Doe");
	assert_str(speaker("After meeting John Roe, Jane Doe, a teacher, said she won."), "Jane Doe");
	assert_str(speaker("\"I won,\" said Jane Doe, the mother of John Roe."), "Jane Doe");
	assert_str(speaker("John Roe, a friend of Jane Doe, said she won."), "John Roe");
}
END_TEST

START_TEST(according_to)
{
	assert_str(speaker("She won, according to Jane Doe."), "Jane Doe");
	assert_str(speaker("According to economist Jane Doe, she won."), "Jane Doe");
	assert_str(speaker("According to reports, Jane Doe won."), "");
	assert_str(speaker("According to Jane Doe's lawyer, she won."), "");
	assert_str(speaker("She won, according to Acme."), "Acme");
	assert_str(speaker("She sings according to Hoyle."), "");
}
END_TEST

START_TEST(names_before_a_colon)
{
	assert_str(speaker("Jane Doe: \"I won\""), "Jane Doe");
	assert_str(speaker("Jane Doe: a life"), "");
}
END_TEST

START_TEST(pronouns_stand_for_the_last_subject)
{
	assert_str(speaker("Jane Doe won. \"I am glad,\" she said."), "Jane Doe");
	assert_str(speaker("Jane Doe beat John Roe. \"I am glad,\" she said."), "Jane Doe");
	assert_str(speaker("They beat a man. \"I am sad,\" he said."), "");
	/* Who is spoken of in the quotation does not speak. */
	assert_str(speaker("\"Jane Doe will win,\" he said."), "");
	assert_str(speaker("\xE2\x80\x9CJane Doe will win,\xE2\x80\x9D he said."), "");
	assert_str(speaker("John Roe left. \"Jane Doe will win,\" he said."), "John Roe");
	/* Of two, without a quotation, it is not clear. */
	assert_str(speaker("Jane Doe beat John Roe. He said it was sad."), "");
	tear_down();
	set_up();
	paragraph("Jane Doe won.");
	paragraph("\"I am glad,\" she said.");
	person("Jane Doe");
	assert_str(names(KIND_SPEAKER), "");
}
END_TEST

START_TEST(verbs_are_in_order)
{
	for (size_t i = 0; i < speech_verb_count; i++) {
		const struct speech_verb *verb = &speech_verbs[i];
		ck_assert_msg(i == 0 || strcmp(verb[-1].word, verb->word) < 0, "%s", verb->word);
		ck_assert_msg(speech_verb_find(str_from(verb->word)) == verb, "%s", verb->word);
		ck_assert_msg(strlen(verb->word) > 2, "%s is too short to be looked for", verb->word);
	}
	ck_assert_ptr_nonnull(speech_verb_find(STR("Said")));
	ck_assert_ptr_null(speech_verb_find(STR("say")));
	ck_assert_ptr_null(speech_verb_find(STR("saidsaidsaidsaidsaid")));
}
END_TEST

START_TEST(how_sure_it_is)
{
	tear_down();
	set_up();
	paragraph("\"I won,\" said Jane Doe.");
	paragraph("Jane Doe said she won.");
	paragraph("Jane Doe wept. \"I won,\" she said.");
	person("Jane Doe");
	assert_str(evidence(KIND_SPEAKER),
		   "Jane Doe (Jane Doe, 95); Jane Doe (Jane Doe, 80); Jane Doe (she, 65)");
}
END_TEST

START_TEST(agencies_do_not_speak)
{
	paragraph("Reuters said she won.");
	entity_as(KIND_ORG, "Reuters", "Reuters");
	assert_str(names(KIND_SPEAKER), "");
	assert_str(names(KIND_AGENCY), "Reuters");
}
END_TEST

/* ---- hostile texts ---- */

START_TEST(nothing_at_all)
{
	assert_str(names(KIND_SPEAKER), "");
	ck_assert_uint_eq(roles.count, 0);
	article.dateline = STR("(");
	article.source = STR(" ");
	assert_str(names(KIND_DATELINE), "");
}
END_TEST

START_TEST(texts_cut_anywhere)
{
	static const char text[] =
		"BEIJING, Feb 6 (Reuters) - \xE2\x80\x9CWe won,\xE2\x80\x9D said Jane Doe\xE2\x80\x99s "
		"aide, who told the AP so, according to Jane Doe (R-Ky.), who said: \xC2\xAB no \xC2\xBB.";
	entities[0] = (struct entity){ KIND_PERSON, 90, STR("Jane Doe"), { 0 } };
	found.entity_count = 1;
	for (size_t len = 0; len < sizeof(text); len++) {
		if (((uint8_t)text[len] & 0xC0) == 0x80)
			continue;
		/* Each in memory of its own, so that a look behind its end is seen. */
		char *copy = memcpy(memory_alloc(len + !len), text, len);
		struct paragraph whole = { 0, (uint32_t)len, PARAGRAPH_TEXT };
		article.text = (struct str){ copy, len };
		article.paragraphs = &whole;
		article.paragraph_count = 1;
		found.mention_count = 0;
		for (uint32_t at = 0; at + 8 <= len; at++) {
			if (memcmp(copy + at, "Jane Doe", 8) == 0)
				mentions[found.mention_count++] =
					(struct mention){ at, at + 8, 0, RULE_TAGGER, 90 };
		}
		roles.count = 0;
		roles_find(&article, &found, &arena, &roles);
		for (size_t i = 0; i < roles.count; i++)
			ck_assert_uint_le(roles.items[i].end, len);
		free(copy);
	}
}
END_TEST

/* As long as an article may be, in one line: a look that is not bounded would take hours. */
START_TEST(long_texts_take_no_longer_by_the_word)
{
	static const char *const pieces[] = {
		"said ",   "(AP ",     "Jane Doe, ",       "according to ",
		"\" ",     "Reuters/", "By Jane Doe and ", "of ",
		"he said "
	};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		tear_down();
		set_up();
		struct buffer text = { 0 };
		while (text.len < ARTICLE_TEXT_MAX / 2)
			buffer_add_text(&text, pieces[i]);
		text_builder_add(&builder, PARAGRAPH_TEXT, buffer_str(&text));
		buffer_release(&text);
		entities[0] = (struct entity){ KIND_PERSON, 90, STR("Jane Doe"), { 0 } };
		found.entity_count = 1;
		for (uint32_t at = 0; at < 512; at++)
			mentions[at] = (struct mention){ at * 10, at * 10 + 8, 0, RULE_TAGGER, 90 };
		found.mention_count = 512;
		names(KIND_SPEAKER);
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("roles");
	TCase *all = tcase_create("all");
	tcase_set_timeout(all, 60);
	tcase_add_checked_fixture(all, set_up, tear_down);
	tcase_add_test(all, agencies_in_datelines);
	tcase_add_test(all, agencies_that_report);
	tcase_add_test(all, agencies_that_are_words);
	tcase_add_test(all, agencies_in_credits);
	tcase_add_test(all, credits_stand_at_the_end);
	tcase_add_test(all, agencies_of_photos);
	tcase_add_test(all, agencies_in_fields);
	tcase_add_test(all, agencies_are_in_order);
	tcase_add_test(all, datelines_in_texts);
	tcase_add_test(all, other_beginnings);
	tcase_add_test(all, places_of_datelines_are_those_found);
	tcase_add_test(all, people_are_no_datelines);
	tcase_add_test(all, places_inside_other_names);
	tcase_add_test(all, datelines_below_the_first_paragraphs);
	tcase_add_test(all, datelines_in_fields);
	tcase_add_test(all, bylines);
	tcase_add_test(all, other_paragraphs_with_by);
	tcase_add_test(all, reporters_are_authors);
	tcase_add_test(all, authors_of_the_publisher_settle_it);
	tcase_add_test(all, bylines_stand_at_the_ends);
	tcase_add_test(all, titles_in_bylines);
	tcase_add_test(all, papers_in_bylines_are_no_authors);
	tcase_add_test(all, names_before_the_verb);
	tcase_add_test(all, names_behind_the_verb);
	tcase_add_test(all, names_that_do_not_speak);
	tcase_add_test(all, verbs_that_need_a_quotation);
	tcase_add_test(all, quotations_inside);
	tcase_add_test(all, the_nearer_name_speaks);
	tcase_add_test(all, according_to);
	tcase_add_test(all, names_before_a_colon);
	tcase_add_test(all, pronouns_stand_for_the_last_subject);
	tcase_add_test(all, verbs_are_in_order);
	tcase_add_test(all, how_sure_it_is);
	tcase_add_test(all, agencies_do_not_speak);
	tcase_add_test(all, nothing_at_all);
	tcase_add_test(all, texts_cut_anywhere);
	tcase_add_test(all, long_texts_take_no_longer_by_the_word);
	suite_add_tcase(suite, all);
	return suite;
}

TEST_MAIN(make_suite)
