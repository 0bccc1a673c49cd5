package io.plumbline.gateway;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The gateway's settings. */
@ConfigurationProperties("plumbline")
public record GatewaySettings(Security security, @DefaultValue Gateway gateway) {

  /**
   * The realm.
   *
   * @param issuer as the browser sees it
   * @param jwkSetUri where the gateway fetches its keys
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
   * The gateway itself.
   *
   * @param externalUrl the origin of the portal: the only one whose pages may write. With https its
   *     cookies are for https only, also where TLS ends before the gateway
   * @param requestsPerSecond how many requests a client may make in the long run
   * @param burst how many it may make at once
   * @param trustedProxies how many proxies of one's own stand before the gateway; with 0 no
   *     X-Forwarded-For is believed
   */
  public record Gateway(
      @DefaultValue("http://127.0.0.1:8080") String externalUrl,
      @DefaultValue("100") int requestsPerSecond,
      @DefaultValue("300") int burst,
      @DefaultValue("0") int trustedProxies,
      @DefaultValue SignIn signIn,
      @DefaultValue Sessions sessions,
      @DefaultValue ApiKeys apiKeys) {

    public boolean https() {
      return externalUrl.startsWith("https:");
    }
  }

  /**
   * Sign-ins, of whose author nothing is known but the address.
   *
   * @param perMinute how many steps an address may take in the long run; a sign-in has two
   * @param burst how many at once: many people may share an address
   */
  public record SignIn(@DefaultValue("120") int perMinute, @DefaultValue("60") int burst) {}

  /**
   * Sessions of people who have signed in.
   *
   * @param perPerson how many one may have; a new one ends the one that was idle longest
   */
  public record Sessions(@DefaultValue("10") int perPerson) {}

  /**
   * API keys of which nothing is known but the address that they come from.
   *
   * @param perMinute how many an address may send in the long run that were never accepted here, or
   *     were refused
   * @param burst how many at once: many applications may share an address
   */
  public record ApiKeys(@DefaultValue("60") int perMinute, @DefaultValue("60") int burst) {}
}
