import { Text } from "@mantine/core";
import type { TimeView } from "#domain/attempt/time-view.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import { type Store, useStore } from "../session/store.ts";
import { formatTime } from "../ui/format-moment.ts";
import classes from "./proctor.module.css";
import { timeLeft } from "./tile-words.ts";

type TimeLeftProps = { readonly time: TimeView | null; readonly now: Store<EpochMs> };

/** What is left of an attempt's time. It follows the clock by itself, so that nothing around it is drawn each second. */
export function TimeLeft({ time, now }: TimeLeftProps) {
  const text = useStore(now, (moment) => timeLeft(time, moment));
  return <span className={classes["clock"]}>{text}</span>;
}

export function ServerTime({ now }: { readonly now: Store<EpochMs> }) {
  const text = useStore(now, formatTime);
  return (
    <Text size="sm" component="span" className={classes["clock"]}>
      Server time {text}
    </Text>
  );
}
