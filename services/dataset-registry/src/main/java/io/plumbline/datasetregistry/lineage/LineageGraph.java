package io.plumbline.datasetregistry.lineage;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.lineage.Upstream.SourceSubset;
import io.plumbline.datasetregistry.projection.LineageKind;
import io.plumbline.datasetregistry.projection.LineageReference;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Follows the edges of lineage from data to releases and back. */
@Component
class LineageGraph {

  /** The maximum number of nodes, and of subsets, in an answer. */
  static final int MAX_SHOWN = 200;

  /** The maximum number of nodes that a query follows, of which the newest are shown. */
  private static final int MAX_FOLLOWED = 10_000;

  private static final String NODES =
      """
      SELECT n.kind, n.id, n.resource, n.name, n.version, n.application, n.state, n.changed_at,
        ARRAY(SELECT e.source_kind || ' ' || e.source_id FROM lineage_edge e
          WHERE e.kind = n.kind AND e.id = n.id ORDER BY 1) AS made_of
      FROM (SELECT kind, id FROM reached LIMIT %d) r
        JOIN lineage_node n ON n.kind = r.kind AND n.id = r.id
      ORDER BY n.changed_at DESC, n.id, n.kind, n.resource LIMIT %d
      """
          .formatted(MAX_FOLLOWED, MAX_SHOWN + 1);

  private static final String DOWN =
      """
      WITH RECURSIVE reached (kind, id) AS (
        SELECT kind, id FROM lineage_edge WHERE source_kind = 'SUBSET' AND source_id = ANY (?)
        UNION
        SELECT e.kind, e.id FROM reached r
          JOIN lineage_edge e ON e.source_kind = r.kind AND e.source_id = r.id)
      """
          + NODES;

  private static final String UP =
      """
      WITH RECURSIVE reached (kind, id) AS (
        SELECT kind, id FROM lineage_node WHERE id = ?
        UNION
        SELECT e.source_kind, e.source_id FROM reached r
          JOIN lineage_edge e ON e.kind = r.kind AND e.id = r.id)
      """
          + NODES;

  private final JdbcClient sql;

  LineageGraph(JdbcClient sql) {
    this.sql = sql;
  }

  /** Returns the objects that were made of any of these subsets. */
  @Transactional(readOnly = true)
  public Downstream downstream(Collection<LineageReference> subsets) {
    List<LineageNode> found =
        sql.sql(DOWN)
            .param(subsets.stream().map(LineageReference::nodeId).toArray(String[]::new))
            .query((row, number) -> readNode(row))
            .list();
    List<LineageNode> shown = firstNodes(found);
    return new Downstream(retainKnownSources(shown, subsets.stream()), found.size() > shown.size());
  }

  /**
   * Returns the objects and subsets that a node was made of, with the node itself.
   *
   * @throws Problem 404 when no node has the id
   */
  @Transactional(readOnly = true)
  public Upstream upstream(String nodeId) {
    List<LineageNode> found =
        sql.sql(UP).param(nodeId).query((row, number) -> readNode(row)).list();
    if (found.isEmpty()) {
      throw Problem.notFound();
    }
    List<LineageNode> shown = firstNodes(found);
    List<SourceSubset> subsets = findSubsets(shown);
    List<SourceSubset> shownSubsets = subsets.stream().limit(MAX_SHOWN).toList();
    return new Upstream(
        retainKnownSources(
            shown,
            shownSubsets.stream()
                .map(each -> LineageReference.ofSubset(each.splitDigest(), each.subset()))),
        shownSubsets,
        found.size() > shown.size() || subsets.size() > shownSubsets.size());
  }

  private List<SourceSubset> findSubsets(List<LineageNode> nodes) {
    return sql.sql(
            """
            SELECT DISTINCT s.dataset, s.number, v.version_digest, s.split_digest, subset.name,
              (subset.content ->> 'rows')::bigint AS rows
            FROM split s
              JOIN dataset_version v ON v.dataset = s.dataset AND v.number = s.number,
              jsonb_each(s.subsets) AS subset (name, content)
            WHERE s.state = 'READY' AND s.split_digest = ANY (?) AND s.split_digest || '/' || subset.name = ANY (?)
            ORDER BY s.dataset, s.number, s.split_digest, subset.name LIMIT ?
            """)
        .param(subsets(nodes).map(each -> each.splitOfSubset().hex()).toArray(String[]::new))
        .param(subsets(nodes).map(LineageReference::nodeId).toArray(String[]::new))
        .param(MAX_SHOWN + 1)
        .query((row, number) ->
            new SourceSubset(
                row.getString("dataset"),
                row.getInt("number"),
                new Digest(row.getString("version_digest")),
                new Digest(row.getString("split_digest")),
                row.getString("name"),
                row.getLong("rows")))
        .list();
  }

  private static Stream<LineageReference> subsets(List<LineageNode> nodes) {
    return nodes.stream()
        .flatMap(node -> node.madeOf().stream())
        .filter(source -> source.kind() == LineageKind.SUBSET)
        .distinct();
  }

  private static List<LineageNode> firstNodes(List<LineageNode> found) {
    return found.stream().limit(MAX_SHOWN).toList();
  }

  /**
   * Returns the nodes, each with only those sources that are nodes or subsets of the same answer.
   * The lineage has no node for a base model, for example.
   */
  private static List<LineageNode> retainKnownSources(
      List<LineageNode> nodes, Stream<LineageReference> subsets) {
    Set<LineageReference> named = new HashSet<>();
    nodes.forEach(node -> named.add(node.reference()));
    subsets.forEach(named::add);
    return nodes.stream()
        .map(node -> node.withSources(node.madeOf().stream().filter(named::contains).toList()))
        .toList();
  }

  private static LineageNode readNode(ResultSet row) throws SQLException {
    LineageKind kind = LineageKind.valueOf(row.getString("kind"));
    return new LineageNode(
        kind,
        row.getString("id"),
        kind == LineageKind.INDEX ? UUID.fromString(row.getString("resource")) : null,
        row.getString("name"),
        row.getObject("version", Integer.class),
        row.getString("application"),
        row.getString("state"),
        Columns.instant(row, "changed_at"),
        Columns.texts(row, "made_of").stream().map(LineageGraph::parseReference).toList());
  }

  private static LineageReference parseReference(String written) {
    int end = written.indexOf(' ');
    return new LineageReference(
        LineageKind.valueOf(written.substring(0, end)), written.substring(end + 1));
  }
}
