package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.similarity.MinHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Texts that are nearly the same, by the sketch that leakage is found with: a word changed here and
 * there makes no fresh item. A text that is new in the workspace joins the family of the text that
 * it resembles most, if to at least 0.8, and begins one of its own otherwise. Texts of one batch
 * are compared with those that are stored, not with each other.
 *
 * <p>What is compared are texts that share one of {@value #BANDS} bands of {@value #BAND_ROWS}
 * (Leskovec, Rajaraman, Ullman, chapter 3): at 0.8 a pair does with a probability of 0.98, at 0.9
 * of 0.9999, and what matters is a hundredth of a suite. Of each band {@value #MOST_COMPARED} texts
 * are compared at most, so that the cost grows with the new texts alone. Callers run in a
 * transaction.
 */
@Repository
class ItemFamilies {

  private static final double THRESHOLD = 0.8;
  private static final int BANDS = 10;
  private static final int BAND_ROWS = 5;
  private static final int MOST_COMPARED = 5;
  private static final int BATCH = 500;

  private record Known(Digest family, int[] signature) {}

  private final JdbcClient sql;
  private final JdbcTemplate batch;

  ItemFamilies(JdbcClient sql, JdbcTemplate batch) {
    this.sql = sql;
    this.batch = batch;
  }

  /**
   * The family of each text, by the digests of both.
   *
   * @param sketches signatures by the digest of the text
   */
  Map<Digest, Digest> of(Map<Digest, int[]> sketches) {
    Map<Digest, Digest> families = new HashMap<>();
    List<Digest> all = List.copyOf(sketches.keySet());
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Digest> texts = all.subList(from, Math.min(from + BATCH, all.size()));
      Map<Digest, Digest> known = known(texts);
      families.putAll(known);
      Map<Digest, int[]> fresh =
          texts.stream()
              .filter(each -> !known.containsKey(each))
              .collect(
                  Collectors.toMap(each -> each, each -> sketches.getOrDefault(each, new int[0])));
      Map<Digest, Digest> joined = join(fresh);
      add(fresh, joined);
      families.putAll(joined);
    }
    return families;
  }

  private Map<Digest, Digest> known(List<Digest> texts) {
    return sql
        .sql("SELECT content_digest, family_digest FROM item_sketch WHERE content_digest = ANY (?)")
        .param(texts.stream().map(Digest::hex).toArray(String[]::new))
        .query(
            (row, number) -> Map.entry(new Digest(row.getString(1)), new Digest(row.getString(2))))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Map<Digest, Digest> join(Map<Digest, int[]> fresh) {
    Map<Long, List<Known>> alike = new HashMap<>();
    sql.sql(
            """
            SELECT k.band, s.family_digest, s.signature
            FROM unnest(?::bigint[]) k (band)
              CROSS JOIN LATERAL (SELECT b.content_digest FROM item_band b WHERE b.band = k.band LIMIT ?) c
              JOIN item_sketch s ON s.content_digest = c.content_digest
            """)
        .param(
            fresh.values().stream()
                .flatMapToLong(signature -> LongStream.of(bands(signature)))
                .distinct()
                .boxed()
                .toArray(Long[]::new))
        .param(MOST_COMPARED)
        .query(row -> {
          alike
              .computeIfAbsent(row.getLong(1), band -> new ArrayList<>())
              .add(new Known(new Digest(row.getString(2)), signature(row.getBytes(3))));
        });
    Map<Digest, Digest> joined = new HashMap<>();
    fresh.forEach((text, signature) -> joined.put(text, nearest(text, signature, alike)));
    return joined;
  }

  private static Digest nearest(Digest text, int[] signature, Map<Long, List<Known>> alike) {
    Digest family = text;
    double nearest = THRESHOLD;
    for (long band : bands(signature)) {
      for (Known known : alike.getOrDefault(band, List.of())) {
        double similarity = MinHash.similarity(signature, known.signature);
        if (similarity >= nearest) {
          nearest = similarity;
          family = known.family;
        }
      }
    }
    return family;
  }

  private void add(Map<Digest, int[]> fresh, Map<Digest, Digest> families) {
    UUID workspace = Caller.current().workspace();
    List<Object[]> sketches = new ArrayList<>();
    List<Object[]> bands = new ArrayList<>();
    fresh.forEach((text, signature) -> {
      String family = families.getOrDefault(text, text).hex();
      sketches.add(new Object[] {workspace, text.hex(), family, bytes(signature)});
      for (long band : bands(signature)) {
        bands.add(new Object[] {workspace, band, text.hex()});
      }
    });
    batch.batchUpdate("INSERT INTO item_sketch VALUES (?, ?, ?, ?)", sketches);
    batch.batchUpdate("INSERT INTO item_band VALUES (?, ?, ?) ON CONFLICT DO NOTHING", bands);
  }

  private static long[] bands(int[] signature) {
    return MinHash.bands(signature, BANDS, BAND_ROWS);
  }

  private static byte[] bytes(int[] signature) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * signature.length);
    bytes.asIntBuffer().put(signature);
    return bytes.array();
  }

  private static int[] signature(byte[] bytes) {
    int[] signature = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(signature);
    return signature;
  }
}
