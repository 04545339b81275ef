#include "valuing.h"

#include <math.h>

struct background background_of(const struct facet_job *job)
{
	struct background background = { 0 };
	for (size_t i = 0; i < job->part_count; i++) {
		background.counted += docset_count(job->parts[i].set);
		background.all += store_count(job->parts[i].store);
	}
	return background;
}

static double x_log_x(double x)
{
	return x > 0 ? x * log(x) : 0;
}

/*
 * Of the table of articles that were counted or not, and have the value or not:
 * G2 = 2 (sum of x ln x over the cells - the same over rows and columns + N ln N).
 */
double significance(const struct background *background, uint32_t count, uint32_t everywhere)
{
	const double counted = background->counted, others = background->all - counted;
	const double with = count, without = counted - with;
	const double their_with = (double)everywhere - with, their_without = others - their_with;
	const double cells =
		x_log_x(with) + x_log_x(without) + x_log_x(their_with) + x_log_x(their_without);
	const double sides = x_log_x(counted) + x_log_x(others) + x_log_x((double)everywhere) +
			     x_log_x(background->all - (double)everywhere);
	const double ratio = 2 * (cells - sides + x_log_x(background->all));
	/* What rounding leaves of 0 must not decide an order. */
	if (ratio < 1e-6)
		return 0;
	return with * background->all >= counted * (double)everywhere ? ratio : -ratio;
}
