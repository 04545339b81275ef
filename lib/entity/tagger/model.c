#include "model.h"

#include "features.h"

#include "dateline/intern.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Far more than any model needs, and small enough that no sum of sizes overflows. */
#define SLOTS_MOST (1u << 28)

static bool is_count(uint32_t count)
{
	return count > 0 && count <= SLOTS_MOST;
}

static enum status check_header(const struct model_header *header, const char *path,
				struct error *err)
{
	if (memcmp(header->magic, MODEL_MAGIC, sizeof MODEL_MAGIC) != 0)
		return error_set(err, STATUS_BAD_INPUT, "%s is no model of the tagger", path);
	if (header->format != MODEL_FORMAT || header->features != MODEL_FEATURES)
		return error_set(err, STATUS_OTHER_VERSION,
				 "%s is a model of version %u.%u, and this program needs %d.%d", path,
				 header->format, header->features, MODEL_FORMAT, MODEL_FEATURES);
	if (header->check != hash_bytes(header, offsetof(struct model_header, check)) ||
	    !is_count(header->list_count) || !is_count(header->row_groups) ||
	    !(header->unit > 0 && header->unit <= 1))
		return error_set(err, STATUS_CORRUPT, "%s is damaged", path);
	return STATUS_OK;
}

enum status model_view(struct model *model, const void *bytes, size_t size, const char *path,
		       struct error *err)
{
	const struct model_header *header = bytes;
	if (size < sizeof *header)
		return error_set(err, STATUS_BAD_INPUT, "%s is no model of the tagger", path);
	const enum status status = check_header(header, path, err);
	if (status)
		return status;
	const size_t row_count = (size_t)header->row_groups * ROW_GROUP;
	if (size != sizeof *header + header->list_count * sizeof(struct list_slot) +
			    row_count * (1 + sizeof(struct row_slot)))
		return error_set(err, STATUS_CORRUPT, "%s is cut short or too long", path);
	const struct list_slot *lists = (const void *)(header + 1);
	const uint8_t *marks = (const uint8_t *)(lists + header->list_count);
	*model = (struct model){ .header = header,
				 .lists = lists,
				 .marks = marks,
				 .rows = (const void *)(marks + row_count),
				 .list_count = header->list_count,
				 .row_groups = header->row_groups };
	return STATUS_OK;
}

/* A pipe is no model, and nobody waits for one to become a file. */
static enum status map_file(int file, const char *path, void **bytes, size_t *size, struct error *err)
{
	struct stat about;
	if (fstat(file, &about) != 0)
		return error_system(err, "examine", path);
	if (!S_ISREG(about.st_mode) || about.st_size == 0)
		return error_set(err, STATUS_BAD_INPUT, "%s is no model of the tagger", path);
	*size = (size_t)about.st_size;
	*bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
	return *bytes == MAP_FAILED ? error_system(err, "map", path) : STATUS_OK;
}

enum status model_open(struct model *model, const char *path, struct error *err)
{
	*model = (struct model){ 0 };
	const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return error_system(err, "open", path);
	void *bytes = NULL;
	size_t size = 0;
	enum status status = map_file(file, path, &bytes, &size, err);
	close(file);
	if (status)
		return status;
	status = model_view(model, bytes, size, path, err);
	if (status)
		munmap(bytes, size);
	else
		model->size = size;
	return status;
}

void model_close(struct model *model)
{
	if (model->size)
		munmap((void *)(uintptr_t)model->header, model->size);
	*model = (struct model){ 0 };
}

uint64_t model_tables_hash(const struct model *model)
{
	const size_t rows = (size_t)model->row_groups * ROW_GROUP;
	const uint64_t hashes[] = {
		hash_bytes(model->lists, model->list_count * sizeof *model->lists),
		hash_bytes(model->marks, rows),
		hash_bytes(model->rows, rows * sizeof *model->rows),
	};
	return hash_bytes(hashes, sizeof hashes);
}

enum status model_verify(const struct model *model, const char *path, struct error *err)
{
	if (model->header->tables == model_tables_hash(model))
		return STATUS_OK;
	return error_set(err, STATUS_CORRUPT, "%s is damaged", path);
}

const struct list_slot *model_list(const struct model *model, uint64_t hash)
{
	const uint32_t check = list_check(hash), more = list_check_more(hash);
	size_t at = model_slot(hash, model->list_count);
	for (int i = 0; i < MODEL_PROBES; i++, at = model_next(at, model->list_count)) {
		const struct list_slot *slot = &model->lists[at];
		if (slot->check == check && (slot->lists & ~(uint32_t)LIST_ALL) == more)
			return slot;
		if (!slot->check)
			break;
	}
	return NULL;
}

#define ONES 0x0101010101010101u
#define TOPS 0x8080808080808080u

/* The top bits of the bytes of eight marks that may be `mark`: surely those that are, and rarely one above such a byte. */
static uint64_t matches(const uint8_t *marks, uint8_t mark)
{
	uint64_t eight;
	memcpy(&eight, marks, sizeof eight);
	eight ^= ONES * mark;
	return (eight - ONES) & ~eight & TOPS;
}

static const int8_t *row_in(const struct row_slot *rows, uint64_t found, uint32_t check)
{
	for (; found; found &= found - 1) {
		const struct row_slot *row = &rows[__builtin_ctzll(found) / 8];
		const uint32_t there = (uint32_t)row->check[0] | (uint32_t)row->check[1] << 8 |
				       (uint32_t)row->check[2] << 16;
		if (there == check)
			return row->weights;
	}
	return NULL;
}

const int8_t *model_weights(const struct model *model, uint64_t feature)
{
	const uint8_t mark = row_mark(feature);
	size_t group = model_slot(feature, model->row_groups);
	for (int i = 0; i < GROUP_PROBES; i++, group = model_next(group, model->row_groups)) {
		const size_t at = group * ROW_GROUP;
		const uint8_t *marks = model->marks + at;
		const int8_t *row =
			row_in(model->rows + at, matches(marks, mark), row_check(feature));
		if (!row)
			row = row_in(model->rows + at + 8, matches(marks + 8, mark),
				     row_check(feature));
		if (row || matches(marks + 8, 0))
			return row;
	}
	return NULL;
}

void model_add(const struct model *model, const uint64_t *features, size_t count, int16_t *sums)
{
	const int8_t *rows[FEATURES_MOST];
	size_t found = 0;
	for (size_t i = 0; i < count && found < FEATURES_MOST; i++) {
		rows[found] = model_weights(model, features[i]);
		found += rows[found] != NULL;
	}
	for (size_t i = 0; i < found; i++)
		for (size_t tag = 0; tag < TAGS; tag++)
			sums[tag] = (int16_t)(sums[tag] + rows[i][tag]);
}
