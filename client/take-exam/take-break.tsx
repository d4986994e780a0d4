import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { BreakView } from "#domain/attempt/view.ts";
import { Dialog } from "../ui/dialog.tsx";
import { count, formatDuration } from "../ui/format-duration.ts";
import type { AttemptSession } from "./attempt-session.ts";

type TakeBreakProps = { readonly session: AttemptSession; readonly breaks: BreakView };

/** Asks once, for a break that is taken is gone. */
export function TakeBreak({ session, breaks }: TakeBreakProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [isSending, setIsSending] = useState(false);
  if (breaks.left === 0) return null;

  async function take(): Promise<void> {
    setIsSending(true);
    session.flush();
    await session.submit({ type: "startBreak" });
    setIsSending(false);
    setIsAsking(false);
  }

  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => setIsAsking(true)}>
        Break …
      </Button>
      {isAsking ? (
        <Dialog
          title="Take a break?"
          onDismiss={isSending ? undefined : () => setIsAsking(false)}
          actions={
            <>
              <Button loading={isSending} onClick={() => void take()}>
                Take the break now
              </Button>
              <Button variant="default" disabled={isSending} onClick={() => setIsAsking(false)}>
                Go on working
              </Button>
            </>
          }
        >
          <Text>
            The clock stops for up to {formatDuration(breaks.longestMs)}, and the questions are hidden. You may end the
            break sooner. You have {count(breaks.left, "break")} left.
          </Text>
        </Dialog>
      ) : null}
    </>
  );
}
