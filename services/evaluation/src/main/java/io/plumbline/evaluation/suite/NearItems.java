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
 * The earlier items of the workspace that new ones are {@linkplain NearTexts near}: what was
 * padded, cut or changed a little is no fresh item. Every text that was ever an item is kept as its
 * units and compared, so that nothing can be hidden by chance or in a crowd; a suite is published
 * rarely.
 *
 * <p>Memory holds {@value #MAX_UNITS} units of new texts and as many of earlier ones at a time.
 */
@Repository
class NearItems {

  /** An item and an earlier one, by the digests of their texts. */
  record Pair(Digest item, Digest earlier) {}

  /** Units of a text that are kept: about 20 pages. */
  private static final int MAX_KEPT = 10_000;

  /**
   * Earlier items that are kept for one, the longest first: what stands in many texts must not take
   * the place of the text that was copied.
   */
  private static final int MAX_NEAR = 20;

  private static final int MAX_UNITS = 500_000;
  private static final int PAGE = 500;

  private final JdbcClient sql;
  private final JdbcTemplate batch;

  NearItems(JdbcClient sql, JdbcTemplate batch) {
    this.sql = sql;
    this.batch = batch;
  }

  /** Compares with every earlier item, which takes the longer the more there are. */
  Search search() {
    return new Search(null);
  }

  /**
   * Compares with the items of these suites alone, and keeps the new texts. The caller has
   * {@linkplain Suites#lock() locked} the workspace's suites.
   */
  Search searchAndKeep(Collection<Digest> suites) {
    return new Search(suites);
  }

  /** Takes the new texts one after the other. Within a transaction. */
  final class Search {

    private record Text(Digest digest, TokenHashes units) {}

    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Digest, TokenHashes> texts = new LinkedHashMap<>();
    private int units;
    private final @Nullable Collection<Digest> suites;

    private Search(@Nullable Collection<Digest> suites) {
      this.suites = suites;
    }

    void add(Digest digest, String text) {
      TokenHashes read = TokenHashes.of(NormalText.of(text), MAX_KEPT);
      if (read.count() > 0 && texts.putIfAbsent(digest, read) == null) {
        units += read.count();
        if (units >= MAX_UNITS) {
          flush();
        }
      }
    }

    List<Pair> end() {
      flush();
      return pairs;
    }

    private void flush() {
      List<Text> fresh = new ArrayList<>();
      texts.forEach((digest, read) -> fresh.add(new Text(digest, read)));
      Map<Digest, List<Text>> found = new LinkedHashMap<>();
      List<Text> earlier = new ArrayList<>();
      int read = 0;
      String last = "";
      for (List<Text> page = page(last); !page.isEmpty(); page = page(last)) {
        last = page.getLast().digest().hex();
        earlier.addAll(page);
        read += page.stream().mapToInt(text -> text.units().count()).sum();
        if (read >= MAX_UNITS) {
          compare(fresh, earlier, found);
          earlier.clear();
          read = 0;
        }
      }
      compare(fresh, earlier, found);
      found.forEach((item, near) -> near.forEach(text -> pairs.add(new Pair(item, text.digest()))));
      if (suites != null) {
        keep(fresh);
      }
      texts.clear();
      units = 0;
    }

    private void compare(List<Text> fresh, List<Text> earlier, Map<Digest, List<Text>> found) {
      NearTexts near = new NearTexts();
      earlier.forEach(text -> near.add(text.units()));
      for (Text text : fresh) {
        List<Text> all = found.computeIfAbsent(text.digest(), digest -> new ArrayList<>());
        near.find(
            text.units(),
            number -> earlier.get(number).digest().equals(text.digest()),
            number -> all.add(earlier.get(number)));
        List<Text> longest =
            all.stream()
                .distinct()
                .sorted(
                    Comparator.comparingInt((Text each) -> -each.units().count())
                        .thenComparing(each -> each.digest().hex()))
                .limit(MAX_NEAR)
                .toList();
        all.clear();
        all.addAll(longest);
      }
    }

    private List<Text> page(String after) {
      StatementSpec page = suites == null ? pageOfAll() : pageOf(suites);
      return page.param("after", after)
          .param("page", PAGE)
          .query((row, number) -> new Text(new Digest(row.getString(1)), units(row.getBytes(2))))
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

    private void keep(List<Text> fresh) {
      UUID workspace = Caller.current().workspace();
      batch.batchUpdate(
          "INSERT INTO item_text VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
          fresh,
          PAGE,
          (row, text) -> {
            row.setObject(1, workspace);
            row.setString(2, text.digest().hex());
            row.setBytes(3, bytes(text.units()));
          });
    }
  }

  private static byte[] bytes(TokenHashes units) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * units.count());
    bytes.asIntBuffer().put(units.hashes());
    return bytes.array();
  }

  private static TokenHashes units(byte[] bytes) {
    int[] hashes = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(hashes);
    return new TokenHashes(hashes);
  }
}
