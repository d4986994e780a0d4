import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { ExceptionKind } from "#domain/exam/accommodation.ts";
import type { CandidateView } from "#domain/attempt/view.ts";
import { useStore } from "../session/store.ts";
import type { AttemptSession } from "./attempt-session.ts";
import { DeviceRow } from "./device-row.tsx";
import { DeviceRows } from "./device-rows.tsx";
import type { Devices } from "./devices-store.ts";
import { ExamClock } from "./exam-clock.tsx";
import { enterFullScreen, useIsFullScreen } from "./full-screen.ts";
import { StepHeading } from "./step-heading.tsx";

type DeviceStepProps = {
  readonly session: AttemptSession;
  readonly devices: Devices;
  readonly status: CandidateView["status"];
  readonly exceptions: readonly ExceptionKind[];
  /** Photographs come next, and only then the waiting room. */
  readonly isIdentityNext: boolean;
  readonly onDone: () => void;
};

const fullScreenAdvice = {
  title: "Full screen was not allowed",
  whatToDo: "Press F11 (on a Mac: Control, Command and F), or allow full screen for this site, then try again.",
};

/** The device check. It can be done again as often as it takes. */
export function DeviceStep({ session, devices, status, exceptions, isIdentityNext, onDone }: DeviceStepProps) {
  const { camera, screen } = useStore(devices.store, (state) => state);
  const time = useStore(session.store, (state) => state.view?.time ?? null);
  const [wasRefused, setWasRefused] = useState(false);
  const [hadFullScreen, setHadFullScreen] = useState(false);
  const isFullScreen = useIsFullScreen();
  // Looking at the screen's own dialog leaves full screen: once it has worked, it can be entered again at the start.
  const needsFullScreen = !exceptions.includes("may-leave-full-screen");
  const hasCamera = !exceptions.includes("no-camera");
  const fullScreenWorks = isFullScreen || hadFullScreen;
  const isReady = camera.kind === "ready" && screen.kind === "ready" && (fullScreenWorks || !needsFullScreen);

  const isAtWork = status === "open" || status === "paused";

  async function tryFullScreen(): Promise<void> {
    const entered = await enterFullScreen();
    setWasRefused(!entered);
    if (entered) setHadFullScreen(true);
  }

  async function goOn(): Promise<void> {
    if (isAtWork) void enterFullScreen();
    const check = {
      camera: hasCamera ? "passed" : "failed",
      microphone: "passed",
      screen: "passed",
      fullScreen: fullScreenWorks ? "passed" : "failed",
    } as const;
    void session.submit({ type: "reportDeviceCheck", check });
    const mayAsk = status === "consented" || status === "checked";
    if (mayAsk && !isIdentityNext) void session.submit({ type: "requestAdmission" });
    onDone();
  }

  return (
    <>
      <StepHeading>Check your devices</StepHeading>
      <Text mb="lg">
        {isAtWork
          ? "Your exam goes on here as soon as three things are checked. The clock runs meanwhile: "
          : status === "consented" || status === "checked"
            ? "Three things are needed. Take your time: the clock of the exam does not run yet."
            : "The page was loaded anew, so that the devices have to be shared again. Your place is kept."}
        {isAtWork ? <ExamClock session={session} time={time} /> : null}
      </Text>
      <DeviceRows devices={devices} hasCamera={hasCamera} />
      <DeviceRow
        title="Full screen"
        purpose={
          needsFullScreen
            ? "The exam fills the screen. You can leave it with Escape at any time; the proctor is told."
            : "Not needed: it was arranged that you may work without it."
        }
        state={fullScreenWorks ? "ready" : wasRefused ? "failed" : "open"}
        advice={wasRefused && !fullScreenWorks ? fullScreenAdvice : null}
        ask="Try full screen"
        onAsk={() => void tryFullScreen()}
      />
      <Button mt="lg" size="md" disabled={!isReady} onClick={() => void goOn()}>
        {isAtWork ? "Go on with the exam" : isIdentityNext ? "Go to the photographs" : "Go to the waiting room"}
      </Button>
      {isReady ? null : (
        <Text mt="xs" size="sm" c="dimmed">
          The button works as soon as all three are ready. If one cannot work, write to the proctor below.
        </Text>
      )}
    </>
  );
}
