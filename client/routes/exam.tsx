import { ExamPage } from "../manage/exam-page.tsx";

export function Component() {
  return <ExamPage />;
}
