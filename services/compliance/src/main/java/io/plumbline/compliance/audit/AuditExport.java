package io.plumbline.compliance.audit;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the entries that match a filter as JSON Lines, oldest first. The export is recorded before
 * the first line is sent.
 */
@Service
public class AuditExport {

  private static final int CHUNK = 500;

  private final AuditSearch search;
  private final Outbox outbox;
  private final TransactionOperations transactions;
  private final JsonMapper json;

  AuditExport(
      AuditSearch search, Outbox outbox, TransactionOperations transactions, JsonMapper json) {
    this.search = search;
    this.outbox = outbox;
    this.transactions = transactions;
    this.json = json;
  }

  /**
   * Records the export in the ledger.
   *
   * @return the last index that belongs to the export
   */
  public long recordExport(AuditFilter filter) {
    long through = search.lastIndex();
    UUID export = Ids.next();
    transactions.executeWithoutResult(status ->
        outbox.append(
            new ComplianceEvent.AuditExported(export, filter.textValues(), through),
            "export/" + export,
            1));
    return through;
  }

  /**
   * Writes the entries of a recorded export.
   *
   * @param through the result of {@link #recordExport}: later entries do not belong to this export
   */
  public void writeEntries(AuditFilter filter, long through, OutputStream out) throws IOException {
    Long next = 0L;
    while (next != null) {
      AuditSearch.Chunk chunk = search.readChunk(filter, next, through, CHUNK);
      for (AuditEntry entry : chunk.entries()) {
        out.write(json.writeValueAsBytes(entry));
        out.write("\n".getBytes(StandardCharsets.UTF_8));
      }
      next = chunk.next();
    }
    out.flush();
  }
}
