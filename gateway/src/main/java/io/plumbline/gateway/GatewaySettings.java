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
   * @param externalUrl the origin of the portal: the only one whose pages may write
   * @param requestsPerSecond how many requests a client may make in the long run
   * @param burst how many it may make at once
   */
  public record Gateway(
      @DefaultValue("http://127.0.0.1:8080") String externalUrl,
      @DefaultValue("100") int requestsPerSecond,
      @DefaultValue("300") int burst) {}
}
