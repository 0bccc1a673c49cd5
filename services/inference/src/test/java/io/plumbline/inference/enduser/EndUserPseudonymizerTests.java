package io.plumbline.inference.enduser;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.keyset.ResponseKeySettings;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EndUserPseudonymizerTests {

  private static final UUID WORKSPACE = new UUID(1, 2);
  private static final byte[] SECRET =
      "users are hashed by this secret!".getBytes(StandardCharsets.US_ASCII);
  private static final String KEY = Base64.getEncoder().encodeToString(SECRET);
  private static final String LATER =
      Base64.getEncoder()
          .encodeToString("a later one, put before the old.".getBytes(StandardCharsets.US_ASCII));

  private final EndUserPseudonymizer endUserPseudonymizer = endUsers(KEY);

  private static EndUserPseudonymizer endUsers(String... keys) {
    return new EndUserPseudonymizer(
        new ResponseKeySettings(List.of(keys)),
        new SensitiveDataSettings(List.of("US"), List.of()));
  }

  private EndUser of(String call) {
    return endUserPseudonymizer.pseudonymize(WORKSPACE, json(call));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  /** Computes the first half of an HMAC-SHA-256 by the JDK. */
  @Test
  void a_user_becomes_a_hash_under_the_key_of_the_installation() throws Exception {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    hmac.update("plumbline trace user\n".getBytes(StandardCharsets.US_ASCII));
    hmac.update(HexFormat.of().parseHex("00000000000000010000000000000002"));
    byte[] expected = hmac.doFinal("jane@example.com".getBytes(StandardCharsets.UTF_8));

    assertThat(of("{'user':'jane@example.com'}"))
        .isEqualTo(new EndUser(HexFormat.of().formatHex(Arrays.copyOf(expected, 16)), null));
  }

  @Test
  void the_same_user_of_another_workspace_or_under_another_key_has_another_hash() {
    ObjectNode call = json("{'user':'jane'}");

    assertThat(
            List.of(
                endUserPseudonymizer.pseudonymize(WORKSPACE, call),
                endUserPseudonymizer.pseudonymize(new UUID(1, 3), call),
                endUsers(LATER).pseudonymize(WORKSPACE, call)))
        .doesNotHaveDuplicates();
    assertThat(endUsers(KEY).pseudonymize(WORKSPACE, call)).isEqualTo(of("{'user':'jane'}"));
  }

  @Test
  void a_safety_identifier_stands_for_a_user_that_is_not_named() {
    EndUser jane = of("{'user':'jane'}");

    assertThat(of("{'safety_identifier':'jane'}")).isEqualTo(jane);
    assertThat(of("{'user':'','safety_identifier':'jane'}")).isEqualTo(jane);
    assertThat(of("{'user':'jane','safety_identifier':'kim'}")).isEqualTo(jane);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'user':null,'metadata':null}",
        "{'user':' ','metadata':{'session_id':' '}}",
        "{'user':7,'safety_identifier':{},'metadata':{'session_id':7}}",
        "{'metadata':'chat-1'}",
        "{'metadata':['session_id']}",
      })
  void what_names_nobody_leaves_nothing(String call) {
    assertThat(of(call)).isSameAs(EndUser.UNKNOWN);
  }

  @Test
  void a_session_is_kept_as_it_is() {
    UUID session = UUID.fromString("0190a8f2-7c3b-7d4e-9a51-c6f0e2d4b8b1");
    assertThat(of("{'metadata':{'session':'chat 47 of Tübingen'}}").sessionId())
        .isEqualTo("chat 47 of Tübingen");
    assertThat(of("{'metadata':{'session':'other','session_id':'%s'}}".formatted(session)))
        .isEqualTo(new EndUser(null, session.toString()));
  }

  @Test
  void a_session_that_names_a_person_is_masked_and_stays_one_of_its_own() {
    String jane = of("{'metadata':{'session_id':'mail of jane.doe@example.com'}}").sessionId();
    String kim = of("{'metadata':{'session_id':'mail of kim.poe@example.com'}}").sessionId();

    assertThat(jane).matches("mail of <EMAIL>~[0-9a-f]{8}");
    assertThat(kim).matches("mail of <EMAIL>~[0-9a-f]{8}").isNotEqualTo(jane);
  }

  @Test
  void a_session_is_bounded_and_holds_only_what_is_stored() {
    String one = of("{'metadata':{'session_id':'%s1'}}".formatted("é".repeat(5_000))).sessionId();
    String two = of("{'metadata':{'session_id':'%s2'}}".formatted("é".repeat(5_000))).sessionId();

    assertThat(one).hasSize(EndUserPseudonymizer.MAX_CHARACTERS).isNotEqualTo(two);
    assertThat(of("{'metadata':{'session_id':'a\\u0000b'}}").sessionId())
        .matches("a\\?b~[0-9a-f]{8}");
  }

  @Test
  void a_user_and_a_session_are_searched_by_as_calls_and_as_traces_name_them() {
    EndUser kept = of("{'user':'jane','metadata':{'session_id':'jane.doe@example.com'}}");
    String hash = String.valueOf(kept.userHash());
    String session = String.valueOf(kept.sessionId());

    assertThat(endUserPseudonymizer.userHashes(WORKSPACE, "jane")).containsExactly(hash);
    assertThat(endUserPseudonymizer.userHashes(WORKSPACE, hash)).contains(hash);
    assertThat(endUserPseudonymizer.userHashes(new UUID(1, 3), "jane")).doesNotContain(hash);
    assertThat(endUserPseudonymizer.storedSessionIds(WORKSPACE, "jane.doe@example.com"))
        .contains(session);
    assertThat(endUserPseudonymizer.storedSessionIds(WORKSPACE, session)).containsExactly(session);
  }

  /** Cuts a session such that only the cut text ends with a social security number. */
  @Test
  void a_session_is_found_by_what_its_trace_shows_though_that_is_masked_once_more() {
    String called = "x".repeat(79) + " 123-45-67890 and more of it";
    String session =
        String.valueOf(of("{'metadata':{'session':'%s'}}".formatted(called)).sessionId());

    assertThat(session)
        .matches("x{79} 123-45-6789~[0-9a-f]{8}")
        .hasSize(EndUserPseudonymizer.MAX_CHARACTERS);
    assertThat(of("{'metadata':{'session':'%s'}}".formatted(session)).sessionId())
        .isNotEqualTo(session);
    assertThat(endUserPseudonymizer.storedSessionIds(WORKSPACE, session)).contains(session);
    assertThat(endUserPseudonymizer.storedSessionIds(WORKSPACE, called)).containsExactly(session);
  }

  @Test
  void a_session_that_is_longer_than_traces_show_is_not_searched_for_as_it_is() {
    String longer = "é".repeat(EndUserPseudonymizer.MAX_CHARACTERS + 1);

    assertThat(endUserPseudonymizer.storedSessionIds(WORKSPACE, longer))
        .singleElement()
        .asString()
        .matches("é{91}~[0-9a-f]{8}");
  }

  @Test
  void calls_from_before_a_key_was_rotated_are_found_as_long_as_it_is_configured() {
    ObjectNode call = json("{'user':'jane','metadata':{'session_id':'jane.doe@example.com'}}");
    EndUser before = endUserPseudonymizer.pseudonymize(WORKSPACE, call);
    EndUserPseudonymizer rotated = endUsers(LATER, KEY);
    EndUser after = rotated.pseudonymize(WORKSPACE, call);

    assertThat(after.userHash()).isNotEqualTo(before.userHash());
    assertThat(rotated.userHashes(WORKSPACE, "jane"))
        .containsExactly(after.userHash(), before.userHash());
    assertThat(rotated.storedSessionIds(WORKSPACE, "jane.doe@example.com"))
        .containsExactly("jane.doe@example.com", after.sessionId(), before.sessionId());
  }
}
