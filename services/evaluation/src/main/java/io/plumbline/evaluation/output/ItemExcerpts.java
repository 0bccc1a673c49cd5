package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.suite.SuiteRowReader;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.items.Item;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.security.RoleCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds excerpts of questions, expected answers and answers to the items of a page, for callers who
 * may read them one by one. Answers, expected ones too, need a role of {@code getRunItem};
 * questions need a role of the dataset registry's list of rows, which is masked and not recorded
 * either. Only the dataset registry shows an unmasked row, and records that it was read.
 */
@Component
public class ItemExcerpts {

  private final RunItems items;
  private final Suites suites;
  private final SuiteRowReader rows;
  private final Excerpts excerpts;
  private final JsonMapper json;
  private final OutputReaders readersOfOutputs;
  private final RoleCheck readersOfRows;

  ItemExcerpts(
      RunItems items,
      Suites suites,
      SuiteRowReader rows,
      Excerpts excerpts,
      JsonMapper json,
      OutputReaders readersOfOutputs,
      RoleHierarchy hierarchy) {
    this.items = items;
    this.suites = suites;
    this.rows = rows;
    this.excerpts = excerpts;
    this.json = json;
    this.readersOfOutputs = readersOfOutputs;
    this.readersOfRows =
        new RoleCheck(hierarchy, Role.DATA_STEWARD, Role.ML_ENGINEER, Role.COMPLIANCE_OFFICER);
  }

  /**
   * Returns the items with their excerpts, in the given order. The caller must make sure that the
   * run is not sealed, and must not hold a transaction, since reading rows may take long and needs
   * no connection.
   *
   * @param suite the suite of the run
   */
  public List<ListedRunItem> withExcerpts(UUID run, Digest suite, List<RunItem> listed) {
    boolean seesOutputs = readersOfOutputs.includeCaller();
    boolean seesRows = readersOfRows.isPassed();
    Map<Integer, String> answers = seesOutputs ? answers(run, listed) : Map.of();
    Map<String, Item> found = seesOutputs || seesRows ? rows(suite, listed) : Map.of();
    return listed.stream()
        .map(item -> {
          Optional<Item> row = Optional.ofNullable(found.get(item.itemId()));
          return new ListedRunItem(
              item.withoutSensitiveText(seesOutputs),
              row.filter(each -> seesRows)
                  .flatMap(each -> excerpts.of(each.input(), item.perturbation()))
                  .orElse(null),
              row.filter(each -> seesOutputs)
                  .flatMap(each -> excerpts.of(each.expected()))
                  .orElse(null),
              answers.get(item.ordinal()));
        })
        .toList();
  }

  private Map<Integer, String> answers(UUID run, List<RunItem> listed) {
    Map<Integer, String> answers = new HashMap<>();
    items.readOutputs(
        run,
        listed.stream().map(RunItem::ordinal).toList(),
        (ordinal, output) ->
            output
                .answer(json)
                .map(ModelAnswer::message)
                .map(ModelMessage::textOrToolCalls)
                .flatMap(excerpts::of)
                .ifPresent(answer -> answers.put(ordinal, answer)));
    return answers;
  }

  private Map<String, Item> rows(Digest suite, List<RunItem> listed) {
    return rows.find(
        suites.find(suite).orElseThrow(), listed.stream().map(RunItem::itemId).toList());
  }
}
