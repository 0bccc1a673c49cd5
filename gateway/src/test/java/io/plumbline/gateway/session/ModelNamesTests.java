package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.server.ServerWebExchange;

class ModelNamesTests {

  private static ServerWebExchange decoded(String path) {
    return ModelNames.withDecodedSlashes(
        MockServerWebExchange.from(
            MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://127.0.0.1" + path))));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/models/app%2Ftriage, /v1/models/app/triage",
    "/v1/models/app%2ftriage%40staging, /v1/models/app/triage%40staging",
    "/v1/models/app/triage, /v1/models/app/triage",
    "/v1/modelsx%2Fy, /v1/modelsx%2Fy",
    "/api/prompts/a%2Fb, /api/prompts/a%2Fb",
  })
  void an_encoded_slash_is_decoded_in_names_of_models_alone(String sent, String seen) {
    assertThat(decoded(sent).getRequest().getURI().getRawPath()).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/..%2F..%2Fapi/prompts",
        "/v1/models/a%2F..%2F..%2Fapi",
        "/v1/models/%2F%2Fhost",
        "/v1/models/a%252F..%252Fapi",
        "/v1/models/a%2F%2e%2e%2Fapi"
      })
  void what_leads_elsewhere_once_it_is_decoded_is_refused(String path) {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();

    assertThatThrownBy(() -> firewall.getFirewalledExchange(decoded(path)).block())
        .isInstanceOf(ServerExchangeRejectedException.class);
  }

  @Test
  void a_query_stays_as_it_is() {
    assertThat(decoded("/v1/models/app%2Ftriage?a=b%2Fc").getRequest().getURI().getRawQuery())
        .isEqualTo("a=b%2Fc");
  }
}
