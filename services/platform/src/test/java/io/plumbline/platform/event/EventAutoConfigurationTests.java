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
  void a_service_publishes_and_consumes_events() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context)
                .hasSingleBean(Outbox.class)
                .hasSingleBean(Inbox.class)
                .hasSingleBean(EventHandlers.class)
                .hasSingleBean(DeadLetters.class)
                .hasSingleBean(DeadLetterReplay.class)
                .hasSingleBean(SubscriptionFactory.class)
                .hasBean("eventSubscription")
                .getBean("outboxRelay")
                .isInstanceOf(BackgroundLoop.class));
  }

  @Test
  void an_event_is_recorded_in_the_transaction_of_its_change_or_not_at_all() {
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
