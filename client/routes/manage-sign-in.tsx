import { SingleSignOnPage } from "../manage/single-sign-on-page.tsx";

export function Component() {
  return <SingleSignOnPage />;
}
