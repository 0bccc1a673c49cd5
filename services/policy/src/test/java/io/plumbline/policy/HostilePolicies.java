package io.plumbline.policy;

import static io.plumbline.platform.test.hostile.HostileParts.filled;

import io.plumbline.platform.test.hostile.HostileTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hostile policies, each as long as one may be: of as many rules as fit, which are compiled and
 * decide about values that are as large as they may be.
 */
public final class HostilePolicies implements HostileTexts.Table {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int EXPRESSION = 1_000;
  private static final String TEN = "[0,1,2,3,4,5,6,7,8,9]";
  private static final String LICENCE = "a".repeat(199) + "!";

  private static final Map<String, Object> DATASET =
      Map.of(
          "dataset.name",
          LICENCE,
          "dataset.rows",
          500L,
          "dataset.masked",
          false,
          "dataset.licence",
          LICENCE,
          "dataset.legalBasis",
          "(a*)*(a|aa)+".repeat(16),
          "dataset.labels",
          IntStream.range(0, 1_000)
              .boxed()
              .collect(Collectors.toMap(i -> "a".repeat(190) + i, Integer::longValue)));

  private static final Map<String, Object> APPROVAL =
      Map.of(
          "approval.reason",
          "a".repeat(1_999) + "!",
          "approval.authors",
          IntStream.range(0, 1_000).mapToObj(i -> "a".repeat(190) + i).toList());

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    sources();
    syntax();
    values();
    patterns();
    return readings;
  }

  private void sources() {
    addSource("opening brackets", filled("[", PolicyEngine.MAX_SOURCE));
    addSource("objects within each other", filled("{\"a\":", PolicyEngine.MAX_SOURCE));
    addSource("empty lists", "[" + filled("[],", PolicyEngine.MAX_SOURCE - 10) + "[]]");
    addSource("empty rules", "[" + filled("{},", PolicyEngine.MAX_SOURCE - 10) + "{}]");
    addSource("a long number", filled("9", PolicyEngine.MAX_SOURCE));
  }

  private void syntax() {
    addRule("opening parentheses", filled("(", EXPRESSION));
    addRule("opening braces", filled("{1:", EXPRESSION));
    addRule("negations", filled("!", EXPRESSION - 4) + "true");
    addRule("minus signs", "0 == " + filled("-", EXPRESSION - 6) + "1");
    addRule("conjunctions", filled("true&&", EXPRESSION - 4) + "true");
    addRule("comparisons", filled("1<", EXPRESSION - 1) + "1");
    addRule("conditions", filled("true?", 490) + "true" + filled(":true", 490));
    addRule("fields of fields", filled("a.", EXPRESSION - 1) + "a");
    addRule("calls of calls", "a" + filled(".a()", EXPRESSION - 1));
    addRule("macros of macros", filled("[1].map(x,", EXPRESSION - 1) + "1");
    addRule("quotation marks", filled("'", EXPRESSION));
    addRule("escapes", "'" + filled("\\u00e9", EXPRESSION - 10) + "' == ''");
    addRule("comments", filled("//\n", EXPRESSION));
  }

  private void values() {
    String longList = "[" + filled("1,", 440) + "1]";
    addRule("long lists that are compared", longList + "==" + longList);
    String deepList = "[".repeat(45) + "]".repeat(45);
    addRule("deep lists that are compared", looped(all(deepList + "==" + deepList, 800)));
    addRule("lists that are compared again and again", looped(all("[1,2,3,4]==[1,2,3,4]", 850)));
    addRule("labels that are compared", all("dataset.labels==dataset.labels", EXPRESSION));
    addRule(
        "labels that are compared again and again",
        looped(all("dataset.labels==dataset.labels", 850)));
    addRule(
        "a label that is looked for again and again", looped(all("!('b' in dataset.labels)", 850)));
    addRule(
        "labels, for each label",
        "dataset.labels.all(a, %s)".formatted(all("dataset.labels==dataset.labels", 850)));
    addRule(
        "joined texts that are kept",
        "%s.map(a,%s.map(b,%s.map(c,%s))).size()>0"
            .formatted(TEN, TEN, TEN, joined("dataset.licence", 850)));
    addRule(
        "joined lists that are kept",
        "%s.map(a,%s.map(b,%s.map(c,%s))).size()>0".formatted(TEN, TEN, TEN, joined(TEN, 850)));
    addRule("divisions by zero", looped(filled("1/0>0||", 840) + "true"));
    addRule("labels that are missing", looped(filled("dataset.labels['b']>0||", 840) + "true"));
    addRule("labels of labels", "dataset.labels.map(a,dataset.labels[a]).size()>0");
    addRule("joined texts that are compared", looped(all("dataset.name+'a'==dataset.name", 850)));
    addRule("sizes of texts", looped(all("dataset.licence.size()>0", 850)));
    addRule("numbers as texts", looped(all("string(1.5e300)!=''", 850)));
    addRule("dates", looped(all("timestamp('2000-01-01T00:00:00Z')<timestamp(1)", 850)));
    addApproval(
        "authors that are compared again and again",
        looped(all("approval.authors==approval.authors", 850)));
    addApproval(
        "an author that is looked for again and again",
        looped(all("!('b' in approval.authors)", 850)));
    addApproval(
        "joined authors that are kept",
        "%s.map(a,%s.map(b,%s.map(c,%s))).size()>0"
            .formatted(TEN, TEN, TEN, joined("approval.authors", 850)));
  }

  private void patterns() {
    String search = "!approval.reason.contains('%s')".formatted("a".repeat(800) + "b");
    addApproval("a long search in a long text", looped(search));
    addApproval(
        "a pattern in a joined text",
        "!(%s).matches('(a?){150}a{150}')".formatted(joined("approval.reason", 900)));
    addApproval(
        "joined texts that are looked for in each other",
        "(%s).contains(%s+'b')"
            .formatted(joined("approval.reason", 450), joined("approval.reason", 450)));
    addApproval(
        "joined reasons that are kept",
        "%s.map(a,%s.map(b,%s.map(c,%s))).size()>0"
            .formatted(TEN, TEN, TEN, joined("approval.reason", 850)));
    for (String pattern : List.of("(a*)*b", "(a|aa)+$", "(a?){150}a{150}", "[ab]*a[ab]{90}c")) {
      String match = "!dataset.licence.matches('%s')".formatted(pattern);
      addRule("pattern %s".formatted(pattern), all(match, EXPRESSION));
      addRule("pattern %s, again and again".formatted(pattern), looped(all(match, 850)));
      addRule(
          "pattern %s, for each label".formatted(pattern),
          "dataset.labels.all(a, %s)".formatted(all("!a.matches('%s')".formatted(pattern), 900)));
      addApproval(
          "pattern %s in a long text".formatted(pattern),
          all("!approval.reason.matches('%s')".formatted(pattern), EXPRESSION));
    }
    addRule("alternatives", "!'a'.matches('%s')".formatted(filled("(a|b)|", 900)));
    addRule("a pattern of groups", "!'a'.matches('%s')".formatted(filled("(", 900)));
    addRule(
        "a pattern that repeats itself", "!'a'.matches('%s')".formatted("(a{1,30}){1,30}{1,9}"));
    addApproval(
        "a pattern of many groups",
        "!approval.reason.matches('%s')".formatted(filled("(a?)", 900)));
    addRule(
        "a pattern from a value", looped(all("dataset.licence.matches(dataset.legalBasis)", 850)));
  }

  /** Returns a condition for each of 900 combinations of numbers. */
  private static String looped(String condition) {
    return "%s.all(a,%s.all(b,[0,1,2,3,4,5,6,7].all(c,%s)))".formatted(TEN, TEN, condition);
  }

  private static String all(String condition, int size) {
    return filled(condition + "&&", size - 4) + "true";
  }

  private static String joined(String value, int size) {
    return filled(value + "+", size - value.length()) + value;
  }

  private void addRule(String name, String expression) {
    addSource(name, source(expression));
  }

  private void addApproval(String name, String expression) {
    add(name, PolicyTarget.APPROVAL, source(expression), APPROVAL);
  }

  private void addSource(String name, String source) {
    add(name, PolicyTarget.DATASET_ADMISSION, source, DATASET);
  }

  private void add(String name, PolicyTarget target, String source, Map<String, Object> values) {
    readings.put(
        "policy: " + name,
        () -> {
          PolicyEngine engine = new PolicyEngine();
          engine.compile(target, source);
          engine.load(target, source).refusalReasons(values);
        });
  }

  /** Returns a policy that has a rule as often as it may. */
  private static String source(String expression) {
    int size = rules(expression, 1).length();
    return rules(expression, Math.min(32, PolicyEngine.MAX_SOURCE / (size + 2)));
  }

  private static String rules(String expression, int count) {
    return JSON.writeValueAsString(
        IntStream.range(0, count)
            .mapToObj(i -> Map.of("name", "r" + i, "expression", expression, "message", "no"))
            .toList());
  }
}
