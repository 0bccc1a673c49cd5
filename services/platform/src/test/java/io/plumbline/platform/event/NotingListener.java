package io.plumbline.platform.event;

import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A handler that records what it received, and fails on demand. */
public class NotingListener {

  /** The arguments and context of a call of the handler. */
  record Received(String application, UUID workspace, @Nullable UUID cause) {}

  final List<Received> received = new ArrayList<>();
  final List<RuntimeException> failures = new ArrayList<>();

  /** Fails as often as there are failures left. */
  @OnEvent
  public void on(ApplicationRegistered event) {
    received.add(
        new Received(event.application(), Caller.current().workspace(), Causation.current()));
    if (!failures.isEmpty()) {
      throw failures.removeFirst();
    }
  }

  EventHandlers handlers() {
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    beans.registerBeanDefinition(
        "listener",
        BeanDefinitionBuilder.genericBeanDefinition(NotingListener.class, () -> this)
            .getBeanDefinition());
    EventHandlers handlers =
        new EventHandlers(beans, JdbcClient.create(new JdbcTemplate()), Samples.JSON);
    handlers.afterSingletonsInstantiated();
    return handlers;
  }
}
