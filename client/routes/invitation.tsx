import { InvitationPage } from "../sign-in/invitation-page.tsx";

export function Component() {
  return <InvitationPage />;
}
