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
 * Who a client without a name is: the address of its connection, or, behind proxies, the one that
 * the outermost of them has seen. What a client writes into {@code X-Forwarded-For} by itself
 * stands before that and never counts.
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
   * @param trustedProxies how many proxies of one's own every connection comes through; 0 for none
   */
  ClientAddress(int trustedProxies) {
    resolver =
        trustedProxies == 0
            ? new RemoteAddressResolver() {}
            : XForwardedRemoteAddressResolver.maxTrustedIndex(trustedProxies);
  }

  String of(ServerWebExchange exchange) {
    return Optional.ofNullable(resolver.resolve(exchange))
        .map(ClientAddress::text)
        .orElse("unknown");
  }

  private static String text(InetSocketAddress socket) {
    InetAddress address = socket.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
        : socket.getHostString();
  }
}
