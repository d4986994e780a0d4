import { useCallback, useEffect, useRef, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Attention } from "#domain/integrity/attention.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";
import type { SittingConsole } from "./room-lines.ts";
import { attentionOfTile, type Looked, nobodyLooked } from "./tile-attention.ts";

/** While a candidate is open, it is looked at; said again this often (ms), so that what is noted meanwhile is looked at too. */
const lookEveryMs = 2_000;

type Opening = { readonly id: AttemptId; readonly before: EpochMs | null; readonly at: EpochMs };

/** [I17] When this proctor last had each candidate open, and why the open one stood where it did. */
export function useLooked(session: SittingConsole, openId: AttemptId | null) {
  const [looked, setLooked] = useState<Looked>(nobodyLooked);
  const known = useRef(looked);
  const [opening, setOpening] = useState<Opening | null>(null);

  useEffect(() => {
    if (openId === null) return;
    const look = (): void => {
      known.current = new Map([...known.current, [openId, session.now.get()]]);
      setLooked(known.current);
    };
    setOpening({ id: openId, before: known.current.get(openId) ?? null, at: session.now.get() });
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => {
      clearInterval(timer);
      look();
    };
  }, [openId, session]);

  const whyOf = useCallback(
    (tile: Tile): Attention => {
      const isIts = opening?.id === tile.attemptId;
      return attentionOfTile(tile, isIts ? opening.before : null, isIts ? opening.at : session.now.get());
    },
    [opening, session],
  );
  return { looked, whyOf };
}
