package io.plumbline.inference.provider.proxy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names that a proxy may be asked to resolve although they are unknown here. Behind a company's
 * firewall names of the internet often cannot be resolved. A name that is usual within networks, or
 * that another program may read as a number, is none of them.
 */
public final class PublicName {

  /** Labels with dots between them, the last of which begins with a letter. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[-a-z0-9_]{0,61}[a-z0-9])?\\.)+[a-z](?:[-a-z0-9]{0,61}[a-z0-9])");

  /**
   * The domains that are never on the internet, but used within networks: reserved ones (RFC 6761,
   * 6762, 8375 and 9476, and ICANN's {@code internal}), and those that are usual in companies and
   * clusters.
   */
  private static final List<String> PRIVATE =
      List.of(
          ".localhost",
          ".local",
          ".localdomain",
          ".home.arpa",
          ".alt",
          ".test",
          ".internal",
          ".svc",
          ".intranet",
          ".corp",
          ".home",
          ".lan",
          ".private");

  private PublicName() {}

  /** Returns whether a host is the full name of a server that may be on the internet. */
  public static boolean matches(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return NAME.matcher(name).matches() && PRIVATE.stream().noneMatch(name::endsWith);
  }
}
