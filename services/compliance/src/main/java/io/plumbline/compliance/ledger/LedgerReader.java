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

/**
 * Reads entries, in order, for projections. It ignores workspaces, so its results must not be shown
 * to people unfiltered.
 */
@Component
public class LedgerReader {

  /**
   * An entry of the ledger.
   *
   * @param workspace the workspace that the message named; absent if it named none
   * @param attributes the headers as text
   * @param value the value of the message as text; empty if it has none
   * @param refusal the reason for which the message was refused; absent for an event
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
          text(entry.content().value()),
          refusalOf(entry.content()));
    }
  }

  private final JdbcTemplate sql;

  LedgerReader(JdbcTemplate sql) {
    this.sql = sql;
  }

  /**
   * Returns the entries from an index on, lowest index first; fewer than {@code limit} only at the
   * end of the ledger.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Entry> entriesFrom(long index, int limit) {
    return sql.query(
        StoredEntry.SELECT + "WHERE m.position IS NOT NULL AND e.idx >= ? ORDER BY e.idx LIMIT ?",
        (row, number) -> Entry.of(StoredEntry.read(row)),
        index,
        limit);
  }

  /** Returns the entries of these indexes, in the order of the ledger. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Entry> entriesAt(List<Long> indexes) {
    return sql.query(
        StoredEntry.SELECT + "WHERE m.position IS NOT NULL AND e.idx = ANY (?) ORDER BY e.idx",
        (row, number) -> Entry.of(StoredEntry.read(row)),
        (Object) indexes.toArray(Long[]::new));
  }

  private static @Nullable Refusal refusalOf(EntryContent content) {
    try {
      return Refusal.readFrom(content).orElse(null);
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /**
   * Returns the headers as text; empty if the stored bytes were changed. The verifier reports such
   * a change, whereas a projection must go on.
   */
  private static Map<String, String> attributesOf(EntryContent content) {
    Map<String, String> attributes = new TreeMap<>();
    try {
      for (EntryHeader header : content.decodeHeaders()) {
        attributes.put(header.name(), text(header.value()));
      }
    } catch (IllegalStateException e) {
      attributes.clear();
    }
    return attributes;
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
