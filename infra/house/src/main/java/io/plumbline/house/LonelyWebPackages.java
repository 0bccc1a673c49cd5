package io.plumbline.house;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Allows no {@code web} package for one class, since a reader would open a folder for nothing. */
final class LonelyWebPackages implements Rule {

  @Override
  public String name() {
    return "web packages with one class";
  }

  @Override
  public Result check(List<SourceFile> files) {
    return Result.of(
        files.stream()
            .filter(file ->
                file.isMainJava()
                    && file.folder().endsWith("/web")
                    && !file.name().equals("package-info.java"))
            .collect(Collectors.groupingBy(SourceFile::folder, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(folder -> folder.getValue() == 1)
            .map(folder -> folder.getKey() + ": move its class into the module's own package")
            .toList());
  }
}
