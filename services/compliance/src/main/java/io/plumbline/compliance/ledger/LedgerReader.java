package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.contracts.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads entries, in order, for projections; not for people, since it ignores workspaces. */
@Component
public class LedgerReader {

  /**
   * An entry.
   *
   * @param workspace absent when the message named none
   * @param attributes the headers as text
   * @param value the bytes of the event; empty when there are none
   * @param refusal why it is no fact of the service that it names; absent for an event
   */
  public record Entry(
      long index,
      String source,
      String eventId,
      String type,
      String subject,
      @Nullable UUID workspace,
      Digest contentDigest,
      Digest leafHash,
      Map<String, String> attributes,
      String value,
      @Nullable Refusal refusal) {

    public static Entry of(StoredEntry entry) {
      byte[] value = entry.content().value();
      return new Entry(
          entry.index(),
          entry.source(),
          entry.eventId(),
          entry.type(),
          entry.subject(),
          entry.workspace(),
          Digest.ofRaw(entry.contentDigest()),
          Digest.ofRaw(entry.leafHash()),
          attributesOf(entry.content()),
          value == null ? "" : new String(value, StandardCharsets.UTF_8),
          refusalOf(entry.content()));
    }
  }

  private final JdbcTemplate sql;

  LedgerReader(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Entries from an index on; fewer than {@code limit} only at the end. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Entry> from(long index, int limit) {
    return sql.query(
        StoredEntry.SELECT + "WHERE m.position IS NOT NULL AND e.idx >= ? ORDER BY e.idx LIMIT ?",
        (row, number) -> Entry.of(StoredEntry.read(row)),
        index,
        limit);
  }

  /** Entries of these indexes, in the order of the ledger. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Entry> of(List<Long> indexes) {
    return sql.query(
        StoredEntry.SELECT + "WHERE m.position IS NOT NULL AND e.idx = ANY (?) ORDER BY e.idx",
        (row, number) -> Entry.of(StoredEntry.read(row)),
        (Object) indexes.toArray(Long[]::new));
  }

  private static @Nullable Refusal refusalOf(EntryContent content) {
    try {
      return Refusal.in(content).orElse(null);
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /** Empty when the stored bytes were changed: the verifier reports that, a projection goes on. */
  private static Map<String, String> attributesOf(EntryContent content) {
    Map<String, String> attributes = new TreeMap<>();
    try {
      for (EntryHeader header : content.decodeHeaders()) {
        byte[] bytes = header.value();
        attributes.put(
            header.name(), bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IllegalStateException e) {
      attributes.clear();
    }
    return attributes;
  }
}
