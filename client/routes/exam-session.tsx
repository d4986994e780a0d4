import { useParams } from "react-router";
import { brand, type ExamSessionId } from "#domain/exam/ids.ts";
import { ConsolePage } from "../proctor/console-page.tsx";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";

export function Component() {
  const { examSessionId = "" } = useParams();
  return (
    <SignedIn>
      <ConsolePage examSessionId={brand<ExamSessionId>(examSessionId)} account={<SignedInAs />} />
    </SignedIn>
  );
}
