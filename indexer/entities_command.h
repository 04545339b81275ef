/* entities_command.h: `dateline entities`: the entities of articles, without an index. */
#ifndef DATELINE_INDEXER_ENTITIES_COMMAND_H
#define DATELINE_INDEXER_ENTITIES_COMMAND_H

/* Gets the arguments of main and returns the exit code. */
int command_entities(int argc, char **argv);

#endif
