package io.plumbline.gateway;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings of the gateway. */
@ConfigurationProperties("plumbline")
public record GatewaySettings(Security security, @DefaultValue Gateway gateway) {

  /**
   * The settings of the realm.
   *
   * @param issuer the URL of the realm as the browser sees it
   * @param jwkSetUri where the gateway fetches the realm's keys
   * @param tokenUri where the gateway exchanges codes
   */
  public record Security(
      String issuer,
      URI jwkSetUri,
      URI tokenUri,
      @DefaultValue("gateway") String clientId,
      String clientSecret,
      @DefaultValue("plumbline") String audience) {

    @Override
    public String toString() {
      return "Security[issuer=" + issuer + "]";
    }
  }

  /**
   * The settings of the gateway itself.
   *
   * @param externalUrl the origin of the portal, the only one whose pages may write. If it is
   *     https, the gateway's cookies are for https only, even when TLS ends before the gateway
   * @param requestsPerSecond the requests that a client may make per second in the long run
   * @param burst the requests that a client may make at once
   * @param trustedProxies the number of our own proxies before the gateway; with 0, X-Forwarded-For
   *     is ignored
   */
  public record Gateway(
      @DefaultValue("http://127.0.0.1:8080") String externalUrl,
      @DefaultValue("100") int requestsPerSecond,
      @DefaultValue("300") int burst,
      @DefaultValue("0") int trustedProxies,
      @DefaultValue SignIn signIn,
      @DefaultValue Sessions sessions,
      @DefaultValue ApiKeys apiKeys) {

    public boolean usesHttps() {
      return externalUrl.startsWith("https:");
    }
  }

  /**
   * The limits of sign-ins, whose author is known only by the address.
   *
   * @param perMinute the steps that an address may take per minute in the long run; a sign-in has
   *     two
   * @param burst the steps at once; many people may share an address
   */
  public record SignIn(@DefaultValue("120") int perMinute, @DefaultValue("60") int burst) {}

  /**
   * The limits of sessions of people who have signed in.
   *
   * @param perPerson the sessions that one person may have; a new one ends the one that was idle
   *     longest
   */
  public record Sessions(@DefaultValue("10") int perPerson) {}

  /**
   * The limits of API keys about which nothing is known but the address that they come from.
   *
   * @param perMinute the keys that an address may send per minute in the long run that were never
   *     accepted here, or were refused
   * @param burst the keys at once; many applications may share an address
   */
  public record ApiKeys(@DefaultValue("60") int perMinute, @DefaultValue("60") int burst) {}
}
