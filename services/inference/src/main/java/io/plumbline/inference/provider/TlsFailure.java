package io.plumbline.inference.provider;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Explains a failed TLS handshake with a provider. */
final class TlsFailure {

  /** The message of the Java runtime for an answer that is not TLS. */
  private static final String PLAIN = "Unsupported or unrecognized SSL message";

  private static final int MAX_CAUSES = 10;

  private TlsFailure() {}

  /**
   * Returns cause and remedy for a sentence that begins with the provider's name; empty for a
   * connection that broke, which needs no change.
   */
  static Optional<String> causeAndRemedy(SSLException failure) {
    List<Throwable> causes = causesOf(failure);
    if (causes.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
      return Optional.of("has a certificate that has expired: renew it there");
    }
    if (causes.stream().anyMatch(CertPathBuilderException.class::isInstance)) {
      return Optional.of(
          "has a certificate that is not trusted here: the operator adds the one of its authority,"
              + " in PEM, to the file that "
              + ProviderSettings.TRUSTED_CERTIFICATES
              + " names, and starts inference again");
    }
    if (failure instanceof SSLPeerUnverifiedException
        || causes.stream().anyMatch(CertificateException.class::isInstance)) {
      return Optional.of(
          "has a certificate for another host than that of its base URL: connect it by a name that"
              + " is in the certificate");
    }
    if (PLAIN.equals(failure.getMessage())) {
      return Optional.of(
          "does not answer by TLS at that port: connect it by http, or by the port that has TLS");
    }
    return Optional.empty();
  }

  private static List<Throwable> causesOf(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .toList();
  }
}
