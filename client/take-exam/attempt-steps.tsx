import { lazy, Suspense, useEffect, useState } from "react";
import type { CheckedIn } from "#protocol/http/sit.ts";
import { useStore } from "../session/store.ts";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import type { AttemptSession } from "./attempt-session.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ConsentStep } from "./consent-step.tsx";
import { Conversation } from "./conversation.tsx";
import { createDevices } from "./devices-store.ts";
import { DeviceStep } from "./device-step.tsx";
import { FinalStep } from "./final-step.tsx";
import { isIdentityMissing, stepOf, stepsWith } from "./step.ts";
import { Stepper } from "./stepper.tsx";
import styles from "./take-exam.module.css";
import { createUploads } from "./uploads.ts";
import { useObservation } from "./use-observation.ts";
import { WaitingStep } from "./waiting-step.tsx";

/**
 * What only the exam itself needs. It is loaded during the device check: after the page has come up light, and before
 * the clock runs, when a missing part would cost the candidate time.
 */
const loadWorking = () => import("./working-step.tsx").then(({ WorkingStep }) => ({ default: WorkingStep }));
const LazyWorkingStep = lazy(loadWorking);

const LazyReadingStep = lazy(() => import("./reading-step.tsx").then((part) => ({ default: part.ReadingStep })));

const LazyIdentityStep = lazy(() => import("./identity-step.tsx").then((part) => ({ default: part.IdentityStep })));

function loadAhead(): Promise<unknown> {
  return Promise.all([
    loadWorking(),
    import("../media/publisher.ts"),
    import("../media/recorder.ts"),
    import("../sensors/watch-candidate.ts"),
  ]);
}

type AttemptStepsProps = { readonly session: AttemptSession; readonly checkedIn: CheckedIn };

/** The candidate's way from consent to receipt. The session's status says where; the page only says it in words. */
export function AttemptSteps({ session, checkedIn }: AttemptStepsProps) {
  const { attemptId } = checkedIn;
  const [devices] = useState(createDevices);
  const [uploads] = useState(() => createUploads(attemptId));
  const [isPastDevices, setIsPastDevices] = useState(false);
  const view = useStore(session.store, (state) => state.view);
  const exam = useStore(session.store, (state) => state.exam);
  const isReading = useStore(session.store, (state) => state.isReading);
  const { camera, screen } = useStore(devices.store, (state) => state);
  useObservation({ attemptId, session, devices, uploads });
  useEffect(() => () => devices.stop(), [devices]);

  const hasDevices = isPastDevices && camera.kind === "ready" && screen.kind === "ready";
  const step = view === null ? "consent" : stepOf(view, hasDevices);
  useEffect(() => {
    // A failure here is met again, and told, when the part is needed.
    if (step === "devices") loadAhead().catch(() => {});
  }, [step]);
  // When the last of what is asked was taken or left to the proctor, the candidate waits.
  const mayAsk = step === "waiting" && view?.status === "checked" && view.identity.length > 0;
  useEffect(() => {
    if (mayAsk) void session.submit({ type: "requestAdmission" });
  }, [session, mayAsk]);
  if (view === null || exam === null) return null;

  const name = <span>{view.name}</span>;
  if (isReading && step !== "end") {
    return (
      <PageFrame title={exam.title} aside={name} wide={step === "exam"}>
        <Suspense fallback={<Loading what="your exam" />}>
          <LazyReadingStep session={session} />
        </Suspense>
      </PageFrame>
    );
  }
  if (step === "exam") {
    return (
      <PageFrame title={exam.title} aside={name} wide>
        <Suspense fallback={<Loading what="the questions" />}>
          <LazyWorkingStep session={session} devices={devices} />
        </Suspense>
      </PageFrame>
    );
  }
  return (
    <PageFrame title={exam.title} aside={name}>
      <Stepper current={step} steps={stepsWith(view.identity)} />
      <ConnectionBanner session={session} />
      {step === "consent" && exam.consent !== null ? (
        <ConsentStep session={session} text={exam.consent} sitting={checkedIn} />
      ) : null}
      {step === "devices" ? (
        <DeviceStep
          session={session}
          devices={devices}
          status={view.status}
          exceptions={view.exceptions}
          isIdentityNext={isIdentityMissing(view.identity)}
          onDone={() => setIsPastDevices(true)}
        />
      ) : null}
      {step === "identity" && camera.kind === "ready" ? (
        <Suspense fallback={<Loading what="the photographs" />}>
          <LazyIdentityStep session={session} attemptId={attemptId} identity={view.identity} camera={camera.stream} />
        </Suspense>
      ) : null}
      {step === "waiting" ? (
        <WaitingStep key={view.status} session={session} view={view} sitting={checkedIn} durationMs={exam.durationMs} />
      ) : null}
      {step === "end" && view.closing !== null ? (
        <FinalStep session={session} uploads={uploads} closing={view.closing} />
      ) : null}
      {step === "consent" ? null : (
        <div className={styles["below"]}>
          <Conversation session={session} messages={view.messages} />
        </div>
      )}
    </PageFrame>
  );
}
