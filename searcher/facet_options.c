#include "commands.h"

#include "dateline/utf8.h"

/* The most values of a facet that can be listed. */
#define FACET_VALUES_MAX 100000

/* How many values a field shows when nobody said: what fits a screen, and what a program can use. */
#define VALUES_ON_SCREEN 5
#define DATES_ON_SCREEN 12
#define VALUES_AS_DATA 10
#define DATES_AS_DATA 36

/* What parts a field from a value that must be in one sentence with its own. */
#define BESIDE "@s:"

static const char *const step_names[] = { "auto", "year", "month", "day", NULL };
static const char *const order_names[] = { "count", "name", "significance", NULL };

bool option_word(const char *const *words, const char *value, int *number)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], value) == 0) {
			*number = i;
			return true;
		}
	return false;
}

static bool is_date(const struct field *field)
{
	return field->role == FIELD_DATE;
}

static error_t bad_field(struct search_options *options, struct str name, const char *option,
			 const char *value)
{
	struct common_options *common = &options->common;
	const struct field *field = field_find(name);
	if (field)
		return option_failed(common, "the field %s cannot be counted", field->name);
	const struct field *nearest = field_nearest(name);
	if (nearest)
		return option_failed(common, "no field %.*s to count: did you mean %s?",
				     STR_ARG(name), nearest->name);
	if (!name.len)
		return option_failed(common, "%s, not \"%s\"", option, value);
	return option_failed(common, "no field %.*s to count", STR_ARG(name));
}

/* ---- --facet ---- */

/* Only these have values that belong to others. */
static bool has_tree(const struct field *field)
{
	return is_date(field) || field->kind == KIND_TOPIC;
}

static error_t bad_detail(struct search_options *options, const char *detail,
			  const struct field *field)
{
	if (is_date(field))
		return option_failed(
			&options->common,
			"--facet %s takes year, month, day, tree or a number from 1 to %d, not \"%s\"",
			field->name, FACET_VALUES_MAX, detail);
	if (strcmp(detail, "tree") == 0)
		return option_failed(&options->common,
				     "--facet %s has no tree: only dates and topics have",
				     field->name);
	return option_failed(&options->common,
			     "--facet %s takes a number of values from 1 to %d, not \"%s\"",
			     field->name, FACET_VALUES_MAX, detail);
}

/* A step of dates, "tree", or how many values. */
static error_t facet_detail(struct search_options *options, const char *detail,
			    struct facet_request *facet)
{
	int step = STEP_AUTO;
	if (option_number(detail, FACET_VALUES_MAX, &facet->max) && facet->max)
		return 0;
	if (has_tree(facet->field) && strcmp(detail, "tree") == 0) {
		facet->tree = true;
		return 0;
	}
	if (is_date(facet->field) && option_word(step_names, detail, &step)) {
		facet->step = (enum date_step)step;
		return 0;
	}
	return bad_detail(options, detail, facet->field);
}

/* FIELD, FIELD:N, FIELD:STEP, FIELD:STEP:N */
static error_t facet_details(struct search_options *options, struct str typed, const char *value,
			     struct facet_request *facet)
{
	const char *end = typed.data + typed.len;
	const char *at = memchr(typed.data, ':', typed.len);
	for (int details = 0; at && at < end; details++) {
		char detail[32];
		const char *next = memchr(at + 1, ':', (size_t)(end - at - 1));
		const size_t len = (size_t)((next ? next : end) - at - 1);
		if (len >= sizeof(detail) || details == 2)
			return option_failed(&options->common,
					     "--facet takes FIELD or FIELD:N, not \"%s\"", value);
		memcpy(detail, at + 1, len);
		detail[len] = '\0';
		const error_t failed = facet_detail(options, detail, facet);
		if (failed)
			return failed;
		at = next;
	}
	return 0;
}

/* Which text mentions them, so that they stand in sentences. */
static bool is_mentioned(const struct field *field)
{
	return field->kind == KIND_PERSON || field->kind == KIND_ORG || field->kind == KIND_PLACE ||
	       field->kind == KIND_OTHER;
}

