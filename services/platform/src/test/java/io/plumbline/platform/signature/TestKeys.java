package io.plumbline.platform.signature;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The key pairs of RFC 8032, section 7.1, in the encodings of RFC 8410. */
public final class TestKeys {

  /** A key pair in Base64. */
  public record Pair(String privateKey, String publicKey) {

    static Pair of(String secret, String open) {
      return new Pair(
          base64("302e020100300506032b657004220420" + secret),
          base64("302a300506032b6570032100" + open));
    }

    public EventSigner signer(String service) {
      return EventSigner.of(
          service, privateKey, VerificationKeys.of(service, each -> List.of(publicKey)));
    }
  }

  /** TEST 1. */
  public static final Pair STRATEGY =
      Pair.of(
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  /** TEST 2. */
  public static final Pair COMPLIANCE =
      Pair.of(
          "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  /** TEST 3. */
  public static final Pair OTHER =
      Pair.of(
          "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
          "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");

  private TestKeys() {}

  /** Returns the keys that a consumer trusts, of which strategy and compliance have their own. */
  public static VerificationKeys all() {
    Map<String, String> own =
        Map.of("strategy", STRATEGY.publicKey(), "compliance", COMPLIANCE.publicKey());
    return VerificationKeys.of(
        "strategy", service -> List.of(own.getOrDefault(service, OTHER.publicKey())));
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
