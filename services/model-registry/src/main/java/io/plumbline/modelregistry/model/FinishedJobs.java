package io.plumbline.modelregistry.model;

import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The training jobs that have ended, as training told it. */
@Component
class FinishedJobs {

  private final JdbcClient sql;
  private final JsonMapper json;

  FinishedJobs(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /** A job ends once. */
  @OnEvent
  public void on(JobFinished event, EventMetadata metadata) {
    sql.sql(
            "INSERT INTO finished_job (workspace_id, job_id, outcome, fact) VALUES (?, ?, ?,"
                + " ?::jsonb) ON CONFLICT DO NOTHING")
        .params(
            metadata.workspace(), event.jobId(), event.outcome(), json.writeValueAsString(event))
        .update();
  }

  Optional<JobFinished> find(UUID jobId) {
    return sql.sql("SELECT fact FROM finished_job WHERE job_id = ?")
        .param(jobId)
        .query((row, index) -> json.readValue(row.getString(1), JobFinished.class))
        .optional();
  }
}
