import { RetentionPage } from "../manage/retention-page.tsx";

export function Component() {
  return <RetentionPage />;
}
