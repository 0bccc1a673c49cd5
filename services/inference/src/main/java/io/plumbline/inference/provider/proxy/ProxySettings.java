package io.plumbline.inference.provider.proxy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the HTTP proxy through which providers are called.
 *
 * @param url its address, {@code http://host:port}
 * @param user the user name that inference shows to it; empty for none
 * @param password the password of the user; empty for none
 * @param noProxy the hosts that are called directly: names, addresses, and domains with a dot
 *     before them, such as {@code .models.svc}
 */
public record ProxySettings(
    URI url,
    @DefaultValue("") String user,
    @DefaultValue("") String password,
    @DefaultValue List<String> noProxy) {

  private static final Pattern HOST = Pattern.compile("\\.?[a-z0-9_]([-a-z0-9_.]*[a-z0-9])?");
  private static final Pattern V6_ADDRESS = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

  public ProxySettings {
    requireOrigin(url);
    if (user.isEmpty() != password.isEmpty()) {
      throw new IllegalArgumentException(
          "plumbline.providers.proxy.user and plumbline.providers.proxy.password belong together:"
              + " set both or none");
    }
    noProxy = noProxy.stream().map(ProxySettings::normalised).toList();
    noProxy.forEach(ProxySettings::requireHost);
  }

  /** Refuses any other address without repeating it, since it may contain a password. */
  private static void requireOrigin(@Nullable URI url) {
    if (url == null
        || !"http".equals(url.getScheme())
        || url.getHost() == null
        || url.getPort() < 1
        || url.getUserInfo() != null
        || !List.of("", "/").contains(url.getRawPath())
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "plumbline.providers.proxy.url must be of the form http://host:port; user and password"
              + " are settings of their own");
    }
  }

  private static void requireHost(String host) {
    if (!HOST.matcher(host).matches() && !V6_ADDRESS.matcher(host).matches()) {
      throw new IllegalArgumentException(
          ("plumbline.providers.proxy.no-proxy has '%s'; write a host, an address, or a domain with"
                  + " a dot before it, such as .models.svc")
              .formatted(host));
    }
  }

  private static String normalised(String host) {
    return host.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\[\\]]", "")
        .replaceFirst("(?<=.)\\.$", "");
  }

  /** Returns whether a host is called through the proxy. */
  public boolean isUsedFor(String host) {
    String name = normalised(host);
    return noProxy.stream()
        .noneMatch(each -> each.startsWith(".") ? name.endsWith(each) : name.equals(each));
  }

  /** Returns a text without user and password, so that no log contains them. */
  @Override
  public String toString() {
    return "ProxySettings[url=%s, noProxy=%s]".formatted(url, noProxy);
  }
}
