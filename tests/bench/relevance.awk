# How good a ranking is: mean average precision, and nDCG at 10 with linear gains, as trec_eval has them (map, ndcg_cut_10).
#
#   awk -f relevance.awk QRELS RUN
#
# QRELS has query, document and grade, parted by tabs; RUN is a TREC run, the best hit of a query first, of which the first
# 1000 count. A question that has relevant documents and no hits counts as 0, one without relevant documents not at all.
# Prints "MAP nDCG", each with four places.

BEGIN { DEPTH = 1000 }

FNR == 1 { file++ }

file == 1 {
	split($0, row, "\t")
	if (row[3] + 0 > 0) {
		grade[row[1], row[2]] = row[3] + 0
		relevant[row[1]]++
		of_grade[row[1], row[3] + 0]++
		if (row[3] + 0 > highest)
			highest = row[3] + 0
	}
	next
}

{
	query = $1
	if (++hits[query] > DEPTH || !((query, $3) in grade))
		next
	precision[query] += ++found[query] / hits[query]
	if (hits[query] <= 10)
		gain[query] += grade[query, $3] * log(2) / log(hits[query] + 1)
}

# The best that the first ten could have.
function ideal(query, rank, g, n, sum) {
	rank = sum = 0
	for (g = highest; g > 0; g--)
		for (n = of_grade[query, g] + 0; n > 0 && rank < 10; n--)
			sum += g * log(2) / log(++rank + 1)
	return sum
}

END {
	for (query in relevant) {
		count++
		map += precision[query] / relevant[query]
		ndcg += gain[query] / ideal(query)
	}
	if (!count)
		exit 1
	printf "%.4f %.4f\n", map / count, ndcg / count
}
