package io.plumbline.compliance.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeProofs;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference vectors of Certificate Transparency (google/certificate-transparency, {@code
 * merkletree/merkle_tree_test.cc}; also in transparency-dev/merkle, {@code proof/verify_test.go}),
 * Apache 2.0: eight leaves, the root of every size, and proofs. Indexes count from 0.
 */
class ReferenceTreeTests {

  private static final List<byte[]> INPUTS =
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
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  record Vector(long a, long b, List<String> path) {}

  static Stream<Vector> inclusions() {
    return Stream.of(
        new Vector(0, 1, List.of()),
        new Vector(
            0,
            8,
            List.of(
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")),
        new Vector(
            5,
            8,
            List.of(
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")),
        new Vector(
            2, 3, List.of("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")),
        new Vector(
            1,
            5,
            List.of(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")));
  }

  static Stream<Vector> consistencies() {
    return Stream.of(
        new Vector(1, 1, List.of()),
        new Vector(
            1,
            8,
            List.of(
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")),
        new Vector(
            6,
            8,
            List.of(
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")),
        new Vector(
            2,
            5,
            List.of(
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")),
        new Vector(
            6,
            7,
            List.of(
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")));
  }

  private final TreeHasher hasher = new TreeHasher();
  private final MemoryTree tree = new MemoryTree(INPUTS.stream().map(hasher::leaf).toList());

  @Test
  void every_size_has_the_published_root() {
    List<String> frontier = new ArrayList<>();
    List<String> tiles = new ArrayList<>();
    Frontier growing = new Frontier();
    TileBuilder builder = new TileBuilder();
    frontier.add(hex(growing.root()));
    tiles.add(hex(builder.root()));
    for (byte[] input : INPUTS) {
      growing.append(hasher.leaf(input));
      builder.append(List.of(hasher.leaf(input)));
      frontier.add(hex(growing.root()));
      tiles.add(hex(builder.root()));
    }
    assertThat(Map.of("frontier", frontier, "tiles", tiles))
        .isEqualTo(Map.of("frontier", ROOTS, "tiles", ROOTS));
  }

  @ParameterizedTest
  @MethodSource("inclusions")
  void inclusion_proofs_are_the_published_ones(Vector vector) {
    List<byte[]> path = new TreeProofs(tree).inclusionProof(vector.a(), vector.b());
    assertThat(path.stream().map(ReferenceTreeTests::hex)).isEqualTo(vector.path());
    assertThat(
            ProofCheck.verifyInclusion(
                vector.a(), vector.b(), tree.node(0, vector.a()), path, root(vector.b())))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("consistencies")
  void consistency_proofs_are_the_published_ones(Vector vector) {
    List<byte[]> path = new TreeProofs(tree).consistencyProof(vector.a(), vector.b());
    assertThat(path.stream().map(ReferenceTreeTests::hex)).isEqualTo(vector.path());
    assertThat(
            ProofCheck.verifyConsistency(
                vector.a(), vector.b(), root(vector.a()), root(vector.b()), path))
        .isTrue();
  }

  private static byte[] root(long size) {
    return HexFormat.of().parseHex(ROOTS.get((int) size));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
