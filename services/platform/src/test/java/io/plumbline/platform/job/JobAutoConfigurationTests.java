package io.plumbline.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;

class JobAutoConfigurationTests {

  @Test
  void a_service_has_a_queue_and_workers() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context).hasSingleBean(JobQueue.class).hasSingleBean(JobWorkers.class));
  }

  @Test
  void a_job_is_ordered_in_the_transaction_of_its_command_or_not_at_all() {
    PlatformRunner.platform()
        .run(context ->
            assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() ->
                    Caller.system(new UUID(0, 1))
                        .call(() ->
                            context.getBean(JobQueue.class).enqueue("training", Map.of(), 0))));
  }
}
