package io.plumbline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DigestTests {

  /** FIPS 180-4, example "abc". */
  @Test
  void it_is_sha_256() {
    assertThat(Digest.ofText("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void it_cannot_hold_anything_else() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Digest("BA78"));
  }
}
