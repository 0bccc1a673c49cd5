package io.plumbline.inference.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * An unpacked index for reading. Lexical (BM25) and vector ranks are fused by reciprocal rank
 * (Cormack, Clarke and Büttcher 2009, k = 60).
 */
final class OpenIndex implements PassageIndex, AutoCloseable {

  private static final int FUSION = 60;
  private static final int MAX_TERMS = 64;

  /**
   * The maximum for passages. A conversation has more words than a message, and its newest words
   * come last, where the maximum would cut them off.
   */
  private static final int MAX_TERMS_OF_PASSAGES = 256;

  /**
   * The factor by which each ranking is read deeper than requested, so that the fusion has enough
   * candidates and the input itself can be skipped.
   */
  private static final int DEPTH = 3;

  /** The depth for passages: one ranking may have a passage far down that the other has on top. */
  private static final int DEPTH_OF_PASSAGES = 50;

  private final FSDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  OpenIndex(Path path) throws IOException {
    directory = FSDirectory.open(path);
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  private static final class Ranked {

    private final int document;
    private @Nullable Integer lexical;
    private @Nullable Integer vector;
    private double score;

    private Ranked(int document) {
      this.document = document;
    }

    private void addRank(int rank) {
      score += 1.0 / (FUSION + rank);
    }
  }

  @Override
  public List<Found> search(String text, float[] vector, int count) throws IOException {
    StoredFields stored = reader.storedFields();
    List<Found> found = new ArrayList<>(count);
    for (Ranked ranked :
        fusedRanking(text, vector, Math.max(count, DEPTH_OF_PASSAGES), MAX_TERMS_OF_PASSAGES)) {
      if (found.size() == count) {
        break;
      }
      found.add(
          new Found(
              toPassage(found.size() + 1, ranked.score, stored.document(ranked.document)),
              ranked.lexical,
              ranked.vector));
    }
    return found;
  }

  @Override
  public Listing list(Selection selection, int from, int count) throws IOException {
    Query query = selectionQuery(selection);
    int total = searcher.count(query);
    if (from >= reader.maxDoc()) {
      return new Listing(List.of(), total);
    }
    // All hits have the same score, so that they come in the order in which they were added.
    Query alike = new ConstantScoreQuery(query);
    ScoreDoc[] hits = hits(alike, from, count);
    StoredFields stored = reader.storedFields();
    List<Listed> listed = new ArrayList<>(hits.length);
    for (ScoreDoc hit : hits) {
      listed.add(new Listed(hit.doc, toPassage(hit.doc + 1, hit.score, stored.document(hit.doc))));
    }
    return new Listing(listed, total);
  }

  private ScoreDoc[] hits(Query alike, int from, int count) throws IOException {
    if (from == 0) {
      return searcher.search(alike, count).scoreDocs;
    }
    return searcher.searchAfter(new ScoreDoc(from - 1, 1), alike, count).scoreDocs;
  }

  private static Query selectionQuery(Selection selection) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(MatchAllDocsQuery.INSTANCE, BooleanClause.Occur.FILTER);
    String documentId = selection.documentId();
    if (documentId != null) {
      query.add(
          new TermQuery(new Term(LuceneFiles.DOCUMENT, documentId)), BooleanClause.Occur.FILTER);
    }
    if (!selection.passageIds().isEmpty()) {
      query.add(
          new TermInSetQuery(
              LuceneFiles.ID, selection.passageIds().stream().map(BytesRef::new).toList()),
          BooleanClause.Occur.FILTER);
    }
    return query.build();
  }

  /**
   * Returns the best rows, best first; never the input itself.
   *
   * @param vector the input, embedded by the index's encoder
   */
  List<LabelledText> searchExamples(String input, float[] vector, int count) throws IOException {
    StoredFields stored = reader.storedFields();
    List<LabelledText> found = new ArrayList<>(count);
    for (Ranked ranked : fusedRanking(input, vector, count * DEPTH + 5, MAX_TERMS)) {
      if (found.size() == count) {
        break;
      }
      LabelledText row = toRow(stored.document(ranked.document));
      if (!row.matchesNormalised(input)) {
        found.add(row);
      }
    }
    return found;
  }

  /**
   * Fuses the two rankings, best first.
   *
   * @param most how many rows or passages of each ranking are fused
   * @param terms how many terms of the text are searched for
   */
  private List<Ranked> fusedRanking(String text, float[] vector, int most, int terms)
      throws IOException {
    int depth = Math.min(Math.max(1, reader.numDocs()), most);
    Map<Integer, Ranked> all = new HashMap<>();
    ScoreDoc[] near =
        searcher.search(new KnnFloatVectorQuery(LuceneFiles.VECTOR, vector, depth), depth)
            .scoreDocs;
    for (int i = 0; i < near.length; i++) {
      Ranked ranked = all.computeIfAbsent(near[i].doc, Ranked::new);
      ranked.vector = i + 1;
      ranked.addRank(i + 1);
    }
    ScoreDoc[] alike = searcher.search(lexicalQuery(text, terms), depth).scoreDocs;
    for (int i = 0; i < alike.length; i++) {
      Ranked ranked = all.computeIfAbsent(alike[i].doc, Ranked::new);
      ranked.lexical = i + 1;
      ranked.addRank(i + 1);
    }
    return all.values().stream()
        .sorted(
            Comparator.<Ranked>comparingDouble(ranked -> -ranked.score)
                .thenComparingInt(ranked -> ranked.document))
        .toList();
  }

  /**
   * Returns the first terms of the input as a disjunction. The text is not parsed as a query
   * language.
   */
  private static Query lexicalQuery(String input, int most) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    try (StandardAnalyzer analyzer = new StandardAnalyzer();
        TokenStream tokens = analyzer.tokenStream(LuceneFiles.TEXT, input)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (terms.size() < most && tokens.incrementToken()) {
        terms.add(term.toString());
      }
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(term ->
        query.add(new TermQuery(new Term(LuceneFiles.TEXT, term)), BooleanClause.Occur.SHOULD));
    return query.build();
  }

  private static LabelledText toRow(Document document) {
    return new LabelledText(
        document.get(LuceneFiles.ID),
        document.get(LuceneFiles.TEXT),
        document.get(LuceneFiles.LABEL));
  }

  private static Passage toPassage(int number, double score, Document document) {
    String publishedAt = document.get(LuceneFiles.PUBLISHED_AT);
    return new Passage(
        number,
        document.get(LuceneFiles.ID),
        document.get(LuceneFiles.DOCUMENT),
        document.get(LuceneFiles.TITLE),
        document.get(LuceneFiles.SECTION),
        document.get(LuceneFiles.URL),
        publishedAt == null ? null : Instant.parse(publishedAt),
        document.getField(LuceneFiles.START).numericValue().intValue(),
        document.getField(LuceneFiles.END).numericValue().intValue(),
        score,
        document.get(LuceneFiles.CONTENT));
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
