import { type LastingSignalKind, noDetail, type SignalDetail } from "#domain/integrity/signal.ts";

export type SignalEdges = {
  /** What a sensor reads now: whether the signal is there. Only a change is told. */
  read(kind: LastingSignalKind, isThere: boolean, detail?: SignalDetail): void;
  /** Ends what is there: nobody looks any more. */
  endAll(): void;
};

type Told = {
  readonly begin: (kind: LastingSignalKind, detail: SignalDetail) => void;
  readonly end: (kind: LastingSignalKind) => void;
};

/** Turns readings into the beginnings and ends of signals, each told once. */
export function createSignalEdges({ begin, end }: Told): SignalEdges {
  const there = new Set<LastingSignalKind>();
  return {
    read(kind, isThere, detail = noDetail) {
      if (isThere === there.has(kind)) return;
      if (isThere) {
        there.add(kind);
        begin(kind, detail);
      } else {
        there.delete(kind);
        end(kind);
      }
    },
    endAll() {
      for (const kind of there) end(kind);
      there.clear();
    },
  };
}
