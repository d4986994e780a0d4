import { AccountPage } from "../manage/account-page.tsx";

export function Component() {
  return <AccountPage />;
}
