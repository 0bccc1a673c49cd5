package io.plumbline.evaluation.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.CanaryCompared;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.DeadLetters.EventDeadLettered;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.PageToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the outcome of a canary whose reports cannot be applied. */
@PlumblineTest
class CanaryMonitorTests {

  private static final String REPORT = EventTypes.typeOf(ArmReported.class);

  @Autowired CanaryMonitor monitor;
  @Autowired CanaryGuards guards;
  @Autowired ApplicationEventPublisher inside;
  @Autowired PlatformTransactionManager transactions;
  @Autowired EventHandlers handlers;
  @Autowired JdbcClient sql;
  @Autowired TestEventClient events;

  private final UUID release = Ids.next();
  private final String application = "watched-" + release;

  @DynamicPropertySource
  static void neighbours(DynamicPropertyRegistry settings) {
    settings.add("plumbline.services.inference.url", () -> "http://127.0.0.1:1");
    settings.add("plumbline.services.prompt-registry.url", () -> "http://127.0.0.1:1");
    settings.add("plumbline.security.token-uri", () -> "http://127.0.0.1:1/token");
    settings.add("plumbline.security.client-secret", () -> "secret");
  }

  @BeforeEach
  void start() {
    start(release);
  }

  private void start(UUID release) {
    run(() ->
        monitor.on(
            new ReleaseChanged(
                release,
                application,
                "production",
                Digest.ofText("candidate"),
                Digest.ofText("former"),
                ReleaseState.CANARY,
                50,
                null,
                0),
            metadata("release.changed", release.toString())));
  }

  @Test
  void a_report_that_is_a_dead_letter_halts_its_canary() {
    deadLetter(REPORT, release + "/canary/" + UUID.randomUUID());

    assertThat(state()).isEqualTo(CanaryGuard.State.INCONCLUSIVE);
    VerdictIssued verdict =
        events.awaitPublished(VerdictIssued.class, issued -> release.equals(issued.releaseId()));
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(verdict.reasons())
        .isEqualTo(
            List.of(
                "A report of the canary arm could not be applied: it is broken. The guard can no"
                    + " longer see this arm."));
  }

  @Test
  void the_controls_reports_count_as_much() {
    deadLetter(REPORT, release + "/control/" + UUID.randomUUID());

    assertThat(state()).isEqualTo(CanaryGuard.State.INCONCLUSIVE);
  }

  @Test
  void other_dead_letters_halt_nothing() {
    deadLetter(REPORT, UUID.randomUUID() + "/canary/" + UUID.randomUUID());
    deadLetter(REPORT, release + "/active/" + UUID.randomUUID());
    deadLetter(REPORT, "what nobody reports");
    deadLetter("io.plumbline.variant.created.v1", release + "/canary/x");

    assertThat(state()).isEqualTo(CanaryGuard.State.RUNNING);
  }

  @Test
  void a_comparison_with_the_planned_answers_is_published_once_for_each_control() {
    plan(40);
    report("control", FORMER, 1, 39);
    report("canary", CANDIDATE, 1, 39);
    assertThat(published()).isEmpty();

    report("control", FORMER, 2, 240);
    report("canary", CANDIDATE, 2, 240);
    report("canary", CANDIDATE, 3, 360);

    assertThat(published())
        .containsExactly(
            new CanaryCompared(release, application, "production", CANDIDATE, FORMER, 220, 40));
    assertThat(state()).isEqualTo(CanaryGuard.State.RUNNING);
    Digest other = Digest.ofText("other");
    report("control", other, 4, 600);
    report("canary", CANDIDATE, 4, 600);
    assertThat(published())
        .extracting(CanaryCompared::controlVariantDigest)
        .containsExactly(FORMER, other);
  }

  @Test
  void a_comparison_that_shows_harm_is_not_evidence() {
    plan(40);
    report("control", FORMER, 1, 600);
    run(() -> monitor.on(arm("canary", CANDIDATE, 1, 600, 500)));

    assertThat(state()).isEqualTo(CanaryGuard.State.FAILED);
    assertThat(published()).isEmpty();
  }

