package io.plumbline.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class CachingJwtDecoderTests {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> decoded = new ArrayList<>();

  @Test
  void a_token_is_decoded_once() {
    JwtDecoder tokens = remembering(Duration.ofMinutes(5));

    assertThat(List.of(tokens.decode("a"), tokens.decode("b"), tokens.decode("a")))
        .extracting(Jwt::getTokenValue)
        .containsExactly("a", "b", "a");
    assertThat(decoded).containsExactly("a", "b");
  }

  @Test
  void after_a_minute_it_is_decoded_again_however_long_it_lasts() {
    assertBelievedFor(60, remembering(Duration.ofHours(1)));
  }

  @Test
  void it_is_never_believed_beyond_its_expiry() {
    assertBelievedFor(10, remembering(Duration.ofSeconds(10)));
  }

  @Test
  void one_that_passes_only_by_the_tolerated_skew_is_decoded_each_time() {
    JwtDecoder tokens = remembering(Duration.ofSeconds(-30));

    tokens.decode("a");
    tokens.decode("a");

    assertThat(decoded).hasSize(2);
  }

  @Test
  void a_refusal_is_not_remembered() {
    List<Boolean> valid = new ArrayList<>(List.of(false, true));
    JwtDecoder tokens =
        new CachingJwtDecoder(
            token -> {
              decoded.add(token);
              if (valid.removeFirst()) {
                return jwt(token, Duration.ofMinutes(5));
              }
              throw new BadJwtException("its key is not known yet");
            },
            () -> now);

    assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> tokens.decode("a"));
    assertThat(tokens.decode("a").getTokenValue()).isEqualTo("a");
  }

  @Test
  void many_tokens_do_not_fill_the_memory() {
    JwtDecoder tokens = remembering(Duration.ofMinutes(5));
    int many = 10_000;

    IntStream.range(0, 2 * many).mapToObj(i -> "token-" + i % many).forEach(tokens::decode);

    assertThat(decoded).as("most were forgotten meanwhile").hasSizeGreaterThan(many + many / 2);
  }

  private void assertBelievedFor(int seconds, JwtDecoder tokens) {
    tokens.decode("a");

    now = now.plusSeconds(seconds - 1);
    tokens.decode("a");
    assertThat(decoded).hasSize(1);

    now = now.plusSeconds(1);
    tokens.decode("a");
    assertThat(decoded).hasSize(2);
  }

  private JwtDecoder remembering(Duration life) {
    Instant expiry = now.plus(life);
    return new CachingJwtDecoder(
        token -> {
          decoded.add(token);
          return jwt(token, Duration.between(now, expiry));
        },
        () -> now);
  }

  private Jwt jwt(String token, Duration left) {
    return Jwt.withTokenValue(token)
        .header("alg", "RS256")
        .subject("ada")
        .expiresAt(now.plus(left))
        .build();
  }
}
