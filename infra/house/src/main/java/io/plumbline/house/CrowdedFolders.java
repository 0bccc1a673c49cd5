package io.plumbline.house;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** No folder of code holds more files than one can take in. */
final class CrowdedFolders implements Rule {

  private static final int MOST = 25;

  @Override
  public String name() {
    return "folders over " + MOST + " files";
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
            .filter(folder -> folder.getValue() > MOST)
            .map(folder ->
                folder.getKey()
                    + " has "
                    + folder.getValue()
                    + " files; divide it by what they are for")
            .toList());
  }
}
