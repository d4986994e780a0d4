import { SessionsPage } from "../proctor/sessions-page.tsx";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";
import { PageFrame } from "../ui/page-frame.tsx";

export function Component() {
  return (
    <SignedIn>
      <PageFrame title="Exam sessions" aside={<SignedInAs />}>
        <SessionsPage />
      </PageFrame>
    </SignedIn>
  );
}
