package io.plumbline.strategy.projection;

import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.Event;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.strategy.StrategyFixture;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Handles events as if they had arrived. */
@Component
public class ProjectionFeed {

  private final EventHandlers handlers;
  private final TransactionTemplate transaction;

  ProjectionFeed(EventHandlers handlers, TransactionTemplate transaction) {
    this.handlers = handlers;
    this.transaction = transaction;
  }

  public void add(Event event, EventMetadata metadata) {
    handle(event, metadata);
  }

  /** Projects a suite and the scores of variants without any skill, both as evaluation does. */
  public void add(SuitePublished suite, EventMetadata metadata) {
    handle(suite, metadata);
    handle(StrategyFixture.trivialScores(suite), metadata);
  }

  /** Projects a suite that was published before such scores were computed. */
  public void addWithoutTrivialScores(SuitePublished suite, EventMetadata metadata) {
    handle(suite, metadata);
  }

  private void handle(Event event, EventMetadata metadata) {
    transaction.executeWithoutResult(status -> handlers.handle(event, metadata));
  }
}
