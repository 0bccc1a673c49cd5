package io.plumbline.gateway.limit;

import io.plumbline.gateway.GatewaySettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.support.ipresolver.RemoteAddressResolver;
import org.springframework.cloud.gateway.support.ipresolver.XForwardedRemoteAddressResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The identity of a client without a name: the address of its connection, or, behind proxies, the
 * address that the outermost proxy has seen. Whatever a client writes into {@code X-Forwarded-For}
 * itself stands before that address and never counts.
 */
@Component
class ClientAddress {

  /** The network part of an IPv6 address (RFC 4291, section 2.5.4): one client has all the rest. */
  private static final int NETWORK_BYTES = 8;

  private final RemoteAddressResolver resolver;

  @Autowired
  ClientAddress(GatewaySettings settings) {
    this(settings.gateway().trustedProxies());
  }

  /**
   * Creates the resolver of addresses.
   *
   * @param trustedProxies the number of our own proxies that every connection comes through
   */
  ClientAddress(int trustedProxies) {
    resolver = resolver(trustedProxies);
  }

  private static RemoteAddressResolver resolver(int trustedProxies) {
    if (trustedProxies == 0) {
      return new RemoteAddressResolver() {};
    }
    return XForwardedRemoteAddressResolver.maxTrustedIndex(trustedProxies);
  }

  String of(ServerWebExchange exchange) {
    return Optional.ofNullable(resolver.resolve(exchange))
        .map(ClientAddress::addressText)
        .orElse("unknown");
  }

  private static String addressText(InetSocketAddress socket) {
    InetAddress address = socket.getAddress();
    if (address instanceof Inet6Address) {
      return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64";
    }
    return socket.getHostString();
  }
}
