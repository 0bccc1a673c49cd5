package io.plumbline.datasetregistry.quality;

import io.plumbline.platform.similarity.NearPairs;

/**
 * A union-find structure with path halving. The least member represents its set, so the outcome
 * does not depend on the order of unions.
 */
final class DisjointSets implements NearPairs.Pairs {

  private final int[] parents;

  DisjointSets(int size) {
    parents = new int[size];
    for (int i = 0; i < size; i++) {
      parents[i] = i;
    }
  }

  int representative(int member) {
    int at = member;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  void union(int left, int right) {
    int a = representative(left);
    int b = representative(right);
    if (a != b) {
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }

  @Override
  public boolean has(int left, int right) {
    return representative(left) == representative(right);
  }

  @Override
  public void add(int left, int right) {
    union(left, right);
  }
}
