import { Button, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ItemId } from "#domain/exam/ids.ts";
import type { Paper } from "#domain/exam/paper.ts";
import { useStore } from "../session/store.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatTime } from "../ui/format-moment.ts";
import type { AttemptSession } from "./attempt-session.ts";
import type { AttemptState } from "./attempt-state.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ExamClock } from "./exam-clock.tsx";
import { answeredCount, questionCount, questionMarks } from "./question-marks.ts";
import { QuestionNavigation } from "./question-navigation.tsx";
import { Question } from "./question.tsx";
import { StepHeading } from "./step-heading.tsx";
import take from "./take-exam.module.css";
import { UnsentAnswers } from "./unsent-answers.tsx";
import { workOf } from "./work.ts";
import styles from "./working.module.css";

/** The exam as another page of this browser writes it: to be read, and taken over by a deliberate act. */
export function ReadingStep({ session }: { readonly session: AttemptSession }) {
  const state = useStore(session.store, (all) => all);
  const [isAsking, setIsAsking] = useState(false);
  const { view, hasWritten } = state;
  const since = hasWritten ? (view?.writer?.since ?? null) : null;
  const told =
    since === null
      ? "This exam is being written in another tab or window."
      : `You went on in another tab or window at ${formatTime(since)}.`;
  useEffect(() => announce(`${told} Here you can only read.`), [told]);
  if (view === null) return null;

  return (
    <>
      <div className={take["banner"]} data-testid="reading">
        <span>
          <strong>{told}</strong> Here you can only read. <ExamClock session={session} time={view.time} />
        </span>
        <Button variant="default" size="compact-md" onClick={() => setIsAsking(true)}>
          {hasWritten ? "Write here again" : "Write here instead"}
        </Button>
      </div>
      <ConnectionBanner session={session} />
      <UnsentAnswers session={session} state={state} />
      {view.paper === null ? (
        <div className={take["calm"]}>
          <StepHeading>Your exam is open in another tab or window</StepHeading>
          <Text>Go on there. If you cannot find it any more, go on here: everything that was saved is kept.</Text>
        </div>
      ) : (
        <ReadPaper session={session} state={state} paper={view.paper} />
      )}
      {isAsking ? <TakeOverDialog session={session} onClose={() => setIsAsking(false)} /> : null}
    </>
  );
}

type ReadPaperProps = { readonly session: AttemptSession; readonly state: AttemptState; readonly paper: Paper };

/** Where this page looks is its own: it does not move the page that writes. */
function ReadPaper({ session, state, paper }: ReadPaperProps) {
  const [place, setPlace] = useState<ItemId | null>(null);
  if (state.view === null) return null;
  const work = workOf(state.view, [], {});
  const sections = questionMarks(paper, { ...work, position: place ?? work.position }, state.view.time?.sections);
  const marks = sections.flatMap((section) => section.marks);
  const index = marks.findIndex(({ isCurrent }) => isCurrent);
  const mark = marks[index];

  function goToPlace(to: number): (() => void) | null {
    const there = marks[to];
    return there === undefined ? null : () => setPlace(there.item.id);
  }

  return (
    <div className={styles["paper"]}>
      <QuestionNavigation
        session={session}
        sections={sections}
        answered={answeredCount(work)}
        onGo={setPlace}
        isReadOnly
      />
      {mark === undefined ? null : (
        <Question
          key={mark.item.id}
          mark={mark}
          total={questionCount(sections)}
          sectionTitle={sections.find((section) => section.marks.includes(mark))?.title ?? ""}
          response={work.responses[mark.item.id] ?? null}
          saveState={mark.isAnswered ? "saved" : "nothing"}
          isDurable={state.isDurable}
          isReadOnly
          onAnswer={() => {}}
          onRest={() => {}}
          onFlag={() => {}}
          onPrevious={goToPlace(index - 1)}
          onNext={goToPlace(index + 1)}
          onHandIn={() => {}}
        />
      )}
    </div>
  );
}

function TakeOverDialog({ session, onClose }: { readonly session: AttemptSession; readonly onClose: () => void }) {
  return (
    <Dialog
      title="Write here instead?"
      onDismiss={onClose}
      actions={
        <>
          <Button onClick={() => void session.submit({ type: "takeOver" }).then(onClose)}>Write here</Button>
          <Button variant="default" onClick={onClose}>
            Only read
          </Button>
        </>
      }
    >
      <Text>
        The other tab or window can only read from then on. What was saved there is here. You share your camera and
        screen again, and the proctor is told.
      </Text>
    </Dialog>
  );
}
