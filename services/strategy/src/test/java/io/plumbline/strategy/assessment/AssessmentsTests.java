package io.plumbline.strategy.assessment;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.assessment.Answers.DataAvailability;
import io.plumbline.strategy.assessment.Answers.PerformanceTarget;
import io.plumbline.strategy.assessment.Answers.Resources;
import io.plumbline.strategy.assessment.Answers.Specificity;
import io.plumbline.strategy.plan.CriteriaService;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests how an assessment uses projected evidence. */
@PlumblineTest
class AssessmentsTests {

  private static final Answers ANSWERS =
      new Answers(
          DataAvailability.ABUNDANT,
          Specificity.SPECIALISED,
          PerformanceTarget.HIGH,
          Resources.LIMITED,
          null,
          null,
          null);

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired Assessments assessments;
  @Autowired ProjectionFeed feed;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("assessed");

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
    fixture.as(() -> criteria.register(application, StrategyFixture.proposed(ACCURACY, LATENCY)));
  }

  @Test
  void the_gap_is_that_of_the_plainest_approach_however_good_a_dearer_one_is() throws Exception {
    measured("prompt", 0.70, null);
    measured("retrieval", 0.95, Digest.ofText("index"));

    assertThat(gap())
        .isEqualTo(
            new Assessment.Evidenced(
                Question.PERFORMANCE_GAP,
                "LARGE",
                "measured: accuracy 0.700 by prompt engineering alone, the best of 1, against the"
                    + " registered threshold 0.850"));
  }

  @Test
  void without_a_run_of_the_plainest_approach_its_gap_is_an_estimate() throws Exception {
    measured("retrieval", 0.95, Digest.ofText("index"));

    assertThat(gap())
        .isEqualTo(new Assessment.Evidenced(Question.PERFORMANCE_GAP, "LARGE", "estimate"));
  }

  private Assessment.Evidenced gap() throws Exception {
    return fixture
        .as(() -> assessments.create(application, ANSWERS))
        .result()
        .evidence()
        .getFirst();
  }

  private void measured(String name, double accuracy, @Nullable Digest index) {
    fixture.run(() -> {
      feed.add(StrategyFixture.variant(application, name, null, index), fixture.metadata());
      feed.add(
          StrategyFixture.finishedRun(
              application, name, Map.of("accuracy", new Measure(accuracy, null, null))),
          fixture.metadata());
    });
  }
}
