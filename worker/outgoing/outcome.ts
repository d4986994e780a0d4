/** What to do with a message that was tried: again after so long, or with `afterMs` null nothing more. */
export type Outcome = { readonly afterMs: number | null };
