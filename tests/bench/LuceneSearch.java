/*
 * Lucene 8, asked what Dateline is asked, over the same words and the same people, organisations and places.
 *
 *   java LuceneSearch index ARTICLES FOLDER    makes the index of what search_export wrote
 *   java LuceneSearch serve FOLDER QUERIES     answers the lines of the standard input, one at a time:
 *       pass SORT FACETS      runs all queries of a sort (and, or, phrase) once, with facets (1) or without (0); prints how many
 *                             nanoseconds each took, on one line
 *       answers SORT FACETS   prints a line for each query: its total, and behind tabs "FACET COUNT NAME" of each value
 *
 * The best ten hits come with the exact total; facets have their best ten values, over all matches. One thread, one segment. Hits are
 * document numbers and scores; with -Dstored=true, their ids and titles are read too.
 */

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

public final class LuceneSearch {
    private static final String[] FACETS = {"person", "org", "place"};
    private static final int TOP = 10;
    private static final boolean STORED = Boolean.getBoolean("stored");

    /* ---- the index ---- */

    /** What search_export writes: varints, and texts behind their length. */
    private static final class Export {
        private final DataInputStream in;

        Export(String path) throws IOException {
            in = new DataInputStream(new BufferedInputStream(new FileInputStream(path), 1 << 20));
        }

        int number() throws IOException {
            int value = 0;
            for (int shift = 0;; shift += 7) {
                final int b = in.readUnsignedByte();
                value |= (b & 0x7f) << shift;
                if (b < 0x80)
                    return value;
            }
        }

        String text() throws IOException {
            final byte[] bytes = new byte[number()];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Words at positions; without positions, each as often as it says. */
    private static final class Words extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
        private final boolean positions;
        private String[] words;
        private int[] numbers;
        private int at, repeated, position;

        Words(boolean positions) {
            this.positions = positions;
        }

        void read(Export export) throws IOException {
            final int count = export.number();
            words = new String[count];
            numbers = new int[count];
            for (int i = 0; i < count; i++) {
                words[i] = export.text();
                numbers[i] = export.number();
            }
        }

        @Override
        public void reset() {
            at = repeated = position = 0;
        }

        @Override
        public boolean incrementToken() {
            clearAttributes();
            if (at == words.length)
                return false;
            term.append(words[at]);
            if (positions) {
                step.setPositionIncrement(numbers[at] - position);
                position = numbers[at++];
            } else if (++repeated >= numbers[at]) {
                repeated = 0;
                at++;
            }
            return true;
        }
    }

