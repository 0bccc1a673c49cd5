package io.plumbline.platform.signature;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs the events of this service, and its statements about calls to other services. */
public final class EventSigner {

  public static final String PROPERTY = "plumbline.events.signing-key";

  /**
   * The content that is signed to check the key. It starts with a domain of its own, so that its
   * signature is valid for nothing else.
   */
  private static final byte[] PROBE =
      "plumbline.key-check.v1\n".getBytes(StandardCharsets.US_ASCII);

  private final PrivateKey key;
  private final String keyId;

  private EventSigner(PrivateKey key, String keyId) {
    this.key = key;
    this.keyId = keyId;
  }

  /**
   * Creates the signer of a service, after checking that its key belongs to one of the service's
   * public keys.
   *
   * @param text the private key of the service in PKCS #8, Base64; blank when none is configured
   * @param keys the public keys of all services
   * @throws IllegalArgumentException when the text is not such a key, or when the other services
   *     would refuse what it signs
   */
  public static EventSigner of(String service, String text, VerificationKeys keys) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          PROPERTY
              + " must be set: the private key (Ed25519, PKCS #8, Base64) that signs the events of "
              + service);
    }
    PrivateKey key = privateKey(text);
    byte[] signed = Ed25519.sign(key, PROBE);
    return keys.idOf(service, candidate -> Ed25519.verify(candidate, PROBE, signed))
        .map(id -> new EventSigner(key, id))
        .orElseThrow(() ->
            new IllegalArgumentException(
                PROPERTY
                    + " belongs to none of the public keys in "
                    + VerificationKeys.PROPERTY
                    + service
                    + ", so that every service would refuse what it signs: add its public key"
                    + " there, first in the services that consume its events"));
  }

  private static PrivateKey privateKey(String text) {
    try {
      return Ed25519.privateKey(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PROPERTY + " " + e.getMessage(), e);
    }
  }

  /** Returns the headers together with the two headers of the signature. */
  public Map<String, String> sign(Map<String, String> headers, byte[] value) {
    Map<String, String> signed = new LinkedHashMap<>(headers);
    signed.put(SignatureHeaders.KEY_ID, keyId);
    signed.put(
        SignatureHeaders.SIGNATURE,
        Base64.getEncoder().encodeToString(Ed25519.sign(key, SignedContent.of(signed, value))));
    return signed;
  }

  /** Returns the header {@link CallStatement#HEADER} of a call that this service makes. */
  public String sign(CallStatement statement, CallStatement.Call call) {
    byte[] signature = Ed25519.sign(key, statement.content(call, keyId));
    return new CallStatement.Signed(statement, keyId, signature).header();
  }
}
