package io.plumbline.modelregistry.projection;

import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The training jobs that have ended, with everything that registering a version needs. */
@Component
public class TrainingJobProjection {

  private final JdbcClient sql;
  private final JsonMapper json;

  TrainingJobProjection(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /** Stores a job that has ended, which happens once. */
  @OnEvent
  public void on(JobFinished event, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO training_job (workspace_id, job_id, outcome, event) VALUES (?, ?, ?, ?::jsonb)
            ON CONFLICT DO NOTHING
            """)
        .params(
            metadata.workspace(),
            event.jobId(),
            event.outcome().name(),
            json.writeValueAsString(event))
        .update();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<JobFinished> find(UUID jobId) {
    return sql.sql("SELECT event FROM training_job WHERE job_id = ?")
        .param(jobId)
        .query((row, index) -> json.readValue(row.getString(1), JobFinished.class))
        .optional();
  }
}