static error_t take_beside(struct search_options *options, struct str typed,
			   struct facet_request *facet)
{
	const char *equals = memchr(typed.data, '=', typed.len);
	const struct str name = { typed.data, equals ? (size_t)(equals - typed.data) : 0 };
	const struct field *field = field_find(name);
	if (!equals || equals + 1 == typed.data + typed.len)
		return option_failed(&options->common,
				     "--facet %s@s: takes a value, as %s@s:place=China, not \"%.*s\"",
				     facet->field->name, facet->field->name, STR_ARG(typed));
	if (strcmp(equals + 1, "*") == 0)
		return option_failed(&options->common,
				     "--facet %s@s: takes one value, as %s@s:place=China, not any",
				     facet->field->name, facet->field->name);
	if (!field)
		return bad_field(options, name, "--facet FIELD@s: takes FIELD=VALUE", typed.data);
	if (!is_mentioned(field) || !is_mentioned(facet->field))
		return option_failed(&options->common,
				     "sentences mention person, org, place and other, not %s",
				     is_mentioned(field) ? facet->field->name : field->name);
	facet->beside = utf8_clean_copy(typed, options->arena, NULL);
	return 0;
}

static bool same_facet(const struct facet_request *one, const struct facet_request *other)
{
	return one->field == other->field && one->step == other->step && one->tree == other->tree &&
	       str_equal(one->beside, other->beside);
}

/* A field that is named again, in the same step, is counted as it was named last. */
static void put_facet(struct request *request, const struct facet_request *facet)
{
	size_t i = 0;
	while (i < request->facet_count && !same_facet(&request->facets[i], facet))
		i++;
	request->facets[i] = *facet;
	request->facet_count += i == request->facet_count;
}

/* FIELD[:STEP][:N][@s:FIELD=VALUE] */
error_t facet_option(struct search_options *options, const char *value)
{
	const char *beside = strstr(value, BESIDE);
	const struct str typed = { value, beside ? (size_t)(beside - value) : strlen(value) };
	const char *colon = memchr(value, ':', typed.len);
	const struct str name = { value, colon ? (size_t)(colon - value) : typed.len };
	struct facet_request facet = { .field = field_find(name) };
	if (!facet.field || !field_is_facet(facet.field))
		return bad_field(options, name, "--facet needs a field, as place or place:20", value);
	error_t failed = facet_details(options, typed, value, &facet);
	if (!failed && beside)
		failed = take_beside(options, str_from(beside + strlen(BESIDE)), &facet);
	if (!failed)
		put_facet(&options->request, &facet);
	return failed;
}

/* ---- --facet-match and --facet-sort ---- */

/* The field before the "="; NULL after saying what is wrong. */
static const struct field *named_field(struct search_options *options, const char *option,
				       const char *value, error_t *failed)
{
	const struct str name = { value, strcspn(value, "=") };
	const struct field *field = field_find(name);
	if (field && field->role == FIELD_VALUE)
		return field;
	*failed = field && is_date(field) ? option_failed(&options->common,
							  "%s takes fields that have names, not %s",
							  option, field->name)
					  : bad_field(options, name, option, value);
	return NULL;
}

error_t facet_match_option(struct search_options *options, const char *value)
{
	error_t failed = 0;
	struct buffer key = { 0 };
	const char *equals = strchr(value, '=');
	if (!equals)
		return option_failed(&options->common,
				     "--facet-match takes FIELD=TEXT, as person=oll, not \"%s\"",
				     value);
	if (!named_field(options, "--facet-match", value, &failed))
		return failed;
	const struct str text = utf8_clean_copy(str_from(value), options->arena, NULL);
	utf8_name_key(str_from(strchr(text.data, '=') + 1), &key);
	if (!key.len)
		failed = option_failed(&options->common,
				       "--facet-match needs letters behind the \"=\" of \"%s\"",
				       text.data);
	else
		options->facet_matches.items[options->facet_matches.count++] = text;
	buffer_release(&key);
	return failed;
}

