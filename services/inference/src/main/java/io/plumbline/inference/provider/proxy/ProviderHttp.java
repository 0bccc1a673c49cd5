package io.plumbline.inference.provider.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.RouteInfo.LayerType;
import org.apache.hc.client5.http.RouteInfo.TunnelType;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients of provider calls. One connects directly, to the addresses that a resolver
 * allows. The other connects to the proxy alone, and reaches providers through tunnels (CONNECT,
 * RFC 9110, section 9.3.6), also those without TLS. They share no connection, so that the proxy's
 * own address, which is usually private, is not an allowed one for direct calls.
 */
public final class ProviderHttp implements Closeable {

  private static final int MAX_CONNECTIONS = 1_024;

  /**
   * The size in bytes of each of a connection's three buffers. With the library's default of 32 KB,
   * the buffers of 512 streams took 50 MB, and full collections of a heap of 256 MB stopped all
   * streams for 300 ms and more.
   */
  private static final int BUFFER = 8 * 1024;

  /** The attribute of a call whose connection to the provider was made. */
  private static final String CONNECTED = "plumbline.provider-connected";

  private final @Nullable ProxySettings proxy;
  private final CloseableHttpClient direct;
  private final CloseableHttpClient proxied;

  /**
   * @param trusted the authorities of providers' certificates
   * @param addresses resolves the hosts of providers that are called directly
   * @param proxy the proxy; null to call all providers directly
   */
  public ProviderHttp(
      Duration connectTimeout,
      SSLContext trusted,
      DnsResolver addresses,
      @Nullable ProxySettings proxy) {
    this.proxy = proxy;
    this.direct = clientOf(connectTimeout, trusted, addresses).build();
    this.proxied = proxy == null ? direct : proxiedClient(connectTimeout, trusted, proxy);
  }

  private static CloseableHttpClient proxiedClient(
      Duration connectTimeout, SSLContext trusted, ProxySettings proxy) {
    HttpHost host = new HttpHost("http", proxy.url().getHost(), proxy.url().getPort());
    HttpClientBuilder client =
        clientOf(connectTimeout, trusted, SystemDefaultDnsResolver.INSTANCE)
            .setRoutePlanner((target, context) -> tunnel(target, host))
            .addExecInterceptorAfter(
                ChainElement.CONNECT.name(),
                CONNECTED,
                (request, scope, chain) -> {
                  scope.clientContext.setAttribute(CONNECTED, true);
                  return chain.proceed(request, scope);
                });
    if (!proxy.user().isEmpty()) {
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(host),
          new UsernamePasswordCredentials(proxy.user(), proxy.password().toCharArray()));
      client.setDefaultCredentialsProvider(credentials);
    }
    return client.build();
  }

  private static HttpRoute tunnel(HttpHost target, HttpHost proxy) {
    boolean secure = target.getSchemeName().equals("https");
    return new HttpRoute(
        RoutingSupport.normalize(target, DefaultSchemePortResolver.INSTANCE),
        null,
        proxy,
        secure,
        TunnelType.TUNNELLED,
        secure ? LayerType.LAYERED : LayerType.PLAIN);
  }

  private static HttpClientBuilder clientOf(
      Duration connectTimeout, SSLContext trusted, DnsResolver addresses) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER).build())
                        .build())
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted))
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom().setConnectTimeout(Timeout.of(connectTimeout)).build())
                .build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement();
  }

  /**
   * Sends a request to a provider, directly or through the proxy.
   *
   * @param host the host of the request's address
   * @throws ProxyFailure when the proxy made no connection to the provider
   */
  public ClassicHttpResponse execute(String host, HttpUriRequestBase request) throws IOException {
    return proxy != null && proxy.isUsedFor(host)
        ? executeProxied(request)
        : direct.executeOpen(null, request, null);
  }

  private ClassicHttpResponse executeProxied(HttpUriRequestBase request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    ClassicHttpResponse response;
    try {
      response = proxied.executeOpen(null, request, context);
    } catch (ConnectException
        | ConnectTimeoutException
        | NoRouteToHostException
        | UnknownHostException e) {
      throw new ProxyFailure(e);
    }
    // The client returns a proxy's refusal as if it were the answer of the provider.
    if (context.getAttribute(CONNECTED) == null) {
      try (response) {
        throw new ProxyFailure(response.getCode());
      }
    }
    return response;
  }

  @Override
  public void close() throws IOException {
    direct.close();
    proxied.close();
  }
}
