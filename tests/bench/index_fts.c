/*
 * JSON Lines -> a full-text table of SQLite, by the quickest way that was found: one transaction, prepared statements, no
 * journal, no syncing, and records parsed by a thread of their own.
 *
 *   index_fts DATABASE FILE [SQL]...
 *
 * Each SQL is run first, before there is a table, unless it begins with "insert", which is then run behind its making: settings of
 * the table are such. Says how many rows there are.
 */
#include <cjson/cJSON.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Enough that neither thread waits for the other at every article. */
#define BATCH 64
#define BATCHES 16

struct batch {
	cJSON *articles[BATCH];
	size_t count; /* 0: the end */
};

struct queue {
	const char *text;
	size_t length;
	struct batch batches[BATCHES];
	size_t filled, emptied;
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "index_fts: %s: %s\n", what, why);
	exit(1);
}

static void run(sqlite3 *database, const char *sql)
{
	char *why = NULL;
	if (sqlite3_exec(database, sql, NULL, NULL, &why) != SQLITE_OK)
		die(sql, why ? why : "failed");
}

static struct batch *wait_for(struct queue *queue, size_t *count, size_t room)
{
	pthread_mutex_lock(&queue->lock);
	while (queue->filled - queue->emptied == room)
		pthread_cond_wait(&queue->changed, &queue->lock);
	struct batch *batch = &queue->batches[*count % BATCHES];
	pthread_mutex_unlock(&queue->lock);
	return batch;
}

static void hand_on(struct queue *queue, size_t *count)
{
	pthread_mutex_lock(&queue->lock);
	(*count)++;
	pthread_cond_signal(&queue->changed);
	pthread_mutex_unlock(&queue->lock);
}

/* The thread that parses. */
static void *parse(void *context)
{
	struct queue *queue = context;
	const char *at = queue->text, *end = at + queue->length;
	for (size_t count = 1; count;) {
		struct batch *batch = wait_for(queue, &queue->filled, BATCHES);
		for (batch->count = 0; batch->count < BATCH && at < end;) {
			const char *stop = memchr(at, '\n', (size_t)(end - at));
			if (!stop)
				stop = end;
			cJSON *article = cJSON_ParseWithLength(at, (size_t)(stop - at));
			if (!article)
				die("a line", "not JSON");
			batch->articles[batch->count++] = article;
			at = stop + 1;
		}
		count = batch->count; /* behind hand_on, the batch is the other's */
		hand_on(queue, &queue->filled);
	}
	return NULL;
}

static void bind(sqlite3_stmt *insert, int number, const cJSON *article, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(article, name);
	if (cJSON_IsString(value))
		sqlite3_bind_text(insert, number, value->valuestring, -1, SQLITE_STATIC);
	else if (cJSON_IsNumber(value))
		sqlite3_bind_double(insert, number, value->valuedouble);
	else
		sqlite3_bind_null(insert, number);
}

static void insert_all(sqlite3 *database, struct queue *queue)
{
	sqlite3_stmt *insert;
	if (sqlite3_prepare_v2(database, "insert into articles values (?, ?, ?)", -1, &insert,
			       NULL) != SQLITE_OK)
		die("insert", sqlite3_errmsg(database));
	for (size_t count = 1; count;) {
		struct batch *batch = wait_for(queue, &queue->emptied, 0);
		for (size_t i = 0; i < batch->count; i++) {
			const cJSON *article = batch->articles[i];
			const bool text = cJSON_HasObjectItem(article, "text");
			bind(insert, 1, article, "id");
			bind(insert, 2, article, "title");
			bind(insert, 3, article, text ? "text" : "body");
			if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
				die("insert", sqlite3_errmsg(database));
			cJSON_Delete(batch->articles[i]);
		}
		count = batch->count;
		hand_on(queue, &queue->emptied);
	}
	sqlite3_finalize(insert);
}

static void map(const char *path, struct queue *queue)
{
	struct stat about;
	const int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &about) != 0)
		die(path, "cannot be read");
	queue->length = (size_t)about.st_size;
	queue->text = mmap(NULL, queue->length, PROT_READ, MAP_PRIVATE, file, 0);
	if (queue->text == MAP_FAILED)
		die(path, "cannot be mapped");
	close(file);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		die("usage", "index_fts DATABASE FILE [SQL]...");
	static struct queue queue = { .lock = PTHREAD_MUTEX_INITIALIZER,
				      .changed = PTHREAD_COND_INITIALIZER };
	map(argv[2], &queue);
	sqlite3 *database;
	if (sqlite3_open(argv[1], &database) != SQLITE_OK)
		die(argv[1], sqlite3_errmsg(database));
	for (int i = 3; i < argc; i++)
		if (strncmp(argv[i], "insert", 6) != 0)
			run(database, argv[i]);
	run(database, "create virtual table articles using fts5(id unindexed, title, body, "
		      "tokenize='porter unicode61')");
	run(database, "begin");
	for (int i = 3; i < argc; i++)
		if (strncmp(argv[i], "insert", 6) == 0)
			run(database, argv[i]);
	pthread_t parser;
	if (pthread_create(&parser, NULL, parse, &queue) != 0)
		die("thread", "cannot be made");
	insert_all(database, &queue);
	pthread_join(parser, NULL);
	printf("%lld\n", (long long)sqlite3_last_insert_rowid(database));
	run(database, "commit");
	sqlite3_close(database);
	return 0;
}
