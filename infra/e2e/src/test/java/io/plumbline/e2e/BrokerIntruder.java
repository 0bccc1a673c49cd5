package io.plumbline.e2e;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Somebody who stole everything that one service has: its credentials at the broker and its signing
 * key. Signs by what the documentation says, not by the platform's own code.
 */
final class BrokerIntruder implements AutoCloseable {

  private static final String SETTINGS = "SPRING_KAFKA_";
  private static final String PROPERTIES = "PROPERTIES_";

  private final String service;
  private final Map<String, String> environment;
  private final KafkaProducer<byte[], byte[]> producer;

  private BrokerIntruder(String service, Map<String, String> environment) {
    this.service = service;
    this.environment = environment;
    this.producer =
        new KafkaProducer<>(
            kafka(environment), new ByteArraySerializer(), new ByteArraySerializer());
  }

  static BrokerIntruder as(String service) {
    return new BrokerIntruder(service, Platform.environment(service));
  }

  /**
   * Returns the settings of Kafka's client: {@code SPRING_KAFKA_PROPERTIES_SASL_MECHANISM} is
   * Kafka's {@code sasl.mechanism}.
   */
  private static Map<String, Object> kafka(Map<String, String> environment) {
    Map<String, Object> settings = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(SETTINGS)) {
        String setting = name.substring(SETTINGS.length());
        settings.put(
            (setting.startsWith(PROPERTIES) ? setting.substring(PROPERTIES.length()) : setting)
                .toLowerCase(Locale.ROOT)
                .replace('_', '.'),
            value);
      }
    });
    return settings;
  }

  /** Returns whether the broker authenticates its clients. */
  boolean isAuthenticated() {
    return environment.getOrDefault(SETTINGS + "SECURITY_PROTOCOL", "").startsWith("SASL");
  }

  /** Returns the envelope of an event of any service. */
  static Map<String, String> envelope(String source, String type, UUID workspace) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", UUID.randomUUID().toString());
    headers.put("ce_source", source);
    headers.put("ce_type", type);
    headers.put("ce_subject", "forged");
    headers.put("ce_time", Instant.now().toString());
    headers.put("ce_workspace", workspace.toString());
    headers.put("ce_actor", "x");
    headers.put("ce_aggregateversion", "1");
    headers.put("content-type", "application/json");
    return headers;
  }

  Map<String, String> sign(Map<String, String> headers, byte[] value) {
    SortedMap<String, String> signed = new TreeMap<>(headers);
    try {
      byte[] open = Base64.getDecoder().decode(setting("PLUMBLINE_EVENTS_KEYS_", service));
      byte[] id = MessageDigest.getInstance("SHA-256").digest(open);
      signed.put("ce_keyid", HexFormat.of().formatHex(id, 0, 8));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(
                      Base64.getDecoder().decode(setting("PLUMBLINE_EVENTS_SIGNING_KEY", "")))));
      signature.update(content(signed, value));
      signed.put("ce_signature", Base64.getEncoder().encodeToString(signature.sign()));
      return signed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String setting(String prefix, String service) {
    String name = prefix + service.replace('-', '_').toUpperCase(Locale.ROOT);
    return Optional.ofNullable(environment.get(name)).orElseThrow();
  }

  /** Returns the bytes to sign, as docs/events.md describes them. */
  private static byte[] content(SortedMap<String, String> headers, byte[] value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeBytes("plumbline.event.v1\n");
      out.writeInt(headers.size());
      for (Map.Entry<String, String> header : headers.entrySet()) {
        write(out, header.getKey().getBytes(StandardCharsets.UTF_8));
        write(out, header.getValue().getBytes(StandardCharsets.UTF_8));
      }
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }

  /** Returns what the broker answered, if it refused. */
  Optional<Throwable> send(String topic, Map<String, String> headers, byte[] value) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, "forged".getBytes(StandardCharsets.UTF_8), value);
    headers.forEach(
        (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      producer.send(message).get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
