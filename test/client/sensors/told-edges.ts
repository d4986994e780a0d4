import { createSignalEdges } from "#client/sensors/signal-edges.ts";

/** Edges, and what they told. */
export function newEdges() {
  const told: unknown[] = [];
  const edges = createSignalEdges({
    begin: (kind, detail) => told.push(["begin", kind, detail]),
    end: (kind) => told.push(["end", kind]),
  });
  return { edges, told };
}
