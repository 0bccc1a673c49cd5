package io.plumbline.inference.provider;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.stereotype.Component;

/**
 * Resolves host names for provider calls and returns only addresses that may be called. The client
 * connects to exactly these addresses, so no second look-up can return others (DNS rebinding).
 */
@Component
class PublicAddresses implements DnsResolver {

  private final boolean allowPrivate;

  PublicAddresses(ProviderSettings settings) {
    this.allowPrivate = settings.allowPrivate();
  }

  /**
   * One refused address among several refuses the name, since the client may connect to any of
   * them.
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (!allowPrivate && !Arrays.stream(addresses).allMatch(PublicAddresses::isPublic)) {
      throw new RefusedAddress(host);
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** The name resolves to an address that is not public. */
  static final class RefusedAddress extends UnknownHostException {
    RefusedAddress(String host) {
      super(host + " resolves to an address that is not public");
    }
  }

  /**
   * Whether an address is outside every special-purpose block of RFC 6890 that belongs to a private
   * network.
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

  /** Global unicast is 2000::/3, without the blocks that embed an IPv4 address (6to4, Teredo). */
  private static boolean isPublicV6(byte[] bytes) {
    boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
    boolean sixToFour = (bytes[0] & 0xff) == 0x20 && (bytes[1] & 0xff) == 0x02;
    boolean teredo =
        (bytes[0] & 0xff) == 0x20 && (bytes[1] & 0xff) == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return globalUnicast && !sixToFour && !teredo;
  }
}
