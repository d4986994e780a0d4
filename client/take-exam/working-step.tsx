import { lazy, Suspense, useEffect, useState } from "react";
import type { CandidateView } from "#domain/attempt/view.ts";
import { brand, type ItemId } from "#domain/exam/ids.ts";
import type { Paper } from "#domain/exam/paper.ts";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import type { AttemptState } from "./attempt-state.ts";
import { BreakNotice } from "./break-notice.tsx";
import { Conversation } from "./conversation.tsx";
import type { Devices } from "./devices-store.ts";
import { HandInDialog } from "./hand-in-dialog.tsx";
import { PausedNotice } from "./paused-notice.tsx";
import { QuestionNavigation } from "./question-navigation.tsx";
import { answeredCount, questionCount, questionMarks, withoutSections } from "./question-marks.ts";
import { Question } from "./question.tsx";
import { overallSaving, saveStateOf, savingOf } from "./saving.ts";
import { ShutSections } from "./shut-sections.tsx";
import { ShareAgainDialog } from "./share-again-dialog.tsx";
import { WarningDialog } from "./warning-dialog.tsx";
import { TimeUpNotice } from "./time-up-notice.tsx";
import { UnsentAnswers } from "./unsent-answers.tsx";
import { enteredWorkOf, workOf } from "./work.ts";
import { WorkingBar } from "./working-bar.tsx";
import styles from "./working.module.css";
import { WorkingBanners } from "./working-banners.tsx";

/** After the exam has opened: nothing waits for it, and where it does not come the exam goes on without it. */
const LazyNoticing = lazy(() => noticing().then(({ Noticing }) => ({ default: Noticing }), nothing));
const LazyNoticeLine = lazy(() => noticing().then(({ NoticeLine }) => ({ default: NoticeLine }), nothing));

function noticing() {
  return import("./noticing.tsx");
}

function nothing() {
  return { default: () => null };
}

type WorkingStepProps = {
  readonly session: AttemptSession;
  readonly devices: Devices;
};

/** The exam itself: the paper while it is open, the reason while it is paused. */
export function WorkingStep({ session, devices }: WorkingStepProps) {
  const state = useStore(session.store, (all) => all);
  const { camera, screen, goesOnWithout } = useStore(devices.store, (all) => all);
  const [isHandingIn, setIsHandingIn] = useState(false);
  const [isTalking, setIsTalking] = useState(false);
  useSaveOnLeaving(session);
  useAskBeforeLosing(!state.isDurable && overallSaving(savingOf(state)).count > 0);
  if (state.view === null) return null;
  const { view } = state;
  const needsDevices = !goesOnWithout && (camera.kind !== "ready" || screen.kind !== "ready");
  const waitingWarnings = new Set(
    state.waiting.flatMap((command) => (command.type === "acknowledgeWarning" ? [command.warning] : [])),
  );
  const warning = view.messages.find(
    ({ kind, acknowledged, seq }) => kind === "warning" && !acknowledged && !waitingWarnings.has(seq),
  );

  function beginHandIn(): void {
    session.flush();
    setIsHandingIn(true);
  }

  return (
    <>
      <WorkingBar
        session={session}
        state={state}
        isTalking={isTalking}
        onTalk={() => setIsTalking(!isTalking)}
        onHandIn={view.status === "open" && !state.isTimeUp ? beginHandIn : null}
      />
      <div className={styles["noticing"]}>
        <Suspense fallback={null}>
          <LazyNoticing session={session} />
        </Suspense>
      </div>
      {isTalking ? (
        <div className={styles["talk"]}>
          <Conversation session={session} messages={view.messages} />
        </div>
      ) : null}
      {view.status === "paused" ? <Pause session={session} view={view} /> : null}
      {state.isTimeUp ? <TimeUpNotice session={session} state={state} /> : null}
      {view.paper === null || state.isTimeUp ? null : (
        <OpenPaper
          session={session}
          state={state}
          paper={view.paper}
          isHandingIn={isHandingIn}
          onHandIn={beginHandIn}
          onStay={() => setIsHandingIn(false)}
        />
      )}
      {/* Whatever comes by itself comes below: above the paper it would push it away under a hand that is marking. */}
      <div className={styles["news"]}>
        <WorkingBanners session={session} state={state} />
        <UnsentAnswers session={session} state={state} />
        <Suspense fallback={null}>
          <LazyNoticeLine session={session} />
        </Suspense>
      </div>
      {/* One question at a time: a warning waits until the page is whole again. */}
      {needsDevices ? (
        <ShareAgainDialog session={session} devices={devices} />
      ) : warning === undefined ? null : (
        <WarningDialog key={warning.seq} session={session} warning={warning} />
      )}
    </>
  );
}

