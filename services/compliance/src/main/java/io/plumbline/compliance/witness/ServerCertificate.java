package io.plumbline.compliance.witness;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The certificate and key of a server, in the files {@code tls.crt} and {@code tls.key} of a
 * folder, in PEM. Each new connection gets the files as they are then, so that a renewed
 * certificate needs no restart. Spring Boot's watcher of files would need an application context.
 */
final class ServerCertificate extends X509ExtendedKeyManager {

  private final Path folder;
  private final PrintStream out;
  private volatile X509ExtendedKeyManager current;

  /**
   * Reads the files.
   *
   * @param out gets a line when they cannot be read later
   * @throws IOException if they cannot be read
   */
  ServerCertificate(Path folder, PrintStream out) throws IOException {
    this.folder = folder;
    this.out = out;
    this.current = read(folder);
  }

  /** Creates a server that answers by TLS with this certificate, and does not start it yet. */
  HttpsServer createServer(InetSocketAddress address) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {this}, null, null);
      HttpsServer server = HttpsServer.create(address, 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      return server;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  /**
   * Reads both files of one version: the links of a mounted Secret change together, by one link of
   * their folder.
   */
  private static X509ExtendedKeyManager read(Path folder) throws IOException {
    Path version = folder.resolve("tls.crt").toRealPath().resolveSibling("");
    PemSslStoreDetails files =
        PemSslStoreDetails.forCertificate(version.resolve("tls.crt").toUri().toString())
            .withPrivateKey(version.resolve("tls.key").toUri().toString());
    for (KeyManager each :
        SslBundle.of(new PemSslStoreBundle(files, null)).getManagers().getKeyManagers()) {
      if (each instanceof X509ExtendedKeyManager manager) {
        return manager;
      }
    }
    throw new IllegalStateException("No key manager reads certificates of X.509");
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    try {
      current = read(folder);
    } catch (IOException | RuntimeException e) {
      out.println(folder + " cannot be read, so the former certificate stays in use: " + e);
    }
    return current.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return current.getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return current.getPrivateKey(alias);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return current.getServerAliases(keyType, issuers);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return current.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return current.getClientAliases(keyType, issuers);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return current.chooseClientAlias(keyType, issuers, socket);
  }
}