  private static final Digest CANDIDATE = Digest.ofText("candidate");
  private static final Digest FORMER = Digest.ofText("former");
  private static final UUID EPOCH = new UUID(0, 7);

  private void plan(int answers) {
    run(() ->
        handlers.handle(
            new ReleaseRequested(
                release,
                application,
                "production",
                CANDIDATE,
                FORMER,
                UUID.randomUUID(),
                null,
                50,
                "ada",
                List.of(),
                null,
                null,
                answers),
            metadata("release.requested", release.toString())));
  }

  private void report(String arm, Digest variant, long sequence, long requests) {
    run(() -> monitor.on(arm(arm, variant, sequence, requests, 0)));
  }

  private ArmReported arm(String arm, Digest variant, long sequence, long requests, long errors) {
    return new ArmReported(
        release,
        application,
        "production",
        variant,
        arm,
        "a",
        EPOCH,
        sequence,
        Instant.EPOCH,
        requests,
        errors,
        0,
        0,
        0,
        SampleReports.clusters(requests, errors, 0, 0),
        5,
        9);
  }

  /** Returns the comparisons of the release that wait in the outbox or were published. */
  private List<CanaryCompared> published() {
    List<CanaryCompared> found = new ArrayList<>();
    run(() ->
        sql.sql(
                "SELECT control_variant_digest, answers, planned_answers FROM canary_comparison"
                    + " WHERE release_id = ? ORDER BY control_variant_digest <> ?")
            .params(release, FORMER.hex())
            .query((row, index) ->
                new CanaryCompared(
                    release,
                    application,
                    "production",
                    CANDIDATE,
                    new Digest(row.getString(1)),
                    row.getLong(2),
                    row.getInt(3)))
            .list()
            .forEach(found::add));
    return found;
  }

  @Test
  void guards_are_listed_newest_release_first_page_by_page() {
    UUID second = Ids.next();
    UUID third = Ids.next();
    start(second);
    start(third);
    // Ids of the same millisecond may be in any order, so the expected order is computed.
    List<UUID> newestFirst =
        Stream.of(release, second, third).sorted(Comparator.reverseOrder()).toList();

    Page<CanaryGuard> first = list(new PageRequest(2, null));
    Page<CanaryGuard> rest =
        list(new PageRequest(2, PageToken.decode(Objects.requireNonNull(first.nextPageToken()))));

    assertThat(first.items())
        .extracting(CanaryGuard::releaseId)
        .isEqualTo(newestFirst.subList(0, 2));
    assertThat(first.total()).isEqualTo(new Page.Total(3, true));
    assertThat(rest.items())
        .extracting(CanaryGuard::releaseId)
        .isEqualTo(newestFirst.subList(2, 3));
    assertThat(rest.nextPageToken()).isNull();
  }

  private Page<CanaryGuard> list(PageRequest page) {
    AtomicReference<Page<CanaryGuard>> found = new AtomicReference<>();
    run(() -> found.set(guards.list(application, page)));
    return found.get();
  }

  private void deadLetter(String type, String subject) {
    run(() -> inside.publishEvent(new EventDeadLettered(metadata(type, subject), "it is broken")));
  }

  private CanaryGuard.State state() {
    AtomicReference<CanaryGuard> guard = new AtomicReference<>();
    run(() -> guard.set(guards.find(release).orElseThrow()));
    return guard.get().state();
  }

  private void run(Runnable work) {
    Caller.system(Workspaces.ACME)
        .run(
            () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }

  private static EventMetadata metadata(String type, String subject) {
    return new EventMetadata(
        UUID.randomUUID(),
        type,
        "/inference",
        subject,
        Instant.EPOCH,
        Workspaces.ACME,
        "system",
        3,
        null);
  }
}
