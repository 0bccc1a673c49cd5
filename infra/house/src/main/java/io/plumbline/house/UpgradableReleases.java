package io.plumbline.house;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The releases whose databases this build upgrades, the oldest first.
 *
 * @param releases names of releases, such as {@code 0.1.0}, with the version of the newest
 *     migration
 */
record UpgradableReleases(List<Map.Entry<String, String>> releases) {

  static final String FILE =
      "services/platform/src/main/resources/db/upgradable-releases.properties";

  /** The name that stands for the builds from before the first release. */
  private static final String UNRELEASED = "unreleased";

  private static final String RELEASE = "\\d+\\.\\d+\\.\\d+";

  /** Reads the file among others. Without it no release is upgradable. */
  static UpgradableReleases among(List<SourceFile> files) {
    Properties listed = new Properties();
    files.stream()
        .filter(file -> file.path().equals(FILE))
        .forEach(file -> load(listed, file.text()));
    return new UpgradableReleases(
        listed.stringPropertyNames().stream()
            .map(name -> Map.entry(name, listed.getProperty(name)))
            .sorted(Map.Entry.comparingByValue())
            .toList());
  }

  private static void load(Properties listed, String text) {
    try {
      listed.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the release is not newer than the oldest upgradable one. */
  boolean precedesAll(String release) {
    return release.matches(RELEASE)
        && !releases.isEmpty()
        && releases.getFirst().getKey().matches(RELEASE)
        && Version.parse(release).compareTo(Version.parse(releases.getFirst().getKey())) <= 0;
  }

  String oldest() {
    return releases.isEmpty() ? UNRELEASED : releases.getFirst().getKey();
  }

  /**
   * Returns what is wrong with the list.
   *
   * @param migrations the versions of all migrations
   */
  Stream<String> violations(List<String> migrations) {
    Stream<String> unknown =
        releases.stream()
            .filter(release -> !migrations.contains(release.getValue()))
            .map(release ->
                "%s: no migration is V%s; give the newest one of %s"
                    .formatted(FILE, release.getValue(), release.getKey()));
    Stream<String> misnamed =
        releases.stream()
            .map(Map.Entry::getKey)
            .filter(name -> !name.matches(RELEASE) && !(name.equals(UNRELEASED) && isAlone()))
            .map(name -> "%s: \"%s\" is not a release; name it as in 0.1.0".formatted(FILE, name));
    List<String> names =
        releases.stream().map(Map.Entry::getKey).filter(name -> name.matches(RELEASE)).toList();
    Stream<String> disordered =
        names.stream().sorted(Comparator.comparing(Version::parse)).toList().equals(names)
            ? Stream.empty()
            : Stream.of(FILE + ": a release has older migrations than the one before it");
    return Stream.of(unknown, misnamed, disordered).flatMap(each -> each);
  }

  private boolean isAlone() {
    return releases.size() == 1;
  }
}
