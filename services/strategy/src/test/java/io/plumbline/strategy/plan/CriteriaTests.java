package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.Events;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Versions of success criteria. */
@PlumblineTest
class CriteriaTests {

  private static final List<Criterion> FIRST = List.of(ACCURACY, LATENCY);
  private static final List<Criterion> STRICTER =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.9, 0.02, 300),
          LATENCY);

  @Autowired ApplicationCatalog catalog;
  @Autowired Criteria criteria;
  @Autowired Events events;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("judged");

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
  }

  @Test
  void the_current_criteria_are_not_registered_again() throws Exception {
    Criteria.Registered first = register(FIRST);
    Criteria.Registered again = register(FIRST);

    assertThat(List.of(first.fresh(), again.fresh())).containsExactly(true, false);
    assertThat(again.view()).isEqualTo(first.view());
    assertThat(fixture.as(() -> criteria.all(application))).hasSize(1);
  }

  @Test
  void other_criteria_become_the_next_version_and_former_ones_are_kept() throws Exception {
    register(FIRST);
    register(STRICTER);
    register(FIRST);

    assertThat(fixture.as(() -> criteria.all(application)))
        .extracting(CriteriaView::version, CriteriaView::criteria)
        .containsExactly(tuple(3, FIRST), tuple(2, STRICTER), tuple(1, FIRST));
    assertThat(fixture.as(() -> criteria.current(application)))
        .map(CriteriaView::version)
        .contains(3);
  }

  @Test
  void a_registration_is_published_with_its_digest() throws Exception {
    CriteriaView view = register(FIRST).view();

    assertThat(
            events.awaitPublished(
                CriteriaRegistered.class, each -> each.application().equals(application)))
        .isEqualTo(new CriteriaRegistered(application, 1, view.criteriaDigest(), FIRST));
  }

  @Test
  void criteria_of_one_kind_are_refused_and_nothing_is_registered() throws Exception {
    assertThatThrownBy(() -> register(List.of(ACCURACY))).isInstanceOf(Problem.class);
    assertThat(fixture.as(() -> criteria.current(application))).isEmpty();
  }

  @Test
  void an_unknown_application_has_no_criteria() throws Exception {
    assertThatThrownBy(() -> fixture.as(() -> criteria.register("unknown", FIRST)))
        .isInstanceOf(Problem.class);
    assertThat(fixture.as(() -> criteria.all("unknown"))).isEmpty();
  }

  private Criteria.Registered register(List<Criterion> list) throws Exception {
    return fixture.as(() -> criteria.register(application, list));
  }
}
