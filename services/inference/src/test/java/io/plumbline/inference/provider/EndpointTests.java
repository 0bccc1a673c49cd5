package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.digest.CanonicalJson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointTests {

  @Test
  void everything_that_decides_which_endpoint_answers_changes_the_digest() {
    assertThat(
            List.of(
                endpoint("https://a.example.com/v1", null).digest("acme"),
                endpoint("https://a.example.com/v1", null).digest("other"),
                endpoint("https://a.example.com/v2", null).digest("acme"),
                endpoint("http://a.example.com/v1", null).digest("acme"),
                endpoint("https://a.example.com:8443/v1", null).digest("acme"),
                endpoint("https://a.example.com/v1", "2026-01-01").digest("acme"),
                endpoint("https://a.example.com/v1", "2026-02-01").digest("acme"),
                new Endpoint(
                        Protocol.OPENAI,
                        URI.create("https://a.example.com/v1"),
                        null,
                        Duration.ofHours(1))
                    .digest("acme"),
                taking(ResponseFormats.JSON_OBJECT).digest("acme"),
                taking(ResponseFormats.NONE).digest("acme"),
                passing("top_k").digest("acme"),
                passing("top_k", "min_p").digest("acme")))
        .doesNotHaveDuplicates();
    assertThat(passing("min_p", "top_k", "min_p").digest("acme"))
        .isEqualTo(passing("top_k", "min_p").digest("acme"));
  }

  /** Keeps the digests of connections from before the choice, since variants name them. */
  @Test
  void that_a_server_takes_what_openais_does_leaves_the_digest_as_it_was() {
    assertThat(taking(ResponseFormats.JSON_SCHEMA).digest("acme"))
        .isEqualTo(
            CanonicalJson.digest(
                Map.of(
                    "provider", "acme",
                    "kind", "openai-compatible",
                    "baseUrl", "https://a.example.com/v1",
                    "deadlineSeconds", 600)));
  }

  private static Endpoint taking(ResponseFormats formats) {
    return new Endpoint(
        Protocol.OPENAI,
        URI.create("https://a.example.com/v1"),
        null,
        Endpoint.DEADLINE,
        formats,
        List.of());
  }

  private static Endpoint passing(String... fields) {
    return new Endpoint(
        Protocol.OPENAI,
        URI.create("https://a.example.com/v1"),
        null,
        Endpoint.DEADLINE,
        ResponseFormats.JSON_SCHEMA,
        List.of(fields));
  }

  @Test
  void an_operation_at_the_end_is_recognised_and_a_path_that_only_looks_like_one_is_not() {
    assertThat(
            endpoint("https://a.example.com/v1/chat/completions", null).baseUrlWithoutOperation())
        .contains(URI.create("https://a.example.com/v1"));
    assertThat(
            endpoint("https://a.example.com/models/m:streamGenerateContent", null)
                .baseUrlWithoutOperation())
        .contains(URI.create("https://a.example.com"));
    for (String base :
        List.of(
            "https://a.example.com",
            "https://messages",
            "https://a.example.com/chat",
            "https://a.example.com/models",
            "https://a.example.com/chat/completions/v1")) {
      assertThat(endpoint(base, null).baseUrlWithoutOperation()).as(base).isEmpty();
    }
  }

  @Test
  void the_spelling_of_an_address_does_not() {
    assertThat(endpoint("https://A.Example.com/v1/", null))
        .isEqualTo(endpoint("https://a.example.com/v1", null));
    assertThat(endpoint("http://[::1]:8000/v1", null).baseUrl())
        .isEqualTo(URI.create("http://[::1]:8000/v1"));
  }

  @Test
  void an_operation_is_called_with_the_api_version() {
    assertThat(
            endpoint("https://a.example.com/openai/deployments/d", "2026-01-01")
                .addressOf("/embeddings"))
        .isEqualTo(
            URI.create(
                "https://a.example.com/openai/deployments/d/embeddings?api-version=2026-01-01"));
  }

  private static Endpoint endpoint(String url, @Nullable String apiVersion) {
    return new Endpoint(Protocol.OPENAI, URI.create(url), apiVersion, Endpoint.DEADLINE);
  }
}
