package io.plumbline.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority that a test makes, whose certificates lie in folders as kubelet mounts them from a
 * Secret: each file is a link, and one link of the folder leads to the files of a version.
 */
final class TestCertificates {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final List<String> FILES = List.of("tls.crt", "tls.key", "ca.crt");
  private static final String AUTHORITY = "authority";

  private final Path store;
  private int issued;

  private TestCertificates(Path store) {
    this.store = store;
  }

  /** Makes an authority with a key of its own, which it keeps in a folder that does not exist. */
  static TestCertificates create(Path folder) throws Exception {
    Files.createDirectories(folder);
    TestCertificates made = new TestCertificates(folder.resolve("keys.p12"));
    made.keytool("-alias", AUTHORITY, "-dname", "CN=" + AUTHORITY, "-ext", "bc:c");
    return made;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-keystore",
            store.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    command.addAll(List.of(arguments));
    Path log = store.resolveSibling("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  /**
   * Issues a certificate for one host, and puts it in place of the one that a folder has.
   *
   * @param folder where {@code tls.crt}, {@code tls.key} and {@code ca.crt} are then; it is created
   *     the first time
   * @return the folder
   */
  Path mount(Path folder, String host) throws Exception {
    String name = "issued-" + issued++;
    keytool(
        "-alias", name, "-dname", "CN=" + name, "-signer", AUTHORITY, "-ext", "san=dns:" + host);
    KeyStore keys = keys();
    Files.createDirectories(folder);
    Path version = Files.createTempDirectory(folder, "..version-");
    Files.writeString(version.resolve("tls.crt"), pem("CERTIFICATE", keys.getCertificate(name)));
    Files.writeString(
        version.resolve("tls.key"), pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
    Files.writeString(version.resolve("ca.crt"), pem("CERTIFICATE", authority()));
    Path next = folder.resolve("..data_tmp");
    Files.createSymbolicLink(next, version.getFileName());
    Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String file : FILES) {
      if (!Files.exists(folder.resolve(file))) {
        Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
      }
    }
    return folder;
  }

  private static String pem(String what, Certificate certificate) throws GeneralSecurityException {
    return pem(what, certificate.getEncoded());
  }

  private static String pem(String what, byte[] content) {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  private KeyStore keys() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private Certificate authority() throws GeneralSecurityException, IOException {
    return keys().getCertificate(AUTHORITY);
  }

  /**
   * Returns a context that trusts this authority alone. Each has a cache of sessions of its own.
   */
  SSLContext trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(AUTHORITY, authority());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /** Returns the certificate that a server shows to a new connection. */
  X509Certificate shownAt(String host, int port) throws GeneralSecurityException, IOException {
    try (SSLSocket socket = (SSLSocket) trust().getSocketFactory().createSocket(host, port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Returns the certificate that a folder has now. */
  static X509Certificate read(Path folder) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("tls.crt"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
