package io.plumbline.platform.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.gate.EvidenceAnswer.Behind;
import io.plumbline.platform.gate.EvidenceAnswer.Complete;
import io.plumbline.platform.gate.EvidenceAnswer.SetAside;
import io.plumbline.platform.gate.EvidenceAnswer.Unknown;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("servers")
class GateEvidenceTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);
  private static final TopicPartition STRATEGY = new TopicPartition("plumbline.strategy", 0);
  private static final TopicPartition COMPLIANCE = new TopicPartition("plumbline.compliance", 1);
  private static final EvidenceQuestion QUESTION =
      EvidenceQuestion.dependingOn(
              ApplicationRegistered.class, event -> event.application().equals("mail-triage"))
          .and(PolicyActivated.class, event -> event.target().equals("release"));

  private final PlatformDatabase database = new PlatformDatabase();
  private final AppliedPositions positions = replica();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final GateEvidence evidence = evidence(topics -> Map.copyOf(ends));
  private int letters;

  @BeforeEach
  void publish() {
    ends.put(STRATEGY, 10L);
    ends.put(COMPLIANCE, 20L);
  }

  @Test
  void the_gate_answers_once_everything_published_before_the_question_is_applied() {
    assertThat(QUESTION.topics()).containsExactly("plumbline.compliance", "plumbline.strategy");
    positions.apply("plumbline.strategy", 0, 8);
    positions.apply("plumbline.compliance", 1, 18);
    assertThat(ask()).isEqualTo(new Behind(Set.of("plumbline.compliance", "plumbline.strategy")));

    positions.apply("plumbline.strategy", 0, 9);
    assertThat(ask()).isEqualTo(new Behind(Set.of("plumbline.compliance")));

    positions.apply("plumbline.compliance", 1, 19);
    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void messages_after_the_question_do_not_matter() {
    UUID work = new UUID(3, 3);
    positions.apply("plumbline.strategy", 0, 9);
    assertThat(ask(work)).isInstanceOf(Behind.class);

    ends.put(STRATEGY, 1_000L);
    ends.put(COMPLIANCE, 1_000L);
    positions.apply("plumbline.compliance", 1, 19);

    assertThat(ask(work)).isEqualTo(new Complete());
    assertThat(ask(work)).as("the next question").isInstanceOf(Behind.class);
  }

  /**
   * A release that waits for a person for days starts by what was published until shortly before.
   */
  @Test
  void a_question_that_is_asked_again_and_again_is_about_new_ends_after_an_hour() {
    UUID work = new UUID(3, 4);
    assertThat(ask(work)).isInstanceOf(Behind.class);
    ends.replaceAll((partition, end) -> end + 1);
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 5);
    assertThat(ask(work)).isInstanceOf(SetAside.class);

    for (int quarter = 1; quarter <= 4; quarter++) {
      nanos.addAndGet(GateEvidence.REMEMBERED_FOR.toNanos() / 4);
      ask(work);
    }

    assertThat(ask(work)).isInstanceOf(Behind.class);
  }

  @Test
  void a_replica_answers_by_what_any_of_them_applied() {
    replica().apply("plumbline.strategy", 0, 9);
    replica().apply("plumbline.compliance", 1, 19);

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void messages_that_have_no_effect_here_hold_up_no_gate() {
    positions.pass("plumbline.strategy", 0, 9);
    positions.pass("plumbline.compliance", 1, 18);
    positions.pass("plumbline.compliance", 1, 19);
    assertThat(ask()).isInstanceOf(Behind.class);

    positions.write();

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void what_a_killed_replica_passed_over_is_found_by_the_next_owner_of_the_partition() {
    positions.pass("plumbline.strategy", 0, 9);
    AppliedPositions next = replica();

    next.assign(STRATEGY, 10);
    next.assign(COMPLIANCE, 20);
    next.write();

    assertThat(ask()).isEqualTo(new Complete());
  }

  /** A position that stayed as high as before would open gates over messages that are not read. */
  @Test
  void a_position_goes_back_when_the_broker_lost_messages() {
    positions.apply("plumbline.strategy", 0, 5_000);
    positions.apply("plumbline.compliance", 1, 5_000);

    positions.assign(STRATEGY, 0);
    positions.write();

    assertThat(ask()).isEqualTo(new Behind(Set.of("plumbline.strategy")));
  }

  @Test
  void a_replica_that_lost_a_partition_does_not_set_its_position_back() {
    AppliedPositions former = replica();
    former.assign(STRATEGY, 3);
    former.revoke(List.of(STRATEGY));
    positions.apply("plumbline.strategy", 0, 9);
    positions.apply("plumbline.compliance", 1, 19);

    former.write();

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void a_request_waits_for_evidence_that_is_under_way() {
    positions.apply("plumbline.compliance", 1, 19);
    GateEvidence patient =
        evidence(
            topics -> {
              Thread.ofVirtual().start(() -> positions.apply("plumbline.strategy", 0, 9));
              return Map.copyOf(ends);
            },
            Duration.ofSeconds(60));

    assertThatCode(() -> Caller.system(ACME).run(() -> patient.requireComplete(() -> QUESTION)))
        .doesNotThrowAnyException();
  }

  /** A gate that asked by what it knew before the wait would miss what it is about by then. */
  @Test
  void what_became_known_during_the_wait_belongs_to_the_question() {
    deadLetter(ACME, registered("mail-triage"), 5);
    AtomicReference<String> known = new AtomicReference<>("another-application");
    GateEvidence patient =
        evidence(
            topics -> {
              Thread.ofVirtual()
                  .start(() -> {
                    known.set("mail-triage");
                    positions.apply("plumbline.strategy", 0, 9);
                  });
              return Map.of(STRATEGY, 10L);
            },
            Duration.ofSeconds(60));

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            Caller.system(ACME)
                .run(() ->
                    patient.requireComplete(() -> {
                      String application = known.get();
                      return EvidenceQuestion.dependingOn(
                          ApplicationRegistered.class,
                          event -> event.application().equals(application));
                    })))
        .returns(CommonProblem.EVIDENCE_SET_ASIDE, Problem::type);
  }

  @Test
  void a_request_that_waited_in_vain_says_when_to_come_back() {
    assertThat(problem())
        .returns(CommonProblem.EVIDENCE_BEHIND, Problem::type)
        .satisfies(problem -> assertThat(problem.retryAfter()).isPresent())
        .hasMessageContaining("plumbline.compliance, plumbline.strategy");
  }

  @Test
  void without_the_broker_gates_are_closed() {
    GateEvidence alone =
        evidence(
            new BrokerTopicEnds(
                () ->
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1")),
                Duration.ofMillis(200)));

    assertThat(ask(alone, ACME, new UUID(4, 4))).isEqualTo(new Unknown());
    assertThat(new Unknown().problem().type()).isEqualTo(CommonProblem.EVIDENCE_BEHIND);
  }

  @Test
  void a_topic_that_is_gone_closes_gates() {
    applyEverything();
    ends.remove(STRATEGY);
    assertThat(ask()).isEqualTo(new Unknown());
    assertThat(problem().type()).isEqualTo(CommonProblem.EVIDENCE_BEHIND);

    ends.put(STRATEGY, 10L);
    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void a_topic_that_was_never_written_is_read() {
    positions.apply("plumbline.compliance", 1, 19);
    ends.remove(STRATEGY);

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void no_transaction_waits() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            database
                .transaction()
                .executeWithoutResult(status -> evidence.requireComplete(() -> QUESTION)));
  }

  @Test
  void a_transaction_runs_again_once_the_evidence_is_complete_and_asks_about_the_same_ends() {
    List<String> committed = new ArrayList<>();
    AtomicInteger runs = new AtomicInteger();

    Caller.system(ACME)
        .run(() ->
            committed.add(
                GatedTransaction.run(() -> {
                  int run = runs.incrementAndGet();
                  try {
                    return database
                        .transaction()
                        .execute(status -> {
                          evidence.requireComplete(() -> QUESTION);
                          return "run " + run;
                        });
                  } finally {
                    applyEverything();
                    ends.replaceAll((partition, end) -> end + 1);
                  }
                })));

    assertThat(committed).containsExactly("run 2");
  }

  @Test
  void a_transaction_that_would_wait_in_vain_runs_once() {
    AtomicInteger runs = new AtomicInteger();

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            GatedTransaction.run(() -> {
              runs.incrementAndGet();
              return database
                  .transaction()
                  .execute(status -> {
                    evidence.requireComplete(() -> QUESTION);
                    return "committed";
                  });
            }))
        .returns(CommonProblem.EVIDENCE_BEHIND, Problem::type);

    assertThat(runs).hasValue(1);
  }

  @Test
  void a_dead_letter_about_the_subject_of_the_question_closes_it() {
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 5);

    assertThat(ask())
        .isEqualTo(
            new SetAside(1, EventTypes.typeOf(ApplicationRegistered.class), "key", "broken"));
    assertThat(problem())
        .returns(CommonProblem.EVIDENCE_SET_ASIDE, Problem::type)
        .hasMessageContaining("Dead letter 1 of this service")
        .hasMessageContaining("accepted by two people");
  }

  @Test
  void a_dead_letter_about_something_else_closes_nothing() {
    applyEverything();
    deadLetter(ACME, registered("another-application"), 5);
    deadLetter(GLOBEX, registered("mail-triage"), 6);
    deadLetter(ACME, EventTypes.firstVersionType("prompt.created"), "{}", "plumbline.x", 0, 7);
    deadLetter(ACME, policy("dataset-admission"), 8);

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void a_dead_letter_whose_subject_cannot_be_read_closes_its_whole_workspace() {
    applyEverything();
    deadLetter(
        ACME,
        EventTypes.typeOf(ApplicationRegistered.class),
        "{\"criticality\":\"UNHEARD-OF\"}",
        STRATEGY.topic(),
        0,
        5);

    assertThat(ask()).isInstanceOf(SetAside.class);
    assertThat(ask(evidence, GLOBEX, new UUID(5, 5))).isEqualTo(new Complete());
  }

  @Test
  void a_dead_letter_that_came_after_the_question_does_not_matter() {
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 10);

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void a_dead_letter_that_two_people_accepted_closes_nothing() {
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 5);
    set("proposed_by = 'sam', reason = 'known'");
    assertThat(ask()).isInstanceOf(SetAside.class);

    set("accepted_by = 'sue', accepted_at = clock_timestamp()");

    assertThat(ask()).isEqualTo(new Complete());
  }

  /** Its content is not verified, so it counts for everything of its type in its workspace. */
  @Test
  void a_refused_message_that_may_be_an_event_closes_the_gates_of_its_type() {
    applyEverything();
    deadLetter(ACME, registered("another-application"), 5);
    set("refused = true, closes = true");

    assertThat(ask()).isInstanceOf(SetAside.class);
    assertThat(ask(evidence, GLOBEX, new UUID(5, 6))).isEqualTo(new Complete());
    set("type = 'io.plumbline.prompt.created.v1'");
    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void a_refused_message_that_two_people_accepted_or_that_came_later_closes_nothing() {
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 10);
    set("refused = true, closes = true");
    assertThat(ask()).isEqualTo(new Complete());

    set("\"offset\" = 5");
    assertThat(ask()).isInstanceOf(SetAside.class);
    set("proposed_by = 'sam', accepted_by = 'sue', accepted_at = clock_timestamp()");
    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void a_message_that_is_no_event_closes_nothing() {
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 5);
    set("refused = true");

    assertThat(ask()).isEqualTo(new Complete());
  }

  @Test
  void an_event_that_is_still_retried_is_under_way() {
    applyEverything();
    deadLetter(ACME, registered("mail-triage"), 5);
    set("retry_at = clock_timestamp()");

    assertThat(ask()).isInstanceOf(Behind.class);
  }

  private AppliedPositions replica() {
    return new AppliedPositions(database.sql(), database.transaction());
  }

  private GateEvidence evidence(TopicEnds broker) {
    return evidence(broker, Duration.ZERO);
  }

  private GateEvidence evidence(TopicEnds broker, Duration patience) {
    return new GateEvidence(
        broker,
        positions,
        new ClosingDeadLetters(database.sql(), database.transaction(), JsonMapper.shared()),
        patience,
        nanos::get);
  }

  private void applyEverything() {
    positions.apply("plumbline.strategy", 0, 9);
    positions.apply("plumbline.compliance", 1, 19);
  }

  private EvidenceAnswer ask() {
    return ask(UUID.randomUUID());
  }

  private EvidenceAnswer ask(UUID work) {
    return ask(evidence, ACME, work);
  }

  private static EvidenceAnswer ask(GateEvidence asked, UUID workspace, UUID work) {
    AtomicReference<EvidenceAnswer> answer = new AtomicReference<>();
    Caller.system(workspace).run(() -> answer.set(asked.answer(work, () -> QUESTION)));
    return answer.get();
  }

  private Problem problem() {
    try {
      Caller.system(ACME).run(() -> evidence.requireComplete(() -> QUESTION));
    } catch (Problem problem) {
      return problem;
    }
    throw new AssertionError("the gate answered");
  }

  private static ApplicationRegistered registered(String application) {
    return new ApplicationRegistered(
        new UUID(0, 7), application, "ada", "sorts", Criticality.LOW, TaskType.CLASSIFICATION, 1);
  }

  private static PolicyActivated policy(String target) {
    return new PolicyActivated("four-eyes", 1, target, "true", Digest.ofText("true"));
  }

  private void deadLetter(UUID workspace, ApplicationRegistered event, long offset) {
    deadLetter(
        workspace,
        EventTypes.typeOf(event.getClass()),
        JsonMapper.shared().writeValueAsString(event),
        STRATEGY.topic(),
        0,
        offset);
  }

  private void deadLetter(UUID workspace, PolicyActivated event, long offset) {
    deadLetter(
        workspace,
        EventTypes.typeOf(event.getClass()),
        JsonMapper.shared().writeValueAsString(event),
        COMPLIANCE.topic(),
        1,
        offset);
  }

  private void deadLetter(
      UUID workspace, String type, String value, String topic, int partition, long offset) {
    database
        .sql()
        .sql(
            """
            INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic, "partition", "offset",
              headers, value, cause, refused)
            VALUES (?, 'strategy', ?, ?, 'key', ?, ?, ?, '{}', ?, 'broken', false)
            """)
        .params(
            workspace,
            new UUID(8, ++letters),
            type,
            topic,
            partition,
            offset,
            value.getBytes(StandardCharsets.UTF_8))
        .update();
  }

  private void set(String columns) {
    database.sql().sql("UPDATE dead_letter SET " + columns).update();
  }
}
