package io.plumbline.house;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Allows no folder of code with more files than a reader can survey. */
final class CrowdedFolders implements Rule {

  private static final int MAX_FILES = 25;

  @Override
  public String name() {
    return "folders over " + MAX_FILES + " files";
  }

  @Override
  public Result check(List<SourceFile> files) {
    Map<String, Long> sizes =
        files.stream()
            .filter(file -> file.isMainJava() || file.path().contains("/portal/src/"))
            .collect(
                Collectors.groupingBy(SourceFile::folder, TreeMap::new, Collectors.counting()));
    return Result.of(
        sizes.entrySet().stream()
            .filter(folder -> folder.getValue() > MAX_FILES)
            .map(folder ->
                folder.getKey()
                    + " has "
                    + folder.getValue()
                    + " files; divide it by what they are for")
            .toList());
  }
}
