package io.plumbline.platform.event;

import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.signature.Authenticity;
import io.plumbline.platform.signature.VerificationKeys;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that a message is an event: its type belongs to the service that {@code ce_source}
 * names, it came on the topic of that service, and that service signed it. The broker's access
 * control alone would let each service publish events of another service on its own topic.
 */
public final class EventVerifier {

  private final VerificationKeys keys;

  public EventVerifier(VerificationKeys keys) {
    this.keys = keys;
  }

  /**
   * Verifies a message.
   *
   * @param headers all headers of the message
   * @param value null when the message has none
   */
  public Authenticity verify(String topic, Iterable<Header> headers, byte @Nullable [] value) {
    try {
      return verify(topic, Envelope.readEnvelopeHeaders(headers), value);
    } catch (IllegalArgumentException e) {
      return Authenticity.MALFORMED;
    }
  }

  /** Returns whether a message is an event of the service that it names. */
  boolean isAuthentic(ConsumerRecord<byte[], byte[]> message) {
    return verify(message.topic(), message.headers(), message.value()) == Authenticity.AUTHENTIC;
  }

  /**
   * Returns whether a header of an event is signed or carries the signature. Nothing guarantees
   * that other headers are genuine.
   */
  public static boolean isSignedHeader(String header) {
    return Envelope.isEnvelopeHeader(header);
  }

  Authenticity verify(String topic, Map<String, String> headers, byte @Nullable [] value) {
    if (value == null || !hasMetadata(headers)) {
      return Authenticity.MALFORMED;
    }
    String source = headers.getOrDefault(Envelope.SOURCE, "").replaceFirst("^/", "");
    String owner =
        EventTypes.classOf(headers.getOrDefault(Envelope.TYPE, ""))
            .flatMap(EventTypes::sourceOf)
            .orElse(source);
    if (!owner.equals(source) || !topic.equals(EventTypes.topicOf(source))) {
      return Authenticity.MISPLACED;
    }
    return keys.verify(source, headers, value);
  }

  private static boolean hasMetadata(Map<String, String> headers) {
    try {
      Envelope.metadata(headers);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
