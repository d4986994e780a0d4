import { useEffect, useState } from "react";
import type { EpochMs } from "#domain/integrity/signal.ts";

/** The server's time, told once a second. */
export function useServerNow(serverNow: () => EpochMs): EpochMs {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}
