package io.plumbline.sensitivedata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scanner on examples that issuers publish. When the form of a key is tested, its characters
 * are made up.
 */
class SensitiveScannerTests {

  private static final SensitiveScanner SCANNER = new SensitiveScanner("US");

  private static final SensitiveScanner EUROPE =
      new SensitiveScanner("GB", "DE", "FR", "ES", "IT", "US");

  /** Returns each found value with its kind, as {@code KIND value}. */
  private static List<String> found(String text) {
    return found(SCANNER, text);
  }

  private static List<String> found(SensitiveScanner scanner, String text) {
    return scanner.scan(text).stream()
        .map(finding -> finding.kind() + " " + text.substring(finding.start(), finding.end()))
        .toList();
  }

  private static void assertWhole(SensitiveKind kind, String value) {
    assertThat(found("see (" + value + "), thanks")).containsExactly(kind + " " + value);
  }

  /** RFC 5321 section 2.3.11 and 4.1.3, RFC 5322 appendix A, RFC 3696 section 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdoe@machine.example",
        "john.q.public@example.com",
        "mary@x.test",
        "jsmith@[192.168.2.1]",
        "user@[IPv6:2001:db8::1]",
        "customer/department=shipping@example.com",
        "user+mailbox@example.com",
        "\"Joe Blow\"@example.com",
        "pelé@example.com",
        "a@xn--bcher-kva.example"
      })
  void finds_mail_addresses(String address) {
    assertWhole(SensitiveKind.EMAIL, address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@example.com",
        "user@",
        "user@localhost",
        "a@b@",
        "1 @ 2",
        "user@-bad.example",
        "user@example.1"
      })
  void passes_over_what_is_no_mail_address(String text) {
    assertThat(found(text)).isEmpty();
  }

  /** Test numbers of the card schemes, as Stripe and PayPal publish them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242424242424242",
        "4111 1111 1111 1111",
        "4000-0566-5566-5556",
        "4222222222222",
        "5555555555554444",
        "2223003122003222",
        "5105105105105100",
        "378282246310005",
        "3714 496353 98431",
        "6011111111111117",
        "6011 0009 9013 9424",
        "30569309025904",
        "36227206271667",
        "3566002020360505",
        "6200000000000005"
      })
  void finds_cards(String number) {
    assertWhole(SensitiveKind.PAYMENT_CARD, number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242424242424243",
        "1234567812345670",
        "9999999999999995",
        "42424242424242421234",
        "411111111111111"
      })
  void passes_over_numbers_without_check_digit_or_issuer(String number) {
    assertThat(found("no " + number)).isEmpty();
  }

  /** The examples of the IBAN registry (SWIFT, ISO 13616). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GB29NWBK60161331926819",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "NL91ABNA0417164300",
        "CH9300762011623852957",
        "ES9121000418450200051332",
        "IT60X0542811101000000123456",
        "NO9386011117947",
        "MT84MALT011000012345MTLCAST001S",
        "BE68 5390 0754 7034",
        "AT61 1904 3002 3457 3201",
        "SE45 5000 0000 0583 9825 7466"
      })
  void finds_ibans(String iban) {
    assertWhole(SensitiveKind.IBAN, iban);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GB28NWBK60161331926819",
        "ZZ89370400440532013000",
        "DE8937040044053201300",
        "DE893704004405320130001"
      })
  void passes_over_false_ibans(String text) {
    assertThat(found(text)).isEmpty();
  }

  /** Numbers that Ofcom and the NANPA reserve for fiction, and examples of RFC 3966 and E.123. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1-201-555-0123",
        "+44 20 7946 0958",
        "+49 30 901820",
        "(212) 555-0147",
        "212-555-0147",
        "212.555.0147",
        "+1 (650) 253-0000",
        "+33 1 42 68 53 00"
      })
  void finds_phone_numbers(String number) {
    assertThat(found("call " + number + " now")).containsExactly("PHONE " + number);
  }

  /**
   * The reserved numbers of Ofcom, Bundesnetzagentur and ARCEP (01 99 00, 0171 392), the example of
   * E.123 and the one of DIN 5008, and the examples of libphonenumber for Spain and Italy.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "030 901820",
        "(030) 901820",
        "0171 1234567",
        "0171/1234567",
        "01711234567",
        "015112345678",
        "020 7946 0958",
        "(020) 7946 0958",
        "07700 900123",
        "01 99 00 12 34",
        "01.99.00.12.34",
        "810 12 34 56",
        "02 1234 5678",
        "212-555-0147"
      })
  void finds_the_national_numbers_of_several_regions(String number) {
    assertThat(found(EUROPE, "call " + number + " now")).containsExactly("PHONE " + number);
    if (number.startsWith("0") || number.startsWith("(0")) {
      assertThat(found("call " + number + " now")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05.12.24 10.30",
        "01.02.2024 10.15",
        "2024-11-25 10:30",
        "order 0301234567",
        "30 901820",
        "0.123 456 789",
        "A0171 1234567",
        "12345678901",
        "order 2125550147"
      })
  void passes_over_dates_and_identifiers_in_several_regions(String text) {
    assertThat(found(EUROPE, text)).isEmpty();
  }

  /** The examples of python-stdnum's {@code de.idnr} and {@code fr.nir}. */
  @ParameterizedTest
  @CsvSource({
    "DE_TAX_ID, 36574261809",
    "DE_TAX_ID, 36 574 261 809",
    "FR_NIR, 295109912611193",
    "FR_NIR, 2 95 10 99 126 111 93",
    "FR_NIR, 253072B07300470",
    "FR_NIR, 2 53 07 2A 073 004 43"
  })
  void finds_national_numbers_of_digits_alone_in_their_region(SensitiveKind kind, String value) {
    assertThat(found(EUROPE, "see " + value + ", thanks")).containsExactly(kind + " " + value);
    assertThat(found(value)).isEmpty();
    assertThat(found(EUROPE, value + "1")).noneMatch(found -> found.startsWith(kind.name()));
    assertThat(found(EUROPE, "X" + value)).noneMatch(found -> found.startsWith(kind.name()));
  }

