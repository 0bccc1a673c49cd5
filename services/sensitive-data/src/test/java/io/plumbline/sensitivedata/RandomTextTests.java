package io.plumbline.sensitivedata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The scanner finds in random texts exactly what its former, slower code found in them. A change of
 * what is found, such as other numbers in a release of libphonenumber, needs new counts and a new
 * digest; a change of how it is found needs none.
 */
class RandomTextTests {

  private static final int SIZE = 20_000;

  private static final String COUNTS =
      "{SECRET_ASSIGNMENT=2265, EMAIL=27, IBAN=6, PAYMENT_CARD=827, US_SSN=15846, UK_NINO=567,"
          + " ES_DNI=96, DE_TAX_ID=3, FR_NIR=11, BR_CPF=9, IPV6=864, IPV4=728, MAC_ADDRESS=813,"
          + " PHONE=39519}";

  private static final String FINDINGS =
      "2ed79adf27f3a54a027bb23e060b0130fd198db964535ea323285d4461cf98df";

  private static final List<String> ALPHABETS =
      List.of(
          "0123456789 ",
          "0123456789 -./()+",
          "0123456789   ---",
          "0123456789 \u00a0(",
          "12 ",
          "abcABC0123456789 ",
          "0123456789abcdef:.- ",
          "ab1@.: \"",
          "token=: pwd",
          "eyJhbGc.-_ =");

  /** Shapes of words, in which {@code #} is a digit, {@code @} a letter and {@code ^} a capital. */
  private static final List<List<String>> SHAPES =
      List.of(
          List.of("# ", "## ", "### ", "#### ", "##### ", "0### ", "00## ", "+## "),
          List.of("4### #### #### #### ", "5###-####-####-#### ", "37## ###### ##### "),
          List.of("4############### ", "62############## ", "3############# ", "#############  "),
          List.of(
              "+## 0 ## ## ## ## ", "+###########", " 00######## ", "000 ### ## ## ", "001#######"),
          List.of(
              "01# ## ## ## ## ",
              "0### #####, ",
              "(###) ###-#### ",
              "6## ## ## ## ",
              "07### ######. "),
          List.of(
              "### ## #### ",
              "###-##-#### ",
              "###.###.###-## ",
              "##.##.#### ## ",
              "####-##-## ## "),
          List.of("########### ", "## ### ### ### ", "1 ## 0# ## ### ### ## ", "2###############"),
          List.of(
              "1 ## 0# 2A ### ### ## ",
              "2##012B######## ",
              "2 ## ## 2",
              "####12A#",
              "## ### ",
              "1 ## "),
          List.of(
              "DE#################### ", "^^###### ^ ", "^^######A ", "########^ ", "X#######^ "),
          List.of(
              "password=@#@@#@ ", "api_key: \"@#^@#^@#^@#^@#^@#\"", "token=", "pwd:", "secret = '"),
          List.of(
              "#.#.#.# ", "##.###.##.### ", "1@@:@#::@# ", "00:5e:#@:@#:0a:## ", "@@@@@.@#@.@@"));

  private final Random random = new Random(20_261_201);

  @Test
  void what_is_found_in_random_texts_stays_the_same() {
    List<SensitiveScanner> scanners =
        List.of(
            new SensitiveScanner("US"),
            new SensitiveScanner("US", "DE", "ES", "FR", "GB"),
            new SensitiveScanner("AR", "BR", "HU", "IT", "JP", "MX", "RU"));
    StringBuilder findings = new StringBuilder();
    Map<SensitiveKind, Integer> counts = new TreeMap<>();
    for (String text : texts()) {
      for (SensitiveScanner scanner : scanners) {
        for (Finding finding : scanner.scan(text)) {
          findings.append(finding).append('\n');
          counts.merge(finding.kind(), 1, Integer::sum);
        }
      }
    }
    assertThat(counts).hasToString(COUNTS);
    assertThat(Digest.ofText(findings.toString()).hex()).isEqualTo(FINDINGS);
  }

  private List<String> texts() {
    Stream<String> international =
        PhoneNumberUtil.getInstance().getSupportedCallingCodes().stream()
            .sorted()
            .map(code ->
                shaped(
                        List.of(
                            "+c ## #### #### ",
                            "+c0##########",
                            " 00c####### ",
                            "+c-### ### ##",
                            "+c 0 ## ## ## ## ",
                            "+c0#### # # # # # ",
                            " 00c0#######",
                            "+c #11 15 ## ## ## "),
                        4_000)
                    .replace("c", code.toString()));
    return Stream.of(
            ALPHABETS.stream().map(this::ofAlphabet),
            SHAPES.stream().map(shapes -> shaped(shapes, SIZE)),
            international)
        .flatMap(texts -> texts)
        .toList();
  }

  private String ofAlphabet(String alphabet) {
    StringBuilder text = new StringBuilder();
    while (text.length() < SIZE) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String shaped(List<String> shapes, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      for (char c : shapes.get(random.nextInt(shapes.size())).toCharArray()) {
        text.append(
            switch (c) {
              case '#' -> (char) ('0' + random.nextInt(10));
              case '@' -> (char) ('a' + random.nextInt(6));
              case '^' -> (char) ('A' + random.nextInt(26));
              default -> c;
            });
      }
    }
    return text.toString();
  }
}