function Pause({ session, view }: { readonly session: AttemptSession; readonly view: CandidateView }) {
  const until = view.breaks?.until ?? null;
  return until === null ? <PausedNotice reason={view.reason} /> : <BreakNotice session={session} until={until} />;
}

type OpenPaperProps = {
  readonly session: AttemptSession;
  readonly state: AttemptState;
  readonly paper: Paper;
  readonly isHandingIn: boolean;
  readonly onHandIn: () => void;
  readonly onStay: () => void;
};

function OpenPaper({ session, state, paper, isHandingIn, onHandIn, onStay }: OpenPaperProps) {
  if (state.view === null) return null;
  const work = workOf(state.view, state.waiting, state.drafts);
  // A mark says that it is entered: it waits for the disk. Where the candidate is does not.
  const entered = enteredWorkOf({ view: state.view, waiting: state.waiting, entering: state.entering });
  const open = withoutSections(paper, state.view.time?.sections ?? [], state.sectionsUp);
  const sections = questionMarks(open.paper, { ...entered, position: work.position }, open.times);
  const answered = answeredCount(entered);
  const marks = sections.flatMap((section) => section.marks);
  const index = marks.findIndex(({ isCurrent }) => isCurrent);
  const mark = marks[index];
  if (mark === undefined) {
    return (
      <div className={styles["paper"]}>
        <QuestionNavigation session={session} sections={sections} answered={answered} onGo={goTo} />
        <ShutSections isOneAhead={sections.some(({ time }) => time?.state === "ahead")} />
        {isHandingIn ? handInDialog() : null}
      </div>
    );
  }
  const sectionTitle = sections.find((section) => section.marks.includes(mark))?.title ?? "";
  const response = work.responses[mark.item.id] ?? null;

  function goTo(itemId: ItemId): void {
    session.flush();
    if (itemId !== work.position) void session.submit({ type: "visitItem", itemId });
  }

  function goToPlace(place: number): (() => void) | null {
    const there = marks[place];
    return there === undefined ? null : () => goTo(there.item.id);
  }

  return (
    <div className={styles["paper"]}>
      <QuestionNavigation session={session} sections={sections} answered={answered} onGo={goTo} />
      <Question
        key={mark.item.id}
        mark={mark}
        total={questionCount(sections)}
        sectionTitle={sectionTitle}
        response={response}
        saveState={saveStateOf(mark.item.id, mark.isAnswered, savingOf(state))}
        isDurable={state.isDurable}
        onAnswer={(given) => session.answer(mark.item.id, given)}
        onRest={() => session.flush()}
        onFlag={(flagged) => {
          void session.submit({ type: "flagItem", itemId: mark.item.id, flagged });
          announce(flagged ? "Flagged." : "Flag taken away.");
        }}
        onPrevious={goToPlace(index - 1)}
        onNext={goToPlace(index + 1)}
        onHandIn={onHandIn}
      />
      {isHandingIn ? handInDialog() : null}
    </div>
  );

  function handInDialog() {
    return (
      <HandInDialog
        session={session}
        sections={sections}
        work={entered}
        onStay={onStay}
        onGo={(itemId) => {
          onStay();
          goTo(brand<ItemId>(itemId));
        }}
      />
    );
  }
}

/** Where nothing is kept on the computer, closing the page loses what is not sent: the browser asks first. */
function useAskBeforeLosing(wouldLose: boolean): void {
  useEffect(() => {
    if (!wouldLose) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [wouldLose]);
}

/** What is typed is saved when the page is hidden or left, whichever the browser still tells. */
function useSaveOnLeaving(session: AttemptSession): void {
  useEffect(() => {
    const save = (): void => session.flush();
    window.addEventListener("pagehide", save);
    window.addEventListener("blur", save);
    document.addEventListener("visibilitychange", save);
    return () => {
      window.removeEventListener("pagehide", save);
      window.removeEventListener("blur", save);
      document.removeEventListener("visibilitychange", save);
    };
  }, [session]);
}
