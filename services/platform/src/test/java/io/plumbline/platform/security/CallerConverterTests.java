package io.plumbline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class CallerConverterTests {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  @Test
  void a_person_works_in_the_workspace_of_the_token_with_the_roles_that_are_ours() {
    Jwt token =
        token()
            .claim("preferred_username", "ada")
            .claim("workspace", WORKSPACE.toString())
            .claim("roles", List.of("prompt-engineer", "offline_access"))
            .build();

    assertThat(caller(token))
        .isEqualTo(new Caller(WORKSPACE, "subject", "ada", Set.of(Role.PROMPT_ENGINEER), false));
  }

  @Test
  void a_person_without_a_name_is_called_by_the_subject() {
    assertThat(caller(token().claim("workspace", WORKSPACE.toString()).build()))
        .isEqualTo(new Caller(WORKSPACE, "subject", "subject", Set.of(), false));
  }

  @Test
  void a_service_is_its_client_and_has_no_workspace_and_no_other_role_whatever_its_token_says() {
    Jwt.Builder token =
        token()
            .claim("workspace", WORKSPACE.toString())
            .claim("preferred_username", "service-account-training")
            .claim("roles", List.of("service", "admin"));

    assertThat(caller(token.claim("azp", "training").build()))
        .isEqualTo(
            new Caller(Caller.NO_WORKSPACE, "subject", "training", Set.of(Role.SERVICE), true));
    refused(
        token.claims(claims -> claims.remove("azp")).build(),
        "The token of a service has no claim azp");
  }

  @Test
  void a_list_of_one_workspace_is_that_workspace() {
    assertThat(caller(token().claim("workspace", List.of(WORKSPACE.toString())).build()))
        .isEqualTo(new Caller(WORKSPACE, "subject", "subject", Set.of(), false));
  }

  @Test
  void who_has_no_workspace_or_two_works_in_none_and_learns_why() {
    refusedWith(token().build(), "Your account has no workspace.");
    refusedWith(token().claim("workspace", List.of()).build(), "Your account has no workspace.");
    refusedWith(
        token().claim("workspace", "acme").build(), "The workspace of your account is not a UUID.");
    refusedWith(
        token()
            .claim("workspace", List.of(WORKSPACE.toString(), UUID.randomUUID().toString()))
            .build(),
        "Your account is given 2 workspaces, by itself or by its groups, and works in exactly one."
            + " Ask an administrator of the realm to leave one, then sign in again.");
  }

  @Test
  void a_token_without_subject_is_none_of_ours() {
    refused(
        token()
            .claim("workspace", WORKSPACE.toString())
            .claims(claims -> claims.remove("sub"))
            .build(),
        "The token has no claim sub");
  }

  @Test
  void every_role_has_one_name_in_tokens() {
    assertThat(Role.values())
        .allSatisfy(role -> assertThat(Role.fromClaim(role.claim())).contains(role));
    assertThat(Role.COMPLIANCE_OFFICER.claim()).isEqualTo("compliance-officer");
    assertThat(Role.fromClaim("COMPLIANCE_OFFICER")).isEmpty();
  }

  private static void refusedWith(Jwt token, String message) {
    assertThatExceptionOfType(BadCredentialsException.class)
        .isThrownBy(() -> caller(token))
        .withMessageStartingWith(message);
  }

  private static void refused(Jwt token, String message) {
    assertThatExceptionOfType(InvalidBearerTokenException.class)
        .isThrownBy(() -> caller(token))
        .withMessage(message);
  }

  private static Caller caller(Jwt token) {
    return (Caller) Objects.requireNonNull(new CallerConverter().convert(token).getPrincipal());
  }

  private static Jwt.Builder token() {
    return Jwt.withTokenValue("token").header("alg", "RS256").subject("subject");
  }
}
