package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.platform.data.DatabaseLogin;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests the service's own comparison of the ledger with the offsets that are committed in Kafka.
 */
@Tag("servers")
class ReceivedOffsetsTests {

  private static final TopicPartition PARTITION =
      new TopicPartition("plumbline.prompt-registry", 0);

  private final LedgerFixture ledger = new LedgerFixture("received");

  @BeforeEach
  void receiveThree() {
    ledger.record(LedgerFixture.message(0), LedgerFixture.message(1), LedgerFixture.message(2));
  }

  @Test
  void what_was_received_and_is_there_holds() {
    ledger.sequence();

    assertThat(findings(() -> committed(3))).isEmpty();
  }

  @Test
  void a_row_erased_from_the_end_of_a_partition_is_named() {
    ledger.tamper("DELETE FROM ledger_message WHERE subject = 'prompt-2'");
    ledger.sequence();
    assertThat(ledger.verify().exitCode()).as("seen in the database alone").isZero();

    assertThat(findings(() -> committed(3)))
        .extracting(Finding::what)
        .containsExactly(
            "Offsets 2 to 2 of plumbline.prompt-registry, partition 0 were received according to"
                + " Kafka, and neither are entries nor were skipped: their rows were erased");
  }

  @Test
  void nothing_is_found_to_hold_while_kafka_does_not_say_what_was_received() {
    ledger.sequence();

    assertThatThrownBy(() ->
            findings(() -> {
              throw new KafkaException("no broker");
            }))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.UNAVAILABLE));
  }

  @Test
  void a_partition_that_kafka_does_not_have_is_named() {
    ledger.record(
        LedgerMessage.ofEvent(
            LedgerFixture.message(3).content().decodeHeaders(),
            LedgerFixture.message(3).content().value(),
            new KafkaPosition(PARTITION.topic(), 999, 0)));
    ledger.sequence();

    assertThat(findings(() -> committed(3)))
        .extracting(Finding::what)
        .containsExactly(
            "Kafka has no partition 999 of plumbline.prompt-registry, of which rows stand here:"
                + " they were inserted, or the topic was deleted");
  }

  @Test
  void the_service_itself_believes_no_key_that_the_database_alone_knows() {
    ledger.sequence();
    ledger.tamper(
        "INSERT INTO ledger_author_key (service, key_id, public_key) SELECT 'evaluation', key_id,"
            + " public_key FROM ledger_author_key WHERE service = 'training'");

    assertThat(findings(() -> committed(3)))
        .singleElement()
        .extracting(Finding::what)
        .asString()
        .contains("of evaluation stands in ledger_author_key and is not configured");
  }

  private List<Finding> findings(Supplier<Consumer<byte[], byte[]>> kafka) {
    return new SelfVerification(
            database(),
            new ReceivedOffsets(new Consumers(kafka)),
            new EvidenceDatabases(null, null, null),
            LedgerFixture.authors(),
            JsonMapper.shared())
        .verify()
        .findings();
  }

  /** Returns a consumer with one partition whose offsets before {@code next} are committed. */
  private static Consumer<byte[], byte[]> committed(long next) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updatePartitions(
        PARTITION.topic(),
        List.of(new PartitionInfo(PARTITION.topic(), PARTITION.partition(), null, null, null)));
    consumer.assign(Set.of(PARTITION));
    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(next)));
    return consumer;
  }

  private DatabaseLogin database() {
    Map<String, String> ledgers = ledger.environment();
    return new DatabaseLogin(
        new MockEnvironment()
            .withProperty("spring.datasource.url", ledgers.getOrDefault("PLUMBLINE_LEDGER_URL", ""))
            .withProperty(
                "spring.datasource.username", ledgers.getOrDefault("PLUMBLINE_LEDGER_USER", ""))
            .withProperty(
                "spring.datasource.password",
                ledgers.getOrDefault("PLUMBLINE_LEDGER_PASSWORD", "")));
  }

  private static final class Consumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

    private final Supplier<Consumer<byte[], byte[]>> kafka;

    Consumers(Supplier<Consumer<byte[], byte[]>> kafka) {
      super(Map.of());
      this.kafka = kafka;
    }

    @Override
    public Consumer<byte[], byte[]> createConsumer(
        @Nullable String group, @Nullable String prefix, @Nullable String suffix) {
      return kafka.get();
    }
  }
}
