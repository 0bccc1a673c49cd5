package io.plumbline.inference.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * An unpacked index, read only. Lexical (BM25) and vector ranks are fused by reciprocal rank
 * (Cormack, Clarke and Büttcher 2009, k = 60).
 */
final class OpenIndex implements AutoCloseable {

  private static final int FUSION = 60;
  private static final int MAX_TERMS = 64;

  /**
   * Each ranking is read this many times deeper than requested, so that the fusion has candidates
   * and the input itself can be skipped.
   */
  private static final int DEPTH = 3;

  private final FSDirectory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  OpenIndex(Path path) throws IOException {
    directory = FSDirectory.open(path);
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  /**
   * The best rows, best first; never the input itself.
   *
   * @param vector the input, embedded by the index's encoder
   */
  List<Passage> search(String input, float[] vector, int count) throws IOException {
    int depth = Math.min(Math.max(1, reader.numDocs()), count * DEPTH + 5);
    Map<Integer, Double> scores = new LinkedHashMap<>();
    fuse(
        searcher.search(new KnnFloatVectorQuery(LuceneFiles.VECTOR, vector, depth), depth)
            .scoreDocs,
        scores);
    fuse(searcher.search(lexical(input), depth).scoreDocs, scores);
    List<Integer> ranked = new ArrayList<>(scores.keySet());
    ranked.sort((a, b) -> {
      int byScore = Double.compare(score(scores, b), score(scores, a));
      return byScore != 0 ? byScore : Integer.compare(a, b);
    });
    List<Passage> found = new ArrayList<>(count);
    StoredFields stored = reader.storedFields();
    for (int document : ranked) {
      if (found.size() == count) {
        break;
      }
      Passage passage = passage(stored.document(document));
      if (!passage.isSame(input)) {
        found.add(passage);
      }
    }
    return found;
  }

  private static void fuse(ScoreDoc[] ranking, Map<Integer, Double> scores) {
    for (int rank = 0; rank < ranking.length; rank++) {
      scores.merge(ranking[rank].doc, 1.0 / (FUSION + rank + 1), Double::sum);
    }
  }

  private static double score(Map<Integer, Double> scores, int document) {
    return scores.getOrDefault(document, 0.0);
  }

  /** The input's first terms as a disjunction; the text is not parsed as a query language. */
  private static Query lexical(String input) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    try (StandardAnalyzer analyzer = new StandardAnalyzer();
        TokenStream tokens = analyzer.tokenStream(LuceneFiles.TEXT, input)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (terms.size() < MAX_TERMS && tokens.incrementToken()) {
        terms.add(term.toString());
      }
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(term ->
        query.add(new TermQuery(new Term(LuceneFiles.TEXT, term)), BooleanClause.Occur.SHOULD));
    return query.build();
  }

  private static Passage passage(Document document) {
    return new Passage(
        document.get(LuceneFiles.ID),
        document.get(LuceneFiles.TEXT),
        document.get(LuceneFiles.LABEL));
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
