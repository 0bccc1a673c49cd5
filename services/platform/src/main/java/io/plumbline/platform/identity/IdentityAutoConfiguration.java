package io.plumbline.platform.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.plumbline.platform.problem.ProblemWriter;
import io.plumbline.platform.problem.SecurityProblems;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/** A stateless resource server that denies by default. */
@AutoConfiguration(before = {OAuth2ResourceServerAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@EnableConfigurationProperties(SecuritySettings.class)
@EnableMethodSecurity
public class IdentityAutoConfiguration {

  private static final long KEYS_FRESH_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long KEYS_REFRESH_TIMEOUT_MILLIS = Duration.ofSeconds(5).toMillis();
  private static final long KEYS_OUTAGE_MILLIS = Duration.ofHours(12).toMillis();
  private static final long KEYS_MIN_INTERVAL_MILLIS = Duration.ofSeconds(30).toMillis();

  /**
   * Nimbus' own source instead of Spring's: cached, at most two fetches in 30 s however many unknown key ids arrive, and the
   * last known keys go on when Keycloak is away. Only RS256 is accepted, and key locations inside tokens are never followed.
   */
  @Bean
  @ConditionalOnMissingBean
  JWKSource<SecurityContext> keySource(SecuritySettings settings) throws MalformedURLException {
    return JWKSourceBuilder.create(settings.jwkSetUri().toURL(), new DefaultResourceRetriever(2_000, 3_000, 256 * 1024))
        .cache(KEYS_FRESH_MILLIS, KEYS_REFRESH_TIMEOUT_MILLIS)
        .rateLimited(KEYS_MIN_INTERVAL_MILLIS)
        .outageTolerant(KEYS_OUTAGE_MILLIS)
        .build();
  }

  @Bean
  @ConditionalOnMissingBean
  JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys, SecuritySettings settings, Clock clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, known(keys)));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(settings.issuer()),
            new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, audience -> audience != null && audience.contains(settings.audience())),
            new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null)));
    return new RememberedTokens(decoder, clock);
  }

  /** Where no more may be fetched, a key id that is not known is unknown: the token is wrong, and nothing here is broken. */
  private static JWKSource<SecurityContext> known(JWKSource<SecurityContext> keys) {
    return (selector, context) -> {
      try {
        return keys.get(selector, context);
      } catch (RateLimitReachedException enough) {
        return List.of();
      }
    };
  }

  @Bean
  static RoleHierarchy roleHierarchy() {
    RoleHierarchyImpl.Builder roles = RoleHierarchyImpl.withDefaultRolePrefix();
    // Whoever administers must not be able to approve or audit their own work.
    roles.role("ADMIN").implies("PROMPT_ENGINEER", "ML_ENGINEER", "DATA_STEWARD", "SRE", "VIEWER");
    for (Role role : List.of(Role.PROMPT_ENGINEER, Role.ML_ENGINEER, Role.DATA_STEWARD, Role.APPROVER, Role.COMPLIANCE_OFFICER, Role.SRE,
        Role.SERVICE)) {
      roles.role(role.name()).implies("VIEWER");
    }
    return roles.build();
  }

  @Bean
  @ConditionalOnMissingBean
  SecurityFilterChain apiSecurity(HttpSecurity http, SecurityProblems refusals, ProblemWriter problems) {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/actuator/health/**", "/actuator/prometheus", "/error")
                    .permitAll()
                    .requestMatchers("/v3/**")
                    .hasRole(Role.VIEWER.name())
                    .anyRequest()
                    .authenticated())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // No cookie is ever read here, so there is nothing that a foreign page could ride on.
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .exceptionHandling(errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .oauth2ResourceServer(
            server ->
                server
                    .withObjectPostProcessor(answeringWhenNothingCanBeChecked(refusals))
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(new CallerConverter()))
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals))
        .addFilterAfter(new OnBehalfFilter(problems), BearerTokenAuthenticationFilter.class)
        .build();
  }

  /** Spring's own handler throws what is no fault of the token, which a container answers with a stack trace in the log. */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answeringWhenNothingCanBeChecked(SecurityProblems refusals) {
    return new ObjectPostProcessor<>() {
      @Override
      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
        filter.setAuthenticationFailureHandler(refusals::commence);
        return filter;
      }
    };
  }
}
