package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerPinTests {

  @TempDir Path root;

  private LedgerPin pin() {
    return new LedgerPin(root.resolve("pin"), root.resolve("ledger-key"));
  }

  private Path publicKey() {
    return root.resolve("ledger-key").resolve(LedgerPin.PUBLIC_KEY);
  }

  @Test
  void a_first_start_creates_the_key_and_says_that_it_pins_it() throws IOException {
    assertThat(pin().pinKey())
        .hasValueSatisfying(what -> assertThat(what).startsWith("Created the ledger's key"));

    assertThat(pin().publicKeys()).isEqualTo(Files.readAllLines(publicKey()));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(publicKey().resolveSibling(LedgerPin.PRIVATE_KEY))))
        .isEqualTo("rw-------");
    assertThat(pin().pinKey()).isEmpty();
  }

  @Test
  void an_older_installation_keeps_its_key_and_says_that_it_is_trusted_unseen() throws IOException {
    Files.createDirectories(publicKey().getParent());
    Files.writeString(publicKey(), "key of before\n");

    assertThat(pin().pinKey())
        .hasValueSatisfying(what -> assertThat(what).startsWith("Trusting the ledger's key"));

    assertThat(pin().publicKeys()).containsExactly("key of before");
    assertThat(publicKey().resolveSibling(LedgerPin.PRIVATE_KEY)).doesNotExist();
  }

  @Test
  void a_key_that_the_ledger_replaces_does_not_change_the_pin() throws IOException {
    pin().pinKey();
    List<String> pinned = pin().publicKeys();
    Files.writeString(publicKey(), "another\n");

    assertThat(pin().pinKey()).isEmpty();
    assertThat(pin().publicKeys()).isEqualTo(pinned);
  }

  @Test
  void the_first_head_is_pinned_once() {
    assertThat(pin().firstHead()).isEmpty();
    assertThat(pin().pinFirstHead("7:ab")).isPresent();
    assertThat(pin().pinFirstHead("8:cd")).isEmpty();
    assertThat(pin().firstHead()).isEqualTo("7:ab");
  }
}
