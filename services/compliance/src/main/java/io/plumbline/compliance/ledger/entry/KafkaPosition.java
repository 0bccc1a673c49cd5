package io.plumbline.compliance.ledger.entry;

/** The place in Kafka at which a message was received. */
public record KafkaPosition(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + "/" + partition + "@" + offset;
  }
}
