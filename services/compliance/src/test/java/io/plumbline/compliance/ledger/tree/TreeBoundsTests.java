package io.plumbline.compliance.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeProofs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests proofs and nodes at and beyond the edges of a tree. */
class TreeBoundsTests {

  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> leaves =
      IntStream.range(0, 5).mapToObj(index -> hasher.leaf(bytes("leaf " + index))).toList();
  private final MemoryTree tree = new MemoryTree(leaves);
  private final TreeProofs proofs = new TreeProofs(tree);

  @Test
  void the_root_of_no_leaves_is_the_digest_of_nothing() {
    assertThat(proofs.root(0)).isEqualTo(hasher.emptyRoot());
    assertThat(new Frontier().root()).isEqualTo(hasher.emptyRoot());
    assertThat(new TileBuilder().root()).isEqualTo(hasher.emptyRoot());
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 5", "0, 0"})
  void a_leaf_outside_the_tree_has_no_proof(long index, long treeSize) {
    assertThatThrownBy(() -> proofs.inclusionProof(index, treeSize))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Leaf " + index + " is not in a tree of " + treeSize);
  }

  @Test
  void a_leaf_outside_the_tree_is_not_included_by_any_path() {
    byte[] root = proofs.root(5);

    assertThat(ProofCheck.verifyInclusion(-1, 5, leaves.getFirst(), List.of(), root)).isFalse();
    assertThat(ProofCheck.verifyInclusion(5, 5, leaves.getFirst(), List.of(), root)).isFalse();
    assertThat(ProofCheck.verifyInclusion(1, 1, leaves.getFirst(), List.of(), leaves.getFirst()))
        .isFalse();
  }

  @Test
  void the_first_and_the_last_leaf_are_included() {
    for (long index : new long[] {0, 4}) {
      List<byte[]> path = proofs.inclusionProof(index, 5);

      assertThat(
              ProofCheck.verifyInclusion(index, 5, leaves.get((int) index), path, proofs.root(5)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "6, 5"})
  void a_larger_tree_is_not_the_beginning_of_a_smaller_one(long from, long to) {
    assertThatThrownBy(() -> proofs.consistencyProof(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A tree of " + from + " leaves cannot be the beginning of one of " + to);
    assertThat(
            ProofCheck.verifyConsistency(from, to, hasher.emptyRoot(), proofs.root(5), List.of()))
        .isFalse();
  }

  @Test
  void the_empty_tree_is_the_beginning_of_every_tree_without_a_path() {
    byte[] root = proofs.root(5);

    assertThat(proofs.consistencyProof(0, 5)).isEmpty();
    assertThat(ProofCheck.verifyConsistency(0, 5, hasher.emptyRoot(), root, List.of())).isTrue();
    assertThat(ProofCheck.verifyConsistency(0, 5, hasher.emptyRoot(), root, List.of(root)))
        .isFalse();
    assertThat(
            ProofCheck.verifyConsistency(0, 0, hasher.emptyRoot(), hasher.emptyRoot(), List.of()))
        .isTrue();
  }

  @Test
  void a_tree_is_the_beginning_of_itself_by_an_equal_root_alone() {
    byte[] root = proofs.root(5);

    assertThat(proofs.consistencyProof(5, 5)).isEmpty();
    assertThat(ProofCheck.verifyConsistency(5, 5, root, root, List.of())).isTrue();
    assertThat(ProofCheck.verifyConsistency(5, 5, root, root, List.of(root))).isFalse();
    assertThat(ProofCheck.verifyConsistency(5, 5, root, proofs.root(4), List.of())).isFalse();
  }

  @Test
  void a_larger_tree_needs_a_path() {
    assertThat(ProofCheck.verifyConsistency(3, 5, proofs.root(3), proofs.root(5), List.of()))
        .isFalse();
  }

  @Test
  void a_hash_of_another_length_is_in_no_proof() {
    List<byte[]> inclusion = new ArrayList<>(proofs.inclusionProof(0, 5));
    inclusion.add(new byte[TreeHasher.LENGTH - 1]);
    List<byte[]> consistency = new ArrayList<>(proofs.consistencyProof(3, 5));
    consistency.add(new byte[0]);

    assertThat(ProofCheck.verifyInclusion(0, 5, leaves.getFirst(), inclusion, proofs.root(5)))
        .isFalse();
    assertThat(ProofCheck.verifyConsistency(3, 5, proofs.root(3), proofs.root(5), consistency))
        .isFalse();
  }

  @Test
  void a_tile_is_named_by_its_level_and_its_place_there() {
    TileBuilder builder = new TileBuilder();
    List<Tile> tiles =
        builder.append(
            IntStream.range(0, 2 * Tile.WIDTH + 1)
                .mapToObj(index -> hasher.leaf(bytes("leaf " + index)))
                .toList());

    assertThat(tiles).extracting(Tile::level).containsExactly(0, 0);
    assertThat(tiles).extracting(Tile::index).containsExactly(0L, 1L);
    assertThat(builder.size()).isEqualTo(2 * Tile.WIDTH + 1);
  }

  @Test
  void a_tile_holds_its_nodes_one_behind_the_other_under_their_root() {
    List<byte[]> nodes =
        IntStream.range(0, Tile.WIDTH)
            .mapToObj(index -> hasher.leaf(bytes("leaf " + index)))
            .toList();
    Tile tile = new TileBuilder().append(nodes).getFirst();

    assertThat(Hashes.split(tile.hashes()).toArray(byte[][]::new))
        .isDeepEqualTo(nodes.toArray(byte[][]::new));
    assertThat(tile.root()).isEqualTo(hasher.root(nodes));
  }

  @Test
  void a_frontier_counts_its_leaves() {
    Frontier frontier = new Frontier();
    leaves.forEach(frontier::append);

    assertThat(frontier.size()).isEqualTo(5);
    assertThat(frontier.root()).isEqualTo(proofs.root(5));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