  /** A false check digit, a wrong repetition, a month that is not issued. */
  @ParameterizedTest
  @ValueSource(strings = {"36574261890", "36554266806", "295109912611199", "295139912611190"})
  void passes_over_national_numbers_that_fail_their_check(String text) {
    assertThat(found(EUROPE, text)).isEmpty();
  }

  @Test
  void regions_are_countries() {
    assertThat(EUROPE.regions()).containsExactly("DE", "ES", "FR", "GB", "IT", "US");
    assertThatThrownBy(() -> new SensitiveScanner("DE", "UK"))
        .hasMessage(
            "plumbline.sensitive-data.regions must be ISO 3166 country codes such as US, DE and GB,"
                + " not UK");
  }

  @Test
  void a_workspace_may_have_regions_of_its_own() {
    UUID own = UUID.randomUUID();
    SensitiveScanners scanners =
        new SensitiveScanners(
            new SensitiveDataSettings(
                List.of("US"),
                List.of(new SensitiveDataSettings.WorkspaceRegions(own, List.of("GB", "DE")))));

    assertThat(scanners.of(own).regions()).containsExactly("DE", "GB");
    assertThat(scanners.of(UUID.randomUUID()).regions()).containsExactly("US");
    assertThatThrownBy(() -> new SensitiveDataSettings(List.of(), List.of()))
        .hasMessage(
            "plumbline.sensitive-data.regions must list 1 to 30 country codes, but lists 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-11-25 10:30",
        "12345678901",
        "1.2.3",
        "10.000.000",
        "order 2125550147",
        "$100-200-3000",
        "123-45-67"
      })
  void passes_over_other_numbers(String text) {
    assertThat(found(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "US_SSN, 536-90-4399",
    "UK_NINO, AB123456C",
    "UK_NINO, AB 12 34 56 C",
    "ES_DNI, 12345678Z",
    "ES_DNI, X1234567L",
    "IT_FISCAL_CODE, RSSMRA85T10A562S",
    "BR_CPF, 111.444.777-35",
    "IPV4, 192.0.2.1",
    "IPV6, 2001:db8::8:800:200c:417a",
    "IPV6, 2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    "IPV6, ::ffff:192.0.2.128",
    "IPV6, fe80::1",
    "MAC_ADDRESS, 00:00:5e:00:53:af",
    "MAC_ADDRESS, 00-00-5E-00-53-AF",
    "BITCOIN_ADDRESS, 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "BITCOIN_ADDRESS, 3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
    "BITCOIN_ADDRESS, bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "AWS_ACCESS_KEY, AKIAIOSFODNN7EXAMPLE"
  })
  void finds_identifiers(SensitiveKind kind, String value) {
    assertWhole(kind, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "078-05-1120",
        "666-12-3456",
        "900-12-3456",
        "536-00-4399",
        "GB123456A",
        "QQ123456C",
        "12345678A",
        "RSSMRA85T10A562T",
        "111.444.777-36",
        "256.1.1.1",
        "1.2.3.4.5",
        "01.2.3.4",
        "std::vector",
        "12:30:45",
        "a::b",
        "00:00:5e:00:53",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "AKIAIOSFODNN7EXAMPL"
      })
  void passes_over_what_fails_its_check(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void finds_credentials_in_urls_and_not_the_mail_address_in_them() {
    assertThat(found("git clone https://user:s3cret@example.org/x.git"))
        .containsExactly("URL_CREDENTIALS user:s3cret@example.org");
    assertThat(found("http://example.org:8080/a@b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB_TOKEN, ghp_",
    "GITHUB_TOKEN, gho_",
    "STRIPE_KEY, sk_live_",
    "STRIPE_KEY, rk_live_",
    "MODEL_API_KEY, sk-proj-",
    "MODEL_API_KEY, sk-ant-api03-",
    "SLACK_TOKEN, xoxb-",
    "SLACK_TOKEN, xoxp-",
    "GOOGLE_API_KEY, AIza",
    "VENDOR_TOKEN, glpat-",
    "VENDOR_TOKEN, npm_",
    "VENDOR_TOKEN, hf_"
  })
  void finds_keys_by_their_issuers_prefix(SensitiveKind kind, String prefix) {
    // The key is joined at run time, so that scanners of repositories do not take it for a leak.
    assertWhole(kind, prefix + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0");
  }

  /** The example of RFC 7519 section 3.1. */
  @Test
  void finds_json_web_tokens() {
    String token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
            + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
            + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assertWhole(SensitiveKind.JWT, token);
    assertThat(found("eyJub3QiOiJhIn0.eyJub3QiOiJhIn0.c2ln")).isEmpty();
  }

  @Test
  void finds_private_keys_whole_and_cut() {
    String key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\nIO7x==\n-----END EC PRIVATE KEY-----";
    assertThat(found("a\n" + key + "\nb")).containsExactly("PRIVATE_KEY " + key);
    assertThat(found("-----BEGIN PRIVATE KEY-----\nMHcCAQEE\nand so on")).hasSize(1);
    assertThat(found("-----BEGIN PUBLIC KEY-----\nMHcCAQEE\n-----END PUBLIC KEY-----")).isEmpty();
  }

  @Test
  void finds_secrets_by_the_name_they_are_given_to() {
    assertThat(found("password = hunter42!")).containsExactly("SECRET_ASSIGNMENT hunter42!");
    assertThat(found("{\"api_key\": \"Zm9vYmFyYmF6cXV4MTIz\"}"))
        .containsExactly("SECRET_ASSIGNMENT Zm9vYmFyYmF6cXV4MTIz");
    assertThat(found("Authorization: Basic dXNlcjpwYXNz"))
        .containsExactly("AUTHORIZATION_HEADER dXNlcjpwYXNz");
    assertThat(found("token: aaaaaaaaaaaaaaaaaaaaaa1")).isEmpty();
    assertThat(found("your password: please choose one")).isEmpty();
  }

  /** Quadratic time would take hours for any of these; each has two million characters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "a@",
        "a.",
        "a@a.",
        "1",
        "1 ",
        "01 ",
        "0171 1234567 ",
        "36574261808 ",
        "1-",
        "1.1.",
        "+1 ",
        "(1",
        "::",
        "a:",
        ":a",
        "://",
        "a://b:c",
        "eyJ.",
        "eyJ-",
        "eyJeyJ",
        "-----BEGIN PRIVATE KEY-----",
        "-----",
        "password=",
        "\"",
        "\"@",
        "AB12",
        "AB 12 ",
        "xoxb-",
        "sk-",
        "bc1",
        "4111 1111 1111 1111 ",
        "212-555-0147 ",
        "é@é.",
        "@[IPv6:",
        "=:"
      })
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void takes_linear_time_on_hostile_text(String unit) {
    assertThat(EUROPE.scan(unit.repeat(2_000_000 / unit.length()))).isNotNull();
  }

  @Test
  void joins_overlapping_findings_so_that_no_rest_is_left() {
    assertThat(found("mailto:GB29NWBK60161331926819@example.com"))
        .containsExactly("EMAIL GB29NWBK60161331926819@example.com");
  }

  @Test
  void shows_only_the_shape() {
    String text = "Jürgen <j.doe42@example.com>";
    assertThat(SCANNER.scan(text).getFirst().preview(text)).isEqualTo("x.xxx99@xxxxxxx.xxx");
  }
}
