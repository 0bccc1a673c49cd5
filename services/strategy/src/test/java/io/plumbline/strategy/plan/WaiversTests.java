package io.plumbline.strategy.plan;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.contracts.state.Decision;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Follows a waiver from its request to its decision. */
@PlumblineTest
class WaiversTests {

  private static final String REASON = "A bounded trial before the volume doubles";

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired Waivers waivers;
  @Autowired ProjectionFeed feed;
  @Autowired TestEventClient events;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("waived");

  static ApprovalDecided decided(WaiverView waiver, Digest digest, Decision decision) {
    return new ApprovalDecided(
        new UUID(0, 7),
        UUID.randomUUID(),
        "waiver.requested",
        waiver.waiverId(),
        digest,
        decision,
        "ben",
        "as discussed",
        null,
        null,
        null);
  }

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
    fixture.as(() -> criteria.register(application, StrategyFixture.proposed(ACCURACY, LATENCY)));
  }

  @Test
  void a_request_is_published_for_approval() throws Exception {
    WaiverView waiver = request(Phase.FINE_TUNING);

    assertThat(
            events.awaitPublished(
                WaiverRequested.class, each -> each.waiverId().equals(waiver.waiverId())))
        .isEqualTo(
            new WaiverRequested(
                waiver.waiverId(),
                application,
                Phase.FINE_TUNING,
                WaiverView.digest(application, Phase.FINE_TUNING, REASON),
                REASON,
                waiver.requester()));
  }

  @Test
  void a_pending_request_is_not_made_twice() throws Exception {
    assertThat(request(Phase.FINE_TUNING)).isEqualTo(request(Phase.FINE_TUNING));
    assertThat(listed()).hasSize(1);
  }

  @Test
  void each_phase_has_a_request_of_its_own() throws Exception {
    request(Phase.RETRIEVAL);
    request(Phase.FINE_TUNING);

    assertThat(listed())
        .extracting(WaiverView::phase)
        .containsExactly(Phase.FINE_TUNING, Phase.RETRIEVAL);
  }

  @Test
  void waivers_are_listed_newest_first_page_by_page() throws Exception {
    List<UUID> requested = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      WaiverView waiver = request(Phase.FINE_TUNING);
      fixture.run(() -> waivers.on(decided(waiver, waiver.digest(), Decision.REJECTED)));
      requested.add(waiver.waiverId());
    }

    assertThat(listed()).extracting(WaiverView::waiverId).isEqualTo(requested.reversed());
  }

  @Test
  void an_open_phase_cannot_be_waived() {
    assertThatThrownBy(() -> request(Phase.PROMPT)).isInstanceOf(Problem.class);
  }

  @Test
  void a_waiver_of_an_unknown_application_cannot_be_requested() {
    assertThatThrownBy(
            () -> fixture.as(() -> waivers.request("unknown", Phase.FINE_TUNING, REASON)))
        .isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, APPROVED", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void a_decision_is_recorded_with_its_approval(Decision decision, WaiverView.State state)
      throws Exception {
    WaiverView waiver = request(Phase.FINE_TUNING);

    fixture.run(() -> waivers.on(decided(waiver, waiver.digest(), decision)));

    WaiverView decided = find(waiver);
    assertThat(decided.state()).isEqualTo(state);
    assertThat(
            List.of(
                String.valueOf(decided.decidedBy()),
                String.valueOf(decided.approvalId()),
                String.valueOf(decided.decisionReason())))
        .containsExactly("ben", new UUID(0, 7).toString(), "as discussed");
  }

  @Test
  void the_first_decision_is_final() throws Exception {
    WaiverView waiver = request(Phase.FINE_TUNING);

    fixture.run(() -> waivers.on(decided(waiver, waiver.digest(), Decision.REJECTED)));
    fixture.run(() -> waivers.on(decided(waiver, waiver.digest(), Decision.APPROVED)));

    assertThat(find(waiver).state()).isEqualTo(WaiverView.State.REJECTED);
  }

  @Test
  void after_a_rejection_a_new_request_can_be_made() throws Exception {
    WaiverView waiver = request(Phase.FINE_TUNING);
    fixture.run(() -> waivers.on(decided(waiver, waiver.digest(), Decision.REJECTED)));

    assertThat(request(Phase.FINE_TUNING).waiverId()).isNotEqualTo(waiver.waiverId());
  }

  private List<WaiverView> listed() throws Exception {
    return fixture.pages(page -> waivers.list(application, page));
  }

  private WaiverView request(Phase phase) throws Exception {
    return fixture.as(() -> waivers.request(application, phase, REASON));
  }

  private WaiverView find(WaiverView waiver) throws Exception {
    return fixture.as(() -> waivers.find(waiver.waiverId()).orElseThrow());
  }
}
