import { useParams } from "react-router";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Loading } from "../ui/loading.tsx";
import { useExam } from "./api.ts";
import { ExamEditor } from "./exam-editor.tsx";

/** `/manage/exams/:examId`. */
export function ExamPage() {
  const { examId = "" } = useParams();
  const exam = useExam(examId);
  if (exam.data !== undefined) return <ExamEditor key={`${examId} ${exam.data.updatedAt}`} exam={exam.data} />;
  if (exam.isError) return <QueryProblem error={exam.error} onRetry={() => void exam.refetch()} />;
  return <Loading what="the exam" />;
}
