package io.plumbline.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requires each migration to leave a schema that the release before can work with, because its
 * processes run beside the new ones during an upgrade (docs/adr/0072). A migration may break
 * something only if its comments say why that is harmless:
 *
 * <pre>
 * -- Contraction: dataset.since, unused since 0.2.0
 * -- Compatible: job_state_check, the new one allows all former states
 * </pre>
 *
 * <p>A contraction is accepted once every release that this build upgrades from has stopped using
 * the thing. Tables and columns can be removed by contractions only.
 */
final class MigrationRules implements Rule {

  /** The newest migration from before these rules. */
  private static final String BASELINE = "20261201234000";

  private static final Pattern PATH =
      Pattern.compile(
          "services/[^/]+/src/main/resources/db/(?:platform|migration)/V(\\d{14})__\\w+\\.sql");

  private static final Pattern MARK =
      Pattern.compile("-- (Contraction|Compatible): ([\\w.%]+), ([^\\n]+)");

  private static final Pattern UNUSED_SINCE = Pattern.compile("unused since (\\S+?)\\.?");

  /** A comment that says why a break is harmless. */
  private record Mark(String kind, String thing, String reason) {

    boolean covers(SchemaBreak found) {
      return found.thing().equals(thing) && (isContraction() || !found.removal());
    }

    private boolean isContraction() {
      return kind.equals("Contraction");
    }

    Stream<String> violations(List<SchemaBreak> breaks, UpgradableReleases releases) {
      if (breaks.stream().noneMatch(found -> found.thing().equals(thing))) {
        return Stream.of(thing + " is marked, but the migration does not break it");
      }
      Matcher unused = UNUSED_SINCE.matcher(reason);
      if (!isContraction() || (unused.matches() && releases.precedesAll(unused.group(1)))) {
        return Stream.empty();
      }
      return Stream.of(
          ("%s is contracted too early: it has to be unused since %s, the oldest release that this"
                  + " build upgrades, or since an older one")
              .formatted(thing, releases.oldest()));
    }
  }

  @Override
  public String name() {
    return "migrations that break the release before";
  }

  @Override
  public Result check(List<SourceFile> files) {
    UpgradableReleases releases = UpgradableReleases.among(files);
    List<String> versions = new ArrayList<>();
    List<String> violations = new ArrayList<>();
    for (SourceFile file : files) {
      Matcher path = PATH.matcher(file.path());
      if (path.matches()) {
        versions.add(path.group(1));
        if (path.group(1).compareTo(BASELINE) > 0) {
          check(file, releases).forEach(violations::add);
        }
      }
    }
    releases.violations(versions).forEach(violations::add);
    return Result.of(violations);
  }

  private static Stream<String> check(SourceFile file, UpgradableReleases releases) {
    List<SchemaBreak> breaks = SchemaBreak.in(file.withoutComments());
    List<Mark> marks =
        MARK.matcher(file.text())
            .results()
            .map(found -> new Mark(found.group(1), found.group(2), found.group(3)))
            .toList();
    Stream<String> unmarked =
        breaks.stream()
            .filter(found -> marks.stream().noneMatch(mark -> mark.covers(found)))
            .map(found ->
                ("%s %s, which processes of the release before may rely on. Expand the schema here,"
                        + " and mark this in a later release: -- Contraction: %s, unused since"
                        + " RELEASE")
                    .formatted(found.thing(), found.reason(), found.thing()));
    Stream<String> wrong = marks.stream().flatMap(mark -> mark.violations(breaks, releases));
    return Stream.concat(unmarked, wrong).map(each -> file.path() + ": " + each);
  }
}
