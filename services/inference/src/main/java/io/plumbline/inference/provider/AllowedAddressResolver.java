package io.plumbline.inference.provider;

import io.plumbline.inference.provider.proxy.ProxySettings;
import io.plumbline.inference.provider.proxy.PublicName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/**
 * Resolves host names for calls of providers, and returns only addresses that may be called: public
 * ones, and private ones that the operator allows by host or network. The client connects to
 * exactly these addresses, so no second look-up can return others (DNS rebinding).
 */
@Component
class AllowedAddressResolver implements DnsResolver {

  /**
   * The addresses that are never called, whatever an operator allows. At some of them clouds hand
   * out credentials, also at addresses that look private or public (Alibaba, Oracle, Azure, AWS and
   * Google over IPv6). Others are blocks that lead to other addresses than they name.
   */
  private static final List<Network> NEVER_CALLED =
      networks(
          List.of(
              "0.0.0.0/8",
              "169.254.0.0/16",
              "100.100.100.200",
              "192.0.0.192",
              "168.63.129.16",
              "224.0.0.0/3",
              "::/128",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "2001::/32",
              "2002::/16",
              "fd00:ec2::/32",
              "fd20:ce::254",
              "fe80::/10",
              "ff00::/8"));

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

  /** A host whose last label is a number, which is an IPv4 address in some spelling. */
  private static final Pattern NUMBER =
      Pattern.compile("(?i)(?:[^:]*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");

  private final Set<String> allowedHosts;
  private final List<Network> allowedNetworks;
  private final PlatformPorts platform;
  private final @Nullable ProxySettings proxy;

  AllowedAddressResolver(ProviderSettings settings, PlatformPorts platform) {
    this.allowedHosts =
        settings.allowedHosts().stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.allowedNetworks = networks(settings.allowedNetworks());
    this.platform = platform;
    this.proxy = settings.proxy();
  }

  /** Returns whether a host is called through the proxy of the company. */
  boolean isProxied(String host) {
    return proxy != null && proxy.isUsedFor(host);
  }

  /**
   * Checks whether a host may be called. A host that is called through the proxy is resolved there
   * once more, so this check cannot bind the proxy; its own rules have to refuse private addresses.
   * What is known to be refused is not sent to it. A name that is unknown here is, if it is the
   * name of a server that may be on the internet.
   *
   * @throws RefusedAddress when the host may not be called
   * @throws UnknownHostException when a host that is called directly does not resolve
   */
  void check(String host, int port) throws UnknownHostException {
    try {
      List<InetSocketAddress> found = resolve(host, port);
      if (isProxied(host) && isAmbiguous(host, found)) {
        throw new RefusedAddress(
            "is an address in a spelling that the proxy may read as another one",
            "write four decimal numbers without leading zeros");
      }
    } catch (RefusedAddress e) {
      throw e;
    } catch (UnknownHostException e) {
      if (!isProxied(host)) {
        throw e;
      }
      if (!PublicName.matches(host)) {
        throw new RefusedAddress(
            "does not resolve here, and is not the full name of a server on the internet, so the"
                + " proxy is not asked for it",
            "use its full name, or have it added to plumbline.providers.proxy.no-proxy of"
                + " inference if it is to be called directly");
      }
    }
  }

  /**
   * Returns whether a host is an IPv4 address in another spelling than its usual one, such as with
   * leading zeros, which some programs take for octal numbers.
   */
  private static boolean isAmbiguous(String host, List<InetSocketAddress> found) {
    return NUMBER.matcher(host).matches()
        && found.stream().noneMatch(address -> address.getAddress().getHostAddress().equals(host));
  }

  private static List<Network> networks(List<String> texts) {
    return texts.stream().map(Network::parse).toList();
  }

