package io.plumbline.images;

import io.plumbline.launcher.installation.LauncherException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The address of a registry that images are pushed to.
 *
 * @param scheme {@code https}, or {@code http} for a registry on this machine
 * @param host with the port, if there is one
 * @param prefix of the repositories, such as {@code team/}, or nothing
 */
record RegistryAddress(String scheme, String host, String prefix) {

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[::1](:[0-9]{1,5})?");
  private static final Pattern PATH = Pattern.compile("([a-z0-9]+([._/-]+[a-z0-9]+)*)?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /**
   * Reads {@code HOST[:PORT][/PATH]}, with or without a scheme. HTTP is for registries on this
   * machine alone, since it shows contents and passwords to everybody on the way.
   */
  static RegistryAddress parse(String text) {
    String rest = text.replaceFirst("^https?://", "").replaceFirst("/+$", "");
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    if (!HOST.matcher(host).matches() || !PATH.matcher(path).matches()) {
      throw new LauncherException(
          "'%s' is not the address of a registry: write HOST[:PORT][/PATH].".formatted(text));
    }
    if (text.startsWith("http://") && !isLoopback(host)) {
      throw new LauncherException(
          "Images are not pushed to %s by HTTP, which anybody on the way can read and change: use"
                  .formatted(host)
              + " https. HTTP is for a registry on this machine, such as localhost:5000.");
    }
    boolean plain = isLoopback(host) && !text.startsWith("https://");
    return new RegistryAddress(plain ? "http" : "https", host, path.isEmpty() ? "" : path + "/");
  }

  /** Returns whether a host, with or without a port, is this machine. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /** Returns the address of a resource of a repository, such as {@code blobs/uploads/}. */
  URI uri(String repository, String resource) {
    return URI.create("%s://%s/v2/%s%s/%s".formatted(scheme, host, prefix, repository, resource));
  }

  /** Returns the name of a repository as users write it. */
  String name(String repository) {
    return host + "/" + prefix + repository;
  }
}