    private static FieldType type(IndexOptions options) {
        final FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    private static FacetsConfig config() {
        final FacetsConfig config = new FacetsConfig();
        for (String facet : FACETS)
            config.setMultiValued(facet, true);
        return config;
    }

    private static void index(String articles, String folder) throws IOException {
        final Export export = new Export(articles);
        final FacetsConfig config = config();
        final FieldType stemType = type(IndexOptions.DOCS_AND_FREQS);
        final FieldType wordType = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        final Words stems = new Words(false), words = new Words(true);
        final IndexWriterConfig writing = new IndexWriterConfig(new WhitespaceAnalyzer());
        writing.setRAMBufferSizeMB(128);
        try (Directory directory = new MMapDirectory(Paths.get(folder));
             IndexWriter writer = new IndexWriter(directory, writing)) {
            for (int left = export.number(); left > 0; left--) {
                final Document document = new Document();
                stems.read(export);
                words.read(export);
                document.add(new Field("stems", stems, stemType));
                document.add(new Field("words", words, wordType));
                for (int values = export.number(); values > 0; values--)
                    document.add(new SortedSetDocValuesFacetField(FACETS[export.number()], export.text()));
                document.add(new StoredField("id", export.text()));
                document.add(new StoredField("title", export.text()));
                writer.addDocument(config.build(document));
            }
            writer.forceMerge(1);
        }
    }

    /* ---- queries ---- */

    private static Query query(String sort, String[] terms) {
        if (sort.equals("phrase"))
            return new PhraseQuery("words", terms);
        final BooleanQuery.Builder builder = new BooleanQuery.Builder();
        final BooleanClause.Occur occur = sort.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
        for (String term : terms)
            builder.add(new TermQuery(new Term("stems", term)), occur);
        return builder.build();
    }

    private static Map<String, List<Query>> queries(String path) throws IOException {
        final Map<String, List<Query>> queries = new HashMap<>();
        for (String line : Files.readAllLines(Paths.get(path))) {
            final String[] parts = line.split("\t");
            queries.computeIfAbsent(parts[0], sort -> new ArrayList<>()).add(query(parts[0], parts[2].split(" ")));
        }
        return queries;
    }

    /* ---- answers ---- */

    private static final class Answer {
        TopDocs hits;
        FacetResult[] facets;
    }

    private final IndexSearcher searcher;
    private final SortedSetDocValuesReaderState state;

    private LuceneSearch(String folder) throws IOException {
        final DirectoryReader reader = DirectoryReader.open(new MMapDirectory(Paths.get(folder)));
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        state = new DefaultSortedSetDocValuesReaderState(reader);
    }

    private TopDocs hits(TopScoreDocCollector top) throws IOException {
        final TopDocs hits = top.topDocs();
        if (STORED)
            for (ScoreDoc hit : hits.scoreDocs)
                searcher.doc(hit.doc);
        return hits;
    }

    private Answer answer(Query query, boolean facets) throws IOException {
        final Answer answer = new Answer();
        final TopScoreDocCollector top = TopScoreDocCollector.create(TOP, Integer.MAX_VALUE);
        if (!facets) {
            searcher.search(query, top);
            answer.hits = hits(top);
            return answer;
        }
        final FacetsCollector matches = new FacetsCollector();
        searcher.search(query, MultiCollector.wrap(top, matches));
        answer.hits = hits(top);
        final Facets counts = new SortedSetDocValuesFacetCounts(state, matches);
        answer.facets = new FacetResult[FACETS.length];
        for (int i = 0; i < FACETS.length; i++)
            answer.facets[i] = counts.getTopChildren(TOP, FACETS[i]);
        return answer;
    }

    private void pass(List<Query> queries, boolean facets, PrintStream out) throws IOException {
        final StringBuilder line = new StringBuilder();
        long hits = 0;
        for (Query query : queries) {
            final long began = System.nanoTime();
            hits += answer(query, facets).hits.scoreDocs.length;
            line.append(System.nanoTime() - began).append(' ');
        }
        out.println(line.append(hits));
    }

    private void answers(List<Query> queries, boolean facets, PrintStream out) throws IOException {
        for (Query query : queries) {
            final Answer answer = answer(query, facets);
            final StringBuilder line = new StringBuilder().append(answer.hits.totalHits.value);
            for (int i = 0; facets && i < FACETS.length; i++)
                if (answer.facets[i] != null)
                    for (LabelAndValue value : answer.facets[i].labelValues)
                        line.append('\t').append(i).append(' ').append(value.value).append(' ').append(value.label);
            out.println(line);
        }
    }

    private static void serve(String folder, String path) throws IOException {
        final LuceneSearch lucene = new LuceneSearch(folder);
        final Map<String, List<Query>> queries = queries(path);
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final PrintStream out = new PrintStream(System.out, false, "UTF-8");
        for (String line; (line = in.readLine()) != null; out.flush()) {
            final String[] parts = line.split(" ");
            if (parts[0].equals("pass"))
                lucene.pass(queries.get(parts[1]), parts[2].equals("1"), out);
            else
                lucene.answers(queries.get(parts[1]), parts[2].equals("1"), out);
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 3 && arguments[0].equals("index")) {
            index(arguments[1], arguments[2]);
        } else if (arguments.length == 3 && arguments[0].equals("serve")) {
            serve(arguments[1], arguments[2]);
        } else {
            System.err.println("usage: LuceneSearch index ARTICLES FOLDER | serve FOLDER QUERIES");
            System.exit(2);
        }
    }
}
