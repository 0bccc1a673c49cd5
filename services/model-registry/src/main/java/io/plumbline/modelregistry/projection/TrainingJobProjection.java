package io.plumbline.modelregistry.projection;

import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.platform.event.Projection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
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

  @Bean
  static Projection<JobFinished> jobFinished() {
    return Projection.of(JobFinished.class, "training_job")
        .columns("job_id", "outcome")
        .jsonOfEvent("event");
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<JobFinished> find(UUID jobId) {
    return sql.sql("SELECT event FROM training_job WHERE job_id = ?")
        .param(jobId)
        .query((row, index) -> json.readValue(row.getString("event"), JobFinished.class))
        .optional();
  }
}
