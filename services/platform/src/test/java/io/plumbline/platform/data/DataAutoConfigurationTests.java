package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformRunner;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

class DataAutoConfigurationTests {

  @Test
  void every_transaction_says_whose_rows_it_may_see() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(
                    context
                        .getBean(AbstractPlatformTransactionManager.class)
                        .getTransactionExecutionListeners())
                .hasAtLeastOneElementOfType(WorkspaceBinding.class));
  }

  @Test
  void time_is_as_precise_as_the_database_keeps_it() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context.getBean(Clock.class))
                .isEqualTo(Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS))));
  }

  @Test
  void a_clock_of_the_application_takes_precedence() {
    ManualClock clock = new ManualClock();

    PlatformRunner.platform()
        .withBean("clockOfTheTest", Clock.class, () -> clock)
        .run(context -> assertThat(context).getBean(Clock.class).isSameAs(clock));
  }

  @Test
  void somebody_sweeps() {
    PlatformRunner.platform().run(context -> assertThat(context).hasSingleBean(Housekeeping.class));
  }
}
