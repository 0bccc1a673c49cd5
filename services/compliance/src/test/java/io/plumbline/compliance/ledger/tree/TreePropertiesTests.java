package io.plumbline.compliance.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeProofs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests properties that hold for every size of a tree against the definition. */
class TreePropertiesTests {

  private static final int SIZE = 70;

  private final List<byte[]> leaves = leaves(SIZE);
  private final MemoryTree tree = new MemoryTree(leaves);
  private final TreeProofs proofs = new TreeProofs(tree);

  @Test
  void every_leaf_of_every_size_is_proved_and_no_altered_proof_is_accepted() {
    List<String> wrong = new ArrayList<>();
    for (int size = 1; size <= SIZE; size++) {
      byte[] root = tree.root(0, size);
      for (int index = 0; index < size; index++) {
        List<byte[]> path = proofs.inclusionProof(index, size);
        if (!ProofCheck.verifyInclusion(index, size, leaves.get(index), path, root)) {
          wrong.add("refused " + index + " of " + size);
        }
        for (List<byte[]> altered : alterations(path, root)) {
          if (ProofCheck.verifyInclusion(index, size, leaves.get(index), altered, root)) {
            wrong.add("accepted an altered path for " + index + " of " + size);
          }
        }
        if (size > 1
            && ProofCheck.verifyInclusion(
                (index + 1) % size, size, leaves.get(index), path, root)) {
          wrong.add("accepted " + index + " of " + size + " at another place");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_size_is_consistent_with_every_later_one_and_no_altered_proof_is_accepted() {
    List<String> wrong = new ArrayList<>();
    for (int to = 1; to <= SIZE; to++) {
      for (int from = 1; from < to; from++) {
        List<byte[]> path = proofs.consistencyProof(from, to);
        byte[] older = tree.root(0, from);
        byte[] newer = tree.root(0, to);
        if (!ProofCheck.verifyConsistency(from, to, older, newer, path)) {
          wrong.add("refused " + from + " to " + to);
        }
        if (ProofCheck.verifyConsistency(from, to, newer, older, path)) {
          wrong.add("accepted other roots for " + from + " to " + to);
        }
        for (List<byte[]> altered : alterations(path, newer)) {
          if (ProofCheck.verifyConsistency(from, to, older, newer, altered)) {
            wrong.add("accepted an altered path from " + from + " to " + to);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_tree_of_tiles_has_the_root_of_the_definition_and_can_be_continued_anywhere() {
    int size = 256 * 256 + 300;
    List<byte[]> many = leaves(size);
    Frontier frontier = new Frontier();
    TileBuilder builder = new TileBuilder();
    Map<Integer, List<byte[]>> tileRoots = new HashMap<>();
    Random random = new Random(7);
    List<Integer> different = new ArrayList<>();
    int done = 0;
    while (done < size) {
      int next = Math.min(size, done + 1 + random.nextInt(900));
      builder
          .append(many.subList(done, next))
          .forEach(tile ->
              tileRoots.computeIfAbsent(tile.level(), level -> new ArrayList<>()).add(tile.root()));
      many.subList(done, next).forEach(frontier::append);
      done = next;
      TileBuilder restored = TileBuilder.restore(done, edge(many.subList(0, done), tileRoots));
      if (!Arrays.equals(builder.root(), frontier.root())
          || !Arrays.equals(restored.root(), frontier.root())) {
        different.add(done);
      }
    }
    assertThat(different).isEmpty();
    assertThat(tileRoots.get(0)).hasSize(257);
    assertThat(tileRoots.get(1)).hasSize(1);
  }

  private static TileBuilder.Edge edge(List<byte[]> leaves, Map<Integer, List<byte[]>> tileRoots) {
    return new TileBuilder.Edge() {
      @Override
      public List<byte[]> leavesFrom(long first) {
        return leaves.subList((int) first, leaves.size());
      }

      @Override
      public List<byte[]> tileRootsFrom(int level, long first) {
        List<byte[]> all = tileRoots.getOrDefault(level, List.of());
        return all.subList((int) first, all.size());
      }
    };
  }

  private static List<List<byte[]>> alterations(List<byte[]> path, byte[] extra) {
    List<List<byte[]>> altered = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<byte[]> flipped = new ArrayList<>(path);
      byte[] hash = path.get(i).clone();
      hash[3] ^= 8;
      flipped.set(i, hash);
      altered.add(flipped);
    }
    List<byte[]> longer = new ArrayList<>(path);
    longer.add(extra);
    altered.add(longer);
    List<byte[]> preceded = new ArrayList<>(path);
    preceded.addFirst(extra);
    altered.add(preceded);
    List<byte[]> ragged = new ArrayList<>(path);
    ragged.add(new byte[0]);
    altered.add(ragged);
    if (!path.isEmpty()) {
      altered.add(path.subList(0, path.size() - 1));
    }
    return altered;
  }

  private static List<byte[]> leaves(int count) {
    TreeHasher hasher = new TreeHasher();
    return IntStream.range(0, count)
        .mapToObj(i -> hasher.leaf(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}))
        .toList();
  }
}
