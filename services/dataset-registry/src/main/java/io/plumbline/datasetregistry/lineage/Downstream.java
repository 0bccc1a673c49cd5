package io.plumbline.datasetregistry.lineage;

import java.util.List;

/**
 * What was made of data.
 *
 * @param nodes newest first
 * @param truncated whether there are more
 */
record Downstream(List<LineageNode> nodes, boolean truncated) {}
