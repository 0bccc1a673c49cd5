package io.plumbline.platform.signature;

/** The headers that carry a signature: extension attributes of CloudEvents. */
public final class EventSignature {

  /** The id of the key that signed; it is signed too. */
  public static final String KEY_ID = "ce_keyid";

  /** Ed25519 over {@link SignedContent}, in Base64. */
  public static final String SIGNATURE = "ce_signature";

  private EventSignature() {}
}
