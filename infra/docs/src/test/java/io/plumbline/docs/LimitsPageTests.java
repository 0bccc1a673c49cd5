package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the page of limits against the sources. */
class LimitsPageTests {

  private static final Path ROOT = Path.of("../..");

  /**
   * The name that holds a limit, with its value behind it where the column of values is in words.
   */
  private static final Pattern HOLDER =
      Pattern.compile("`(?<name>[^`]+)`(?: \\((?<value>[^)]+)\\))?");

  private static final Pattern ANSWER = Pattern.compile("[45]\\d\\d `(?<slug>[a-z_-]+)`");

  private final LimitSources sources = LimitSources.of(ROOT);
  private final String text = Files.readString(ROOT.resolve("docs/limits.md"));
  private final List<Row> rows = rows(text);

  LimitsPageTests() throws IOException {}

  @Test
  void every_value_is_the_one_that_the_code_holds() {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      for (Limit limit : row.limits()) {
        List<Quantity> held = sources.values(limit.holder());
        if (held.isEmpty()) {
          wrong.add(limit.holder() + " has no value in the sources");
        } else if (!held.stream().allMatch(limit::is)) {
          wrong.add("%s is %s, not %s".formatted(limit.holder(), held, limit.value()));
        }
      }
    }

    assertThat(rows).hasSizeGreaterThan(90);
    assertThat(wrong).as("docs/limits.md").isEmpty();
  }

  @Test
  void every_value_has_a_holder_and_every_holder_a_value() {
    assertThat(rows).filteredOn(row -> !row.isComplete()).isEmpty();
  }

  @Test
  void every_problem_is_one_that_is_answered() {
    List<String> named =
        rows.stream()
            .flatMap(row -> ANSWER.matcher(row.answer()).results())
            .map(each -> each.group("slug"))
            .toList();

    assertThat(named).hasSizeGreaterThan(50);
    assertThat(named).filteredOn(slug -> !sources.answers(slug)).isEmpty();
  }

  @Test
  void every_setting_that_bounds_something_is_on_the_page() {
    Set<String> settings = sources.boundingProperties();

    assertThat(settings).hasSizeGreaterThan(15);
    assertThat(settings).filteredOn(name -> !text.contains("." + name + "`")).isEmpty();
  }

  /**
   * A row of a table.
   *
   * @param values the values of the column that begin with a number
   * @param holders in the same order, without those that bring their value along
   * @param own the holders that bring their value along
   */
  private record Row(
      String what, List<String> values, String answer, List<String> holders, List<Limit> own) {

    boolean isComplete() {
      return values.size() == holders.size() && values.size() + own.size() > 0;
    }

    List<Limit> limits() {
      List<Limit> limits = new ArrayList<>(own);
      for (int i = 0; i < Math.min(values.size(), holders.size()); i++) {
        limits.add(new Limit(values.get(i), holders.get(i)));
      }
      return limits;
    }

    static Row of(String line) {
      String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
      List<String> values = new ArrayList<>();
      for (String value : cells[1].split(";", -1)) {
        if (Quantity.written(value).isPresent()) {
          values.add(value.strip());
        }
      }
      List<String> holders = new ArrayList<>();
      List<Limit> own = new ArrayList<>();
      for (Matcher holder = HOLDER.matcher(cells[3]); holder.find(); ) {
        if (holder.group("value") == null) {
          holders.add(holder.group("name"));
        } else {
          own.add(new Limit(holder.group("value"), holder.group("name")));
        }
      }
      return new Row(cells[0].strip(), values, cells[2], holders, own);
    }
  }

  private record Limit(String value, String holder) {

    boolean is(Quantity held) {
      return Quantity.written(value).filter(shown -> shown.is(held)).isPresent();
    }
  }

  private static List<Row> rows(String page) {
    return page.lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| Limit |"))
        .map((Function<String, Row>) Row::of)
        .toList();
  }
}
