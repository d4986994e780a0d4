import { useCallback } from "react";
import { useParams } from "react-router";
import type { ExamSession } from "#protocol/http/sitting.ts";
import { MyConsole } from "../proctor/my-console.tsx";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";

export function Component() {
  const { examSessionId } = useParams();
  const isWatched = useCallback((room: ExamSession) => room.examSessionId === examSessionId, [examSessionId]);
  return (
    <SignedIn>
      <MyConsole key={examSessionId} isWatched={isWatched} account={<SignedInAs />} />
    </SignedIn>
  );
}
