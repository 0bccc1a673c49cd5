package io.plumbline.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import io.plumbline.platform.HandClock;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.identity.SecuritySettings;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;

class ClientAutoConfigurationTests {

  private static final UUID ACME = new UUID(0, 1);

  @Test
  void a_service_can_call_others() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context)
                .hasSingleBean(ServiceClients.class)
                .hasSingleBean(ServiceToken.class));
  }

  @Test
  void a_neighbour_without_an_address_is_named() {
    PlatformRunner.platform()
        .run(context ->
            assertThatIllegalStateException()
                .isThrownBy(() -> context.getBean(ServiceClients.class).to("prompt-registry"))
                .withMessageContaining("plumbline.services.prompt-registry.url"));
  }

  @Test
  void a_call_carries_the_services_token_and_the_callers_workspace_and_name() {
    RestClient.Builder http = RestClient.builder();
    MockRestServiceServer others = MockRestServiceServer.bindTo(http).build();
    others
        .expect(requestTo("http://issuer.test/token"))
        .andRespond(
            withSuccess(
                "{\"access_token\":\"ours\",\"expires_in\":300}", MediaType.APPLICATION_JSON));
    others
        .expect(requestTo("http://prompts.test/api/prompts/a"))
        .andExpect(header("Authorization", "Bearer ours"))
        .andExpect(header("Plumbline-Workspace", ACME.toString()))
        .andExpect(header("Plumbline-On-Behalf-Of", "ada"))
        .andRespond(withSuccess("found", MediaType.TEXT_PLAIN));
    SecuritySettings settings =
        new SecuritySettings(
            "http://issuer.test",
            URI.create("http://issuer.test/keys"),
            "plumbline",
            URI.create("http://issuer.test/token"),
            "secret");
    ServiceClients clients =
        new ServiceClients(
            new MockEnvironment()
                .withProperty("plumbline.services.prompt-registry.url", "http://prompts.test"),
            new ServiceToken("evaluation", settings, http.build(), new HandClock()),
            http);

    new Caller(ACME, "ada", "ada", Set.of(Role.VIEWER), false)
        .run(() ->
            assertThat(
                    clients
                        .to("prompt-registry")
                        .get()
                        .uri("/api/prompts/a")
                        .retrieve()
                        .body(String.class))
                .isEqualTo("found"));
    others.verify();
  }
}
