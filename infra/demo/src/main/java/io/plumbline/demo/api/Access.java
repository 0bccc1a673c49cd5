package io.plumbline.demo.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The address of the platform and the credentials of the demo's users. On one machine the launcher
 * writes it, readable by its owner only; for an installation elsewhere its operator does.
 *
 * @param people passwords by name
 * @param authorities a PEM file of authorities that are trusted beside those of the Java runtime;
 *     none when absent
 */
public record Access(
    String gateway,
    String tokenUri,
    String clientId,
    Map<String, String> people,
    @Nullable Path authorities) {

  public Access(String gateway, String tokenUri, String clientId, Map<String, String> people) {
    this(gateway, tokenUri, clientId, people, null);
  }

  /**
   * Reads a file, in which {@code authorities} is relative to it.
   *
   * @throws StepFailed when it cannot be read or lacks something; the message says what
   */
  public static Access read(Path file) {
    Access read;
    try {
      read = JsonMapper.shared().readValue(file.toFile(), Access.class);
    } catch (JacksonException e) {
      throw new StepFailed(
          file + " is no access file: " + e.getOriginalMessage() + ". See docs/kubernetes.md.");
    }
    if (read.gateway == null
        || read.tokenUri == null
        || read.clientId == null
        || read.people == null) {
      throw new StepFailed(
          file + " needs gateway, tokenUri, clientId and people. See docs/kubernetes.md.");
    }
    Path authorities = read.authorities;
    return authorities == null
        ? read
        : new Access(
            read.gateway,
            read.tokenUri,
            read.clientId,
            read.people,
            file.toAbsolutePath().resolveSibling(authorities));
  }

  public String passwordOf(String user) {
    String password = people.get(user);
    if (password == null) {
      throw new StepFailed(
          "The realm of this installation has no user "
              + user
              + "; `./plumbline people` lists them");
    }
    return password;
  }

  /**
   * Returns what verifies the certificates of the gateway and of the realm.
   *
   * @throws StepFailed when the file of authorities cannot be read
   */
  public SSLContext sslContext() {
    try {
      if (authorities == null) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      Path ofTheRuntime = Path.of(System.getProperty("java.home"), "lib/security/cacerts");
      try (InputStream own = Files.newInputStream(ofTheRuntime)) {
        trusted.load(own, null);
      }
      try (InputStream pem = Files.newInputStream(authorities)) {
        int number = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
          trusted.setCertificateEntry("access-" + number++, each);
        }
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new StepFailed("The authorities in " + authorities + " cannot be read: " + e);
    }
  }

  @Override
  public String toString() {
    return "Access[gateway=" + gateway + "]";
  }
}
