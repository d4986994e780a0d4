import { ExamList } from "../manage/exam-list.tsx";

export function Component() {
  return <ExamList />;
}
