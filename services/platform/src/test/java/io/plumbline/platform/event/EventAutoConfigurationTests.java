package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;

class EventAutoConfigurationTests {

  @Test
  void facts_have_a_way_out_and_a_way_in() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context)
                .hasSingleBean(Outbox.class)
                .hasSingleBean(Inbox.class)
                .hasSingleBean(EventHandlers.class)
                .hasSingleBean(DeadLetters.class)
                .hasSingleBean(EventSubscription.class)
                .getBean("outboxRelay")
                .isInstanceOf(BackgroundLoop.class));
  }

  @Test
  void a_fact_is_told_in_the_transaction_of_its_change_or_not_at_all() {
    PlatformRunner.platform()
        .run(context ->
            assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() ->
                    Caller.system(new UUID(0, 1))
                        .call(() ->
                            context
                                .getBean(Outbox.class)
                                .append(
                                    new ActionDenied("a", "b", 403, "forbidden", List.of()),
                                    "denial/1",
                                    1))));
  }

  @Test
  void a_service_without_a_name_does_not_start() {
    PlatformRunner.unset()
        .withPropertyValues(
            "plumbline.security.issuer=https://issuer.test",
            "plumbline.security.jwk-set-uri=http://127.0.0.1:1/keys")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("spring.application.name"));
  }
}
