package io.plumbline.platform.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.identity.SecuritySettings;
import io.plumbline.platform.problem.ProblemWriter;
import io.plumbline.platform.problem.SecurityProblems;
import io.plumbline.platform.signature.VerificationKeys;
import io.plumbline.tokens.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.net.MalformedURLException;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures a stateless resource server that denies by default. */
@AutoConfiguration(
    before = {
      OAuth2ResourceServerAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
@EnableConfigurationProperties(SecuritySettings.class)
public class ApiSecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  JWKSource<SecurityContext> keySource(SecuritySettings settings) throws MalformedURLException {
    return AccessTokens.keysAt(settings.jwkSetUri());
  }

  @Bean
  @ConditionalOnMissingBean
  JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys, SecuritySettings settings, Clock clock) {
    return AccessTokens.decoder(keys, settings.issuer(), settings.audience(), clock);
  }

  /**
   * Switches observations of security off. Otherwise each filter of the chain would be observed in
   * each request, which is already measured as a whole.
   */
  @Bean
  static SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  static RoleHierarchy roleHierarchy() {
    RoleHierarchyImpl.Builder roles = RoleHierarchyImpl.withDefaultRolePrefix();
    // An administrator must not be able to approve or audit their own work.
    roles.role("ADMIN").implies("PROMPT_ENGINEER", "ML_ENGINEER", "DATA_STEWARD", "SRE", "VIEWER");
    for (Role role :
        List.of(
            Role.PROMPT_ENGINEER,
            Role.ML_ENGINEER,
            Role.DATA_STEWARD,
            Role.APPROVER,
            Role.COMPLIANCE_OFFICER,
            Role.SRE)) {
      roles.role(role.name()).implies("VIEWER");
    }
    return roles.build();
  }

  @Bean
  ServiceCallCheck serviceCallCheck(
      @Value("${spring.application.name}") String service,
      VerificationKeys keys,
      Clock clock,
      MeterRegistry meters) {
    return new ServiceCallCheck(service, keys, clock, meters);
  }

  @Bean
  WebMvcConfigurer rolesOfHandlers(RoleHierarchy roles, ServiceCallCheck serviceCalls) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
            .addInterceptor(new HandlerRoleInterceptor(roles, serviceCalls))
            // The error page is for everybody. The filter chain decides who may read the API
            // description.
            .excludePathPatterns("/error", "/v3/**")
            .order(Ordered.HIGHEST_PRECEDENCE);
      }
    };
  }

  @Bean
  @ConditionalOnMissingBean
  SecurityFilterChain apiSecurity(
      HttpSecurity http,
      SecurityProblems refusals,
      ProblemWriter problems,
      JwtDecoder tokens,
      ServiceCallCheck serviceCalls,
      ObjectProvider<CustomAuthentication> own,
      Environment environment) {
    return http.authorizeHttpRequests(requests ->
            requests
                .requestMatchers("/error")
                .permitAll()
                .requestMatchers(new ManagementRequests(environment))
                .permitAll()
                .requestMatchers("/v3/**")
                .hasRole(Role.VIEWER.name())
                .anyRequest()
                .authenticated())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // Requests are authenticated by a bearer token, never by a cookie, so CSRF does not apply.
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        // Strict-Transport-Security is sent by what ends the browser's connection.
        .headers(headers -> headers.httpStrictTransportSecurity(policy -> policy.disable()))
        .exceptionHandling(
            errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .oauth2ResourceServer(server ->
            server
                .withObjectPostProcessor(answeringWhenTokensCannotBeValidated(refusals))
                .authenticationManagerResolver(authentication(tokens, own))
                .authenticationEntryPoint(refusals)
                .accessDeniedHandler(refusals))
        .addFilterAfter(
            new StatementFilter(serviceCalls, problems), BearerTokenAuthenticationFilter.class)
        .build();
  }

  private static AuthenticationManagerResolver<HttpServletRequest> authentication(
      JwtDecoder decoder, ObjectProvider<CustomAuthentication> own) {
    JwtAuthenticationProvider byToken = new JwtAuthenticationProvider(decoder);
    byToken.setJwtAuthenticationConverter(new CallerConverter());
    AuthenticationManager tokens = new ProviderManager(byToken);
    List<CustomAuthentication> authentications = own.orderedStream().toList();
    return request ->
        authentications.stream()
            .filter(each -> each.appliesTo(request))
            .findFirst()
            .map(AuthenticationManager.class::cast)
            .orElse(tokens);
  }

  /**
   * Makes failures that are not the token's fault answered as problems. Spring's own handler
   * rethrows them, and the container would answer with a stack trace in the log.
   */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter>
      answeringWhenTokensCannotBeValidated(SecurityProblems refusals) {
    return new ObjectPostProcessor<>() {
      @Override
      public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
        filter.setAuthenticationFailureHandler(refusals::commence);
        return filter;
      }
    };
  }
}