/* ORDER or FIELD=ORDER */
error_t facet_sort_option(struct search_options *options, const char *value)
{
	int order = FACET_BY_COUNT;
	error_t failed = 0;
	const char *equals = strchr(value, '=');
	if (equals && !named_field(options, "--facet-sort", value, &failed))
		return failed;
	if (!option_word(order_names, equals ? equals + 1 : value, &order))
		return option_failed(&options->common,
				     "--facet-sort takes count, name or significance, not \"%s\"",
				     equals ? equals + 1 : value);
	options->facet_sorts.items[options->facet_sorts.count++] = str_from(value);
	return 0;
}

/* ---- all of them together ---- */

static bool is_counted(const struct request *request, const struct field *field)
{
	for (size_t i = 0; i < request->facet_count; i++)
		if (request->facets[i].field == field)
			return true;
	return false;
}

static void add_shown_fields(struct request *request)
{
	for (const struct field *field = field_table; field->name; field++)
		if (field->shown && field_is_facet(field))
			request->facets[request->facet_count++].field = field;
}

/* A field that is only named here is counted too. */
static void apply_match(struct request *request, struct str typed)
{
	const char *equals = memchr(typed.data, '=', typed.len);
	const struct field *field =
		field_find((struct str){ typed.data, (size_t)(equals - typed.data) });
	if (!is_counted(request, field))
		request->facets[request->facet_count++].field = field;
	for (size_t i = 0; i < request->facet_count; i++)
		if (request->facets[i].field == field)
			request->facets[i].match = str_from(equals + 1);
}

static enum status apply_sort(struct request *request, const char *typed, struct error *err)
{
	const char *equals = strchr(typed, '=');
	const struct field *field = NULL;
	int order = FACET_BY_COUNT;
	option_word(order_names, equals ? equals + 1 : typed, &order);
	if (equals)
		field = field_find((struct str){ typed, (size_t)(equals - typed) });
	if (field && !is_counted(request, field))
		return error_set(err, STATUS_BAD_REQUEST,
				 "--facet-sort %s: that field is not counted, add --facet %s",
				 typed, field->name);
	for (size_t i = 0; i < request->facet_count; i++)
		if (!field || request->facets[i].field == field)
			request->facets[i].sort = (enum facet_sort)order;
	return STATUS_OK;
}

static void fill_facet(const struct search_options *options, struct facet_request *facet)
{
	const bool on_screen = strcmp(options->printer->name, "text") == 0;
	facet->trend = options->facet_trend && facet->field->role == FIELD_VALUE;
	if (facet->max)
		return;
	if (is_date(facet->field) && facet->field->kind == KIND_NONE)
		facet->max = on_screen ? DATES_ON_SCREEN : DATES_AS_DATA;
	else
		facet->max = on_screen ? VALUES_ON_SCREEN : VALUES_AS_DATA;
}

enum status facet_options_finish(struct search_options *options, struct error *err)
{
	struct request *request = &options->request;
	enum status status = STATUS_OK;
	if (options->no_facets) {
		request->facet_count = 0;
		return STATUS_OK;
	}
	if (!request->facet_count && !options->batch)
		add_shown_fields(request);
	for (size_t i = 0; i < options->facet_matches.count; i++)
		apply_match(request, options->facet_matches.items[i]);
	/* What is said of one field holds, in whichever order they come. */
	for (int one = 0; one <= 1; one++)
		for (size_t i = 0; i < options->facet_sorts.count && status == STATUS_OK; i++)
			if ((strchr(options->facet_sorts.items[i].data, '=') != NULL) == one)
				status = apply_sort(request, options->facet_sorts.items[i].data, err);
	for (size_t i = 0; i < request->facet_count; i++)
		fill_facet(options, &request->facets[i]);
	return status;
}
