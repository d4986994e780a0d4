/** What the worker with the breakpoint says, in this order, each time it is asked. */
export type FromPauseWorker =
  | { readonly kind: "reaches" }
  /** `tookMs`: by the worker's own clock. */
  | { readonly kind: "passes"; readonly tookMs: number };