  /**
   * Resolves a host. One refused address among several refuses the host, because the client may
   * connect to any of them.
   */
  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    InetAddress[] addresses = resolve(host);
    if (platform.contain(port)
        && !Arrays.stream(addresses).allMatch(AllowedAddressResolver::isPublic)) {
      throw new RefusedAddress(
          "is on a private address, where port %d is one of the platform's own".formatted(port),
          "let the server listen at another port");
    }
    return Arrays.stream(addresses).map(address -> new InetSocketAddress(address, port)).toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (Arrays.stream(addresses).anyMatch(address -> isIn(NEVER_CALLED, address))) {
      throw new RefusedAddress(
          "resolves to an address that is never called, since credentials are handed out there or"
              + " it leads elsewhere",
          "use another address");
    }
    boolean allowedHost = allowedHosts.contains(host.toLowerCase(Locale.ROOT));
    if (!allowedHost && !Arrays.stream(addresses).allMatch(this::mayBeCalled)) {
      throw new RefusedAddress(
          "is on a private network, and the operator has not allowed it",
          howToAllow(host.replaceAll("[\\[\\]]", "")));
    }
    return addresses;
  }

  /** Returns how the operator allows a host, with the line to copy, for an error text. */
  private static String howToAllow(String host) {
    boolean isAddress = host.contains(":") || ADDRESS.matcher(host).matches();
    String name = isAddress ? "allowed-networks" : "allowed-hosts";
    return ("have %2$s added to plumbline.providers.%1$s of inference and inference started again;"
            + " on one machine by the line PLUMBLINE_PROVIDERS_%3$s=%2$s in"
            + " .plumbline/environment, ./plumbline down inference and ./plumbline up")
        .formatted(name, host, name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private boolean mayBeCalled(InetAddress address) {
    return isPublic(address) || isIn(allowedNetworks, address);
  }

  private static boolean isIn(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * A network. It remembers its version of IP, because the matcher alone compares IPv6 addresses
   * with the first bytes of an IPv4 network.
   */
  private record Network(boolean v4, IpAddressMatcher matcher) {

    static Network parse(String text) {
      try {
        return new Network(!text.contains(":"), new IpAddressMatcher(text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            ("plumbline.providers.allowed-networks has '%s'; write an address or a network, such as"
                    + " 10.20.0.0/16")
                .formatted(text),
            e);
      }
    }

    boolean contains(InetAddress address) {
      // The text may end in the name of a network interface, which is no part of the address.
      String text = address.getHostAddress().replaceFirst("%.*", "");
      return v4 == address instanceof Inet4Address && matcher.matches(text);
    }
  }

  /** The failure that a host resolves to an address that may not be called. */
  static final class RefusedAddress extends UnknownHostException {

    private final String remedy;

    /**
     * Creates a failure.
     *
     * @param reason the rest of a sentence that begins with the host
     * @param remedy what an operator or caller can do, in the imperative
     */
    RefusedAddress(String reason, String remedy) {
      super(reason);
      this.remedy = remedy;
    }

    /**
     * Returns reason and remedy in a sentence about a host, for the user who connects a provider.
     */
    String messageForHost(String host) {
      return "%s %s: %s.".formatted(host, getMessage(), remedy);
    }
  }

  /**
   * Returns whether an address is outside every special-purpose block of RFC 6890 that belongs to a
   * private network.
   */
  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
  }

  private static boolean isPublicV4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean thisNetwork = first == 0;
    boolean sharedByCarrier = first == 100 && (second & 0xc0) == 64;
    boolean protocolAssignments = first == 192 && second == 0 && (bytes[2] & 0xff) == 0;
    boolean benchmarking = first == 198 && (second & 0xfe) == 18;
    boolean reserved = first >= 240;
    return !(thisNetwork || sharedByCarrier || protocolAssignments || benchmarking || reserved);
  }

  /**
   * Returns whether an address is global unicast: 2000::/3, without the blocks that embed an IPv4
   * address (6to4, Teredo).
   */
  private static boolean isPublicV6(byte[] bytes) {
    boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
    boolean sixToFour = (bytes[0] & 0xff) == 0x20 && (bytes[1] & 0xff) == 0x02;
    boolean teredo =
        (bytes[0] & 0xff) == 0x20 && (bytes[1] & 0xff) == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return globalUnicast && !sixToFour && !teredo;
  }
}
