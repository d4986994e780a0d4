import { ReviewPage } from "../review/review-page.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";

export function Component() {
  return (
    <SignedIn>
      <ReviewPage />
    </SignedIn>
  );
}
