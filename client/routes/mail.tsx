import { MailPage } from "../manage/mail-page.tsx";

export function Component() {
  return <MailPage />;
}
