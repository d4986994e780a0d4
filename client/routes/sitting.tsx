import { SittingPage } from "../manage/sitting-page.tsx";

export function Component() {
  return <SittingPage />;
}
