import { Button } from "@mantine/core";
import { useEffect } from "react";
import { announce } from "../ui/announcer.tsx";
import { count } from "../ui/format-duration.ts";
import { refusalWords } from "../ui/refusal-words.ts";
import type { AttemptSession } from "./attempt-session.ts";
import type { AttemptState } from "./attempt-state.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import styles from "./take-exam.module.css";

type WorkingBannersProps = { readonly session: AttemptSession; readonly state: AttemptState };

/** What has just changed about the exam: time that was given, answers that were not taken, a lost line. */
export function WorkingBanners({ session, state }: WorkingBannersProps) {
  const notice = state.notices[0] ?? null;
  useEffect(() => {
    if (notice !== null) announce(`${notice.title}. ${notice.text}`);
  }, [notice]);
  const refused = state.notTaken[0];
  return (
    <>
      {state.isTimeUp ? null : <ConnectionBanner session={session} />}
      {notice === null ? null : (
        <div className={styles["banner"]} data-testid="time-notice">
          <span>
            <strong>{notice.title}.</strong> {notice.text}
          </span>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => session.store.update((all) => ({ ...all, notices: all.notices.slice(1) }))}
          >
            All right
          </Button>
        </div>
      )}
      {refused === undefined ? null : (
        <div className={`${styles["banner"]} ${styles["caution"]}`} role="alert">
          <span>
            <strong>{count(state.notTaken.length, "answer")} could not be saved.</strong>{" "}
            {refusalWords(refused.refusal)}
          </span>
        </div>
      )}
      {state.refusal === null ? null : (
        <div className={`${styles["banner"]} ${styles["caution"]}`} role="alert">
          <span>{refusalWords(state.refusal)}</span>
        </div>
      )}
    </>
  );
}
