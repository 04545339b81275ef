/*
 * JSON Lines -> an index of Lucene 8 with what ours has of words: written words with positions, stems without, of title and body; id,
 * title and body are stored.
 *
 *   LuceneIndex FILE FOLDER THREADS MEGABYTES
 *
 * Each thread takes lines, parses them by itself and adds the articles. MEGABYTES: what is kept in memory before a segment is
 * written. Segments are left as they fall. Says how many articles there are.
 */

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.Arrays;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

public final class LuceneIndex {
    /* ---- lines ---- */

    /** The lines of a file, for many threads; what is asked for is a copy. */
    private static final class Lines {
        private final InputStream in;
        private byte[] bytes = new byte[1 << 20];
        private int from, to;

        Lines(String path) throws IOException {
            in = new FileInputStream(path);
        }

        /** The next line, without its end; null when there is none. */
        synchronized byte[] next() throws IOException {
            for (int at = from;;) {
                for (; at < to; at++) {
                    if (bytes[at] == '\n') {
                        final byte[] line = Arrays.copyOfRange(bytes, from, at);
                        from = at + 1;
                        return line;
                    }
                }
                if (from > 0) {
                    System.arraycopy(bytes, from, bytes, 0, to - from);
                    at -= from;
                    to -= from;
                    from = 0;
                } else if (to == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * to);
                }
                final int got = in.read(bytes, to, bytes.length - to);
                if (got < 0) {
                    final byte[] line = to > 0 ? Arrays.copyOf(bytes, to) : null;
                    from = to = 0;
                    return line;
                }
                to += got;
            }
        }
    }

    /** One object of JSON: of its members those three, the others are passed over. */
    private static final class Article {
        String id = "", title = "", body = "";
        private byte[] line;
        private byte[] text = new byte[1 << 16];
        private int at;

        void parse(byte[] from) {
            line = from;
            at = 0;
            id = title = body = "";
            find((byte) '{');
            while (line[blanks()] != '}') {
                final String name = string();
                find((byte) ':');
                blanks();
                if (name.equals("id"))
                    id = value();
                else if (name.equals("title"))
                    title = value();
                else if (name.equals("body") || name.equals("text"))
                    body = value();
                else
                    pass();
                if (line[blanks()] == ',')
                    at++;
            }
        }

        private int blanks() {
            while (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')
                at++;
            return at;
        }

        private void find(byte what) {
            while (line[at] != what)
                at++;
            at++;
        }

        private String value() {
            if (line[at] == '"')
                return string();
            final int start = at;
            pass();
            return new String(line, start, at - start, StandardCharsets.US_ASCII);
        }

        /** Goes behind the value that begins here. */
        private void pass() {
            int depth = 0;
            for (;; at++) {
                final byte b = line[at];
                if (b == '"') {
                    for (at++; line[at] != '"'; at++)
                        if (line[at] == '\\')
                            at++;
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if (b == '}' || b == ']' || b == ',') {
                    if (depth == 0)
                        return;
                    if (b != ',')
                        depth--;
                }
            }
        }

        private String string() {
            final int start = ++at;
            while (line[at] != '"' && line[at] != '\\')
                at++;
            if (line[at] == '"')
                return new String(line, start, at++ - start, StandardCharsets.UTF_8);
            at = start;
            return escaped();
        }

        private String escaped() {
            if (text.length < line.length)
                text = new byte[line.length];
            int length = 0;
            while (line[at] != '"') {
                byte b = line[at++];
                if (b == '\\') {
                    b = line[at++];
                    if (b == 'u') {
                        length = unit(length);
                        continue;
                    }
                    b = (byte) (b == 'n' ? '\n' : b == 't' ? '\t' : b == 'r' ? '\r' : b == 'b' ? '\b' : b == 'f' ? '\f' : b);
                }
                text[length++] = b;
            }
            at++;
            return new String(text, 0, length, StandardCharsets.UTF_8);
        }

        private int hex() {
            final int unit = Integer.parseInt(new String(line, at, 4, StandardCharsets.US_ASCII), 16);
            at += 4;
            return unit;
        }

        /** A unit of UTF-16 by its number, and the other half of it if it is one. */
        private int unit(int length) {
            int c = hex();
            if (c >= 0xd800 && c < 0xdc00 && line[at] == '\\' && line[at + 1] == 'u') {
                at += 2;
                c = Character.toCodePoint((char) c, (char) hex());
            }
            final byte[] bytes = new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, text, length, bytes.length);
            return length + bytes.length;
        }
    }

    /* ---- the index ---- */

    private static final class Words extends Analyzer {
        private final boolean stems;

        Words(boolean stems) {
            this.stems = stems;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            final Tokenizer words = new StandardTokenizer();
            final TokenStream low = new LowerCaseFilter(words);
            return new TokenStreamComponents(words, stems ? new PorterStemFilter(low) : low);
        }
    }

    /** Stems in the fields that are called so, words in the others. */
    private static final class Both extends AnalyzerWrapper {
        private final Analyzer words = new Words(false), stems = new Words(true);

        Both() {
            super(PER_FIELD_REUSE_STRATEGY);
        }

        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return field.endsWith("stems") ? stems : words;
        }
    }

    private static FieldType type(IndexOptions options) {
        final FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    private static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    private static final FieldType STEMS = type(IndexOptions.DOCS_AND_FREQS);

    private static void add(Lines lines, IndexWriter writer) throws IOException {
        final Article article = new Article();
        for (byte[] line; (line = lines.next()) != null;) {
            article.parse(line);
            final Document document = new Document();
            document.add(new StringField("id", article.id, Field.Store.YES));
            document.add(new StoredField("title", article.title));
            document.add(new StoredField("body", article.body));
            document.add(new Field("title words", article.title, WORDS));
            document.add(new Field("title stems", article.title, STEMS));
            document.add(new Field("words", article.body, WORDS));
            document.add(new Field("stems", article.body, STEMS));
            writer.addDocument(document);
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            System.err.println("usage: LuceneIndex FILE FOLDER THREADS MEGABYTES");
            System.exit(2);
        }
        final Lines lines = new Lines(arguments[0]);
        final Thread[] threads = new Thread[Integer.parseInt(arguments[2])];
        final IndexWriterConfig writing = new IndexWriterConfig(new Both());
        writing.setRAMBufferSizeMB(Integer.parseInt(arguments[3]));
        try (Directory directory = new MMapDirectory(Paths.get(arguments[1]));
             IndexWriter writer = new IndexWriter(directory, writing)) {
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> {
                    try {
                        add(lines, writer);
                    } catch (Exception e) {
                        e.printStackTrace();
                        System.exit(1);
                    }
                });
                threads[i].start();
            }
            for (Thread thread : threads)
                thread.join();
            System.out.println(writer.getDocStats().numDocs);
        }
    }
}
