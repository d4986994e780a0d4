import { SignInPage } from "../sign-in/sign-in-page.tsx";

export function Component() {
  return <SignInPage />;
}
