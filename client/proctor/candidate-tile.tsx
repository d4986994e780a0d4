import { memo, type KeyboardEvent } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Tile } from "#protocol/session/down.ts";
import { type Store, useStore } from "../session/store.ts";
import { signalWords } from "../ui/fact-sentence.ts";
import { LiveVideo } from "./live-video.tsx";
import { useIsNearView } from "./near-view.ts";
import { statusWords } from "./possible.ts";
import classes from "./proctor.module.css";
import { type Pictures, useSeat } from "./seat.ts";
import { SeverityBadge } from "./severity-badge.tsx";
import { attentionOfTile, awaitsReply } from "./tile-attention.ts";
import { pictureReason } from "./tile-words.ts";
import { TimeLeft } from "./told-time.tsx";

type Props = {
  readonly tile: Tile;
  readonly now: Store<EpochMs>;
  /** Its panel is open. */
  readonly isCurrent: boolean;
  /** When it was last open here. */
  readonly lookedAt: EpochMs | null;
  /** The one tile that the Tab key stops at; arrow keys lead to the others. */
  readonly isStop: boolean;
  /** The name of its room, where there are several. */
  readonly room: string | null;
  /** Whether it is chosen, while candidates are being chosen. */
  readonly isChosen: boolean | null;
  readonly receiver: Pictures;
  /** `isRange`: Shift was held. */
  readonly onPick: (attemptId: AttemptId, isRange: boolean) => void;
  readonly onMove: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onStop: (attemptId: AttemptId) => void;
};

/**
 * One candidate at a glance, always of one size. It is a button: Enter or a click opens the candidate, or chooses it
 * while candidates are being chosen. It is drawn anew
 * only when its own candidate has changed.
 */
export const CandidateTile = memo(function CandidateTile(props: Props) {
  const { tile, now, isCurrent, lookedAt, isStop, room, isChosen, receiver, onPick, onMove, onStop } = props;
  const { attemptId, view } = tile;
  const [box, isNear] = useIsNearView<HTMLButtonElement>();
  const attention = useStore(now, (moment) => attentionOfTile(tile, lookedAt, moment).call);
  const isLive = view.live.includes("thumbnail") && tile.online;
  const watched = useSeat(receiver, isNear && isLive ? { attemptId, track: "thumbnail" } : null);
  const { latest, count } = view.violations;
  return (
    <li>
      <button
        type="button"
        ref={box}
        className={classes["tile"]}
        data-attention={attention}
        data-attempt={attemptId}
        aria-current={isCurrent}
        aria-pressed={isChosen ?? undefined}
        tabIndex={isStop ? 0 : -1}
        onClick={(event) => onPick(attemptId, event.shiftKey)}
        onFocus={() => onStop(attemptId)}
        onKeyDown={onMove}
      >
        <span className={classes["seen"]}>
          <LiveVideo watched={watched} label={`${view.name}, live`} placeholder={pictureReason(tile)} isMuted />
          {room === null ? null : <span className={classes["place"]}>{room}</span>}
          {isChosen === null ? null : (
            <span className={classes["chosen"]} aria-hidden>
              {isChosen ? "✓" : ""}
            </span>
          )}
          <Conditions view={view} />
        </span>
        <span className={classes["facts"]}>
          <span className={classes["name"]} title={view.name}>
            {view.name}
          </span>
          <span className={classes["line"]}>
            <span className={classes["status"]}>
              {view.checkFirst ? "Checking the new computer" : statusWords(view.status, view.breakUntil)}
            </span>
            {view.closing === null ? <TimeLeft time={view.time} now={now} /> : null}
          </span>
          <span className={classes["marks"]}>
            {view.takeOver === null ? null : (
              <span className={classes["mark"]} data-tone="call">
                Other computer
              </span>
            )}
            {awaitsReply(tile) ? (
              <span className={classes["mark"]} data-tone="call">
                Message
              </span>
            ) : null}
            {count > 0 ? (
              <span className={classes["mark"]} data-tone="outline">
                {count} noted
              </span>
            ) : awaitsReply(tile) || view.takeOver !== null ? null : (
              <span className={classes["faint"]}>Nothing noted</span>
            )}
          </span>
          {latest === null ? null : (
            <span className={classes["latest"]} title={latest.reason}>
              <SeverityBadge severity={latest.severity} isShort /> {latest.reason}
            </span>
          )}
        </span>
      </button>
    </li>
  );
});

/** What is so now, over the picture: the first in words and how many more. */
function Conditions({ view }: Pick<Tile, "view">) {
  // A lost line is told by the picture's place.
  const [first, ...others] = view.conditions.filter((kind) => kind !== "connection-lost");
  if (first === undefined) return null;
  return (
    <span className={classes["conditions"]}>
      <span className={classes["mark"]} data-tone="caution">
        {signalWords(first)}
      </span>
      {others.length === 0 ? null : (
        <span
          className={`${classes["mark"]} ${classes["more"]}`}
          data-tone="caution"
          title={others.map(signalWords).join(", ")}
        >
          +{others.length}
        </span>
      )}
    </span>
  );
}
