package io.plumbline.platform.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference vectors of Certificate Transparency (google/certificate-transparency, {@code
 * merkletree/merkle_tree_test.cc}), Apache 2.0.
 */
class InMemoryMerkleTreeTests {

  private static final TreeHasher HASHER = new TreeHasher();

  private static final List<byte[]> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(HexFormat.of()::parseHex)
          .map(HASHER::leaf)
          .toList();

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void its_root_is_the_published_one(int size, String root) {
    assertThat(hex(new InMemoryMerkleTree(LEAVES.subList(0, size)).root())).isEqualTo(root);
  }

  @Test
  void a_proof_is_the_published_one() {
    assertThat(
            new InMemoryMerkleTree(LEAVES)
                .inclusionProof(5).stream().map(InMemoryMerkleTreeTests::hex))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  @Test
  void every_leaf_of_every_size_is_proved_and_no_other_in_its_place() {
    for (int size = 1; size <= LEAVES.size(); size++) {
      InMemoryMerkleTree tree = new InMemoryMerkleTree(LEAVES.subList(0, size));
      for (int index = 0; index < size; index++) {
        List<byte[]> path = tree.inclusionProof(index);
        assertThat(ProofCheck.verifyInclusion(index, size, LEAVES.get(index), path, tree.root()))
            .as("leaf %d of %d", index, size)
            .isTrue();
        assertThat(
                ProofCheck.verifyInclusion(
                    index, size, HASHER.leaf(new byte[] {9}), path, tree.root()))
            .as("another leaf as %d of %d", index, size)
            .isFalse();
      }
    }
  }

  @Test
  void no_leaf_beyond_the_end_is_proved() {
    InMemoryMerkleTree tree = new InMemoryMerkleTree(LEAVES);

    assertThat(IntStream.of(-1, 8))
        .allSatisfy(index ->
            assertThatThrownBy(() -> tree.inclusionProof(index))
                .isInstanceOf(IllegalArgumentException.class));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
