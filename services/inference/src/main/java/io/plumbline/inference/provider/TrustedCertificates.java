package io.plumbline.inference.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.springframework.stereotype.Component;

/**
 * The authorities whose certificates are trusted: those of the Java runtime, and those that the
 * operator adds, for example the authority of a company's own servers. Every certificate must also
 * be for the host that is called.
 */
@Component
class TrustedCertificates {

  private final SSLContext context;

  TrustedCertificates(ProviderSettings settings) {
    String file = settings.trustedCertificates();
    try {
      List<Certificate> trusted = new ArrayList<>(runtimeCertificates());
      if (!file.isBlank()) {
        trusted.addAll(readCertificates(file));
      }
      context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(trusted), null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The trusted certificates cannot be loaded", e);
    }
  }

  private static List<Certificate> runtimeCertificates() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .flatMap(manager -> Arrays.<Certificate>stream(manager.getAcceptedIssuers()))
        .toList();
  }

  private static List<Certificate> readCertificates(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (found.isEmpty()) {
        throw new CertificateException("The file has no certificate");
      }
      return found;
    } catch (IOException | InvalidPathException | CertificateException e) {
      throw new IllegalArgumentException(
          ("%s names '%s', which cannot be read; give the path of a file with certificates in PEM,"
                  + " from -----BEGIN CERTIFICATE----- on")
              .formatted(ProviderSettings.TRUSTED_CERTIFICATES, file),
          e);
    }
  }

  private static TrustManager[] trustManagers(List<Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted-" + i, trusted.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  SSLContext context() {
    return context;
  }
}
