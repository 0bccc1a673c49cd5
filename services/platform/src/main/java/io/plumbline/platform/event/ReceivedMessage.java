package io.plumbline.platform.event;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A Kafka message with the headers of its envelope as text.
 *
 * @param value empty when the message has none
 */
record ReceivedMessage(
    String topic, int partition, long offset, Map<String, String> headers, byte[] value) {

  private static final byte[] NONE = {};

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when the headers are not an envelope
   */
  static ReceivedMessage of(ConsumerRecord<byte[], byte[]> message) {
    return new ReceivedMessage(
        message.topic(),
        message.partition(),
        message.offset(),
        Envelope.readEnvelopeHeaders(message.headers()),
        message.value() == null ? NONE : message.value());
  }

  /**
   * Returns the metadata in the envelope.
   *
   * @throws IllegalArgumentException when an attribute is missing or malformed
   */
  EventMetadata metadata() {
    return Envelope.metadata(headers);
  }
}
