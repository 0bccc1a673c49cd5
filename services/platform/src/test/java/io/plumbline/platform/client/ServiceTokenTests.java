package io.plumbline.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.content;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import io.plumbline.platform.HandClock;
import io.plumbline.platform.identity.SecuritySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;

/** RFC 6749, section 4.4. */
class ServiceTokenTests {

  private static final URI TOKEN_URI = URI.create("http://issuer.test/token");

  private final HandClock clock = new HandClock();
  private final RestClient.Builder http = RestClient.builder();
  private final MockRestServiceServer issuer = MockRestServiceServer.bindTo(http).build();

  @Test
  void it_is_asked_for_with_the_services_own_name_and_secret() {
    issuer
        .expect(requestTo(TOKEN_URI))
        .andExpect(
            content()
                .formDataContains(
                    Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "evaluation",
                        "client_secret",
                        "secret")))
        .andRespond(
            withSuccess(
                "{\"access_token\":\"first\",\"expires_in\":300,\"token_type\":\"Bearer\"}",
                MediaType.APPLICATION_JSON));

    assertThat(token(TOKEN_URI, "secret").value()).isEqualTo("first");
    issuer.verify();
  }

  @Test
  void it_is_used_until_half_a_minute_before_it_expires() {
    grants("first");
    grants("second");
    ServiceToken token = token(TOKEN_URI, "secret");

    assertThat(token.value()).isEqualTo("first");
    clock.advance(Duration.ofSeconds(270));
    assertThat(token.value()).isEqualTo("first");
    clock.advance(Duration.ofSeconds(1));
    assertThat(token.value()).isEqualTo("second");
    issuer.verify();
  }

  @Test
  void a_service_that_was_not_told_how_to_obtain_one_says_what_is_missing() {
    assertThatIllegalStateException()
        .isThrownBy(token(null, "secret")::value)
        .withMessageContaining("plumbline.security.token-uri");
    assertThatIllegalStateException()
        .isThrownBy(token(TOKEN_URI, null)::value)
        .withMessageContaining("client-secret");
  }

  private void grants(String token) {
    issuer
        .expect(requestTo(TOKEN_URI))
        .andRespond(
            withSuccess(
                "{\"access_token\":\"" + token + "\",\"expires_in\":300}",
                MediaType.APPLICATION_JSON));
  }

  private ServiceToken token(@Nullable URI tokenUri, @Nullable String secret) {
    SecuritySettings settings =
        new SecuritySettings(
            "http://issuer.test",
            URI.create("http://issuer.test/keys"),
            "plumbline",
            tokenUri,
            secret);
    return new ServiceToken("evaluation", settings, http.build(), clock);
  }
}
