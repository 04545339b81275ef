#include "ledger.h"

void ledger_release(struct ledger *ledger)
{
	metadata_release(&ledger->gathered);
	*ledger = (struct ledger){ 0 };
}

enum status ledger_go_live(struct ledger *ledger, struct store_writer *live, struct error *err)
{
	const struct metadata *gathered = &ledger->gathered;
	enum status status = STATUS_OK;
	for (uint32_t i = 0; i < gathered->keys.count && status == STATUS_OK; i++)
		status = store_set_metadata(live, gathered->keys.keys[i], gathered->values[i], err);
	metadata_release(&ledger->gathered);
	ledger->live = live;
	ledger->view = store_writer_view(live);
	return status;
}

enum status ledger_get(const struct ledger *ledger, struct str key, struct buffer *value,
		       struct error *err)
{
	struct str gathered;
	if (!ledger->live && metadata_find(&ledger->gathered, key, &gathered)) {
		if (gathered.len)
			buffer_add_str(value, gathered);
		return STATUS_OK;
	}
	return ledger->view ? store_metadata(ledger->view, key, value, err) : STATUS_OK;
}

enum status ledger_set(struct ledger *ledger, struct str key, struct str value, struct error *err)
{
	if (ledger->live)
		return store_set_metadata(ledger->live, key, value, err);
	metadata_set(&ledger->gathered, key, value);
	return STATUS_OK;
}
