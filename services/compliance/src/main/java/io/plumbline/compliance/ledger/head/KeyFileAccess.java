package io.plumbline.compliance.ledger.head;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Determines who besides its owner may access a key file. At each mount, Kubernetes assigns a
 * volume to the pod's own group and sets the group's permissions (0660, or 0440 if read-only).
 * Refusing these permissions would stop the ledger at the first restart, so a group without other
 * members is accepted.
 *
 * @param users the file with names and primary groups of this machine's accounts, as in passwd(5)
 * @param groups the file with the members of its groups, as in group(5)
 */
record KeyFileAccess(Path users, Path groups) {

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> OF_GROUP =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE);

  static KeyFileAccess ofThisMachine() {
    return new KeyFileAccess(Path.of("/etc/passwd"), Path.of("/etc/group"));
  }

  /** Returns in words who besides the owner may access a file; empty if nobody may. */
  Optional<String> othersWithAccess(Path file) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    Set<PosixFilePermission> granted = attributes.permissions();
    if (granted.stream().anyMatch(OF_OTHERS::contains)) {
      return Optional.of("every user");
    }
    if (granted.stream().noneMatch(OF_GROUP::contains)) {
      return Optional.empty();
    }
    Object group = Files.getAttribute(file, "unix:gid");
    List<String> others =
        members(group.toString())
            .filter(name -> !name.equals(attributes.owner().getName()))
            .filter(name -> !name.equals(System.getProperty("user.name")))
            .distinct()
            .toList();
    return others.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", others));
  }

  private Stream<String> members(String group) throws IOException {
    Stream<String> listed =
        lines(groups, 4)
            .filter(fields -> fields[2].equals(group))
            .flatMap(fields -> Arrays.stream(fields[3].split(",", -1)));
    Stream<String> primary =
        lines(users, 4).filter(fields -> fields[3].equals(group)).map(fields -> fields[0]);
    return Stream.concat(listed, primary).filter(name -> !name.isEmpty());
  }

  private static Stream<String[]> lines(Path table, int fields) throws IOException {
    if (!Files.exists(table)) {
      return Stream.empty();
    }
    return Files.readAllLines(table).stream()
        .map(line -> line.split(":", -1))
        .filter(line -> line.length >= fields);
  }
}
