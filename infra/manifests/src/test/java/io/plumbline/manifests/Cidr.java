package io.plumbline.manifests;

/** Blocks of IPv4 addresses (RFC 4632). */
final class Cidr {

  private Cidr() {}

  static boolean contains(String block, String address) {
    int slash = block.indexOf('/');
    int bits = Integer.parseInt(block.substring(slash + 1));
    int mask = bits == 0 ? 0 : -1 << (Integer.SIZE - bits);
    return (number(block.substring(0, slash)) & mask) == (number(address) & mask);
  }

  private static int number(String address) {
    int number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << Byte.SIZE | Integer.parseInt(part);
    }
    return number;
  }
}
