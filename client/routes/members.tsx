import { MembersPage } from "../manage/members-page.tsx";

export function Component() {
  return <MembersPage />;
}
