package io.plumbline.compliance.ledger.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerKeyTests {

  /** An Ed25519 public key in X.509 form, from RFC 8410, section 10.1. */
  private static final String RFC_8410 =
      "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

  @TempDir Path directory;

  private final LedgerKey key = LedgerKey.generate();

  @Test
  void a_stored_key_is_loaded_as_the_same_key() {
    key.store(directory);
    LedgerKey loaded = LedgerKey.load(directory);

    assertThat(LedgerKey.existsIn(directory)).isTrue();
    assertThat(loaded.id()).isEqualTo(key.id());
    assertThat(
            loaded
                .sign(HeadSignature.FIRST_ORIGIN, 1, Digest.ofText("root"), Instant.EPOCH)
                .isSignedBy(LedgerKey.publicKey(key.publicKeyText())))
        .isTrue();
  }

  @Test
  void only_the_owner_may_read_directory_and_files() throws IOException {
    Path fresh = directory.resolve("fresh");
    key.store(fresh);

    assertThat(permissions(fresh)).isEqualTo("rwx------");
    assertThat(permissions(fresh.resolve(LedgerKey.PRIVATE_FILE))).isEqualTo("rw-------");
  }

  @Test
  void a_private_key_that_others_may_read_is_refused() throws IOException {
    key.store(directory);
    Path file = directory.resolve(LedgerKey.PRIVATE_FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> LedgerKey.load(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set its mode to 0600");
  }

  /** The root of a mounted volume belongs to another user, so its mode cannot be changed. */
  @Test
  void a_directory_that_exists_is_left_as_it_is() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
    key.store(directory);
    assertThat(permissions(directory)).isEqualTo("rwxrwx---");
  }

  @Test
  void a_file_without_a_key_is_refused_by_name() throws IOException {
    key.store(directory);
    Path file = directory.resolve(LedgerKey.PRIVATE_FILE);
    Files.writeString(file, "no key\n");

    assertThatThrownBy(() -> LedgerKey.load(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(file + " does not contain an Ed25519 key");
  }

  @Test
  void an_empty_directory_has_no_key() {
    assertThat(LedgerKey.existsIn(directory)).isFalse();
  }

  @Test
  void the_id_is_the_beginning_of_the_digest_of_the_x509_form() {
    PublicKey known = LedgerKey.publicKey(RFC_8410);

    assertThat(LedgerKey.id(known))
        .isEqualTo(Digest.of(known.getEncoded()).hex().substring(0, 16))
        .hasSize(16);
  }

  @Test
  void a_text_that_holds_no_key_is_refused() {
    assertThatThrownBy(() -> LedgerKey.publicKey("bm8ga2V5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not an Ed25519 public key in X.509 form");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
