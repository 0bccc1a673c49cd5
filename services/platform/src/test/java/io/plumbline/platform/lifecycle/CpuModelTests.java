package io.plumbline.platform.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuModelTests {

  @TempDir Path folder;

  @Test
  void is_named_by_its_model_and_the_instruction_sets_that_matter() throws Exception {
    Path cpuinfo =
        Files.writeString(
            folder.resolve("cpuinfo"),
            """
            processor\t: 0
            model name\t: Intel(R) Xeon(R) Platinum
            flags\t\t: fpu avx avx2 avx512f avx512_vnni

            processor\t: 1
            model name\t: another
            """);

    assertThat(CpuModel.read(cpuinfo))
        .isEqualTo("Intel(R) Xeon(R) Platinum (avx2, avx512f, avx512_vnni)");
  }

  @Test
  void is_its_architecture_where_nothing_is_known() {
    assertThat(CpuModel.read(folder.resolve("absent"))).isEqualTo(System.getProperty("os.arch"));
  }
}
