#include "dateline/command.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

static void open_standard_files(void)
{
	int file;
	do
		file = open("/dev/null", O_RDWR);
	while (file >= 0 && file <= STDERR_FILENO);
	if (file > STDERR_FILENO)
		close(file);
}

/* Only what is allowed in a handler (signal-safety(7)). What was committed is safe whatever happens here. */
static void on_fault(int number)
{
	static const char line[] = "dateline: stopped by a fault: the index may be damaged, "
				   "`dateline check` tells\n";
	(void)number;
	if (write(STDERR_FILENO, line, sizeof(line) - 1) < 0)
		_exit(EXIT_TROUBLE);
	_exit(EXIT_TROUBLE);
}

static void on_faults(void (*handler)(int))
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	struct sigaction action = { .sa_handler = handler };
	/* Sanitizers have more to say about a fault. */
	for (size_t i = 0; !SANITIZED && i < sizeof(faults) / sizeof(faults[0]); i++)
		sigaction(faults[i], &action, NULL);
}

void command_begin(void)
{
	open_standard_files();
	on_faults(on_fault);
}

void command_expose_faults(void)
{
	on_faults(SIG_DFL);
}
