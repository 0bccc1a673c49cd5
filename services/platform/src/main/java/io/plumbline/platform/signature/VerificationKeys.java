package io.plumbline.platform.signature;

import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of every service, by which its events and its statements are verified. A service
 * has several keys while a key is replaced, and for as long as events that an earlier key signed
 * are read.
 */
public final class VerificationKeys {

  /**
   * The prefix of the properties with the keys. The name of a service follows; keys are separated
   * by commas.
   */
  public static final String PROPERTY = "plumbline.events.keys.";

  /** A public key and the service that it belongs to. */
  public record ServiceKey(String service, String keyId, PublicKey key) {}

  private final Map<String, Map<String, PublicKey>> byService;

  private VerificationKeys(Map<String, Map<String, PublicKey>> byService) {
    this.byService = byService;
  }

  /**
   * Reads the keys of all services that publish events.
   *
   * @param self the service that reads them, which need not be one that publishes events
   * @param configured gives the keys of a service in X.509 form, Base64; empty when there are none
   * @throws IllegalArgumentException when a service has no key or a text is not a key, since its
   *     events would then be refused one by one
   */
  public static VerificationKeys of(String self, Function<String, List<String>> configured) {
    Map<String, Map<String, PublicKey>> byService = new LinkedHashMap<>();
    servicesWithKeys(self)
        .forEach(service -> byService.put(service, requiredKeys(service, configured)));
    return new VerificationKeys(byService);
  }

  /**
   * Returns the given keys, which may leave out services. Use it for events of the past.
   *
   * @param keys in X.509 form, Base64, by service
   * @throws IllegalArgumentException when a text is not a key
   */
  public static VerificationKeys of(Map<String, List<String>> keys) {
    Map<String, Map<String, PublicKey>> byService = new LinkedHashMap<>();
    keys.forEach((service, texts) -> byService.put(service, parse(service, texts)));
    return new VerificationKeys(byService);
  }

  private static Stream<String> servicesWithKeys(String self) {
    return Stream.concat(
            EventTypes.SOURCES.stream()
                .map(source ->
                    Objects.requireNonNull(source.getAnnotation(EventSource.class)).value()),
            Stream.of(self))
        .distinct();
  }

  private static Map<String, PublicKey> requiredKeys(
      String service, Function<String, List<String>> configured) {
    List<String> texts = configured.apply(service);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(
          PROPERTY
              + service
              + " must be set: the public keys of "
              + service
              + " (Ed25519, X.509, Base64, separated by commas), without which its events cannot be"
              + " believed");
    }
    return parse(service, texts);
  }

  private static Map<String, PublicKey> parse(String service, List<String> texts) {
    try {
      return texts.stream()
          .map(Ed25519::publicKey)
          .collect(Collectors.toMap(Ed25519::id, Function.identity(), (one, same) -> one));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A key in " + PROPERTY + service + " " + e.getMessage(), e);
    }
  }

  /** Returns every key with its service and id. */
  public List<ServiceKey> all() {
    return byService.entrySet().stream()
        .flatMap(service ->
            service.getValue().entrySet().stream()
                .map(key -> new ServiceKey(service.getKey(), key.getKey(), key.getValue())))
        .toList();
  }

  /** Returns the id of the first key of a service that fulfils a condition. */
  Optional<String> idOf(String service, Predicate<PublicKey> condition) {
    return keysOf(service).entrySet().stream()
        .filter(key -> condition.test(key.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Checks whether a service signed a message exactly as it is.
   *
   * @param headers all headers of the envelope
   */
  public Authenticity verify(String service, Map<String, String> headers, byte[] value) {
    String id = headers.get(SignatureHeaders.KEY_ID);
    String signature = headers.get(SignatureHeaders.SIGNATURE);
    if (id == null || signature == null) {
      return Authenticity.UNSIGNED;
    }
    PublicKey key = keysOf(service).get(id);
    if (key == null) {
      return Authenticity.UNKNOWN_KEY;
    }
    byte[] signed = decode(signature);
    if (signed != null && Ed25519.verify(key, SignedContent.of(headers, value), signed)) {
      return Authenticity.AUTHENTIC;
    }
    return Authenticity.WRONG_SIGNATURE;
  }

  /**
   * Returns what a service states about a call, once its signature and its time are verified.
   *
   * @param call the call as the called service received it, by a service that is authenticated
   * @param header the header {@link CallStatement#HEADER}; null when there is none
   * @throws InvalidStatement if the calling service did not sign this for this call just now
   */
  public CallStatement verify(CallStatement.Call call, @Nullable String header, Instant now) {
    if (header == null) {
      throw new InvalidStatement("It carries no statement");
    }
    CallStatement.Signed signed =
        CallStatement.Signed.parse(header)
            .orElseThrow(() -> new InvalidStatement("Its statement is malformed"));
    PublicKey key = keysOf(call.service()).get(signed.keyId());
    if (key == null) {
      throw new InvalidStatement(
          "Its statement is signed by a key that " + PROPERTY + "<the service> does not list");
    }
    CallStatement statement = signed.statement();
    if (!Ed25519.verify(key, statement.content(call, signed.keyId()), signed.signature())) {
      throw new InvalidStatement(
          "Its statement was changed, or made for another service, method, path or query");
    }
    if (!statement.isIssuedAround(now)) {
      throw new InvalidStatement(
          "Its statement is not of the last %d s; compare the clocks of both services"
              .formatted(CallStatement.LIFE.toSeconds()));
    }
    return statement;
  }

  private Map<String, PublicKey> keysOf(String service) {
    return byService.getOrDefault(service, Map.of());
  }

  private static byte @Nullable [] decode(String signature) {
    try {
      return Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
