package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class EventHandlersTests {

  private static final ActionDenied DENIED =
      new ActionDenied("POST /api/notes", "/api/notes", 403, "forbidden", List.of());

  private final List<String> received = new ArrayList<>();

  /** A listener for an event that any service publishes. */
  class Listener {
    @OnEvent
    public void on(ActionDenied event) {
      received.add(event.problem());
    }

    @OnEvent
    public void on(ActionDenied event, EventMetadata metadata) {
      received.add(metadata.subject() + " " + event.problem());
    }
  }

  /** A listener for an event of strategy. */
  static class StrategyListener {
    @OnEvent
    public void on(ApplicationRegistered event) {}
  }

  /** A listener that fails. */
  static class Failing {
    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @OnEvent
    public void on(ActionDenied event) throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  @Test
  void every_handler_of_a_type_receives_its_event() {
    handlers(new Listener()).handle(DENIED, metadata(ActionDenied.class));

    assertThat(received).containsExactlyInAnyOrder("forbidden", "denial/1 forbidden");
  }

  @Test
  void a_service_listens_to_the_topics_it_has_handlers_for() {
    EventHandlers handlers =
        handlers(new Listener(), new StrategyListener(), "a bean of somebody else");

    assertThat(handlers.topics()).containsExactly("plumbline.strategy");
    assertThat(handlers.handles(EventTypes.typeOf(ApplicationRegistered.class))).isTrue();
    assertThat(handlers.handles("io.plumbline.application.renamed.v1")).isFalse();
    assertThat(handlers.classOf(EventTypes.typeOf(ActionDenied.class)))
        .isEqualTo(ActionDenied.class);
  }

  @Test
  void a_failure_comes_as_it_is_and_an_error_does_not_come_as_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            handlers(new Failing(new IllegalArgumentException("bad")))
                .handle(DENIED, metadata(ActionDenied.class)))
        .withMessage("bad");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            handlers(new Failing(new AssertionError("worse")))
                .handle(DENIED, metadata(ActionDenied.class)))
        .withCauseInstanceOf(AssertionError.class);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            handlers(new Failing(new Exception("checked")))
                .handle(DENIED, metadata(ActionDenied.class)))
        .withRootCauseExactlyInstanceOf(Exception.class);
  }

  private static EventHandlers handlers(Object... beans) {
    StaticListableBeanFactory factory = new StaticListableBeanFactory();
    for (Object bean : beans) {
      factory.addBean(bean.getClass().getName(), bean);
    }
    EventHandlers handlers =
        new EventHandlers(factory, JdbcClient.create(new JdbcTemplate()), Samples.JSON);
    handlers.afterSingletonsInstantiated();
    return handlers;
  }

  private static EventMetadata metadata(Class<? extends Event> type) {
    return new EventMetadata(
        new UUID(0, 1),
        EventTypes.typeOf(type),
        "strategy",
        "denial/1",
        Instant.EPOCH,
        new UUID(0, 2),
        "ada",
        1,
        null);
  }
}
