package io.plumbline.strategy.projection;

import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.TrivialScoresComputed;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.strategy.StrategyFixture;
import org.springframework.stereotype.Component;

/** Projects events as if they had arrived, for tests of other modules. */
@Component
public class ProjectionFeed {

  private final EventProjection projection;

  ProjectionFeed(EventProjection projection) {
    this.projection = projection;
  }

  public void add(VariantCreated variant, EventMetadata metadata) {
    projection.on(variant, metadata);
  }

  /** Projects a suite and the scores of variants without any skill, both as evaluation does. */
  public void add(SuitePublished suite, EventMetadata metadata) {
    projection.on(suite, metadata);
    add(StrategyFixture.trivialScores(suite), metadata);
  }

  /** Projects a suite that was published before such scores were computed. */
  public void addWithoutTrivialScores(SuitePublished suite, EventMetadata metadata) {
    projection.on(suite, metadata);
  }

  public void add(TrivialScoresComputed scores, EventMetadata metadata) {
    projection.on(scores, metadata);
  }

  public void add(SplitDefined split, EventMetadata metadata) {
    projection.on(split, metadata);
  }

  public void add(RunFinished run, EventMetadata metadata) {
    projection.on(run, metadata);
  }
}
