package io.plumbline.platform.test;

import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.VerificationKeys;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a key pair for the events of each service, generated once per JVM, so that tests can sign
 * as any service.
 */
public final class EventKeys {

  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();
  private static final Map<String, EventSigner> SIGNERS = new ConcurrentHashMap<>();

  private EventKeys() {}

  /**
   * Returns the key settings of a service: its own private key and the public keys of all services.
   */
  public static Map<String, Object> settings(String service) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(EventSigner.PROPERTY, base64(keyPairOf(service).getPrivate()));
    settings.put(VerificationKeys.PROPERTY + service, base64(keyPairOf(service).getPublic()));
    EventTypes.SOURCES.stream()
        .map(source -> Objects.requireNonNull(source.getAnnotation(EventSource.class)).value())
        .forEach(other ->
            settings.put(VerificationKeys.PROPERTY + other, base64(keyPairOf(other).getPublic())));
    return settings;
  }

  /** Returns the headers with the signature of a service. */
  public static Map<String, String> sign(
      String service, Map<String, String> headers, byte[] value) {
    return SIGNERS.computeIfAbsent(service, EventKeys::signer).sign(headers, value);
  }

  /** Returns the header with a statement that a service signs for a call. */
  public static String sign(CallStatement statement, CallStatement.Call call) {
    return SIGNERS.computeIfAbsent(call.service(), EventKeys::signer).sign(statement, call);
  }

  private static EventSigner signer(String service) {
    return EventSigner.of(
        service,
        base64(keyPairOf(service).getPrivate()),
        VerificationKeys.of(service, each -> List.of(base64(keyPairOf(each).getPublic()))));
  }

  private static KeyPair keyPairOf(String service) {
    return PAIRS.computeIfAbsent(service, ignored -> generate());
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  private static String base64(Key key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }
}
