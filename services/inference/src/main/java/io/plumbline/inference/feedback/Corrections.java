package io.plumbline.inference.feedback;

import io.plumbline.inference.trace.ContentPolicy;
import io.plumbline.inference.trace.ContentReads;
import io.plumbline.inference.trace.TraceContents;
import io.plumbline.inference.trace.TraceReads;
import io.plumbline.inference.trace.TraceView;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the corrections of an answer, and records who read them, as for a trace's contents. */
@Component
class Corrections {

  /** The most corrections that are returned; older ones are left out. */
  static final int MAX_SHOWN = 100;

  private final TraceReads traces;
  private final TraceContents contents;
  private final ContentReads reads;
  private final JdbcClient sql;

  Corrections(TraceReads traces, TraceContents contents, ContentReads reads, JdbcClient sql) {
    this.traces = traces;
    this.contents = contents;
    this.reads = reads;
    this.sql = sql;
  }

  /**
   * Returns the newest corrections of an answer, newest first. The read is recorded in the same
   * transaction, so that no correction is shown unrecorded.
   *
   * @param traceId the id of a trace, a request or a response
   */
  @Transactional
  public List<CorrectionView> readAndRecordAccess(String traceId) {
    TraceView trace = traces.find(traceId).orElseThrow(Problem::notFound).trace();
    String responseId = trace.responseId();
    if (responseId == null) {
      return List.of();
    }
    UUID workspace = Caller.current().workspace();
    List<CorrectionView> found =
        sql.sql(
                """
                SELECT metric, created_by, correction_contents, correction, created_at FROM feedback
                WHERE workspace_id = ? AND response_id = ? AND correction IS NOT NULL
                ORDER BY created_at DESC, created_by, metric LIMIT ?
                """)
            .params(workspace, responseId, MAX_SHOWN)
            .query((row, index) -> view(row, workspace))
            .list();
    if (!found.isEmpty()) {
      boolean unmasked = found.stream().anyMatch(each -> each.contents() == ContentPolicy.FULL);
      reads.recordRead(trace, unmasked ? ContentPolicy.FULL : ContentPolicy.MASKED);
    }
    return found;
  }

  private CorrectionView view(ResultSet row, UUID workspace) throws SQLException {
    String kept = row.getString("correction_contents");
    String text = row.getString("correction");
    return new CorrectionView(
        row.getString("metric"),
        row.getString("created_by"),
        FeedbackSearch.correctionContentPolicy(kept),
        // A replica of the former release stores the text as it was sent, without its contents.
        ContentPolicy.FULL.name().equals(kept) ? text : contents.maskText(workspace, text),
        Columns.instant(row, "created_at"));
  }
}
