package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The ledger's public keys and first head that the services of this installation trust. They are
 * kept apart from the ledger's own files, which the ledger can change.
 *
 * @param folder the folder of the pin
 * @param keyFolder the folder of the ledger's own key pair
 */
public record LedgerPin(Path folder, Path keyFolder) {

  static final String PRIVATE_KEY = "ledger-ed25519.key";
  static final String PUBLIC_KEY = "ledger-ed25519.pub";

  /** Returns the file of the keys, one on a line. */
  public Path keyFile() {
    return folder.resolve("public-keys");
  }

  private Path firstHeadFile() {
    return folder.resolve("first-head");
  }

  /** Returns the pinned keys; none before the first start. */
  public List<String> publicKeys() {
    return read(keyFile()).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Returns the pinned first head as {@code SIZE:ROOT}; empty before it is known. */
  public String firstHead() {
    return read(firstHeadFile()).strip();
  }

  /**
   * Pins the ledger's key unless one is pinned: the one that the ledger has, or a new one, which
   * the ledger finds when it starts.
   *
   * @return what people should know about it; empty if a key was pinned before
   */
  public Optional<String> pinKey() {
    if (!publicKeys().isEmpty()) {
      return Optional.empty();
    }
    Path existing = keyFolder.resolve(PUBLIC_KEY);
    boolean adopted = Files.exists(existing);
    if (!adopted) {
      createKey();
    }
    write(keyFile(), read(existing));
    return Optional.of(
        (adopted
                ? "Trusting the ledger's key as it is here, because none was pinned before: "
                : "Created the ledger's key and pinned it: ")
            + keyFile()
            + ". Back up "
            + keyFolder
            + ".");
  }

  /**
   * Pins the first head of the ledger unless one is pinned.
   *
   * @param head {@code SIZE:ROOT}
   * @return what people should know about it; empty if a head was pinned before
   */
  public Optional<String> pinFirstHead(String head) {
    if (!firstHead().isEmpty()) {
      return Optional.empty();
    }
    write(firstHeadFile(), head + "\n");
    return Optional.of(
        "Pinned the ledger's first head, which later ones must continue: " + firstHeadFile() + ".");
  }

  private void createKey() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      write(keyFolder.resolve(PUBLIC_KEY), encoded(pair.getPublic().getEncoded()));
      write(keyFolder.resolve(PRIVATE_KEY), encoded(pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  private static String encoded(byte[] key) {
    return Base64.getEncoder().encodeToString(key) + "\n";
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a file atomically, so that a crash leaves the old or the new content. */
  private static void write(Path file, String content) {
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path draft =
          Files.createTempFile(
              file.getParent(),
              file.getFileName().toString(),
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
