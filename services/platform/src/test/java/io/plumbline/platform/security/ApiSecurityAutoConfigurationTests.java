package io.plumbline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.identity.SecuritySettings;
import io.plumbline.tokens.CachingJwtDecoder;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

class ApiSecurityAutoConfigurationTests {

  private static final RSAKey KEY = key();

  private final WebApplicationContextRunner platform = PlatformRunner.platform();

  @Test
  void a_service_gets_a_decoder_that_remembers_and_no_user_of_its_own() {
    platform.run(context -> {
      assertThat(context)
          .hasSingleBean(JWKSource.class)
          .hasSingleBean(SecurityFilterChain.class)
          .doesNotHaveBean(UserDetailsService.class);
      assertThat(context).getBean(JwtDecoder.class).isInstanceOf(CachingJwtDecoder.class);
    });
  }

  @ParameterizedTest
  @CsvSource({
    "plumbline.security.issuer=, plumbline.security.issuer must be set",
    "plumbline.security.jwk-set-uri=, plumbline.security.jwk-set-uri must be set",
    "plumbline.security.jwk-set-uri=/keys, 'plumbline.security.jwk-set-uri must be an http or https"
        + " address, not /keys'",
    "plumbline.security.jwk-set-uri=file:/keys, 'plumbline.security.jwk-set-uri must be an http or"
        + " https address, not file:/keys'",
    "plumbline.security.audience=, plumbline.security.audience must be set",
  })
  void a_service_without_an_issuer_to_trust_does_not_start(String setting, String reason) {
    platform
        .withPropertyValues(setting)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessage(reason));
  }

  @Test
  void nothing_is_guessed_when_nothing_is_set() {
    PlatformRunner.unset()
        .withPropertyValues("spring.application.name=sample")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("plumbline.security.issuer must be set"));
  }

  @Test
  void the_settings_do_not_show_the_secret() {
    assertThat(
            new SecuritySettings("issuer", URI.create("http://keys"), "plumbline", null, "secret")
                .toString())
        .doesNotContain("secret");
  }

  @Test
  void keys_decoder_and_chain_of_an_application_go_before_ours() {
    JWKSource<com.nimbusds.jose.proc.SecurityContext> keys = new ImmutableJWKSet<>(new JWKSet());
    JwtDecoder decoder =
        token -> {
          throw new BadJwtException("none");
        };
    SecurityFilterChain chain = new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE);

    platform
        .withBean("keys", JWKSource.class, () -> keys)
        .withBean("decoder", JwtDecoder.class, () -> decoder)
        .withBean("chain", SecurityFilterChain.class, () -> chain)
        .run(context -> {
          assertThat(context).getBean(JWKSource.class).isSameAs(keys);
          assertThat(context).getBean(JwtDecoder.class).isSameAs(decoder);
          assertThat(context).getBean(SecurityFilterChain.class).isSameAs(chain);
        });
  }

  @Test
  void the_audience_is_a_setting() {
    JWTClaimsSet ours =
        new JWTClaimsSet.Builder()
            .issuer("https://issuer.test/realms/plumbline")
            .audience("another")
            .subject("ada")
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .build();

    trusting()
        .withPropertyValues("plumbline.security.audience=another")
        .run(context ->
            assertThat(context.getBean(JwtDecoder.class).decode(signed(ours)).getAudience())
                .containsExactly("another"));
  }

  @Test
  void administrators_neither_approve_nor_keep_the_policies() {
    platform.run(context -> {
      assertThat(reachable(context, Role.ADMIN))
          .containsExactlyInAnyOrder(
              "ROLE_ADMIN",
              "ROLE_PROMPT_ENGINEER",
              "ROLE_ML_ENGINEER",
              "ROLE_DATA_STEWARD",
              "ROLE_SRE",
              "ROLE_VIEWER");
      assertThat(reachable(context, Role.APPROVER))
          .containsExactlyInAnyOrder("ROLE_APPROVER", "ROLE_VIEWER");
      assertThat(reachable(context, Role.VIEWER)).containsExactly("ROLE_VIEWER");
    });
  }

  private WebApplicationContextRunner trusting() {
    return platform.withBean(
        JWKSource.class, () -> new ImmutableJWKSet<>(new JWKSet(KEY.toPublicJWK())));
  }

  private static List<String> reachable(BeanFactory context, Role role) {
    return context
        .getBean(RoleHierarchy.class)
        .getReachableGrantedAuthorities(List.of(new SimpleGrantedAuthority(role.authority())))
        .stream()
        .map(GrantedAuthority::getAuthority)
        .toList();
  }

  private static String signed(JWTClaimsSet claims) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(KEY));
    return token.serialize();
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").generate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
