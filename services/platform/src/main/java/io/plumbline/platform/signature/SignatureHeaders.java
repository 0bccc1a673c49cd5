package io.plumbline.platform.signature;

/**
 * The names of the headers that carry a signature, which are extension attributes of CloudEvents.
 */
public final class SignatureHeaders {

  /** The header with the id of the key that signed. The header itself is signed too. */
  public static final String KEY_ID = "ce_keyid";

  /** The header with the Ed25519 signature over {@link SignedContent}, in Base64. */
  public static final String SIGNATURE = "ce_signature";

  private SignatureHeaders() {}
}
