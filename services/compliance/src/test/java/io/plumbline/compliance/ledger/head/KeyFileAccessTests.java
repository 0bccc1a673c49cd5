package io.plumbline.compliance.ledger.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileAccessTests {

  @TempDir Path folder;
  private Path key;
  private Path users;
  private Path groups;
  private String group;

  @BeforeEach
  void create() throws IOException {
    key = Files.createFile(folder.resolve("key"));
    users = Files.createFile(folder.resolve("passwd"));
    groups = Files.createFile(folder.resolve("group"));
    group = Files.getAttribute(key, "unix:gid").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void a_file_of_the_owner_alone_is_nobody_elses(String mode) throws IOException {
    Files.writeString(groups, "staff:x:" + group + ":mallory\n");
    assertThat(othersWithAccess(mode)).isEmpty();
  }

  /**
   * Kubernetes gives a key file to the fsGroup of a pod, with mode 0660 or, if read-only, 0440. The
   * machine has no entry for such a group.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rw-rw----", "r--r-----", "rw-r-----"})
  void a_group_without_anybody_else_adds_nobody(String mode) throws IOException {
    Files.writeString(
        users, "%s:x:1000:%s::/:/bin/sh\n".formatted(System.getProperty("user.name"), group));
    assertThat(othersWithAccess(mode)).isEmpty();
  }

  @Test
  void the_members_of_the_group_are_named() throws IOException {
    Files.writeString(groups, "staff:x:%s:mallory,oscar\nother:x:1:eve\n".formatted(group));
    assertThat(othersWithAccess("rw-r-----")).containsExactly("mallory, oscar");
  }

  @Test
  void who_has_it_as_the_first_group_is_a_member_too() throws IOException {
    Files.writeString(users, "mallory:x:1001:%s::/:/bin/sh\n".formatted(group));
    assertThat(othersWithAccess("rw-rw----")).containsExactly("mallory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-----w-", "rw-r--r--"})
  void what_others_may_use_is_everybodys(String mode) throws IOException {
    assertThat(othersWithAccess(mode)).containsExactly("every user");
  }

  private List<String> othersWithAccess(String mode) throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
    return new KeyFileAccess(users, groups).othersWithAccess(key).stream().toList();
  }
}
