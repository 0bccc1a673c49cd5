package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passwords and client secrets of this installation: generated when first needed, kept in one file
 * that only its owner can read.
 */
public final class Secrets {

  private static final JsonMapper JSON = new JsonMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final Map<String, String> values;

  private Secrets(Path file, Map<String, String> values) {
    this.file = file;
    this.values = new TreeMap<>(values);
  }

  public static Secrets at(Path file) {
    return new Secrets(file, read(file));
  }

  private static Map<String, String> read(Path file) {
    return Files.exists(file)
        ? JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {})
        : Map.of();
  }

  /** Returns the names of all secrets that have been needed so far. */
  public synchronized Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /** Returns the secret of a name, which is drawn and stored when it is first needed. */
  public String get(String name) {
    return get(name, () -> Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(18)));
  }

  private String get(String name, Supplier<String> first) {
    return getOrCreate(name, () -> values.put(name, first.get()));
  }

  /**
   * @param draw puts what is missing into the values
   */
  private synchronized String getOrCreate(String name, Runnable draw) {
    if (!values.containsKey(name)) {
      whileLocked(() -> {
        values.putAll(read(file));
        if (!values.containsKey(name)) {
          draw.run();
          writePrivately(file, values);
        }
      });
    }
    return Objects.requireNonNull(values.get(name));
  }

  /**
   * Runs the action while no other command does. Of two commands that need the same secret for the
   * first time, only one draws it.
   */
  private void whileLocked(Runnable action) {
    synchronized (Secrets.class) {
      try (FileChannel channel =
              FileChannel.open(
                  file.resolveSibling(file.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        action.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public String database(String role) {
    return get("database/" + role);
  }

  public String client(String id) {
    return get("client/" + id);
  }

  /** Returns the password of a principal of the broker. */
  public String broker(String name) {
    return get("broker/" + name);
  }

  /** Returns the key under which inference keeps the API keys of providers: 32 bytes, Base64. */
  public String providerEncryptionKey() {
    return get("inference/provider-key", () -> Base64.getEncoder().encodeToString(randomBytes(32)));
  }

  /** Returns the key with which an application signs its events: Ed25519 in PKCS #8, Base64. */
  public String eventSigningKey(String application) {
    return eventKey(application, "private");
  }

  /**
   * Returns the key that the other services verify the application's events with, in X.509 form,
   * Base64.
   */
  public String eventVerificationKey(String application) {
    return eventKey(application, "public");
  }

  /** Returns these keys of all services that publish events, by variable of the environment. */
  public Map<String, String> eventVerificationKeys() {
    Map<String, String> keys = new LinkedHashMap<>();
    Application.values().stream()
        .filter(Application::hasDatabase)
        .forEach(each ->
            keys.put(
                "PLUMBLINE_EVENTS_KEYS_" + each.variableName(), eventVerificationKey(each.name())));
    return keys;
  }

  /** Returns a half of an application's key pair; both halves are drawn and written at once. */
  private String eventKey(String application, String half) {
    String name = "events/" + application + "/";
    return getOrCreate(
        name + half,
        () -> {
          KeyPair pair = newKeyPair();
          Base64.Encoder encoder = Base64.getEncoder();
          values.put(name + "public", encoder.encodeToString(pair.getPublic().getEncoded()));
          values.put(name + "private", encoder.encodeToString(pair.getPrivate().getEncoded()));
        });
  }

  private static KeyPair newKeyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /** Returns the key that authenticates the ids of responses in all replicas of inference. */
  public String responseKey() {
    return get("inference/response-key", () -> Base64.getEncoder().encodeToString(randomBytes(32)));
  }

  /** Returns the key that authenticates API keys in all replicas of inference. */
  public String apiKeyMacKey() {
    return get("inference/api-key-key", () -> Base64.getEncoder().encodeToString(randomBytes(32)));
  }

  public String person(String name) {
    return get("person/" + name);
  }

  /**
   * Replaces the file at once, so that a crash leaves the old or the new content, readable by its
   * owner only.
   */
  public static void writePrivately(Path file, Object content) {
    try {
      Path fresh =
          Files.createTempFile(
              file.getParent(),
              file.getFileName().toString(),
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
