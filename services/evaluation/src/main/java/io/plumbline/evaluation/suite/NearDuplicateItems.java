package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.similarity.NearTexts;
import io.plumbline.platform.similarity.NormalText;
import io.plumbline.platform.similarity.TokenHashes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Finds the earlier items of the workspace that new ones are {@linkplain NearTexts near}, since a
 * text that was padded, cut or changed a little is not a fresh item. The token hashes of every text
 * that was ever an item are stored, and all of them are compared, so that no copy can hide by
 * chance or among many texts. The cost is acceptable, since suites are published rarely.
 *
 * <p>Memory holds {@value #MAX_HASHES} token hashes of new texts and as many of earlier ones at a
 * time.
 */
@Repository
class NearDuplicateItems {

  /** An item and an earlier one, by the digests of their texts. */
  record Pair(Digest item, Digest earlier) {}

  /** The largest number of token hashes that are stored of a text: about 20 pages. */
  private static final int MAX_STORED = 10_000;

  /**
   * The largest number of earlier items that are found for one, the longest first, so that phrases
   * that stand in many texts do not displace the text that was copied.
   */
  private static final int MAX_NEAR = 20;

  private static final int MAX_HASHES = 500_000;
  private static final int PAGE = 500;

  private final JdbcClient sql;
  private final JdbcTemplate batch;

  NearDuplicateItems(JdbcClient sql, JdbcTemplate batch) {
    this.sql = sql;
    this.batch = batch;
  }

  /** Starts a search among all earlier items; its time grows with their number. */
  Search search() {
    return new Search(null);
  }

  /**
   * Starts a search among the items of these suites alone, which also stores the new texts. The
   * caller must have {@linkplain Suites#lockSuites() locked} the workspace's suites.
   */
  Search searchAndStore(Collection<Digest> suites) {
    return new Search(suites);
  }

  /** A search to which the new texts are added one after the other. It runs in a transaction. */
  final class Search {

    private record Text(Digest digest, TokenHashes hashes) {}

    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Digest, TokenHashes> texts = new LinkedHashMap<>();
    private int hashes;
    private final @Nullable Collection<Digest> suites;

    private Search(@Nullable Collection<Digest> suites) {
      this.suites = suites;
    }

    void add(Digest digest, String text) {
      TokenHashes read = TokenHashes.of(NormalText.of(text), MAX_STORED);
      if (read.count() > 0 && texts.putIfAbsent(digest, read) == null) {
        hashes += read.count();
        if (hashes >= MAX_HASHES) {
          compareBatch();
        }
      }
    }

    List<Pair> finish() {
      compareBatch();
      return pairs;
    }

    private void compareBatch() {
      List<Text> fresh = new ArrayList<>();
      texts.forEach((digest, read) -> fresh.add(new Text(digest, read)));
      Map<Digest, List<Text>> found = new LinkedHashMap<>();
      List<Text> earlier = new ArrayList<>();
      int read = 0;
      String last = "";
      for (List<Text> page = nextPage(last); !page.isEmpty(); page = nextPage(last)) {
        last = page.getLast().digest().hex();
        earlier.addAll(page);
        read += page.stream().mapToInt(text -> text.hashes().count()).sum();
        if (read >= MAX_HASHES) {
          compare(fresh, earlier, found);
          earlier.clear();
          read = 0;
        }
      }
      compare(fresh, earlier, found);
      found.forEach((item, near) -> near.forEach(text -> pairs.add(new Pair(item, text.digest()))));
      if (suites != null) {
        store(fresh);
      }
      texts.clear();
      hashes = 0;
    }

    private void compare(List<Text> fresh, List<Text> earlier, Map<Digest, List<Text>> found) {
      NearTexts near = new NearTexts();
      earlier.forEach(text -> near.add(text.hashes()));
      for (Text text : fresh) {
        List<Text> all = found.computeIfAbsent(text.digest(), digest -> new ArrayList<>());
        near.find(
            text.hashes(),
            number -> earlier.get(number).digest().equals(text.digest()),
            number -> all.add(earlier.get(number)));
        List<Text> longest =
            all.stream()
                .distinct()
                .sorted(
                    Comparator.comparingInt((Text each) -> -each.hashes().count())
                        .thenComparing(each -> each.digest().hex()))
                .limit(MAX_NEAR)
                .toList();
        all.clear();
        all.addAll(longest);
      }
    }

    private List<Text> nextPage(String after) {
      StatementSpec page = suites == null ? pageOfAll() : pageOf(suites);
      return page.param("after", after)
          .param("page", PAGE)
          .query((row, number) ->
              new Text(
                  new Digest(row.getString("content_digest")), toHashes(row.getBytes("units"))))
          .list();
    }

    private StatementSpec pageOfAll() {
      return sql.sql(
          """
          SELECT content_digest, units FROM item_text
          WHERE content_digest > :after ORDER BY content_digest LIMIT :page
          """);
    }

    private StatementSpec pageOf(Collection<Digest> some) {
      return sql.sql(
              """
              SELECT content_digest, units FROM item_text
              WHERE content_digest > :after AND content_digest IN (SELECT content_digest
                FROM suite_item WHERE suite_digest = ANY (:suites) AND perturbation = 'NONE')
              ORDER BY content_digest LIMIT :page
              """)
          .param("suites", some.stream().map(Digest::hex).toArray(String[]::new));
    }

    private void store(List<Text> fresh) {
      UUID workspace = Caller.current().workspace();
      batch.batchUpdate(
          "INSERT INTO item_text (workspace_id, content_digest, units) VALUES (?, ?, ?)"
              + " ON CONFLICT DO NOTHING",
          fresh,
          PAGE,
          (row, text) -> {
            row.setObject(1, workspace);
            row.setString(2, text.digest().hex());
            row.setBytes(3, toBytes(text.hashes()));
          });
    }
  }

  private static byte[] toBytes(TokenHashes hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * hashes.count());
    bytes.asIntBuffer().put(hashes.hashes());
    return bytes.array();
  }

  private static TokenHashes toHashes(byte[] bytes) {
    int[] hashes = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(hashes);
    return new TokenHashes(hashes);
  }
}
