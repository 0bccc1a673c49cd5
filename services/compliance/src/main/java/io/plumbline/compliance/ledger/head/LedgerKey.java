package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.signature.Ed25519;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The Ed25519 key pair that signs tree heads. It is kept in two files that nobody but their owner
 * may read, or the owner's group if nobody else is in it.
 */
public final class LedgerKey implements HeadSigning {

  public static final String PRIVATE_FILE = "ledger-ed25519.key";
  public static final String PUBLIC_FILE = "ledger-ed25519.pub";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  public LedgerKey(KeyPair pair) {
    this.privateKey = pair.getPrivate();
    this.publicKey = pair.getPublic();
  }

  public static LedgerKey generate() {
    try {
      return new LedgerKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK since 15 has Ed25519", e);
    }
  }

  public static boolean existsIn(Path directory) {
    return Files.exists(directory.resolve(PRIVATE_FILE));
  }

  /**
   * Loads the key pair from a directory.
   *
   * @throws IllegalStateException if others may read the private key, or the file does not contain
   *     one
   */
  public static LedgerKey load(Path directory) {
    Path file = directory.resolve(PRIVATE_FILE);
    try {
      if (isPosix(file)) {
        KeyFileAccess.ofThisMachine()
            .othersWithAccess(file)
            .ifPresent(others -> {
              throw new IllegalStateException(
                  "The ledger's signing key "
                      + file
                      + " can be accessed by others than its owner ("
                      + others
                      + "): set its mode to 0600, and replace the key if somebody may have copied"
                      + " it");
            });
      }
      PrivateKey secret = Ed25519.privateKey(Files.readString(file));
      return new LedgerKey(
          new KeyPair(publicKey(Files.readString(directory.resolve(PUBLIC_FILE))), secret));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The ledger's signing key cannot be read from " + directory, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          file + " does not contain an Ed25519 key in PKCS #8, Base64", e);
    }
  }

  /**
   * Writes both files, each by an atomic move. The private one is written last, because its
   * presence means that there is a key.
   */
  public void store(Path directory) {
    try {
      createDirectory(directory);
      writeFile(directory, PUBLIC_FILE, publicKeyText());
      writeFile(
          directory, PRIVATE_FILE, Base64.getEncoder().encodeToString(privateKey.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The ledger's signing key cannot be written to " + directory, e);
    }
  }

  /** Removes the key files of a directory, the private one first: without it there is no key. */
  public static void remove(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(PRIVATE_FILE));
      Files.deleteIfExists(directory.resolve(PUBLIC_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("The key cannot be removed from " + directory, e);
    }
  }

  /**
   * Creates the directory. The permissions of an existing one are not changed: it may be the root
   * of a mounted volume, which belongs to another user.
   */
  private static void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory);
    if (isPosix(directory)) {
      Files.setPosixFilePermissions(directory, DIRECTORY);
    }
  }

  private static void writeFile(Path directory, String name, String content) throws IOException {
    Path draft = Files.createTempFile(directory, name, ".new");
    if (isPosix(draft)) {
      Files.setPosixFilePermissions(draft, OWNER_ONLY);
    }
    Files.writeString(draft, content + "\n");
    Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Signs a head under an origin. */
  public SignedHead sign(String origin, long treeSize, Digest root, Instant now) {
    Instant signedAt = now.truncatedTo(ChronoUnit.MILLIS);
    byte[] body = HeadSignature.checkpointBytes(origin, treeSize, root, signedAt);
    return new SignedHead(treeSize, root, signedAt, signText(body), id(), origin);
  }

  @Override
  public SignedHead sign(
      String origin,
      long treeSize,
      Digest root,
      Instant now,
      LongFunction<List<Digest>> proofFrom,
      List<Long> positions) {
    return sign(origin, treeSize, root, now);
  }

  /** Signs the text of a checkpoint, and returns the signature in Base64. */
  public String signText(String text) {
    return signText(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs the statement that another key signs from now on, and returns it. */
  public KeySuccession nameSuccessor(String origin, LedgerKey next) {
    byte[] body = HeadSignature.successionBytes(origin, id(), next.publicKeyText());
    return new KeySuccession(id(), next.publicKeyText(), signText(body));
  }

  private String signText(byte[] body) {
    return Base64.getEncoder().encodeToString(Ed25519.sign(privateKey, body));
  }

  @Override
  public String id() {
    return id(publicKey);
  }

  /** Returns the public key in X.509 form, in Base64. */
  public String publicKeyText() {
    return publicKeyText(publicKey);
  }

  /** Returns a public key in X.509 form, in Base64. */
  public static String publicKeyText(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  public static String id(PublicKey key) {
    return Ed25519.id(key);
  }

  /**
   * Reads a public key in X.509 form, in Base64.
   *
   * @throws IllegalArgumentException if the text is not an Ed25519 public key
   */
  public static PublicKey publicKey(String text) {
    return HeadSignature.publicKey(text);
  }
}
