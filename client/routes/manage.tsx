import { ManageLayout } from "../manage/manage-layout.tsx";
import { SignedIn } from "../sign-in/signed-in.tsx";

export function Component() {
  return (
    <SignedIn>
      <ManageLayout />
    </SignedIn>
  );
}
