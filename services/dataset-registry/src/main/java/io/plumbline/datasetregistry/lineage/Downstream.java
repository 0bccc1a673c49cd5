package io.plumbline.datasetregistry.lineage;

import java.util.List;

/**
 * The objects that were made of data.
 *
 * @param nodes the objects, newest first
 * @param truncated whether there are more than these
 */
record Downstream(List<LineageNode> nodes, boolean truncated) {}
