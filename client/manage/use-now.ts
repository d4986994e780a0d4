import { useEffect, useState } from "react";
import type { EpochMs } from "#domain/integrity/signal.ts";

const stepMs = 10_000;

/** The present, for words like "open now": some seconds late at most, by this computer's clock. */
export function useNow(): EpochMs {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
