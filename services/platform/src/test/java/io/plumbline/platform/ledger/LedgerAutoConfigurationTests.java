package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.event.Subscription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerAutoConfigurationTests {

  @Test
  void a_service_receives_the_heads_and_knows_its_lag() {
    PlatformRunner.platform()
        .run(context -> {
          assertThat(context)
              .hasSingleBean(LedgerLag.class)
              .getBean("headSubscription")
              .isInstanceOf(Subscription.class);
          assertThat(context)
              .getBean(LedgerSettings.class)
              .isEqualTo(new LedgerSettings(Duration.ofMinutes(15), List.of(), null, null, false));
        });
  }

  @Test
  void how_far_it_may_be_behind_is_a_setting() {
    PlatformRunner.platform()
        .withPropertyValues("plumbline.ledger.max-lag=1h")
        .run(context ->
            assertThat(context)
                .getBean(LedgerSettings.class)
                .isEqualTo(new LedgerSettings(Duration.ofHours(1), List.of(), null, null, false)));
    PlatformRunner.platform()
        .withPropertyValues("plumbline.ledger.max-lag=soon")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("soon"));
    PlatformRunner.platform()
        .withPropertyValues("plumbline.ledger.max-lag=0s")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("plumbline.ledger.max-lag must be positive"));
  }
}
