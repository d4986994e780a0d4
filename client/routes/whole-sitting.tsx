import { useCallback } from "react";
import { useParams } from "react-router";
import type { ExamSession } from "#protocol/http/sitting.ts";
import { MyConsole } from "../proctor/my-console.tsx";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";

export function Component() {
  const { sittingId } = useParams();
  const isWatched = useCallback((room: ExamSession) => room.id === sittingId, [sittingId]);
  return (
    <SignedIn>
      <MyConsole key={sittingId} isWatched={isWatched} account={<SignedInAs />} />
    </SignedIn>
  );
}
